"""Cells that nothing here takes up: each is noted, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from greenaudit.messages import msg, msgs
from greenaudit.packs.xlsform.cells import left_out
from greenaudit.packs.xlsform.columns import Line
from greenaudit.packs.xlsform.notes import Notes

_SHOWN = msg("How a question looks is GreenAudit's own.")
_MEDIA = msg("Pictures, sounds and films of a form aren't carried.")
_UNKNOWN = msg("GreenAudit has nothing that corresponds to this.")
_FILLED = msg("Answers aren't filled into a text; the name of the question stands there in brackets.")
WHY = {
    "appearance": _SHOWN,
    "rows": _SHOWN,
    "autoplay": _SHOWN,
    "parameters": _UNKNOWN,
    "default": msg("Nothing is answered before somebody answers it."),
    "calculation": msg("GreenAudit computes only its own figures."),
    "trigger": msg("GreenAudit computes only its own figures."),
    "read_only": msg("Every question can be answered."),
    "choice_filter": msg("All choices are offered, whatever was answered before."),
    "constraint": msg("GreenAudit checks numbers only."),
    "constraint_message": msg("GreenAudit says in its own words what doesn't fit."),
    "required_message": msg("GreenAudit says in its own words what is missing."),
    "required": msg("Only a question or a column can be required."),
    "repeat_count": _UNKNOWN,
    "relevant": msg("Rows and columns of a register have no condition of their own."),
    "hint": msg("There is no room for a hint here."),
    "guidance_hint": msg("There is no room for a hint here."),
    "save_to": msg("GreenAudit keeps plants and people itself."),
    **dict.fromkeys(["image", "audio", "video", "big-image"], _MEDIA),
    **dict.fromkeys(["media::image", "media::audio", "media::video"], _MEDIA),
}
"""Columns of the form standard that aren't carried everywhere, with the reason."""

_EVERYWHERE = frozenset(["type", "name", "id", "label", "part_of", "disabled", "kind"])
NOTE = frozenset(["relevant", "when", "place"])
GROUP = frozenset(["relevant", "module"])
COLUMN = frozenset(["required", "unit", "hint"])
QUESTION = frozenset(
    [
        "hint",
        "guidance_hint",
        "required",
        "relevant",
        "when",
        "weight",
        "critical",
        "gate",
        "areas",
        "metrics",
    ]
    + ["opportunity", "rapid", "references", "tool", "minutes", "evidence", "mistake", "photo_hint", "safety"]
    + ["better", "cuts", "unit", "confirm_4", "of", "instead", "points", "register"]
    + [f"level{level}" for level in range(5)]
)
_NUMBER = frozenset(["constraint", "parameters"])
_REPEAT = frozenset(["repeat_count"])
_OWN = frozenset(["default", "constraint", "appearance"])
CHOICE = frozenset(["list_name", "name", "label", "id", "level", "flag"])


def taken_of_question(line: Line, kind: str) -> frozenset[str]:
    """The columns that a question of a type takes up."""
    taken = QUESTION | _taken_of_number(kind)
    if kind == "repeat":
        taken |= _REPEAT
    return taken | _OWN if line.own else taken


def taken_of_column(kind: str) -> frozenset[str]:
    """The columns of the sheet that a column of a register takes up."""
    return COLUMN | _taken_of_number(kind)


def _taken_of_number(kind: str) -> frozenset[str]:
    if kind not in {"integer", "decimal", "percentage", "range"}:
        return frozenset()
    return _NUMBER if kind == "range" else _NUMBER - {"parameters"}


def note_leftovers(line: Line, taken: frozenset[str], notes: Notes) -> None:
    """Notes every cell of a row whose column means something in forms and isn't taken up here."""
    for name in line.filled:
        if name in WHY and name not in taken:
            left_out(line, name, notes, WHY[name])


def note_references(lines: Iterable[Line], notes: Notes) -> None:
    """Notes every text into which a form would fill an answer."""
    for line in lines:
        for name, texts in line.texts.items():
            said = next((text for text in texts.values() if "${" in text), "")
            if said:
                notes.add(line.sheet, line.number, f"{name}: {said}", _FILLED)


def note_unknown(lines: Iterable[Line], known: frozenset[str], notes: Notes) -> None:
    """Notes every column that nobody knows, once, with the number of its cells."""
    counts: Counter[str] = Counter()
    sheet = ""
    for line in lines:
        sheet = line.sheet
        counts.update(name for name in line.filled if name not in known)
    for name, count in counts.items():
        why = msgs(
            "GreenAudit doesn't know this column; one cell isn't carried.",
            "GreenAudit doesn't know this column; {n} cells aren't carried.",
            count,
        )
        notes.add(sheet, 1, name, why)


SURVEY = frozenset(WHY) | _EVERYWHERE | NOTE | GROUP | COLUMN | QUESTION
"""All columns of the survey sheet that have a meaning here."""
