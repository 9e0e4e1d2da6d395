"""Evidence at rest: what is put comes back the same, and what was touched is noticed."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenaudit.errors import BugError, KnownError
from greenaudit.store.blobs import BlobStore
from greenaudit.store.sealed import CHUNK, HEADER, TAG

KEY = bytes(range(32))
STRIDE = CHUNK + TAG
real_disk = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "evidence", KEY)


def some_bytes(size: int) -> bytes:
    return hashlib.shake_128(size.to_bytes(8, "big")).digest(size)


sizes = st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7]) | st.integers(0, 5000)


def refused(blobs: BlobStore, sha256: str) -> str:
    with pytest.raises(KnownError) as caught:
        blobs.read(sha256)
    assert not blobs.sound(sha256)
    return caught.value.code


@real_disk
@given(size=sizes)
def test_what_is_put_comes_back(blobs: BlobStore, size: int) -> None:
    data = some_bytes(size)
    sha256 = blobs.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert blobs.has(sha256)
    assert blobs.size(sha256) == size
    assert blobs.read(sha256) == data
    blobs.verify(sha256)
    assert sha256 in set(blobs.all())


@real_disk
@given(size=sizes, pieces=st.integers(1, 700_000))
def test_a_stream_may_come_in_any_pieces(blobs: BlobStore, size: int, pieces: int) -> None:
    data = some_bytes(size)
    stream = (data[at : at + pieces + 1000] for at in range(0, size, pieces + 1000))
    sha256 = blobs.put_stream(stream, expected=hashlib.sha256(data).hexdigest())
    assert b"".join(blobs.open_chunks(sha256)) == data


@real_disk
@given(size=sizes, data=st.data())
def test_a_flipped_bit_is_noticed_wherever_it_is(blobs: BlobStore, size: int, data: st.DataObject) -> None:
    sha256 = blobs.put(some_bytes(size))
    path = blobs.path(sha256)
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)
    assert refused(blobs, sha256) == "evidence_damaged"
    blobs.put(some_bytes(size))
    assert blobs.read(sha256) == some_bytes(size)


@real_disk
@given(size=sizes, data=st.data())
def test_a_cut_or_a_longer_file_is_noticed(blobs: BlobStore, size: int, data: st.DataObject) -> None:
    sha256 = blobs.put(some_bytes(size))
    path = blobs.path(sha256)
    content = path.read_bytes()
    path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
    assert refused(blobs, sha256) == "evidence_damaged"
    path.write_bytes(content + data.draw(st.binary(min_size=1, max_size=40)))
    assert refused(blobs, sha256) == "evidence_damaged"


def test_whole_chunks_cut_swapped_or_repeated_are_noticed(blobs: BlobStore) -> None:
    sha256 = blobs.put(some_bytes(4 * CHUNK))
    path = blobs.path(sha256)
    content = path.read_bytes()
    header, parts = (
        content[:HEADER],
        [content[at : at + STRIDE] for at in range(HEADER, len(content), STRIDE)],
    )
    assert len(parts) == 4
    one, two, three, four = parts
    for wrong in (
        [one, two],
        [one, two, three],
        [two, one, three, four],
        [one, one, three, four],
        [*parts, four],
        [],
    ):
        path.write_bytes(header + b"".join(wrong))
        assert refused(blobs, sha256) == "evidence_damaged"


def test_a_chunk_or_a_file_of_another_blob_is_noticed(blobs: BlobStore) -> None:
    first, second = blobs.put(some_bytes(CHUNK + 5)), blobs.put(some_bytes(CHUNK + 6)[:-1])
    one, two = blobs.path(first).read_bytes(), blobs.path(second).read_bytes()
    blobs.path(first).write_bytes(one[: HEADER + STRIDE] + two[HEADER + STRIDE :])
    assert refused(blobs, first) == "evidence_damaged"
    blobs.path(first).write_bytes(two)
    assert refused(blobs, first) == "evidence_damaged"


def test_another_key_opens_nothing(blobs: BlobStore, tmp_path: Path) -> None:
    sha256 = blobs.put(b"a drum without a label")
    assert refused(BlobStore(tmp_path / "evidence", bytes(32)), sha256) == "evidence_damaged"


def test_the_disk_shows_no_clear_text_and_lets_only_this_account_in(blobs: BlobStore) -> None:
    sha256 = blobs.put(b"solvent under the stairs " * 100)
    blobs.put_derived(sha256, "thumb", b"solvent under the stairs")
    for path in blobs.path(sha256).parent.parent.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
        if path.is_file():
            assert b"stairs" not in path.read_bytes()


def test_what_is_absent_gets_a_sentence(blobs: BlobStore) -> None:
    sha256 = "ab" * 32
    assert not blobs.has(sha256)
    assert refused(blobs, sha256) == "evidence_absent"
    with pytest.raises(KnownError):
        blobs.size(sha256)
    assert list(blobs.all()) == []


def test_a_name_is_never_a_path(blobs: BlobStore) -> None:
    for name in ("../../etc/passwd", "", "AB" * 32, "ab" * 32 + "\n"):
        with pytest.raises(BugError):
            blobs.path(name)
    with pytest.raises(BugError):
        blobs.derived("ab" * 32, "../up")


def test_a_stream_that_breaks_or_is_another_leaves_nothing(blobs: BlobStore, tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield some_bytes(2 * CHUNK)
        raise KnownError("line_down", BugError("x").message)

    with pytest.raises(KnownError, match="line_down"):
        blobs.put_stream(broken())
    with pytest.raises(KnownError) as caught:
        blobs.put_stream([b"this"], expected="00" * 32)
    assert caught.value.code == "evidence_other"
    assert [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()] == []


def test_derived_files_lie_apart_and_can_be_thrown_away(blobs: BlobStore, tmp_path: Path) -> None:
    sha256 = blobs.put(b"original")
    assert blobs.derived(sha256, "thumb") is None
    blobs.put_derived(sha256, "thumb", b"small")
    blobs.put_derived(sha256, "print", b"middling")
    assert blobs.derived(sha256, "thumb") == b"small"
    assert list(blobs.all()) == [sha256]
    shutil.rmtree(tmp_path / "evidence" / "derived")
    assert blobs.derived(sha256, "thumb") is None
    assert blobs.read(sha256) == b"original"


def test_a_damaged_or_exchanged_derived_file_is_made_again(blobs: BlobStore, tmp_path: Path) -> None:
    sha256 = blobs.put(b"original")
    blobs.put_derived(sha256, "thumb", b"small")
    blobs.put_derived(sha256, "print", b"middling")
    thumb, printed = (tmp_path / "evidence" / "derived" / name / sha256 for name in ("thumb", "print"))
    os.replace(printed, thumb)
    assert blobs.derived(sha256, "thumb") is None
    assert not thumb.exists()


def test_what_a_crash_left_is_swept_up(blobs: BlobStore, tmp_path: Path) -> None:
    sha256 = blobs.put(b"original")
    left, written = (tmp_path / "evidence" / f".draft-{name}" for name in ("0123", "4567"))
    left.write_bytes(b"half")
    os.utime(left, (1_000, 1_000))
    written.write_bytes(b"half")
    blobs.drop_drafts(datetime.fromtimestamp(written.stat().st_mtime, UTC) - timedelta(hours=1))
    assert blobs.read(sha256) == b"original"
    assert list((tmp_path / "evidence").glob(".draft-*")) == [written], "another process is writing it"
