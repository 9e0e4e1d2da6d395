"""JSON as the database keeps it: compact, and readable by people of three languages."""

from __future__ import annotations

import json
from typing import Any

dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
"""JSON text of a value; a float that is no number is refused."""


def loaded(value: Any) -> Any:
    """The value of a JSON column that was read past SQLAlchemy: text on SQLite, a value already elsewhere."""
    return json.loads(value) if isinstance(value, str) else value
