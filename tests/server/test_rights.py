"""Who may see and write what, asked of the one place that decides it, and from outside through the pages."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from greenaudit.domain.assessments import Assessment, PackRef
from greenaudit.domain.programmes import Link
from greenaudit.ids import natural_id, new_id
from greenaudit.server import rights
from greenaudit.server.rights import Account, Role

MINE, OTHER = natural_id("programme", 1), natural_id("programme", 2)
MAKER, RIVAL = natural_id("oem", 1), natural_id("oem", 2)


def account(role: Role, oem: UUID | None = None) -> Account:
    return Account(new_id(), "x", "X", role, frozenset({MINE}), oem)


def assessment(programme: UUID, plant: UUID) -> Assessment:
    return Assessment(
        id=new_id(),
        programme_id=programme,
        plant_id=plant,
        pack=PackRef(id="core", version="1.0", sha256="0" * 64),
        lead_id=new_id(),
        started_at=datetime(2026, 5, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize("role", ["assessor", "manager", "administrator"])
def test_who_works_in_a_programme_has_its_feed_and_no_other(role: Role) -> None:
    who = account(role)
    assert rights.scopes(who) == ("registry", f"programme:{MINE}")
    for allowed in (rights.may_pull, rights.may_push):
        assert allowed(who, f"programme:{MINE}")
        assert allowed(who, "registry")
        assert not allowed(who, f"programme:{OTHER}")
        assert not allowed(who, "")


@pytest.mark.parametrize("role", ["mentor", "evaluator"])
def test_who_may_not_see_all_gets_no_feed_and_no_device(role: Role) -> None:
    who = account(role, MAKER)
    assert rights.scopes(who) == ()
    assert not rights.may_enrol(who)
    assert not rights.may_pull(who, "registry")
    assert not rights.may_push(who, f"programme:{MINE}")


def test_a_mentor_sees_the_plants_of_her_own_car_maker_only() -> None:
    ours, theirs, shared = new_id(), new_id(), new_id()
    seen = [assessment(MINE, plant) for plant in (ours, theirs, shared)]
    elsewhere = assessment(OTHER, ours)
    links = [
        Link(id=new_id(), programme_id=MINE, plant_id=plant, oem_id=oem)
        for plant, oem in ((ours, MAKER), (theirs, RIVAL), (shared, MAKER), (shared, RIVAL))
    ]
    links.append(Link(id=new_id(), programme_id=OTHER, plant_id=theirs, oem_id=MAKER))
    found = rights.visible(account("mentor", MAKER), [*seen, elsewhere], links)
    assert found == (seen[0], seen[2])


def test_a_mentor_without_a_car_maker_sees_nothing() -> None:
    plant = new_id()
    link = Link(id=new_id(), programme_id=MINE, plant_id=plant, oem_id=MAKER)
    assert rights.visible(account("mentor"), [assessment(MINE, plant)], [link]) == ()


def test_an_evaluator_sees_no_names() -> None:
    assert not rights.sees_names(account("evaluator"))
    assert rights.sees_names(account("mentor"))
