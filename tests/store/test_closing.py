"""A signed visit is closed: nothing more is saved, what arrives is kept apart, a new revision goes on."""

from __future__ import annotations

import pytest

from greenaudit.domain.assessments import Answer, Assessment, SignedReport
from greenaudit.store.errors import VisitClosedError
from greenaudit.store.store import Store
from tests.helpers.store import (
    ASSESSMENT,
    AUTHOR,
    SCOPE,
    answer,
    close_visit,
    levelled,
    noted,
    photo,
    revision,
)


def test_nothing_of_a_signed_visit_can_be_saved(laptop: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        unit.save(answer())
        visit = unit.get(Assessment, ASSESSMENT)
    assert visit is not None
    closed = close_visit(laptop)
    for value in (
        levelled(answer(), 4),
        photo(),
        visit.model_copy(update={"kind": "rapid"}),
        closed.model_copy(update={"closing": None}),
        closed.model_copy(update={"reason": "typing mistake"}),
    ):
        with pytest.raises(VisitClosedError) as refused, laptop.unit(AUTHOR) as unit:
            unit.save(value)
        assert refused.value.code == "visit_closed"
        assert "GA-MX-TEST1-0001" in str(refused.value.message)


def test_the_signed_file_may_be_completed(laptop: Store) -> None:
    closed = close_visit(laptop)
    report = SignedReport(sha256="d" * 64, size=10, language="es")
    with laptop.unit(AUTHOR) as unit:
        unit.save(closed.model_copy(update={"report": report}))
        change = unit.save(closed.model_copy(update={"report": report.model_copy(update={"size": 20})}))
    assert change is not None


def test_what_arrives_late_is_kept_and_not_in_the_signed_report(laptop: Store, tablet: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        change = unit.save(answer(level=2))
    assert change is not None
    tablet.receive([change])
    with tablet.unit(AUTHOR) as unit:
        late = unit.save(noted(levelled(answer(), 4), "tarde"))
    closed = close_visit(laptop)
    assert late is not None
    assert closed.closing is not None
    assert laptop.receive([late]).applied == 1
    with laptop.read() as reader:
        assert reader.late_changes(ASSESSMENT) == (late,)
        assert reader.within(Answer, closed.closing.heads, assessment_id=ASSESSMENT) == (answer(level=2),)
        assert reader.within(Answer, closed.closing.heads) == (answer(level=2),)
        assert reader.where(Answer) == (noted(answer(level=4), "tarde"),)


def test_a_new_revision_opens_the_visit_again(laptop: Store) -> None:
    closed = close_visit(laptop)
    with laptop.unit(AUTHOR) as unit:
        unit.save(revision(2, reason="one drum more", corrects="c" * 64))
        assert unit.closing(ASSESSMENT) is None
        assert unit.save(answer(level=4)) is not None
        assert unit.late_changes(ASSESSMENT) == ()
        assert closed.closing is not None
        assert unit.within(Answer, closed.closing.heads, assessment_id=ASSESSMENT) == ()
    again = close_visit(laptop, 2)
    assert again.closing is not None
    with laptop.read() as reader:
        assert reader.within(Answer, again.closing.heads, assessment_id=ASSESSMENT) == (answer(level=4),)


def test_a_closing_names_the_head_of_every_chain(laptop: Store, tablet: Store) -> None:
    with tablet.unit(AUTHOR) as unit:
        change = unit.save(answer())
    assert change is not None
    laptop.receive([change])
    closed = close_visit(laptop)
    assert closed.closing is not None
    heads = closed.closing.heads[SCOPE]
    assert {device: head.seq for device, head in heads.items()} == {
        str(laptop.device_id): 3,
        str(tablet.device_id): 1,
    }
    assert heads[str(tablet.device_id)].hash == change.hash


def test_two_closings_made_apart_are_settled_by_a_person(laptop: Store, tablet: Store) -> None:
    close_visit(laptop)
    with tablet.unit(AUTHOR) as unit:
        unit.save(answer())
    close_visit(tablet)
    with tablet.read() as reader:
        laptop.receive(reader.changes())
    with laptop.read() as reader:
        (conflict,) = reader.conflicts()
        shown = reader.get(type(revision()), revision().id)
    assert conflict.field == "closing"
    assert shown is not None
    with laptop.unit(AUTHOR) as unit:
        unit.save(shown, bases={"closing": tuple(head.id for head in conflict.heads)})
        assert unit.conflicts() == ()


def test_a_number_that_would_name_a_file_elsewhere_closes_nothing(laptop: Store, tablet: Store) -> None:
    """Files are named by a report's number: what is no number is kept in the journal, and read by nobody."""
    closed = close_visit(laptop)
    assert closed.closing is not None
    act = closed.closing.model_copy(update={"number": "../../GA-MX-TEST1-0001"})
    with laptop.read() as reader:
        change = reader.history("revision", closed.id)[-1]
    odd = change.model_copy(update={"fields": {"closing": act.model_dump(mode="json")}})
    assert tablet.receive([odd]).applied == 1
    with tablet.read() as reader:
        assert reader.closing(ASSESSMENT) is None
        assert reader.history("revision", closed.id)[-1] == odd
