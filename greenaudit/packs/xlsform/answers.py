"""How a question of a form is answered here: its type, its choices, and our own columns where they say more."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args

from greenaudit.domain.checklists import (
    Answering,
    Column,
    CutsAnswer,
    DateAnswer,
    LevelAnswer,
    Limits,
    Meaning,
    NumberAnswer,
    Option,
    OptionsAnswer,
    PhotoAnswer,
    PointsAnswer,
    TableAnswer,
    TextAnswer,
)
from greenaudit.domain.text import Text
from greenaudit.messages import Message, msg
from greenaudit.packs.xlsform.cells import left_out, number, one_of, parts, yes
from greenaudit.packs.xlsform.choices import DONE, NONE, OTHER, SPECIFY, Lists
from greenaudit.packs.xlsform.columns import KINDS, Line
from greenaudit.packs.xlsform.names import Names, as_word
from greenaudit.packs.xlsform.notes import Notes
from greenaudit.packs.xlsform.outline import Entry
from greenaudit.packs.xlsform.wording import Wording
from greenaudit.packs.xlsform.xpath import limits_of
from greenaudit.packs.xlsform.xpath_parts import Untranslatable

_TYPED = {
    "time": "time",
    "dateTime": "moment",
    "geopoint": "position",
    "geotrace": "path",
    "geoshape": "shape",
    "barcode": "code",
}
_BY_HAND = frozenset({"geopoint", "geotrace", "geoshape", "barcode"})
_NUMBERS = frozenset({"integer", "decimal", "percentage", "range"})
_ONE = frozenset({"select_one", "select_one_external", "select_one_from_file"})
_SEVERAL = frozenset({"select_multiple", "select_multiple_from_file", "rank"})
UNCARRIED = {
    "audio": msg("GreenAudit doesn't record sound."),
    "video": msg("GreenAudit doesn't record film; add a photo question instead."),
    "file": msg("Documents are added to a question as evidence, not asked for."),
}
"""Questions that nothing here can hold."""


@dataclass(frozen=True)
class Answered:
    """An answer's kind, the ids of choices by the form's names, and of columns by theirs."""

    answer: Answering
    options: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)


class Answers:
    """Makes the answers of a form."""

    def __init__(self, lists: Lists, words: Wording, notes: Notes) -> None:
        self._lists = lists
        self._words = words
        self._notes = notes

    def of(self, entry: Entry, path: str, beside: tuple[Column, ...]) -> Answered:
        """The answer of a question; `beside` are the columns that stand beside a level or a choice."""
        line, kind = entry.line, entry.type.name
        if line.get("kind") and not line.own:
            left_out(
                line,
                "kind",
                self._notes,
                msg("Expected one of: {choices}.", choices=", ".join(sorted(KINDS))),
            )
        if line.own == "level" or (not line.own and any(name.startswith("level") for name in line.texts)):
            return Answered(LevelAnswer(also=beside))
        if kind in _ONE or kind in _SEVERAL or kind == "acknowledge":
            return self._options(entry, path, beside)
        if kind in _NUMBERS:
            return Answered(self._scored_number(line, path) or self._number(line, kind))
        if kind == "repeat":
            return self._table(entry, path)
        if kind == "date":
            return Answered(DateAnswer())
        if kind == "image":
            return Answered(PhotoAnswer())
        return Answered(TextAnswer(of=self._meaning(line, kind)))

    def column(self, entry: Entry, names: Names, path: str) -> tuple[Column, dict[str, str]] | None:
        """A column of a register, and its options by the form's names; None when it can't hold that."""
        line, kind = entry.line, entry.type.name
        if kind in UNCARRIED or kind == "image":
            why = UNCARRIED.get(kind, msg("A register's rows hold no photos; add a photo question instead."))
            self._notes.add(line.sheet, line.number, f"{line.get('type')} {line.get('name')}", why)
            return None
        column_id = names.give(line.get("id") or line.get("name"), line.sheet, line.number, "column")
        path = f"{path}.{column_id}"
        label = self._words.text(line.texts.get("label", {}), path)
        if label is None:
            label = Text(en=column_id, es=column_id, fr=column_id)
            self._words.lacks(path)
        options, ids = self._column_options(entry, path)
        found = self._column_kind(line, kind, options)
        limits = self._limited(line, kind) if found == "number" else Limits()
        column = Column(
            id=column_id,
            label=label,
            kind=found,
            unit=_unit(line, kind),
            options=options,
            required=self._required(entry),
            hint=self._column_hint(entry, path),
            **limits.model_dump(),
        )
        return column, ids

    def _column_kind(
        self, line: Line, kind: str, options: tuple[Option, ...]
    ) -> Literal["text", "number", "date", "option"]:
        if options:
            return "option"
        if kind in _NUMBERS:
            return "number"
        if kind == "date":
            return "date"
        if kind in _SEVERAL:
            self._note(
                line,
                msg(
                    "In a register several choices are written as text; the hint names them where they are few."
                ),
            )
        elif kind != "text":
            self._note(line, msg("In a register this is written as text."))
        return "text"

    def _required(self, entry: Entry) -> bool:
        """A column whose condition isn't carried can't be required of every row."""
        required = yes(entry.line, "required", self._notes)
        if required and entry.conditional:
            left_out(
                entry.line, "required", self._notes, msg("It is required of some rows only; here of none.")
            )
        return required and not entry.conditional

    def _column_hint(self, entry: Entry, path: str) -> Text | None:
        """How a column is filled in; of several choices that are written as text, their names too."""
        hint = dict(entry.line.texts.get("hint", {}))
        if entry.type.name in _SEVERAL:
            for language, choices in self._lists.named(entry.type.list_name).items():
                hint[language] = f"{hint.get(language, '')} ({choices})".strip()
        return self._words.text(hint, f"{path}.hint")

    def _column_options(self, entry: Entry, path: str) -> tuple[tuple[Option, ...], dict[str, str]]:
        if entry.type.name == "acknowledge":
            return self._own(*DONE), {}
        if entry.type.name not in _ONE:
            return (), {}
        offered = self._lists.offered(entry.type.list_name, path)
        if entry.type.other:
            self._note(entry.line, msg("In a register another choice can't be specified."))
        return offered.options, offered.ids

    def _own(self, *options: Option) -> tuple[Option, ...]:
        return tuple(option.model_copy(update={"label": self._words.own(option.label)}) for option in options)

    def _note(self, line: Line, why: Message) -> None:
        self._notes.add(line.sheet, line.number, line.get("type"), why)

    def _meaning(self, line: Line, kind: str) -> Meaning:
        if kind in _BY_HAND:
            self._note(line, msg("It is typed in, not taken from the device."))
        wanted = line.get("of") or _TYPED.get(kind, "")
        return next((meaning for meaning in get_args(Meaning) if meaning == wanted), "")

    def _options(self, entry: Entry, path: str, beside: tuple[Column, ...]) -> Answered:
        line, kind = entry.line, entry.type.name
        offered = self._lists.offered(entry.type.list_name, f"{path}.options")
        options, ids = offered.options, dict(offered.ids)
        if kind == "acknowledge":
            self._note(line, msg("It becomes a choice between done and not done."))
            options, ids = self._own(*DONE), {"OK": "ok"}
        if not options:
            self._note(line, msg("Its choices aren't on the sheet 'choices'; the answer is written as text."))
            return Answered(TextAnswer())
        if entry.type.other and "other" not in ids.values():
            options, ids["other"] = (*options, *self._own(OTHER)), "other"
            beside = (*beside, Column(id="other", label=self._words.own(SPECIFY)))
        if len(options) == 1:
            self._note(line, msg("A single choice gets a second one: none of these."))
            options = (*options, *self._own(NONE))
        if kind == "rank":
            self._note(line, msg("Choices are ticked; their order isn't kept."))
        choose: Literal["one", "several"] = "several" if kind in _SEVERAL else "one"
        return Answered(OptionsAnswer(choose=choose, options=options, also=beside), ids)

    def _scored_number(self, line: Line, path: str) -> Answering | None:
        """A number that gives a level, where our columns say how."""
        if line.get("points"):
            pairs = [tuple(map(number, part.split(":"))) for part in parts(line.get("points"))]
            points = [(at[0], at[1]) for at in pairs if len(at) == 2 and None not in at]
            if len(points) == len(pairs) > 1:
                return PointsAnswer(points=tuple(_whole_pairs(points)), unit=line.get("unit"))
            left_out(line, "points", self._notes, msg("Expected two or more pairs such as 0:0 10:4."))
        if line.get("cuts"):
            cuts = [cut for part in parts(line.get("cuts")) if (cut := number(part)) is not None]
            if len(cuts) == len(parts(line.get("cuts"))) == 4:
                return self._cuts(line, (cuts[0], cuts[1], cuts[2], cuts[3]), path)
            left_out(line, "cuts", self._notes, msg("Expected four numbers, for levels 1 to 4."))
        return None

    def _cuts(self, line: Line, cuts: tuple[Decimal, Decimal, Decimal, Decimal], path: str) -> CutsAnswer:
        rising: Literal["high", "low"] = "high" if cuts[0] <= cuts[-1] else "low"
        said = one_of(line, "better", (rising, "high", "low"), self._notes)
        return CutsAnswer(
            better="high" if said == "high" else "low",
            cuts=cuts,
            unit=line.get("unit"),
            confirm_4=self._words.text(line.texts.get("confirm_4", {}), f"{path}.confirm_4"),
            of="age_limit" if line.get("of") == "age_limit" else "",
            instead=self._lists.offered(line.get("instead"), f"{path}.instead").options,
        )

    def _number(self, line: Line, kind: str) -> NumberAnswer:
        return NumberAnswer(unit=_unit(line, kind), **self._limited(line, kind).model_dump())

    def _limited(self, line: Line, kind: str) -> Limits:
        """What is sensible for a number: by its constraint, else by its type."""
        least, most = self._limits(line, whole=kind == "integer")
        if kind == "percentage":
            least, most = Decimal(0) if least is None else least, Decimal(100) if most is None else most
        if kind == "range":
            said = dict(re.findall(r"(start|end|step)\s*=\s*(\S+)", line.get("parameters")))
            least = number(said.get("start", "1")) if least is None else least
            most = number(said.get("end", "10")) if most is None else most
            self._note(line, msg("It is typed as a number between the two ends; its steps aren't kept."))
        if least is not None and most is not None and least > most:
            self._note(line, msg("The least is more than the most: no number fits."))
            least = most = None
        return Limits(whole=kind == "integer", least=least, most=most)

    def _limits(self, line: Line, *, whole: bool) -> tuple[Decimal | None, Decimal | None]:
        if not line.get("constraint"):
            return None, None
        try:
            return limits_of(line.get("constraint"), whole=whole)
        except Untranslatable as reason:
            left_out(line, "constraint", self._notes, reason.message)
            return None, None

    def _table(self, entry: Entry, path: str) -> Answered:
        """A register: the columns of a repeat."""
        names, columns, ids = Names(self._notes), [], {}
        for inner in entry.columns:
            made = self.column(inner, names, f"{path}.columns")
            if made is not None:
                columns.append(made[0])
                ids[inner.line.get("name")] = made[0].id
        if not columns:
            self._note(
                entry.line, msg("The repeat has no column that can be carried; it is written as text.")
            )
            return Answered(TextAnswer())
        line = entry.line
        own = line.own == "table"
        name = line.get("register") if own else as_word(line.get("name") or path.rsplit(".", 1)[-1])
        return Answered(TableAnswer(columns=tuple(columns), rows=self._rows(line), name=name), columns=ids)

    def _rows(self, line: Line) -> int | None:
        count = line.get("repeat_count")
        if not count:
            return None
        if re.fullmatch(r"[1-9]\d{0,3}", count, re.ASCII):
            return int(count)
        left_out(
            line, "repeat_count", self._notes, msg("A register has a fixed number of rows or any number.")
        )
        return None


def _whole_pairs(pairs: list[tuple[Decimal | None, Decimal | None]]) -> list[tuple[Decimal, Decimal]]:
    return [(value, level) for value, level in pairs if value is not None and level is not None]


def _unit(line: Line, kind: str) -> str:
    return "%" if kind == "percentage" and not line.get("unit") else line.get("unit")
