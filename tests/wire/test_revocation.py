"""Revocation lists on the wire: bigger than other messages, and known by a name."""

from __future__ import annotations

import pytest

from greenaudit.wire.packing import SMALL, WireError
from greenaudit.wire.revocation import LISTS_BYTES, RevocationLists


def test_lists_come_back_and_may_be_long() -> None:
    lists = RevocationLists(root="a" * SMALL, issuing="b" * SMALL)
    assert RevocationLists.read(lists.to_bytes()) == lists


def test_lists_without_end_are_refused() -> None:
    with pytest.raises(WireError, match="message_too_big"):
        RevocationLists.read(RevocationLists.model_construct(root="a" * LISTS_BYTES, issuing="b").to_bytes())


def test_the_name_tells_lists_apart() -> None:
    one = RevocationLists(root="a", issuing="b")
    assert one.name == RevocationLists(root="a", issuing="b").name
    assert one.name not in {
        RevocationLists(root="b", issuing="a").name,
        RevocationLists(root="a", issuing="c").name,
    }
