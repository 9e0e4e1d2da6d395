"""The recovery code: what people mistype is noticed, and told apart from a wrong code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenaudit.errors import KnownError
from greenaudit.store.keys import RecoveryCode
from greenaudit.store.keys.recovery import ALPHABET

codes = st.builds(RecoveryCode.generate)
places = st.integers(0, 39)


def refused(typed: str) -> KnownError:
    with pytest.raises(KnownError) as caught:
        RecoveryCode.parse(typed)
    return caught.value


@given(codes)
def test_a_code_is_read_back_however_it_is_typed(code: RecoveryCode) -> None:
    text = code.text
    assert len(text) == 47
    assert RecoveryCode.parse(text) == code
    sloppy = "  ".join(text.lower().split("-")).replace("0", "o").replace("1", "l")
    assert RecoveryCode.parse(sloppy + "\n") == code


@given(codes, places, st.sampled_from(ALPHABET))
def test_one_wrong_character_is_named_with_its_group(code: RecoveryCode, place: int, other: str) -> None:
    characters = code.characters
    if characters[place] == other:
        return
    error = refused(characters[:place] + other + characters[place + 1 :])
    assert error.code == "code_mistyped"
    assert error.message.params["group"] == place // 5 + 1


@given(codes, st.integers(0, 38))
def test_two_neighbours_exchanged_are_noticed(code: RecoveryCode, place: int) -> None:
    left, right = code.characters[place : place + 2]
    if left != right:
        refused(code.characters[:place] + right + left + code.characters[place + 2 :])


@given(codes, st.integers(0, 7), st.integers(0, 7))
def test_two_groups_exchanged_are_noticed(code: RecoveryCode, one: int, other: int) -> None:
    groups = code.text.split("-")
    groups[one], groups[other] = groups[other], groups[one]
    if "-".join(groups) != code.text and one != other:
        refused("-".join(groups))


def test_a_missing_character_is_counted() -> None:
    error = refused(RecoveryCode.generate().text[:-1])
    assert error.message.params["count"] == 39


def test_signs_that_no_code_has_are_mistyped() -> None:
    assert refused("U" * 40).code == "code_mistyped"
    assert refused("").code == "code_mistyped"


def test_a_code_does_not_show_itself_by_accident() -> None:
    code = RecoveryCode.generate()
    assert code.characters not in repr(code)
