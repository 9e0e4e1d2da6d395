"""Words of the walk that several of its parts say."""

from __future__ import annotations

from greenaudit.domain.findings import FindingKind
from greenaudit.messages import Message, msg

NOT_APPLICABLE: dict[str, Message] = {
    "no_such_process": msg("The plant has no such process"),
    "no_such_equipment": msg("The plant has no such equipment"),
    "other_site": msg("It is done at another site"),
    "legal_exemption": msg("The plant is legally exempt"),
    "other": msg("Another reason: write it in the note"),
}
NOT_SEEN: dict[str, Message] = {
    "no_access": msg("No access"),
    "not_running": msg("It was not running"),
    "person_absent": msg("Who knows it was not there"),
    "document_absent": msg("The document was not there"),
    "no_time": msg("No time left"),
    "other": msg("Another reason: write it in the note"),
}
REASONS: dict[str, Message] = {**NOT_APPLICABLE, **NOT_SEEN}

TYPED_UNITS: dict[str, Message] = {
    "t/yr": msg("t/yr"),
    "lb/yr": msg("lb/yr"),
    "t VOC/yr": msg("t VOC/yr"),
    "lb VOC/yr": msg("lb VOC/yr"),
    "lb VOC/gal": msg("lb VOC/gal"),
}
"""Units beside a question's own (`services.reading`): a checklist says only how its own read."""

GRADES: tuple[tuple[str, Message, str], ...] = (
    ("E0", msg("Told"), "chat-text"),
    ("E1", msg("Document"), "file-text"),
    ("E2", msg("Seen"), "eye"),
    ("E3", msg("Measured"), "ruler"),
)
"""Code, word and sign of the evidence grades."""

MONTHS: tuple[tuple[int, str], ...] = ((0, "0"), (3, "3"), (6, "6"), (12, "12+"))
"""Months of record: what a gate asks for, and how the button says it."""

FINDINGS: dict[FindingKind, Message] = {
    "stop_and_tell": msg("Stop and tell: a danger now"),
    "major": msg("Major finding"),
    "minor": msg("Minor finding"),
    "opportunity": msg("Opportunity"),
    "good_practice": msg("Good practice"),
}
