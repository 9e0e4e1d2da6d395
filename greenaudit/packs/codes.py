"""Codes that questions name: programme metrics and opportunities."""

from __future__ import annotations

import re

METRICS = frozenset(
    [
        *("K01", "K02", "K03", "K04"),
        *("MAT", "DQ", "CMP", "R1"),
        *("E1", "E2", "E3", "G1", "H1"),
        *("W1", "W2", "W3", "W4", "W5"),
        *("C1", "C2", "$1", "$2"),
    ]
)
"""The programme's metrics."""

_OPPORTUNITY = re.compile(r"[234]\.[1-9][0-9]{0,4}|GA\.(?:C[1-5]|W[1-3])", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", re.ASCII)


def is_opportunity(code: str) -> bool:
    """Whether it is a recommendation code (branch 2 energy, 3 waste, 4 productivity) or one of ours (GA.…)."""
    return _OPPORTUNITY.fullmatch(code) is not None


def is_id(text: str) -> bool:
    """Whether it can name a question, section, option or column (and a file)."""
    return _ID.fullmatch(text) is not None
