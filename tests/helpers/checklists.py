"""Builders of checklists, answers and pack folders with sane defaults; give what a test is about, no more."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from greenaudit.domain.assessments import Answer, Proof, Quantity, Response, answer_id
from greenaudit.domain.checklists import Area, Checklist, LevelAnswer, Option, Question, Section, Testing
from greenaudit.domain.findings import Finding, Resolved, Told
from greenaudit.domain.suppliers import Plant
from greenaudit.domain.text import Note, Text

PROGRAMME = UUID(int=1)
ASSESSMENT = UUID(int=2)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def text(english: str = "text") -> Text:
    """A text that is told apart in the three languages."""
    return Text(en=english, es=f"{english} (es)", fr=f"{english} (fr)")


def question(question_id: str = "CHEM-STO-01", **changes: Any) -> Question:
    """A scored question of kind level; its module and section follow from its id."""
    module, section, _ = question_id.split("-", 2)
    values: dict[str, Any] = {
        "id": question_id,
        "module": module,
        "section": f"{module}-{section}",
        "areas": ("A01",),
        "weight": 1,
        "answer": LevelAnswer(),
        "text": text(question_id),
        "why": text(),
        "test": Testing(steps=text(), minutes=5, tool=text()),
        "evidence": text(),
        "levels": tuple(text(f"anchor {level}") for level in range(5)),
        "mistake": text(),
    }
    return Question.model_validate({**values, **changes})


def checklist(*questions: Question, version: str = "1.0") -> Checklist:
    """A checklist of these questions; sections and areas follow from them."""
    sections = {q.section: Section(id=q.section, module=q.module, title=text(q.section)) for q in questions}
    areas = sorted({area for q in questions for area in q.areas})
    return Checklist(
        id="test",
        version=version,
        title=text("A checklist for tests"),
        sections=tuple(sections.values()),
        areas=tuple(Area(id=area, title=text(area), cue=text("Look"), minutes=10) for area in areas),
        questions=questions,
    )


def ticks(*flags: str, question_id: str = "FOUN-PRO-02", **changes: Any) -> Question:
    """An unscored question with one option a flag, the option's id being the flag in lower case."""
    options = [Option(id=flag.lower(), label=text(flag), flag=flag) for flag in flags]
    if len(options) < 2:
        options.append(Option(id="none", label=text("None")))
    answer = {"kind": "options", "choose": "several", "options": options}
    return question(question_id, weight=0, answer=answer, levels=None, **changes)


def answer(
    question_id: str,
    level: int | None = None,
    *,
    grade: int | None = 3,
    months: int | None = 12,
    value: str | None = None,
    **response: Any,
) -> Answer:
    """An answer that its evidence lets stand in full, unless said otherwise."""
    quantity = None if value is None else Quantity(value=Decimal(value), unit="", entered=value)
    return Answer(
        id=answer_id(ASSESSMENT, question_id),
        programme_id=PROGRAMME,
        assessment_id=ASSESSMENT,
        question_id=question_id,
        response=Response(level=level, quantity=quantity, **response),
        proof=None if grade is None else Proof(grade=grade, months=months),
    )


def set_aside(question_id: str, state: str = "not_applicable", reason: str = "other") -> Answer:
    """A question set aside by hand, or not seen."""
    return answer(question_id, grade=None, state=state, reason=reason)


def finding(
    module: str = "CHEM", kind: str = "stop_and_tell", *, resolved: bool = False, **changes: Any
) -> Finding:
    """A finding, told at once."""
    values: dict[str, Any] = {
        "id": UUID(int=77),
        "programme_id": PROGRAMME,
        "assessment_id": ASSESSMENT,
        "module": module,
        "kind": kind,
        "what": Note(text="Open acid drum"),
        "told": Told(at=NOON, to="Shift manager"),
        "resolved": Resolved(at=NOON, what="Closed") if resolved else None,
    }
    return Finding.model_validate({**values, **changes})


def plant(country: str = "US", region: str = "MI") -> Plant:
    """A plant in a country."""
    return Plant.model_validate(
        {
            "id": UUID(int=5),
            "organisation_id": UUID(int=6),
            "name": "Plant",
            "country": country,
            "region": region,
            "timezone": "America/Detroit",
            "language": "en",
            "currency": "USD",
        }
    )


def many_questions(count: int) -> Checklist:
    """A checklist like the core one, larger: ten questions a section, one in three under a condition."""
    flags = ("P_PAINT", "P_PLATE", "U_CA", "U_BOILER", "ON_VEHICLE")
    modules = ("CHEM", "WAST", "ENER", "FOUN")
    questions = [ticks(*flags, areas=("A24",))]
    for number in range(count - 1):
        module = modules[number % 4]
        section = number // 40
        questions.append(
            question(
                f"{module}-S{section:02}-{number:04}",
                areas=(f"A{1 + number % 24:02}", f"A{1 + (number * 7 + 1) % 24:02}"),
                weight=1 + number % 3,
                critical=number % 7 == 0,
                when=f"{flags[number % 5]} or P_PAINT and not U_CA" if number % 3 == 0 else "",
            )
        )
    return checklist(*questions)


def words(english: str) -> dict[str, str]:
    """A text as a pack's file holds it."""
    return {"en": english, "es": f"{english} (es)", "fr": f"{english} (fr)"}


def raw_question(question_id: str = "CHEM-STO-01", **changes: Any) -> dict[str, Any]:
    """A question as a pack's file holds it, ready to be broken."""
    values: dict[str, Any] = {
        "id": question_id,
        "areas": ["A01"],
        "weight": 2,
        "critical": False,
        "gate": "record",
        "when": "",
        "answer": {"kind": "level"},
        "text": words("Is it shut?"),
        "why": words("Because."),
        "test": {"steps": words("Look."), "minutes": 6, "tool": words("tape")},
        "evidence": words("A log."),
        "levels": [words(f"Anchor {level}.") for level in range(5)],
        "mistake": words("Outer size."),
        "metrics": ["CMP"],
        "opportunity": "GA.C5",
        "references": {"US": ["us.264-175"], "CA": [], "MX": []},
        "rapid": True,
    }
    return {**values, **changes}


class Plain(yaml.SafeDumper):
    """Writes a value that stands twice twice, as people do."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def write_pack(folder: Path, *questions: dict[str, Any], section: str = "CHEM-STO") -> Path:
    """A pack of one section as files; gives its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    head = {"id": "tiny", "version": "1.0", "title": words("Tiny"), "sections": [section]}
    areas = [{"id": "A01", "title": words("Gate"), "cue": words("Look"), "minutes": 15}]
    body = {"section": section, "module": "CHEM", "title": words("Storage"), "questions": list(questions)}
    for name, value in {"pack": head, "areas": areas, section: body}.items():
        dumped = yaml.dump(value, Dumper=Plain, allow_unicode=True, sort_keys=False)
        (folder / f"{name}.yaml").write_text(dumped, encoding="utf-8")
    return folder
