"""The checklist: what is asked where, how an answer becomes a level, and on what it depends.

A checklist is one kind of pack. It is loaded by `packs`, kept whole by the assessment that started with it,
and known by the SHA-256 of its canonical JSON (`Checklist.sha256`).
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from greenaudit.canonical import fingerprint
from greenaudit.domain.text import Text
from greenaudit.domain.values import Value
from greenaudit.i18n import LANGUAGES, Language

Module = Literal["CHEM", "WAST", "ENER", "FOUN"]
MODULES: tuple[Module, ...] = ("CHEM", "WAST", "ENER", "FOUN")
Gate = Literal["record", "sample", "seen"]

Version = Annotated[str, Field(pattern=r"^[0-9]{1,15}\.[0-9]{1,15}$")]
"""A content version, major.minor: two numbers that can be compared."""

ON_UNTIL_UNTICKED = frozenset({"ON_VEHICLE"})
"""Flags that hold until an answered question offers them and leaves them unticked."""

LEVEL_NAMES: tuple[Text, ...] = (
    Text(en="Absent", es="Ausente", fr="Absent"),
    Text(en="Reactive", es="Reactivo", fr="Réactif"),
    Text(en="Controlled", es="Controlado", fr="Maîtrisé"),
    Text(en="Preventive", es="Preventivo", fr="Préventif"),
    Text(en="Leading", es="Líder", fr="Exemplaire"),
)


class Limits(Value):
    """What is sensible for a number: anything else is pointed out, and kept."""

    whole: bool = False
    least: Decimal | None = None
    most: Decimal | None = None

    def expects(self, value: Decimal) -> bool:
        """Whether a number is sensible here."""
        return (
            (not self.whole or value == value.to_integral_value())
            and (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
        )


class Column(Limits):
    """A column of a table question (a register); `hint` says how it is filled in, the limits are a number's."""

    id: str
    label: Text
    kind: Literal["text", "number", "date", "option"] = "text"
    unit: str = ""
    options: tuple[Option, ...] = ()
    required: bool = False
    hint: Text | None = None


class Option(Value):
    """One choice; `level` where the question is scored, `flag` where it switches a condition's flag on."""

    id: str
    label: Text
    level: int | None = Field(default=None, ge=0, le=4)
    flag: str = ""


class LevelAnswer(Value):
    """The assessor chooses 0–4 by the anchors; `also` is recorded beside the level and never scored."""

    kind: Literal["level"] = "level"
    also: tuple[Column, ...] = ()


class CutsAnswer(Value):
    """A number whose place among four cuts gives the level; `confirm_4` must be affirmed for level 4.

    `instead` is what can be said where there is no number ("not measured": level 0).
    """

    kind: Literal["cuts"] = "cuts"
    better: Literal["high", "low"]
    cuts: tuple[Decimal, Decimal, Decimal, Decimal]
    unit: str
    confirm_4: Text | None = None
    of: Literal["", "age_limit"] = ""
    instead: tuple[Option, ...] = ()


class OptionsAnswer(Value):
    """One option, or several of which the worst counts; unscored when the options carry no level."""

    kind: Literal["options"] = "options"
    choose: Literal["one", "several"]
    options: tuple[Option, ...] = Field(min_length=2)
    also: tuple[Column, ...] = ()

    @property
    def preset(self) -> tuple[str, ...]:
        """The options that a fresh question shows as ticked: those whose flag holds until it is unticked."""
        return tuple(option.id for option in self.options if option.flag in ON_UNTIL_UNTICKED)


class PointsAnswer(Value):
    """A number whose level lies on a line between points (value, level), flat outside, never rounded."""

    kind: Literal["points"] = "points"
    points: tuple[tuple[Decimal, Decimal], ...] = Field(min_length=2)
    unit: str


class TableAnswer(Value):
    """A register of rows; `rows` = 1 makes it a form. `name` is how conditions reach it."""

    kind: Literal["table"] = "table"
    columns: tuple[Column, ...] = Field(min_length=1)
    rows: int | None = None
    name: str = ""


class NumberAnswer(Limits):
    """A number with its unit, recorded and never scored; the limits say what is sensible."""

    kind: Literal["number"] = "number"
    unit: str


