"""The closed vocabulary of conditions: flags, places and registers, and where each flag comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from greenaudit.domain.values import Country

PROCESSES = frozenset(
    ["P_STAMP", "P_MACH", "P_CAST", "P_HEAT", "P_PLATE", "P_PAINT", "P_DEGR", "P_MOLD", "P_ADHES", "P_WELD"]
)
UTILITIES = frozenset(["U_BOILER", "U_CA", "U_CHILL", "U_TANK", "U_WWT", "U_MED"])
DETAILS = frozenset(
    [
        "STEAM",
        "TOWER",
        "AIR_CONDITIONING",
        "COLLECTOR",
        "FIRED",
        "STACK_HEAT",
        "HEATED_TANK",
        "DISCHARGES",
        "IMMEX",
        "EXPORTS_WASTE",
        "ON_VEHICLE",
    ]
)
DERIVED = frozenset(["HAZARDOUS_WASTE", "HALOGENATED", "USES_VOC", "EXCHANGE_CANDIDATE", "EXCHANGES"])
FLAGS = PROCESSES | UTILITIES | DETAILS | DERIVED

COUNTRIES: tuple[str, ...] = get_args(Country)
WORDS = frozenset({"and", "or", "not", "sum", "country", "region", "chosen", "number", "answered"})

REGISTERS: dict[str, str] = {
    "CHEM-INV-01": "chemicals",
    "WAST-BAS-01": "waste_streams",
    "WAST-EXC-01": "exchange_candidates",
    "ENER-MGT-01": "bills",
    "ENER-MGT-02": "equipment",
}
"""What conditions call the registers of these questions; another table question gives its own name."""

VOC_TOTAL = "sum(chemicals.voc_kg)"
USES_VOC_SOURCES = ("P_PAINT", "P_DEGR", "P_ADHES", VOC_TOTAL)


@dataclass(frozen=True, slots=True)
class RowRule:
    """A flag that a register's row switches on: any row, or one whose column holds a value."""

    register: str
    flag: str
    column: str = ""
    value: str = ""


ROW_RULES: tuple[RowRule, ...] = (
    RowRule("waste_streams", "HAZARDOUS_WASTE", "class", "hazardous"),
    RowRule("chemicals", "HALOGENATED", "halogenated", "yes"),
    RowRule("exchange_candidates", "EXCHANGE_CANDIDATE"),
    RowRule("exchanges", "EXCHANGES"),
)

LEVEL_RULES: dict[str, str] = {"WAST-EXC-04": "EXCHANGES"}
"""Questions whose answer switches a flag on as soon as its level is above 0."""


def chosen_name(question_id: str, option: str) -> str:
    """How it is named among the flags that an option was chosen."""
    return f'chosen("{question_id}", "{option}")'


def answered_name(question_id: str) -> str:
    """How it is named among the flags that a question is answered."""
    return f'answered("{question_id}")'


def number_name(question_id: str) -> str:
    """How the number that a question was answered with is named among the totals."""
    return f'number("{question_id}")'


def total_name(register: str, column: str) -> str:
    """How the total of a register's column is named among the facts."""
    return f"sum({register}.{column})"
