"""What exists on this device and nowhere else."""

from __future__ import annotations

from greenaudit.services.context import Context
from greenaudit.services.views import OnlyHere


def count_only_here(context: Context) -> OnlyHere:
    """Answers, photos and changes that no endpoint has confirmed."""
    with context.store.read() as reader:
        found = reader.unconfirmed()
    return OnlyHere(
        answers=found.records.get("answer", 0), photos=found.records.get("photo", 0), changes=found.changes
    )
