"""The bytes of a signed PDF, judged before and beside any parser.

Readers accept more than these rules do: padding that holds content, bytes after the end, a container of another kind.
"""

from __future__ import annotations

import re
from typing import Any

from greenaudit.messages import msg
from greenaudit.signing.verdict import ObjectionError

MAX_BYTES = 200 * 1024 * 1024
_MAX_REVISIONS = 64
_MAX_SIGNATURES = 16
_MAX_TABLE_ENTRIES = 100_000
_END = re.compile(rb"startxref[ \r\n]+(\d{1,10})[ \r\n]+%%EOF[\r\n]{0,2}\Z")
_CONTAINER = re.compile(rb"<[0-9A-Fa-f]*>")
_BEFORE_CONTAINER = re.compile(rb"/Contents ?\Z")
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[")
_BYTE_RANGE_WORD = b"/ByteRange"


def check_bounds(pdf: bytes) -> None:
    """Refuses what isn't a PDF, and what would take more time or memory than any report does."""
    if len(pdf) > MAX_BYTES:
        raise ObjectionError(
            "unreadable",
            "too_large",
            msg("The file is larger than {limit} MB; no report is.", limit=MAX_BYTES // (1024 * 1024)),
        )
    if not pdf.startswith(b"%PDF-"):
        if _BYTE_RANGE_WORD in pdf:
            raise _altered("front", msg("Something stands before the beginning of the PDF."))
        raise ObjectionError("unreadable", "not_pdf", msg("The file does not begin as a PDF does."))
    if (
        pdf.count(b"startxref") > _MAX_REVISIONS
        or pdf.count(_BYTE_RANGE_WORD) > _MAX_SIGNATURES
        or pdf.count(b" 00000 n") > _MAX_TABLE_ENTRIES
    ):
        raise ObjectionError(
            "unreadable", "too_many", msg("The file holds more revisions or objects than any report does.")
        )


def check_end(pdf: bytes) -> None:
    """The file ends where its last revision ends: one end mark after the last table, and nothing behind it."""
    found = _END.search(pdf, max(0, len(pdf) - 64))
    if found is None:
        raise _altered("trailing", msg("Something stands after the end of the PDF, or its end is missing."))
    table = int(found[1])
    if pdf.count(b"%%EOF", table) != 1 or pdf.count(b"startxref", table) != 1:
        raise _altered("trailing", msg("Something stands after the end of the PDF, or its end is missing."))


def check_listed(pdf: bytes, listed: int) -> None:
    """Every signature in the bytes is one that the file's own list shows."""
    held = len(_BYTE_RANGE.findall(pdf))
    if held > listed:
        raise _altered("hidden", msg("The file holds a signature that its own list no longer shows."))
    if listed == 0:
        if _BYTE_RANGE_WORD in pdf:
            raise _altered("hidden", msg("The file holds a signature that its own list no longer shows."))
        raise ObjectionError("not_signed", "not_signed", msg("The file holds no signature."))


def check_container(pdf: bytes, byte_range: Any, contents: bytes) -> int:
    """A signature's container holds its signature and nothing else; gives where the covered bytes end."""
    numbers = [int(part) for part in byte_range]
    if len(numbers) != 4 or numbers[0] != 0 or min(numbers[1:]) <= 0:
        raise _altered("byte_range", msg("A signature does not say properly which bytes it covers."))
    before, after, length = numbers[1:]
    end = after + length
    if not before < after <= end <= len(pdf):
        raise _altered("byte_range", msg("A signature does not say properly which bytes it covers."))
    gap = pdf[before:after]
    if (
        _CONTAINER.fullmatch(gap) is None
        or _BEFORE_CONTAINER.search(pdf, max(0, before - 16), before) is None
        or bytes.fromhex(gap[1:-1].decode("ascii")) != contents
        or contents[_der_length(contents) :].strip(b"\x00")
    ):
        raise _altered(
            "container", msg("A signature's place in the file holds something besides the signature.")
        )
    if not pdf[max(0, end - 8) : end].rstrip(b"\r\n").endswith(b"%%EOF"):
        raise _altered("coverage", msg("A signature does not cover its revision to the end."))
    return end


def _der_length(data: bytes) -> int:
    """How many bytes the first ASN.1 value takes; definite lengths only, as DER has it."""
    if len(data) < 2 or data[0] != 0x30:
        raise ValueError("not a DER sequence")
    first = data[1]
    if first < 0x80:
        return 2 + first
    size = first & 0x7F
    if not 1 <= size <= 4:
        raise ValueError("not a DER length")
    return 2 + size + int.from_bytes(data[2 : 2 + size], "big")


def _altered(code: str, reason: Any) -> ObjectionError:
    return ObjectionError("altered", code, reason)
