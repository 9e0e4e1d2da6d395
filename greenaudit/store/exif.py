"""The three things we read from EXIF: which way up a photo is, when it was taken, and in which offset from UTC.

Read by hand with every offset checked: a hostile block yields nothing, never an error and never a loop.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_ORIENTATION, _EXIF_IFD, _TAKEN, _OFFSET = 0x0112, 0x8769, 0x9003, 0x9011
_ASCII, _SHORT, _LONG = 2, 3, 4
_MOST_ENTRIES = 200
_TIME = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_ZONE = re.compile(r"([+-])(\d\d):(\d\d)")


@dataclass(frozen=True)
class Exif:
    """`orientation` is EXIF's 1 to 8; `taken` is the camera's wall clock, aware when the camera knew its offset."""

    orientation: int = 1
    taken: datetime | None = None

    def taken_at(self, zone: tzinfo) -> datetime | None:
        """When it was taken, in UTC; `zone` is the place's, for cameras that don't say theirs."""
        if self.taken is None:
            return None
        aware = self.taken if self.taken.tzinfo else self.taken.replace(tzinfo=zone)
        try:
            return aware.astimezone(UTC)
        except OverflowError:  # the first or the last day of the calendar
            return None


def read_exif(block: bytes) -> Exif:
    """Reads a TIFF block as EXIF holds it (with or without the `Exif` prefix); empty where it makes no sense."""
    tiff = block.removeprefix(b"Exif\x00\x00")
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 8:
        return Exif()
    main = _entries(tiff, order, struct.unpack_from(order + "I", tiff, 4)[0])
    detail = _entries(tiff, order, _number(main.get(_EXIF_IFD)) or 0)
    orientation = _number(main.get(_ORIENTATION)) or 1
    return Exif(
        orientation=orientation if 1 <= orientation <= 8 else 1,
        taken=_moment(_text(detail.get(_TAKEN)), _text(detail.get(_OFFSET))),
    )


_Entry = int | str


def _entries(tiff: bytes, order: str, at: int) -> dict[int, _Entry]:
    """The entries of one directory whose tags we know."""
    if not 8 <= at <= len(tiff) - 2:
        return {}
    found: dict[int, _Entry] = {}
    count = min(struct.unpack_from(order + "H", tiff, at)[0], _MOST_ENTRIES)
    for start in range(at + 2, min(at + 2 + 12 * count, len(tiff) - 11), 12):
        tag, kind, length = struct.unpack_from(order + "HHI", tiff, start)
        if tag not in (_ORIENTATION, _EXIF_IFD, _TAKEN, _OFFSET):
            continue
        if kind == _SHORT and length == 1:
            found[tag] = struct.unpack_from(order + "H", tiff, start + 8)[0]
        elif kind == _LONG and length == 1:
            found[tag] = struct.unpack_from(order + "I", tiff, start + 8)[0]
        elif kind == _ASCII and 4 < length <= 64:
            place = struct.unpack_from(order + "I", tiff, start + 8)[0]
            found[tag] = tiff[place : place + length].decode("ascii", "replace").rstrip("\x00 ")
    return found


def _number(entry: _Entry | None) -> int | None:
    return entry if isinstance(entry, int) else None


def _text(entry: _Entry | None) -> str:
    return entry if isinstance(entry, str) else ""


def _moment(text: str, offset: str) -> datetime | None:
    parts = _TIME.fullmatch(text)
    if parts is None:
        return None
    zone = _ZONE.fullmatch(offset)
    try:
        year, month, day, hour, minute, second = (int(part) for part in parts.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(zone) if zone else None)
    except ValueError:  # 0000:00:00, or an offset of 99 hours
        return None


def _zone(parts: re.Match[str]) -> timezone:
    shift = timedelta(hours=int(parts[2]), minutes=int(parts[3]))
    return timezone(-shift if parts[1] == "-" else shift)