Meaning = Literal["", "time", "moment", "position", "path", "shape", "code"]


class TextAnswer(Value):
    """Free text, never scored; `of` says what it writes down where that is more than words."""

    kind: Literal["text"] = "text"
    of: Meaning = ""


class DateAnswer(Value):
    """A civil date, never scored."""

    kind: Literal["date"] = "date"


class PhotoAnswer(Value):
    """Photos alone, never scored."""

    kind: Literal["photo"] = "photo"


Answering = Annotated[
    LevelAnswer
    | CutsAnswer
    | OptionsAnswer
    | PointsAnswer
    | TableAnswer
    | NumberAnswer
    | TextAnswer
    | DateAnswer
    | PhotoAnswer,
    Field(discriminator="kind"),
]


class Testing(Value):
    """How to test on site: what to do, how long it takes, with what."""

    steps: Text
    minutes: int = Field(ge=1)
    tool: Text


class Reference(Value):
    """A dated rule of one country that a question touches; never a verdict."""

    id: str
    title: Text
    valid_from: str = ""
    valid_to: str = ""
    status: Literal["confirmed", "unconfirmed"]
    source: str


class Remark(Value):
    """A note that is shown before a question (or after it) and asks nothing; `when` as a question's."""

    id: str
    text: Text
    when: str = ""
    after: bool = False


class Question(Value):
    """One question as an expert asks it."""

    id: str
    module: Module
    section: str
    areas: tuple[str, ...] = Field(min_length=1)
    weight: int = Field(ge=0, le=3)
    critical: bool = False
    answer: Answering
    gate: Gate = "record"
    when: str = ""
    text: Text
    why: Text
    test: Testing
    evidence: Text
    levels: tuple[Text, Text, Text, Text, Text] | None = None
    mistake: Text
    photo: Text | None = None
    safety: Text | None = None
    metrics: tuple[str, ...] = ()
    opportunity: str = ""
    references: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    rapid: bool = False
    required: bool = False
    remarks: tuple[Remark, ...] = ()

    @property
    def scored(self) -> bool:
        """Whether it counts towards a score."""
        return self.weight > 0


PROFILE = "FOUN-PRO"
"""The section about the plant itself. It is asked of every visit and before all else: its answers decide what is asked."""


class Section(Value):
    """A part of a module."""

    id: str
    module: Module
    title: Text


class Area(Value):
    """A stop of the walk: what to look at first, and the minutes planned for it."""

    id: str
    title: Text
    cue: Text
    minutes: int = Field(ge=1)


class Checklist(Value):
    """A whole checklist. Sections, areas and questions stand in the order in which they are walked.

    `languages` are those it is written in; in another one a text shows what a language that has it says.
    `missing` lists what nobody has written yet (`questions.Q1.why`, `areas.A01.cue.fr`): it makes a draft.
    `units` says how units that hold words read in each language; figures are always kept with the unit itself.
    """

    id: str
    version: Version
    title: Text
    sections: tuple[Section, ...]
    areas: tuple[Area, ...]
    questions: tuple[Question, ...]
    references: dict[str, Reference] = Field(default_factory=dict)
    units: dict[str, Text] = Field(default_factory=dict)
    languages: tuple[str, ...] = LANGUAGES
    missing: tuple[str, ...] = ()

    def unit_label(self, unit: str, language: Language) -> str:
        """How a unit reads in a language; a symbol reads as it is written."""
        label = self.units.get(unit)
        return label.in_(language) if label else unit

    @property
    def draft(self) -> bool:
        """Whether texts that people need are still to be written."""
        return bool(self.missing) or not set(LANGUAGES) <= set(self.languages)

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def sha256(self) -> str:
        """The pack's identity: SHA-256 of its canonical JSON."""
        return fingerprint(self.model_dump(mode="json"))

    @property
    def major(self) -> int:
        """The content major version; scores compare only within one."""
        return int(self.version.split(".")[0])

    def section(self, section_id: str) -> Section:
        """The section of that id; KeyError when there is none."""
        return {section.id: section for section in self.sections}[section_id]


Column.model_rebuild()
