"""Saving one edit of a record that the editor read some time ago.

Between the reading and the saving another window, a command or a synchronisation may have written. Then only the
fields of the edit are written, and a field that stands otherwise than the editor saw it becomes a conflict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from greenaudit.domain.values import Record
from greenaudit.services.context import Context
from greenaudit.store.reader import Reader
from greenaudit.store.unit import Unit

R = TypeVar("R", bound=Record)


def save_edit(context: Context, seen: R, edit: Mapping[str, object]) -> tuple[R, bool]:
    """Saves an edit of what the editor saw; gives the record as it now stands, and whether that is all that is new."""
    # Who writes is alone: what is read beside it is still so when it is written.
    with context.store.unit(context.author_id) as unit, context.store.read() as reader:
        return _put(unit, reader, seen, edit)


def save_all(context: Context, pairs: Sequence[tuple[Record | None, Record]]) -> bool:
    """Saves records as they are wanted, each beside what the editor saw of it (none: it is new), all or none.

    Gives whether that is all that is new.
    """
    alone = True
    with context.store.unit(context.author_id) as unit, context.store.read() as reader:
        for seen, wanted in pairs:
            if seen is None:
                unit.save(wanted)
                continue
            names = [name for name in seen.field_names() if getattr(seen, name) != getattr(wanted, name)]
            _, same = _put(unit, reader, seen, {name: getattr(wanted, name) for name in names})
            alone = alone and same
    return alone


def _put(unit: Unit, reader: Reader, seen: R, edit: Mapping[str, object]) -> tuple[R, bool]:
    stored = reader.get(type(seen), seen.id)
    if stored is None or stored == seen:
        after = seen.model_copy(update=edit)
        unit.save(after)
        return after, True
    after = stored.model_copy(update=edit)
    unseen = [name for name in edit if getattr(stored, name) not in (getattr(seen, name), edit[name])]
    unit.save(after, bases={name: _bases(reader, seen, name) for name in unseen})
    return after, False


def _bases(reader: Reader, seen: Record, name: str) -> tuple[UUID, ...]:
    """The change whose value of a field the editor saw; none when the field was still empty."""
    value = seen.field_values()[name]
    history = reversed(reader.history(seen.record_type, seen.id))
    return tuple(change.id for change in history if name in change.fields and change.fields[name] == value)[
        :1
    ]
