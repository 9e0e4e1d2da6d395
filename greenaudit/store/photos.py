"""Photos: judged by their headers before anything decodes them, and scaled within bounded memory.

The original stays untouched as evidence. What is scaled down for the screen and for print is turned the right way
up and carries no metadata, so no place.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from datetime import datetime, tzinfo

from PIL import Image, ImageFile

from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.store.exif import Exif, read_exif
from greenaudit.store.image_headers import (
    Header,
    MediaType,
    OddError,
    TornError,
    lean,
    read_header,
)

MOST_BYTES = 60_000_000
MOST_PIXELS = 120_000_000
"""For baseline JPEG, which is decoded at an eighth, a quarter or half its size."""
MOST_PROGRESSIVE = 60_000_000
MOST_PIXELS_OF: dict[MediaType, int] = {
    "image/jpeg": MOST_PIXELS,
    "image/png": 40_000_000,
    "image/webp": 25_000_000,
}
"""The others are decoded whole; together with these limits no photo needs more than half a gigabyte."""
QUALITY = 85

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# `judge` has refused what is too large with a sentence; Pillow's own guess would only warn about honest large photos.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@dataclass(frozen=True)
class PhotoFacts:
    """What a photo is, as shown (turned the right way up)."""

    media_type: MediaType
    width: int
    height: int
    exif: Exif

    def taken_at(self, zone: tzinfo) -> datetime | None:
        """When it was taken, in UTC, or None where the camera didn't say; `zone` is the plant's."""
        return self.exif.taken_at(zone)


def judge(data: bytes) -> PhotoFacts:
    """Looks at a file's headers only. KnownError with a sentence for what can't be taken as a photo."""
    header = _header(data)
    exif = read_exif(header.exif)
    lying = exif.orientation >= 5
    return PhotoFacts(
        header.media_type,
        header.height if lying else header.width,
        header.width if lying else header.height,
        exif,
    )


def scaled(data: bytes, longest: int) -> bytes:
    """A JPEG whose longer side has at most `longest` pixels, upright, on white, without metadata."""
    header = _header(data)
    try:
        with Image.open(io.BytesIO(lean(data, header)), formats=("JPEG", "PNG", "WEBP")) as image:
            return _small(image, longest, read_exif(header.exif).orientation)
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        struct.error,
        MemoryError,
        Image.DecompressionBombError,
    ) as error:
        raise _torn() from error


def _small(image: ImageFile.ImageFile, longest: int, orientation: int) -> bytes:
    image.draft("RGB", (longest, longest))
    image.load()
    small: Image.Image = image if image.mode in ("L", "RGB", "RGBA") else image.convert(_plain_mode(image))
    if max(small.size) > longest:
        factor = longest / max(small.size)
        width, height = (max(1, round(side * factor)) for side in small.size)
        small = small.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = _on_white(small)
    if orientation in _UPRIGHT:
        small = small.transpose(_UPRIGHT[orientation])
    out = io.BytesIO()
    small.info.clear()
    small.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _plain_mode(image: Image.Image) -> str:
    return "RGBA" if image.has_transparency_data else "RGB"


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image if image.mode in ("L", "RGB") else image.convert("RGB")
    image = image.convert("RGBA")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _header(data: bytes) -> Header:
    if not data:
        raise _refused("photo_empty", msg("The file is empty. Take the photo again, or choose another file."))
    if len(data) > MOST_BYTES:
        raise _refused(
            "photo_too_large",
            msg(
                "The file has {size} MB; a photo may have {most}. Save it smaller and add it again.",
                size=len(data) // 1_000_000,
                most=MOST_BYTES // 1_000_000,
            ),
        )
    try:
        header = read_header(data)
    except TornError as error:
        raise _torn() from error
    except OddError as error:
        raise _refused(
            "photo_odd",
            msg(
                "This picture is built in a way that GreenAudit doesn't open. Save it as a plain JPEG and add it again."
            ),
        ) from error
    if header is None:
        raise _refused(
            "photo_unknown",
            msg("The file is not a JPEG, PNG or WebP picture. Save it as one of these and add it again."),
        )
    _refuse_size(header)
    return header


def _refuse_size(header: Header) -> None:
    pixels, most = (
        header.width * header.height,
        MOST_PROGRESSIVE if header.progressive else MOST_PIXELS_OF[header.media_type],
    )
    if not pixels:
        raise _torn()
    if pixels > most:
        raise _refused(
            "photo_too_large",
            msg(
                "The picture has {size} megapixels; of this kind at most {most} can be opened. Save it smaller and add it again.",
                size=pixels // 1_000_000,
                most=most // 1_000_000,
            ),
        )


def _torn() -> KnownError:
    return _refused(
        "photo_torn",
        msg("The picture is incomplete or damaged. Copy it from the camera again, or take it again."),
    )


def _refused(code: str, message: Message) -> KnownError:
    return KnownError(code, message)
