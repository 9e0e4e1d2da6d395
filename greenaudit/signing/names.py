"""Names as a certificate can hold them.

A part of a name has at most 64 bytes, and programs that compare names prepare them first (RFC 4518): signs that this
forbids, emoji among them, and a mixture of writing directions would make a certificate that nobody can check. The full
name stands in the signed data; here it is only as near to it as can be.
"""

from __future__ import annotations

import stringprep
import unicodedata

MOST_BYTES = 64
INSTEAD = "?"

_FORBIDDEN = (
    stringprep.in_table_a1,  # unknown to the Unicode that the rule was made for
    stringprep.in_table_c21_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
)
_rightwards, _leftwards = stringprep.in_table_d2, stringprep.in_table_d1


def certificate_name(text: str, most: int = MOST_BYTES) -> str:
    """A name (or position, or organisation) as it stands in a certificate; nothing stays nothing."""
    known = (sign if _allowed(sign) else INSTEAD for sign in " ".join(text.split()))
    name = "".join(known).encode("utf-8")[:most].decode("utf-8", "ignore").strip()
    prepared = unicodedata.normalize("NFKC", name)
    if any(map(_leftwards, prepared)) and not _one_way(prepared):
        return "".join(INSTEAD if any(map(_leftwards, _prepared(sign))) else sign for sign in name)
    return name


def _allowed(sign: str) -> bool:
    return not any(forbidden(part) for part in _prepared(sign) for forbidden in _FORBIDDEN)


def _prepared(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign)


def _one_way(text: str) -> bool:
    """Whether a text with letters that are read leftwards has only these, at both its ends too."""
    return _leftwards(text[0]) and _leftwards(text[-1]) and not any(map(_rightwards, text))
