"""Whether a visit fits its days: the minutes of the questions beside those of the stops.

A stop's minutes are those of the walk with two assessors who share its questions: chemicals and waste, energy and water.
A question's minutes are those of one person. What is met at several stops is tested once, a share at each of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from greenaudit.domain.checklists import Question
from greenaudit.rules.conditions import Facts, parse
from tests.content.core import core

ASSESSORS = 2
DAYS = 2
DAY = 7 * 60
OPENING, CLOSING = 30, 60
DESK = "A24"

AT_OTHER_TIMES = {
    "FOUN-PRO-03": "in the opening meeting, before the walk",
    "FOUN-COS-03": "its own session with the controller on the second day",
    "ENER-MGT-11": "meter readings at shift end",
    "ENER-CAS-02": "compressor timing at shift end",
    "WAST-WTR-02": "water readings at shift end",
}
"""Question → when it is done, apart from the stops it is shown at."""

COMMON = (
    "U_CA HAZARDOUS_WASTE USES_VOC ON_VEHICLE AIR_CONDITIONING DISCHARGES COLLECTOR IMMEX"
    " EXCHANGE_CANDIDATE EXCHANGES"
)
"""What nearly every plant has."""

PLANTS = {
    "stamping and welding": "P_STAMP P_WELD U_TANK",
    "machining and heat treatment": "P_MACH P_DEGR P_HEAT FIRED STACK_HEAT U_CHILL TOWER U_WWT HEATED_TANK",
    "moulding and painting": "P_MOLD P_PAINT FIRED STACK_HEAT U_CHILL TOWER U_TANK U_WWT",
    "plating": "P_PLATE HEATED_TANK U_BOILER STEAM U_WWT U_TANK",
}
"""Plants as they are met: name → the flags that they have beside the common ones."""

ONLY_WITH = {
    "A04": {"U_TANK"},
    "A05": {"P_STAMP"},
    "A06": {"P_MACH"},
    "A07": {"P_DEGR"},
    "A08": {"P_PAINT"},
    "A09": {"P_PLATE"},
    "A10": {"P_HEAT", "P_CAST"},
    "A11": {"P_MOLD", "P_ADHES"},
    "A13": {"U_CA"},
    "A14": {"U_BOILER"},
    "A18": {"U_WWT"},
    "A22": {"U_MED"},
}
"""Stops that a plant has only with one of these flags."""


def _flags(plant: str) -> frozenset[str]:
    return frozenset(f"{COMMON} {PLANTS[plant]}".split())


def _stops(plant: str) -> dict[str, int]:
    flags = _flags(plant)
    return {
        area.id: area.minutes
        for area in core().areas
        if ONLY_WITH.get(area.id, flags) & flags and area.id != DESK
    }


def _asked(plant: str) -> Iterator[Question]:
    facts = Facts(flags=_flags(plant))
    here = _stops(plant).keys() | {DESK}
    for question in core().questions:
        if parse(question.when).holds(facts) and here & set(question.areas):
            yield question


def _share(question: Question, stops: set[str], among: set[str]) -> Fraction:
    """The minutes of a question that fall to some of the stops, when it is shared among those the plant has."""
    met = among & set(question.areas)
    return Fraction(question.test.minutes * len(met & stops), len(met))


@pytest.mark.parametrize("stop", [area.id for area in core().areas])
def test_two_assessors_get_through_the_questions_of_a_stop_in_its_minutes(stop: str) -> None:
    every = {area.id for area in core().areas}
    planned = {area.id: area.minutes for area in core().areas}[stop]
    needed = sum(
        _share(question, {stop}, every)
        for question in core().questions
        if stop in question.areas and question.id not in AT_OTHER_TIMES
    )
    assert needed <= ASSESSORS * planned


@pytest.mark.parametrize("plant", PLANTS)
def test_a_real_plants_floor_and_desk_fit_their_stops(plant: str) -> None:
    """Where processes are fewer, samples crowd at those that are left: the floor is held as a whole."""
    stops = _stops(plant)
    assert 12 <= len(stops) <= 16
    asked = [question for question in _asked(plant) if question.id not in AT_OTHER_TIMES]
    among = stops.keys() | {DESK}
    floor = sum(_share(question, set(stops), among) for question in asked)
    assert floor <= ASSESSORS * sum(stops.values())
    desk = sum(_share(question, {DESK}, among) for question in asked)
    assert desk <= ASSESSORS * (75 + 120)


@pytest.mark.parametrize("plant", PLANTS)
def test_two_assessors_finish_a_plant_in_two_days(plant: str) -> None:
    minutes = sum(question.test.minutes for question in _asked(plant))
    assert OPENING + CLOSING + minutes / ASSESSORS <= DAYS * DAY


@pytest.mark.parametrize("plant", PLANTS)
def test_the_rapid_set_takes_two_assessors_four_to_five_hours(plant: str) -> None:
    minutes = sum(question.test.minutes for question in _asked(plant) if question.rapid)
    assert 4 * 60 <= OPENING + CLOSING + minutes / ASSESSORS <= 5 * 60


@pytest.mark.parametrize("plant", PLANTS)
def test_one_assessor_needs_a_long_day_for_the_rapid_set_and_three_days_for_all(plant: str) -> None:
    asked = list(_asked(plant))
    assert OPENING + CLOSING + sum(question.test.minutes for question in asked if question.rapid) <= 8.5 * 60
    assert OPENING + CLOSING + sum(question.test.minutes for question in asked) <= 3 * DAY


def test_the_session_with_the_controller_is_as_researched() -> None:
    by_id = {question.id: question for question in core().questions}
    assert by_id["FOUN-COS-03"].test.minutes == 45
    assert AT_OTHER_TIMES.keys() <= by_id.keys()
