"""What a device does with the answers to its question for revocation lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.signing import certificates as certs
from greenaudit.signing.identities import Identity
from greenaudit.signing.lists import kept_lists
from greenaudit.sync.link import LinkError
from greenaudit.sync.revocations import fetch_lists
from greenaudit.wire.revocation import RevocationLists
from tests.helpers.pki import programme


class Answering:
    """A link that gives one answer, and remembers under which name lists were known."""

    def __init__(self, answer: RevocationLists | LinkError | None) -> None:
        self.answer = answer
        self.known: str | None = None

    def revocations(self, known: str) -> RevocationLists | None:
        self.known = known
        if isinstance(self.answer, LinkError):
            raise self.answer
        return self.answer


def test_lists_are_kept_under_the_name_that_the_endpoint_knows_them_by(tmp_path: Path) -> None:
    who = programme(tmp_path / "identity")
    made = [certs.list_to_pem(x509.load_der_x509_crl(one)) for one in who.authority.crls()]
    given = RevocationLists(root=made[0], issuing=made[1])
    first = Answering(given)
    fetch_lists(first, who.identity)
    assert first.known == ""
    again = Answering(None)
    fetch_lists(again, who.identity)
    assert again.known == given.name
    kept = kept_lists(who.identity.folder)
    assert kept is not None
    assert kept.files == (made[0].encode(), made[1].encode())


def test_an_endpoint_that_has_no_lists_yet_is_no_trouble_and_a_broken_line_is(tmp_path: Path) -> None:
    who = programme(tmp_path / "identity")
    fetch_lists(Answering(LinkError("page_absent", msg("There is nothing at this address."))), who.identity)
    with pytest.raises(KnownError, match="connection_lost"):
        fetch_lists(Answering(LinkError("connection_lost", msg("x"))), who.identity)
    assert kept_lists(who.identity.folder) is None


def test_a_device_without_certificates_asks_nothing(tmp_path: Path) -> None:
    link = Answering(None)
    fetch_lists(link, Identity.create(tmp_path / "identity", b"k" * 32))
    assert link.known is None


def test_a_list_that_lacks_a_revocation_is_said_once_and_forgets_nothing(tmp_path: Path) -> None:
    who = programme(tmp_path / "identity")
    assert who.identity.certificates is not None

    def given(number: int) -> Answering:
        made = [certs.list_to_pem(x509.load_der_x509_crl(one)) for one in who.authority.crls(number=number)]
        return Answering(RevocationLists(root=made[0], issuing=made[1]))

    who.authority.revoke(who.identity.certificates)
    fetch_lists(given(10), who.identity)
    who.authority.revoked = {}
    with pytest.raises(KnownError, match="lists_forgot"):
        fetch_lists(given(11), who.identity)
    fetch_lists(given(12), who.identity)
    kept = kept_lists(who.identity.folder)
    assert kept is not None
    assert len(kept.files) == 3
