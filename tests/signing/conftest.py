"""One programme, one stranger and their signed reports, made once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.helpers.pki import Programme, countersign_report, programme, start_report


@dataclass(frozen=True)
class Signed:
    """A report after one signature and after both, with the device's own revocation list."""

    who: Programme
    stranger: Programme
    once: bytes
    twice: bytes
    device_crl: bytes


@pytest.fixture(scope="session")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """The honest report that all attacks begin with."""
    who = programme(tmp_path_factory.mktemp("device") / "identity")
    stranger = programme(tmp_path_factory.mktemp("stranger") / "identity", "Clean Supply Chains")
    once = start_report(who, "assessor", "representative")
    both = countersign_report(once, who)
    return Signed(who, stranger, once, both.pdf, both.device_crl)
