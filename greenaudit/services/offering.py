"""A later version of the checklist for a visit that has not begun, and what it changes."""

from __future__ import annotations

from collections.abc import Iterable

from greenaudit.domain.assessments import PackRef
from greenaudit.domain.checklists import Checklist
from greenaudit.messages import msg
from greenaudit.packs.diff import difference
from greenaudit.services.views import ChecklistCard, PackOffer


def newer_of(pack: PackRef, cards: Iterable[ChecklistCard]) -> ChecklistCard | None:
    """The newest trusted version of a visit's checklist that is later than the visit's own."""
    own = _number(pack.version)
    later = [card for card in cards if card.id == pack.id and card.trusted and _number(card.version) > own]
    return max(later, key=lambda card: _number(card.version), default=None)


def offer_of(card: ChecklistCard, old: Checklist, new: Checklist) -> PackOffer:
    """What the later version changes, in an assessor's words; what makes scores differ comes first."""
    found = difference(old, new)
    changes = tuple(
        msg("{where}: {what}", where=change.where, what=change.what) if change.where else change.what
        for change in sorted(found.changes, key=lambda change: not change.major)
    )
    return PackOffer(card=card, version=old.version, verdict=found.verdict, changes=changes)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
