"""What exists on this device and nowhere else."""

from __future__ import annotations

from greenaudit.services.context import Context
from greenaudit.services.views import OnlyHere
from greenaudit.sync.report import only_here


def count_only_here(context: Context) -> OnlyHere:
    """Answers, photos and changes that no endpoint has confirmed."""
    found = only_here(context.store, context.blobs)
    return OnlyHere(answers=found.answers, photos=found.photos, changes=found.changes)


def count_edits_only_here(context: Context, photos: int) -> OnlyHere:
    """The same after an edit that touched no photo: their number is known, and the files need not be looked at."""
    with context.store.read() as reader:
        found = reader.unconfirmed()
    return OnlyHere(answers=found.records.get("answer", 0), photos=photos, changes=found.changes)
