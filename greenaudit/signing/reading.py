"""Opening a PDF that a stranger may have made: strictly, and with bounds on what it may unfold to."""

from __future__ import annotations

import io
from typing import Any

from pyhanko.pdf_utils.decode_limits import (
    DEFAULT_PURPOSE_LIMITS,
    DecodeLimits,
    DecodePurpose,
    DocumentDecodeBudget,
    StreamDecodeLimits,
)
from pyhanko.pdf_utils.reader import PdfFileReader

_MIB = 1024 * 1024
_LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=64 * _MIB),
    per_purpose={
        **DEFAULT_PURPOSE_LIMITS,
        DecodePurpose.XREF_STREAM: StreamDecodeLimits(max_output_size=_MIB),
    },
    document_budget=DocumentDecodeBudget(base_allowance=256 * _MIB, max_ratio=2),
)


def open_strictly(pdf: bytes) -> PdfFileReader:
    """A strict reader over bytes in memory."""
    return PdfFileReader(io.BytesIO(pdf), strict=True, decode_limits=_LIMITS)


def entry(holder: Any, key: str, default: Any = None) -> Any:
    """An entry of a dictionary with references followed (pyHanko's own `get` gives the bare reference)."""
    try:
        return holder[key]
    except KeyError:
        return default


def items(array: Any) -> list[Any]:
    """The items of an array with references followed (iterating gives bare references)."""
    return [array[index] for index in range(len(array))]
