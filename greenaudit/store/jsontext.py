"""JSON as the database keeps it: compact, and readable by people of three languages."""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import to_json


def dumps(value: Any) -> str:
    """JSON text of a value."""
    return to_json(value).decode("utf-8")


def loaded(value: Any) -> Any:
    """The value of a JSON column that was read past SQLAlchemy: text on SQLite, a value already elsewhere."""
    return json.loads(value) if isinstance(value, str) else value
