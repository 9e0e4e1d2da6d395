"""Revocation lists: made fresh by the endpoint, brought by a synchronisation, and what verification then says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from cryptography import x509

from greenaudit.cli.commands import run
from greenaudit.clock import FixedClock
from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.server.opening import endpoint_of
from greenaudit.services import sample_records as records
from greenaudit.services.verification import Verification
from greenaudit.signing.lists import LISTS_FILE, kept_lists
from greenaudit.wire.revocation import RevocationLists
from tests.helpers.endpoint import running_endpoint
from tests.helpers.visits import Sent, sent_visit


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sent]:
    """A signed visit at its endpoint."""
    with sent_visit(tmp_path_factory.mktemp("programme")) as made:
        yield made


def listed(lists: RevocationLists) -> x509.CertificateRevocationList:
    return x509.load_pem_x509_crl(lists.issuing.encode())


def test_a_synchronisation_brings_the_lists_and_verification_says_of_when(sent: Sent) -> None:
    kept = kept_lists(sent.app.context.home.identity)
    assert kept is not None
    assert kept.name == sent.running.endpoint.revocations.lists().name
    day = datetime.now(UTC).date().isoformat()
    verdict = sent.app.closing.verified(sent.visit)
    assert verdict.accepted
    assert str(verdict.revocation) in {
        f"Not revoked: checked against the list of {day}.",
        f"Not revoked: checked against the list of {(datetime.now(UTC) - timedelta(hours=2)).date().isoformat()}.",
    }


def test_lists_are_sent_only_when_they_have_changed(sent: Sent) -> None:
    address = f"{sent.running.address}/v1/revocations"
    first = requests.get(address, timeout=5)
    assert (first.status_code, bool(first.content)) == (200, True)
    again = requests.get(address, headers={"If-None-Match": first.headers["ETag"]}, timeout=5)
    assert (again.status_code, again.content) == (304, b"")
    other = requests.get(address, headers={"If-None-Match": '"another"'}, timeout=5)
    assert RevocationLists.read(other.content) == RevocationLists.read(first.content)


def test_a_list_too_old_is_said_and_refuses_nothing(sent: Sent, tmp_path: Path) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(sent.app.closing.signed_pdf(sent.visit))
    later = FixedClock(datetime.now(UTC) + timedelta(days=60))
    verdict = Verification(later, sent.app.identities.lists).verify(report, sent.app.identities.roots())
    assert verdict.accepted
    assert "out of date" in str(verdict.revocation)


def test_without_a_list_verification_says_so(sent: Sent) -> None:
    place = sent.app.context.home.identity / LISTS_FILE
    kept = place.read_bytes()
    place.unlink()
    try:
        verdict = sent.app.closing.verified(sent.visit)
        assert verdict.accepted
        assert "was not checked" in str(verdict.revocation)
    finally:
        place.write_bytes(kept)


def test_lists_are_made_anew_before_they_run_out_and_numbers_grow(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 24, 12, tzinfo=UTC))
    with running_endpoint(tmp_path / "endpoint", clock=clock) as running:
        first = running.endpoint.revocations.lists()
        assert running.endpoint.revocations.lists() == first
        clock.at += timedelta(days=2)
        second = running.endpoint.revocations.lists()
        assert listed(second).last_update_utc > listed(first).last_update_utc
        assert number(listed(second)) > number(listed(first))
        assert second.root != first.root


def test_a_list_of_a_clock_that_was_wrong_is_soon_replaced_and_numbers_still_grow(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2028, 1, 1, tzinfo=UTC))
    with running_endpoint(tmp_path / "endpoint", clock=clock) as running:
        wrong = running.endpoint.revocations.lists()
        clock.at = datetime(2027, 1, 1, tzinfo=UTC)
        right = running.endpoint.revocations.lists()
        assert listed(right).last_update_utc == clock.at
        assert number(listed(right)) > number(listed(wrong))


def test_without_the_roots_key_its_last_list_goes_on_being_given(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 24, 12, tzinfo=UTC))
    with running_endpoint(tmp_path / "endpoint", clock=clock) as running:
        first = running.endpoint.revocations.lists()
        running.endpoint.authority.root_key = None
        clock.at += timedelta(days=2)
        second = running.endpoint.revocations.lists()
        assert (second.root, second.issuing == first.issuing) == (first.root, False)


def test_what_another_process_revokes_is_on_the_running_services_list(tmp_path: Path) -> None:
    with running_endpoint(tmp_path / "endpoint") as running:
        before = running.endpoint.revocations.lists()
        with endpoint_of(Home(tmp_path / "endpoint")) as other:
            other.revoke(other.store.device_id)
        after = running.endpoint.revocations.lists()
        assert (len(listed(before)), len(listed(after))) == (0, 2)
        assert number(listed(after)) > number(listed(before))


def test_a_revocation_that_is_still_to_come_is_refused(tmp_path: Path) -> None:
    """Until then, verification would accept what a thief signs."""
    with running_endpoint(tmp_path / "endpoint") as running:
        device = running.endpoint.store.device_id
        now = running.endpoint.clock.now()
        with pytest.raises(KnownError, match="since_ahead"):
            running.endpoint.revoke(device, now + timedelta(days=1))
        assert len(listed(running.endpoint.revocations.lists())) == 0
        assert not running.endpoint.devices.known(device).revoked
        running.endpoint.revoke(device, now - timedelta(days=1))
        assert len(listed(running.endpoint.revocations.lists())) == 2


def number(found: x509.CertificateRevocationList) -> int:
    return found.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


def test_foreign_lists_are_a_trouble_of_the_synchronisation(
    sent: Sent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = kept_lists(sent.app.context.home.identity)
    with running_endpoint(tmp_path / "other", of_its_own=True) as stranger:
        foreign = stranger.endpoint.revocations.lists()
    monkeypatch.setattr(sent.running.endpoint.revocations, "lists", lambda: foreign)
    summary = sent.app.syncing.run()
    assert not summary.complete
    assert "not by the programme" in str(summary.troubles[0])
    assert kept_lists(sent.app.context.home.identity) == kept


def test_a_revoked_signer_is_refused_after_the_next_synchronisation(
    sent: Sent, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Last in this file: the laptop is lost here. `greenaudit verify` needs no key for it, only the device's folder."""
    monkeypatch.setenv("GREENAUDIT_HOME", str(sent.app.context.home.root))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    report = tmp_path / "report.pdf"
    report.write_bytes(sent.app.closing.signed_pdf(sent.visit))
    assert run(["verify", str(report)]) == 0
    assert "checked against the list of" in capsys.readouterr().out
    sent.running.endpoint.revoke(sent.device)
    assert run(["verify", str(report)]) == 0, "offline the old list stands"
    capsys.readouterr()
    summary = sent.app.syncing.run()
    assert not summary.complete
    assert run(["verify", str(report), "--json"]) == 1
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["status"] == "revoked"
    assert "nothing proves that the signature is older" in verdict["signed"]
    assert sent.app.closing.verified(sent.visit).status == "revoked"
    trouble = sent.app.identities.trouble(datetime.now(UTC), records.ASSESSOR.name)
    assert "was revoked on" in str(trouble), "nothing more is signed on it"
    with pytest.raises(KnownError):
        sent.running.endpoint.devices.known(sent.device)
