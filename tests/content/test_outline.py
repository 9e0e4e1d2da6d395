"""The pack is the outline written out: same ids, weights, marks, conditions, cuts and areas."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from greenaudit.domain.checklists import CutsAnswer, OptionsAnswer
from tests.content.core import core, outline


def test_all_206_questions_are_there_each_once() -> None:
    counts = Counter(question.module for question in core().questions)
    assert counts == {"CHEM": 58, "WAST": 54, "ENER": 58, "FOUN": 36}
    assert [question.id for question in core().questions if question.id not in outline()] == []
    assert {question.id for question in core().questions} == outline().keys()


def test_191_questions_are_scored_and_29_are_critical() -> None:
    assert sum(question.scored for question in core().questions) == 191
    assert sum(question.critical for question in core().questions) == 29


@pytest.mark.parametrize("field", ["weight", "critical", "areas", "when", "metrics", "opportunity"])
def test_what_the_outline_fixes_is_as_it_says(field: str) -> None:
    wrong = {}
    for question in core().questions:
        value = getattr(question, field)
        value = list(value) if isinstance(value, tuple) else value
        if value != outline()[question.id][field]:
            wrong[question.id] = (value, outline()[question.id][field])
    assert wrong == {}


def test_how_evidence_limits_a_level_is_as_the_outline_says() -> None:
    wrong = {
        question.id: question.gate
        for question in core().questions
        if question.scored and question.gate != outline()[question.id]["gate"]
    }
    assert wrong == {}


def test_every_question_is_answered_as_the_outline_says() -> None:
    wrong = [
        f"{question.id}: {question.answer.kind}"
        for question in core().questions
        if question.answer.kind != outline()[question.id]["answer"]["kind"]
    ]
    assert wrong == []
    for question in core().questions:
        answer = question.answer
        if isinstance(answer, CutsAnswer):
            _same_cuts(question.id, answer)
        elif isinstance(answer, OptionsAnswer):
            _same_levels(question.id, answer)


def _same_cuts(question_id: str, answer: CutsAnswer) -> None:
    expected = outline()[question_id]["answer"]
    assert answer.better == expected["better"], question_id
    assert list(answer.cuts) == [Decimal(str(cut)) for cut in expected["cuts"]], question_id
    assert answer.confirm_4 or "confirm 4" not in expected.get("note", ""), question_id


def _same_levels(question_id: str, answer: OptionsAnswer) -> None:
    expected = outline()[question_id]["answer"]
    assert [option.level for option in answer.options if option.level is not None] == list(
        expected.get("levels", {}).values()
    ), question_id
    if "choose" in expected:
        assert answer.choose == expected["choose"].split(",")[0], question_id


def test_the_rapid_set_is_the_criticals_the_heaviest_and_the_tables() -> None:
    wrong = [
        question.id
        for question in core().questions
        if question.rapid != (question.critical or question.weight == 3 or question.answer.kind == "table")
    ]
    assert wrong == []


def test_a_question_with_levels_has_five_anchors_and_no_other_has() -> None:
    wrong = [q.id for q in core().questions if (q.levels is not None) != (q.answer.kind == "level")]
    assert wrong == []


def test_every_question_is_met_on_the_walk_and_every_stop_has_questions() -> None:
    stops = [area.id for area in core().areas]
    assert stops == [f"A{number:02d}" for number in range(1, 25)]
    met = Counter(area for question in core().questions for area in question.areas)
    assert met.keys() == set(stops)
    assert all(question.areas for question in core().questions)


def test_questions_stand_in_the_order_of_their_sections_and_numbers() -> None:
    for section in core().sections:
        ids = [question.id for question in core().questions if question.section == section.id]
        assert ids == [f"{section.id}-{number:02d}" for number in range(1, len(ids) + 1)]
    walked = list(dict.fromkeys(question.section for question in core().questions))
    assert walked == [section.id for section in core().sections]


def test_an_id_says_its_section_and_a_section_its_module() -> None:
    wrong = [
        question.id
        for question in core().questions
        if question.id[:8] != question.section or question.section[:4] != question.module
    ]
    assert wrong == []


def test_the_walk_is_planned_as_researched_eleven_hours_on_the_floor_and_two_desk_parts() -> None:
    minutes = {area.id: area.minutes for area in core().areas}
    assert minutes.pop("A24") == 75 + 120
    assert sum(minutes.values()) == 665
