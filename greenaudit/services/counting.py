"""What exists on this device and nowhere else."""

from __future__ import annotations

from greenaudit.services.context import Context
from greenaudit.services.views import OnlyHere
from greenaudit.sync.report import only_here


def count_only_here(context: Context) -> OnlyHere:
    """Answers, photos and changes that no endpoint has confirmed."""
    found = only_here(context.store, context.blobs)
    return OnlyHere(answers=found.answers, photos=found.photos, changes=found.changes)
