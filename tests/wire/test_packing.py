"""Whatever comes over the network becomes a message or one sentence, and never more memory than was allowed."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenaudit.domain.assessments import Assessment, PackRef, Revision, SignedReport
from greenaudit.domain.evidence import Photo
from greenaudit.domain.packs import Pack
from greenaudit.domain.values import Record, Sha256
from greenaudit.ids import new_id
from greenaudit.wire.evidence import PresenceQuestion, bytes_after, named_blobs
from greenaudit.wire.packing import MAX_PACKED, SMALL, VERSION, WireError, pack, unpack

R = TypeVar("R", bound=Record)
HASH: Sha256 = "ab" * 32


def test_a_message_comes_back_as_it_went() -> None:
    question = PresenceQuestion(asked=(HASH,))
    assert PresenceQuestion.from_bytes(question.to_bytes()) == question


def test_the_same_text_packs_to_the_same_bytes() -> None:
    assert pack(b"one text") == pack(b"one text")


@given(st.binary(max_size=300))
def test_garbage_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(WireError):
        PresenceQuestion.from_bytes(data)


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5) | st.floats(), st.lists, max_leaves=8))
def test_json_of_another_shape_is_refused(value: object) -> None:
    with pytest.raises(WireError):
        PresenceQuestion.from_bytes(pack(json.dumps(value).encode()))


@pytest.mark.parametrize("cut", [1, 5, 17])
def test_a_torn_message_is_refused(cut: int) -> None:
    with pytest.raises(WireError) as caught:
        PresenceQuestion.from_bytes(PresenceQuestion(asked=(HASH,)).to_bytes()[:-cut])
    assert caught.value.code == "message_damaged"


def test_bytes_after_the_end_are_refused() -> None:
    with pytest.raises(WireError):
        unpack(pack(b"{}") + b"more", SMALL)


def test_a_bomb_is_refused_without_unpacking_it() -> None:
    bomb = gzip.compress(b"0" * (64 * SMALL))
    with pytest.raises(WireError) as caught:
        unpack(bomb, SMALL)
    assert caught.value.code == "message_too_big"


def test_a_message_of_too_many_bytes_is_refused() -> None:
    with pytest.raises(WireError) as caught:
        unpack(b"\0" * (MAX_PACKED + 1), SMALL)
    assert caught.value.code == "message_too_big"


def test_a_newer_version_says_update() -> None:
    newer = pack(json.dumps({"version": VERSION + 1, "asked": [], "unheard_of": 1}).encode())
    with pytest.raises(WireError) as caught:
        PresenceQuestion.from_bytes(newer)
    assert caught.value.code == "message_newer"
    assert "Update GreenAudit" in str(caught.value.message)


def test_a_wrong_part_is_named() -> None:
    with pytest.raises(WireError) as caught:
        PresenceQuestion.from_bytes(pack(b'{"version":1,"asked":["not a hash"]}'))
    assert "asked.0" in str(caught.value.message)


def test_what_is_no_table_at_all_is_named_too() -> None:
    with pytest.raises(WireError) as caught:
        PresenceQuestion.from_bytes(pack(b"[1]"))
    assert caught.value.code == "message_wrong"


def only(kind: type[R], **parts: Any) -> R:
    """A record of which nothing but these parts is asked."""
    return cast("R", kind.model_construct(**parts))


def test_records_name_their_files_once() -> None:
    hashes: list[Sha256] = [f"{n:02x}" * 32 for n in range(5)]
    photo, checklist, pack_blob, report, crl = hashes
    programme, visit, now = new_id(), new_id(), datetime(2026, 11, 24, tzinfo=UTC)
    signed = SignedReport(sha256=report, size=1, language="es", crl=crl)
    alone = SignedReport(sha256=report, size=1, language="es")
    revisions = [
        Revision(
            id=new_id(), programme_id=programme, assessment_id=visit, number=1, opened_at=now, report=given
        )
        for given in (None, signed, alone)
    ]
    pictures = [only(Photo, sha256=photo)] * 2
    visits = [only(Assessment, pack=PackRef(id="core", version="1.0", sha256=checklist))]
    named = named_blobs(pictures, visits, revisions, [only(Pack, sha256=pack_blob)])
    assert named == set(hashes)
    assert named_blobs((), (), ()) == set()


@given(st.lists(st.binary(max_size=6), max_size=6), st.integers(0, 40))
def test_a_blob_goes_on_after_any_offset(pieces: list[bytes], start: int) -> None:
    assert b"".join(bytes_after(iter(pieces), start)) == b"".join(pieces)[start:]


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(WireError):
        PresenceQuestion.from_bytes(pack(b"[" * 100_000))
