"""Which changes this code can read, and how older ones are read.

Every change carries the version of its schema. An older one passes through the upcasters of its record type, one
version at a time; a newer one, or a record type that is not known here, is kept and relayed but not shown. The
journal itself is never rewritten: upcasting happens each time the state is computed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from greenaudit.domain.journal import SCHEMA, WAS, Change
from greenaudit.domain.records import RECORDS

Upcaster = Callable[[Change], Change]

LARGEST = 2**63 - 1
"""The largest integer that a column holds: a change from elsewhere can carry a larger one."""

UPCASTERS: dict[tuple[str, int], Upcaster] = {}
"""(record type, schema version) → the function that gives the same change in the next version."""


READING = 3
"""Counted up when a field's values are judged more strictly: rows that were computed before are computed anew."""


def projection_version() -> str:
    """What the state depends on besides the journal: when it differs from the stored one, the state is recomputed."""
    fields = ";".join(f"{name}:{','.join(cls.field_names())}" for name, cls in sorted(RECORDS.items()))
    return f"{SCHEMA};{READING};{fields}"


def readable(change: Change) -> Change | None:
    """The change as today's code reads it: known fields with valid values only; None when nothing can be read."""
    if change.schema_version > SCHEMA:
        return None
    for version in range(change.schema_version, SCHEMA):
        upcast = UPCASTERS.get((change.record_type, version))
        change = upcast(change) if upcast else change
    if change.record_type not in RECORDS:
        return None
    fields: dict[str, Any] = {}
    for name, value in change.fields.items():
        adapter = field_adapter(change.record_type, name)
        if adapter is not None:
            try:
                read = adapter.dump_python(adapter.validate_python(value), mode="json")
            except ValidationError:
                continue  # kept in the journal and relayed; the field shows its last value that can be read
            if isinstance(read, int) and abs(read) > LARGEST:
                continue
            fields[name] = read
    if not fields:
        return None
    bases = {name: ids for name, ids in change.bases.items() if name in fields or name == WAS}
    return change.model_copy(update={"fields": fields, "bases": bases})


def plain_fields(change: Change) -> dict[str, Any] | None:
    """The known fields of a change that was written in today's schema, not validated yet; None for any other."""
    cls = RECORDS.get(change.record_type)
    if cls is None or change.schema_version != SCHEMA:
        return None
    known = {
        name: value for name, value in change.fields.items() if name != "id" and name in cls.model_fields
    }
    return None if any(isinstance(v, int) and abs(v) > LARGEST for v in known.values()) else known


@lru_cache(maxsize=512)
def field_adapter(record_type: str, name: str) -> TypeAdapter[Any] | None:
    """What validates one field of a record; None where the field is not known."""
    info = RECORDS[record_type].model_fields.get(name)
    if info is None or name == "id":
        return None
    annotation: Any = info.annotation
    for constraint in info.metadata:
        annotation = Annotated[annotation, constraint]
    return TypeAdapter(annotation)
