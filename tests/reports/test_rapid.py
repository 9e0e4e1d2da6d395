"""The report of a rapid visit: what was not asked, that it is rapid, and nothing rated that isn't."""

from __future__ import annotations

from decimal import Decimal

import pytest

from greenaudit.domain.scores import Cap
from greenaudit.formats import Formats
from greenaudit.i18n import LANGUAGES, Language, translator
from greenaudit.reports.content import ReportContent
from greenaudit.reports.figures import Figures, binding
from greenaudit.reports.palette import palette
from greenaudit.reports.pdf import render
from greenaudit.reports.svg import to_svg
from tests.helpers.pdfs import words_of
from tests.helpers.reports import item, photo_source, report_content, score_of
from tests.helpers.small_checklist import checklist

SAID: dict[Language, tuple[str, str]] = {
    "en": ("that were not asked since this visit is rapid", "Rapid:"),
    "es": ("que no se hicieron porque esta visita es rápida", "Rápida:"),
    "fr": ("qui n’ont pas été posées, car cette visite est rapide", "Rapide"),
}


def rapid(language: Language = "en") -> ReportContent:
    """One question of each module answered, two that don't concern the plant, all others left out since it is rapid."""
    asked = checklist().questions
    first = {question.module: question.id for question in reversed(asked)}
    items = [
        item(one, 1) if one.id in first.values() else item(one, None, not_asked="rapid") for one in asked
    ]
    scored = score_of(tuple(items))
    shown = [one.model_copy(update={"applies": one.not_asked is None}) for one in items]
    shown[-2:] = [one.model_copy(update={"applies": False, "not_asked": "plant"}) for one in shown[-2:]]
    whole = report_content(language, items=tuple(shown), score=scored, findings=())
    return whole.model_copy(
        update={"assessment": whole.assessment.model_copy(update={"kind": "rapid"}), "last_scores": {}}
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_not_asked_is_told_from_what_does_not_concern_the_plant(language: Language) -> None:
    content = rapid(language)
    text = words_of(render(content, photo_source(content)).pdf)
    left_out = sum(one.not_asked == "rapid" for one in content.items)
    not_asked, kind = SAID[language]
    assert f"{left_out} " in text[text.index(not_asked) - 60 : text.index(not_asked)]
    assert kind in text


def test_what_is_indicative_has_neither_step_nor_confidence_on_the_cover() -> None:
    content = rapid()
    text = words_of(render(content, photo_source(content)).pdf)
    assert "step 0 of 4" not in text.lower()
    assert "step 1 of 4" not in text.lower()
    assert "Confidence" not in text[: text.index("Results")]
    assert "no step and no rating yet" in text
    assert "of the full list" in text
    assert "Rapid: 4 of the" in text


def test_a_full_visit_says_so() -> None:
    content = report_content()
    text = words_of(render(content, photo_source(content)).pdf)
    assert "Full:" in text
    assert "rapid" not in text.lower()


def test_a_cap_binds_where_it_takes_something() -> None:
    at_1 = Cap(cause="critical_at_1", limit="B", ids=("CHEM-STO-01",))
    told = Cap(cause="stop_and_tell", limit="D", ids=())
    assert binding((at_1, told), "D") == ()
    assert binding((at_1, told), "C") == (told,)
    assert binding((at_1, told), "A") == (at_1, told)
    assert binding((at_1,), None) == ()


def test_the_chart_says_indicative_beside_a_cap_that_binds_and_no_cap_that_does_not() -> None:
    score = rapid().score
    low = score.modules["CHEM"]
    at_1 = Cap(cause="critical_at_1", limit="B", ids=("CHEM-STO-01",))
    high = low.model_copy(update={"score": Decimal("90.0"), "raw_rating": "A", "caps": (at_1,)})
    low = low.model_copy(update={"raw_rating": "D", "caps": (at_1,)})

    def drawn(one: object) -> str:
        changed = score.model_copy(update={"modules": {"CHEM": one}})
        figures = Figures(changed, translator("en"), Formats("en_US"), palette("light"))
        return to_svg(figures.modules(), "Score by module")

    assert "capped" not in drawn(low)
    assert "indicative: too few questions assessed" in drawn(low)
    assert "indicative · capped at B: CHEM-STO-01 at 1" in drawn(high)
