"""Compared visits from memory, for the comparison page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from greenaudit.domain.checklists import Checklist
from greenaudit.errors import GreenAuditError
from greenaudit.ids import natural_id
from greenaudit.packs import load_checklist
from greenaudit.paths import resource
from greenaudit.services.views import ComparedQuestion, ComparedScore, ComparedVisits
from tests.helpers.ui import InlineTasks, KeptNotices
from tests.helpers.ui_cards import plant
from ui.pages.compare.page import ComparePage
from ui.pages.compare.presenter import ComparePresenter


@cache
def shipped() -> Checklist:
    """The shipped checklist, read once."""
    return load_checklist(resource("checklists", "core"))


def question_moved(question_id: str, before: int, after: int) -> ComparedQuestion:
    """A question that stands on another level."""
    question = shipped().by_id[question_id]
    return ComparedQuestion(question=question, before=Decimal(before), after=Decimal(after))


def scores(before: str, after: str) -> ComparedScore:
    """Scores then and now."""
    return ComparedScore(
        before=Decimal(before), after=Decimal(after), change=Decimal(after) - Decimal(before)
    )


def compared(**changed: Any) -> ComparedVisits:
    """A visit in progress beside the one ten months before."""
    values: dict[str, Any] = {
        "plant": plant(),
        "assessment_id": natural_id("test assessment"),
        "before_at": datetime(2026, 1, 24, 16, 0, tzinfo=UTC),
        "after_at": datetime(2026, 11, 23, 15, 5, tzinfo=UTC),
        "finished": False,
        "questions": 120,
        "overall": scores("41.2", "55.0"),
        "modules": {
            "CHEM": scores("38.0", "61.5"),
            "WAST": scores("44.0", "44.0"),
            "ENER": scores("52.1", "49.9"),
            "FOUN": ComparedScore(before=None, after=None, change=None),
        },
        "better": (question_moved("CHEM-STO-01", 1, 3), question_moved("ENER-CAS-01", 0, 2)),
        "worse": (question_moved("CHEM-STO-02", 3, 1),),
    }
    return ComparedVisits(**{**values, **changed})


@dataclass
class FakeCompared:
    """Comparisons from memory."""

    found: ComparedVisits | None = None
    trouble: GreenAuditError | None = None

    def compared(self, assessment_id: UUID) -> ComparedVisits:
        if self.trouble is not None:
            raise self.trouble
        return self.found or compared()


def compare_page(visits: FakeCompared | None = None) -> ComparePage:
    """The page over comparisons from memory."""
    page = ComparePage(KeptNotices())
    page.use(ComparePresenter(visits or FakeCompared(), InlineTasks(), page))
    return page
