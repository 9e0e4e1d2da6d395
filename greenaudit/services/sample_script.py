"""What the sample visit's assessor answers: the same every time, and plausible beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from greenaudit.canonical import sha256_hex
from greenaudit.domain.assessments import Proof, Quantity, Response
from greenaudit.domain.checklists import (
    Checklist,
    Column,
    CutsAnswer,
    DateAnswer,
    LevelAnswer,
    NumberAnswer,
    OptionsAnswer,
    PointsAnswer,
    Question,
    TableAnswer,
)
from greenaudit.services.sample_rows import BESIDE, CHOICES, NUMBERS, ROWS, TEXTS

FLAGS = frozenset(
    {"P_PAINT", "P_WELD", "P_PLATE", "U_CA", "U_TANK", "U_WWT", "U_BOILER", "FIRED", "HAZARDOUS_WASTE"}
)
"""What the sample plant has: it coats and plates, so most conditions hold."""

LEVELS = (2, 3, 1, 2, 3, 2, 4, 2, 0, 3, 2, 3, 1, 2, 2, 3)
NOTES = {
    "CHEM-STO-02": "Dique 4.1 × 2.6 × 0.22 m. Recipiente mayor: IBC de 1,000 L. Válvula pluvial cerrada, con etiqueta.",
    "CHEM-STO-04": "Una rejilla pluvial a 6 m del muelle de solventes, sin tapa. Se avisó al jefe de turno.",
    "CHEM-INV-02": "27 de 30 coinciden; faltan dos tambores de tíner y un anticorrosivo.",
    "CHEM-HAZ-01": "HDS en español encontrada en 1 min 40 s; revisión de 2022.",
    "WAST-STO-02": "Techo completo, fosa con capacidad suficiente; un tambor sin fecha de inicio.",
    "WAST-EXC-04": "Solo un corredor para solvente usado; no conocen la bolsa del clúster.",
    "ENER-CAS-02": "Fin de turno: carga 41 s, descarga 142 s, cinco ciclos.",
    "FOUN-LDR-01": "Política firmada en marzo; el tablero de la línea 2 no la refleja.",
}


@dataclass(frozen=True)
class Step:
    """One scripted answer: the question, the response, what it is based on, a note, and how many photos."""

    question: Question
    response: Response
    proof: Proof | None
    note: str
    photos: int


def script(checklist: Checklist, *, better: int = 0) -> Iterator[Step]:
    """The steps for every question, in the checklist's order; `better` lifts each level by that many."""
    for question in checklist.questions:
        draw = int(sha256_hex(question.id.encode())[:8], 16)
        level = min(4, LEVELS[draw % len(LEVELS)] + better)
        proof = _proof(question, level, draw) if question.scored else None
        photos = 1 if question.photo and draw % 3 == 0 else 0
        yield Step(question, _response(question, level, draw), proof, NOTES.get(question.id, ""), photos)


def _proof(question: Question, level: int, draw: int) -> Proof:
    grade = 3 if level >= 3 else 1 + draw % 2
    return Proof(grade=grade, months=12 if level == 4 else 6 if question.gate == "record" else None)


def _response(question: Question, level: int, draw: int) -> Response:
    answer = question.answer
    match answer:
        case LevelAnswer():
            return Response(level=level, also=BESIDE.get(question.id, {}))
        case CutsAnswer(of="age_limit"):
            return Response(quantity=Quantity(value=Decimal("0.6"), unit=answer.unit, entered="0.6"))
        case CutsAnswer():
            return Response(quantity=_between_cuts(answer, level), confirmed=level == 4)
        case PointsAnswer():
            value = answer.points[min(level, len(answer.points) - 1)][0]
            return Response(quantity=Quantity(value=value, unit=answer.unit, entered=str(value)))
        case NumberAnswer():
            value = Decimal(NUMBERS.get(question.id, 100 + draw % 900))
            return Response(quantity=Quantity(value=value, unit=answer.unit, entered=str(value)))
        case OptionsAnswer():
            options = CHOICES.get(question.id) or _options(answer, level)
            return Response(options=options, also=BESIDE.get(question.id, {}))
        case TableAnswer():
            return Response(rows=ROWS.get(question.id) or ({c.id: _cell(c) for c in answer.columns},))
        case DateAnswer():
            return Response(day=date(2026, 9, 1))
        case _:
            return Response(text=TEXTS.get(question.id, "Lo explicó el jefe de turno y se vio en piso."))


def _between_cuts(answer: CutsAnswer, level: int) -> Quantity:
    """A value that reaches exactly `level` cuts."""
    cuts = answer.cuts
    if level == 0:
        value = cuts[0] - 1 if answer.better == "high" else cuts[0] + 1
    else:
        value = cuts[level - 1]
    return Quantity(value=value, unit=answer.unit, entered=format(value, "f"))


def _options(answer: OptionsAnswer, level: int) -> tuple[str, ...]:
    flagged = tuple(option.id for option in answer.options if option.flag in FLAGS)
    if any(option.flag for option in answer.options):
        return flagged
    scored = [option for option in answer.options if option.level is not None]
    if not scored:
        return (answer.options[0].id,)
    return (min(scored, key=lambda option: abs((option.level or 0) - level)).id,)


def _cell(column: Column) -> str:
    """A cell of a table that the sample's assessor has no rows for: another checklist than the shipped one."""
    if column.options:
        return column.options[0].id
    return {"number": "12", "date": "2026-06-30"}.get(column.kind, "–")
