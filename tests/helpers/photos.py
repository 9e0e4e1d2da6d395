"""Builders for photos: honest ones as cameras write them, and hostile ones."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

TAKEN, OFFSET = "2026:11:24 15:14:00", "-06:00"


def photo(
    size: tuple[int, int] = (400, 300),
    *,
    orientation: int = 1,
    taken: str | None = TAKEN,
    offset: str | None = OFFSET,
    form: str = "JPEG",
    **options: object,
) -> bytes:
    """A photo: red on its left half, blue on its right (as stored), with EXIF and a place."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x0112] = orientation
    detail = exif.get_ifd(0x8769)
    if taken is not None:
        detail[0x9003] = taken
    if offset is not None:
        detail[0x9011] = offset
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (25.0, 25.0, 24.0)
    out = io.BytesIO()
    image.save(out, form, exif=exif, **options)
    return out.getvalue()


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_with(*chunks: bytes, size: tuple[int, int] = (8, 8)) -> bytes:
    """A small honest grey PNG with further chunks after its header."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0))
    pixels = png_chunk(b"IDAT", zlib.compress((b"\x00" + b"\x80" * 8) * 8))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + pixels + png_chunk(b"IEND", b"")


def huge_text_png() -> bytes:
    """A PNG whose text unpacks to 300 MB."""
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(bytes(1_000_000)) for _ in range(300)) + packed.flush()
    return png_with(png_chunk(b"zTXt", b"Comment\x00\x00" + body), png_chunk(b"iCCP", b"p\x00\x00" + body))


def bomb_png() -> bytes:
    """A few hundred bytes that declare a picture of 10 gigapixels."""
    return png_with(size=(100_000, 100_000))


def bomb_webp() -> bytes:
    """About 40 bytes that declare 268 megapixels."""
    bits = (16383 | 16383 << 14).to_bytes(4, "little")
    body = b"\x2f" + bits + bytes(7)
    chunk = b"VP8L" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def lying_webp() -> bytes:
    """A WebP whose canvas is small and whose picture is huge."""
    bomb = bomb_webp()[12:]
    canvas = b"VP8X" + struct.pack("<I", 10) + bytes(4) + b"\x07\x00\x00" + b"\x07\x00\x00"
    return b"RIFF" + struct.pack("<I", 4 + len(canvas) + len(bomb)) + b"WEBP" + canvas + bomb


def bomb_jpeg() -> bytes:
    """A JPEG whose header was changed to declare 65,000 by 65,000."""
    data = bytearray(photo())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", 65_000, 65_000)
    return bytes(data)


def scan_bomb_jpeg() -> bytes:
    """A progressive JPEG with a thousand scans: each costs a pass over the whole picture."""
    data = photo(progressive=True)
    at = data.rindex(b"\xff\xda")
    return data[:at] + data[at:-2] * 1000 + data[-2:]
