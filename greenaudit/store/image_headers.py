"""What JPEG, PNG and WebP files say of themselves, read without decoding and without believing them.

A file of 60 bytes can declare a picture of a gigabyte, so sizes are read here before an image library sees them.
Each reader raises TornError where the file ends before its picture does, and OddError for what no camera makes.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

MediaType = Literal["image/jpeg", "image/png", "image/webp"]
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOST_SCANS = 64
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


class TornError(Exception):
    """The file ends, or breaks off, before the picture is whole."""


class OddError(Exception):
    """Not a picture as cameras make them: contradictory, moving, or built to hurt."""


@dataclass(frozen=True)
class Header:
    """`progressive`: a JPEG whose decoder keeps the whole picture in memory, whatever size we want."""

    media_type: MediaType
    width: int
    height: int
    progressive: bool = False
    exif: bytes = b""


def read_header(data: bytes) -> Header | None:
    """The header of a JPEG, PNG or WebP; None for any other kind."""
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data.startswith(PNG_SIGNATURE):
        return _png(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return None


def lean(data: bytes, header: Header) -> bytes:
    """The file without what no pixel needs: texts, EXIF and profiles may hold anything and unpack to anything."""
    if header.media_type == "image/jpeg":
        return _without(data, ((at, end) for kind, at, end in _segments(data) if not _paints(kind)))
    if header.media_type == "image/png":
        return _without(data, ((at, end) for kind, at, end in _png_chunks(data) if kind not in _PNG_PAINTS))
    parts = b"".join(
        data[at:end] for kind, at, end in _riff_chunks(data) if kind in (b"VP8X", b"ALPH", b"VP8 ", b"VP8L")
    )
    return b"RIFF" + struct.pack("<I", 4 + len(parts)) + b"WEBP" + parts


def _without(data: bytes, gaps: Iterator[tuple[int, int]]) -> bytes:
    kept, last = bytearray(), 0
    for at, end in gaps:
        kept += data[last:at]
        last = end
    return bytes(kept + data[last:])


_PNG_PAINTS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"})


def _paints(marker: int) -> bool:
    """Whether a JPEG segment matters for the pixels: no comment, and of the application's only Adobe's colours."""
    return marker != 0xFE and (not 0xE0 <= marker <= 0xEF or marker == 0xEE)


def _jpeg(data: bytes) -> Header:
    frame: bytes | None = None
    kind, scans, exif = 0, 0, b""
    for marker, at, end in _segments(data):
        body = data[at + 4 : end]
        if marker in (0xC0, 0xC1, 0xC2):
            if frame is not None:
                raise OddError
            kind, frame = marker, body
        elif 0xC3 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            raise OddError  # lossless, hierarchical, arithmetic
        elif marker == 0xE1 and body.startswith(b"Exif\x00\x00") and not exif:
            exif = body
        elif marker == 0xDA:
            scans += 1
    if frame is None or len(frame) < 6 or not scans:
        raise TornError
    precision, height, width, components = struct.unpack_from(">BHHB", frame)
    if precision != 8 or components not in (1, 3, 4) or scans > _MOST_SCANS:
        raise OddError
    return Header("image/jpeg", width, height, progressive=kind == 0xC2, exif=exif)


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """The segments of a JPEG (marker, start, end) to its end marker; what follows that is no part of the picture."""
    at = 2
    while True:
        found = _MARKER.search(data, at)
        if found is None:
            raise TornError
        at, marker = found.end(), data[found.end() - 1]
        if marker == 0xD9:
            return
        if marker in (0x01, 0xD8):
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        if length < 2 or at + length > len(data):
            raise TornError
        yield marker, at - 2, at + length
        at += length


def _png(data: bytes) -> Header:
    exif, size = b"", (0, 0)
    for kind, at, end in _png_chunks(data):
        body = data[at + 8 : end - 4]
        if kind == b"IHDR" and len(body) == 13:
            size = struct.unpack_from(">II", body)
        elif kind == b"eXIf":
            exif = body
    return Header("image/png", *size, exif=exif)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The chunks of a PNG (kind, start, end) to IEND, with their checksums checked."""
    at, kind = len(PNG_SIGNATURE), b""
    while kind != b"IEND":
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if end > len(data):
            raise TornError
        if zlib.crc32(memoryview(data)[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            raise TornError
        yield kind, at, end
        at = end


def _webp(data: bytes) -> Header:
    canvas: tuple[int, int] | None = None
    picture: tuple[int, int] | None = None
    exif = b""
    for kind, at, end in _riff_chunks(data):
        body = data[at + 8 : end]
        if kind in (b"ANIM", b"ANMF"):
            raise OddError
        if kind == b"VP8X" and len(body) >= 10:
            canvas = (1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little"))
        elif kind in (b"VP8 ", b"VP8L"):
            picture = _vp8(body) if kind == b"VP8 " else _vp8l(body)
        elif kind == b"EXIF":
            exif = body
    if picture is None:
        raise TornError
    if canvas not in (None, picture):
        raise OddError
    return Header("image/webp", *picture, exif=exif)


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The chunks of a WebP (kind, start, end), the padding byte of odd ones included."""
    whole = 8 + int.from_bytes(data[4:8], "little")
    if whole > len(data):
        raise TornError
    at = 12
    while at + 8 <= whole:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        if end > whole:
            raise TornError
        yield data[at : at + 4], at, end
        at = end


def _vp8(body: bytes) -> tuple[int, int]:
    if body[3:6] != b"\x9d\x01\x2a" or len(body) < 10:
        raise OddError
    width, height = struct.unpack_from("<HH", body, 6)
    return width & 0x3FFF, height & 0x3FFF


def _vp8l(body: bytes) -> tuple[int, int]:
    if len(body) < 5 or body[0] != 0x2F:
        raise OddError
    bits = int.from_bytes(body[1:5], "little")
    return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
