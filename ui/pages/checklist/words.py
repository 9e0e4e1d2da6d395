"""How the page names what a pack holds."""

from __future__ import annotations

from greenaudit.domain.checklists import LEVEL_NAMES
from greenaudit.messages import Message, msg, msgs
from greenaudit.services.drafts import Kind, PackLine
from greenaudit.services.pack_sheets import Sheet, TextEntry
from greenaudit.services.views import PackStanding
from ui.i18n import Said, language
from ui.i18n.formatting import formats

LANGUAGE_TITLES: tuple[tuple[str, str], ...] = (("en", "English"), ("es", "Español"), ("fr", "Français"))
"""Each language by its own name."""

TEXTS: dict[str, Message] = {
    "title": msg("Title"),
    "cue": msg("Look, listen, smell first"),
    "text": msg("Question"),
    "why": msg("Why it matters"),
    "steps": msg("How to test"),
    "tool": msg("Tool"),
    "evidence": msg("Evidence to look for"),
    "option": msg("Option"),
    "column": msg("Column"),
    "confirm": msg("To affirm for level 4"),
    "mistake": msg("Common mistake"),
    "photo": msg("Photo hint"),
    "safety": msg("Safety"),
    "remark": msg("Remark"),
}
GATES: tuple[tuple[str, Message], ...] = (
    ("record", msg("Records")), ("sample", msg("Sample")), ("seen", msg("Seen"))
)  # fmt: skip
FACTS: dict[str, Message] = {
    "weight": msg("Weight"),
    "critical": msg("Critical"),
    "gate": msg("Level 3 asks for"),
    "test.minutes": msg("Minutes"),
    "minutes": msg("Minutes"),
    "areas": msg("Areas"),
    "when": msg("Condition"),
    "kind": msg("Answer"),
    "cuts": msg("Cuts"),
    "metrics": msg("Metrics"),
    "opportunity": msg("Opportunity"),
    "id": msg("Identifier"),
    "version": msg("Version"),
}
KINDS: dict[str, Message] = {
    "level": msg("Level 0–4"),
    "cuts": msg("Number with cuts"),
    "options": msg("Options"),
    "points": msg("Number between points"),
    "table": msg("Table"),
    "number": msg("Number"),
    "text": msg("Text"),
    "date": msg("Date"),
    "photo": msg("Photo"),
}


def text_name(entry: TextEntry) -> Message:
    """What stands over a text."""
    if entry.what == "level":
        level = int(entry.mark)
        named: object = LEVEL_NAMES[level] if level < len(LEVEL_NAMES) else ""
        return msg("Level {level} · {name}", level=level, name=named)
    name = TEXTS[entry.what]
    if entry.level:
        return msg("{what} {mark} · level {level}", what=name, mark=entry.mark, level=entry.level)
    return msg("{what} {mark}", what=name, mark=entry.mark) if entry.mark else name


def fact_value(path: str, value: str) -> Said:
    """A fact as it is read."""
    if path == "critical":
        return msg("Yes") if value == "true" else msg("No")
    if path == "gate":
        return dict(GATES).get(value, value)
    if path == "kind":
        return KINDS.get(value, value)
    if path == "when" and not value:
        return msg("Always")
    return value or "–"


def title_of(sheet: Sheet) -> str:
    """The text by which a sheet is known, in the window's language or in one that has it."""
    entry = sheet.title
    return entry.in_(language()) or entry.en or entry.es or entry.fr or sheet.spot.id or sheet.spot.file


def state_of(line: PackLine) -> Message:
    """Whose a pack is."""
    return state_words(line.key.kind, line.standing)


def state_words(kind: Kind, standing: PackStanding) -> Message:
    """Whose a pack is: the product's, a draft, the programme's where its signature holds, or nobody's."""
    if kind == "shipped":
        return msg("Ships with GreenAudit")
    if kind == "draft":
        return msg("Draft")
    return msg("Signed by the programme") if standing == "signed" else msg("Not signed by the programme")


def about(line: PackLine) -> Message:
    """A pack's second line: its id and version, and how large or how old it is."""
    name = f"{line.id} {line.version}".strip() or line.key.name
    if line.key.kind in {"shipped", "received"}:
        return msgs("{name} · {n} question", "{name} · {n} questions", line.questions, name=name)
    changed = line.changed_at.astimezone() if line.changed_at else None
    when = f"{formats().date(changed.date())} {changed:%H:%M}" if changed else "–"
    if line.title is None:
        return msg("{name} · has mistakes, changed {when}", name=line.key.name, when=when)
    if line.key.kind == "draft":
        return msg("{name} · folder {folder}, changed {when}", name=name, folder=line.key.name, when=when)
    return msg("{name} · published {when}", name=name, when=when)
