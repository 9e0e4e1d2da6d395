"""The lists that a device keeps: only ever replaced by newer ones of its own programme."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from greenaudit.clock import FixedClock
from greenaudit.errors import KnownError
from greenaudit.signing import certificates as certs
from greenaudit.signing.lists import LISTS_FILE, Lists, keep_lists, kept_lists
from greenaudit.signing.revocation import read_lists
from tests.helpers.pki import SIGNED_AT, Programme, programme


@pytest.fixture
def who(tmp_path: Path) -> Programme:
    """A programme whose authority's clock stands where tests put it."""
    return programme(tmp_path / "identity")


def lists(who: Programme, days: int) -> Lists:
    """The authority's lists of so many days later."""
    clock = who.authority.clock
    assert isinstance(clock, FixedClock)
    clock.at = SIGNED_AT + timedelta(days=days)
    number = int(clock.at.timestamp())
    root, issuing = who.authority.crls(number=number)
    return Lists(as_pem(root), as_pem(issuing))


def as_pem(one: bytes) -> str:
    return certs.list_to_pem(x509.load_der_x509_crl(one))


def keep(who: Programme, offered: Lists) -> Lists:
    assert who.identity.certificates is not None
    return keep_lists(who.identity.folder, who.identity.certificates, offered)


def test_newer_lists_take_the_place_of_older_ones(who: Programme) -> None:
    assert kept_lists(who.identity.folder) is None
    first, second = lists(who, 1), lists(who, 2)
    assert keep(who, first) == kept_lists(who.identity.folder) == first
    assert keep(who, second) == kept_lists(who.identity.folder) == second
    assert second.name != first.name


def test_an_older_list_never_replaces_a_newer_one(who: Programme) -> None:
    older, newer = lists(who, 1), lists(who, 2)
    keep(who, newer)
    assert keep(who, older) == newer
    mixed = Lists(older.root, lists(who, 3).issuing)
    assert keep(who, mixed) == Lists(newer.root, mixed.issuing), "each list is judged by itself"


def test_foreign_lists_change_nothing(who: Programme, tmp_path: Path) -> None:
    mine = keep(who, lists(who, 1))
    stranger = lists(programme(tmp_path / "stranger"), 9)
    for foreign in (stranger, Lists(mine.root, stranger.issuing), Lists(mine.issuing, mine.root)):
        with pytest.raises(KnownError, match="lists_foreign"):
            keep(who, foreign)
    with pytest.raises(KnownError, match="lists_foreign"):
        keep(who, Lists("hello", mine.issuing))
    assert kept_lists(who.identity.folder) == mine


def test_lists_of_a_programme_that_was_left_are_replaced_whatever_their_numbers(
    who: Programme, tmp_path: Path
) -> None:
    stranger = programme(tmp_path / "stranger")
    left = keep(stranger, lists(stranger, 9))
    (who.identity.folder / LISTS_FILE).write_bytes((stranger.identity.folder / LISTS_FILE).read_bytes())
    assert kept_lists(who.identity.folder) == left
    mine = lists(who, 1)
    assert keep(who, mine) == kept_lists(who.identity.folder) == mine


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"root": "x", "issuing": 3}', b'{"root": "x", "issuing": "y"}']
)
def test_a_damaged_file_counts_as_none_and_is_replaced(who: Programme, damage: bytes) -> None:
    (who.identity.folder / LISTS_FILE).write_bytes(damage)
    assert kept_lists(who.identity.folder) is None
    fresh = lists(who, 1)
    keep(who, fresh)
    assert kept_lists(who.identity.folder) == fresh


def test_what_was_revoked_stays_revoked_when_newer_lists_lack_it(who: Programme) -> None:
    """An endpoint that was set back gives newer lists without what was revoked since its copy."""
    assert who.identity.certificates is not None
    serial = certs.from_pem(who.identity.certificates.assessor).serial_number
    before = dict(who.authority.revoked)
    who.authority.revoke(who.identity.certificates)
    revoking = lists(who, 2)
    keep(who, revoking)
    who.authority.revoked = before
    forgetful = lists(who, 3)
    kept = keep(who, forgetful)
    assert (
        kept
        == kept_lists(who.identity.folder)
        == Lists(forgetful.root, forgetful.issuing, (revoking.issuing,))
    )
    assert kept.name == forgetful.name, "the endpoint isn't asked for the same lists again"
    assert keep(who, lists(who, 4)).earlier == (revoking.issuing,)
    found = [one.get_revoked_certificate_by_serial_number(serial) for one in read_lists(kept.files)]
    assert any(found)
    who.authority.revoke(who.identity.certificates)
    assert keep(who, lists(who, 5)).earlier == (), "revoked again"
