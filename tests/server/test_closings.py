"""What is signed stays signed, whatever a device pushes; asked from outside, over the wire."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import requests

from greenaudit.domain.assessments import revision_id
from greenaudit.domain.journal import Change
from greenaudit.ids import new_id
from greenaudit.server import numbers
from greenaudit.server.run import Running
from greenaudit.server.texts import TEXTS
from greenaudit.store.doctor import Check
from greenaudit.wire.changes import ChangeBatch
from tests.helpers.endpoint import Laptop
from tests.helpers.store import closing
from tests.server.conftest import MakeLaptop
from tests.server.test_pushes import ours, push, refused, signed

SIGNED = {"closing": closing({}).model_dump(mode="json"), "report": {"sha256": "d" * 64, "size": 1}}
OTHER = {"closing": closing({}, "GA-MX-TEST1-0002").model_dump(mode="json"), "report": {"sha256": "e" * 64}}


def revised(
    laptop: Laptop,
    revision: UUID,
    fields: dict[str, Any],
    seen: Change | None = None,
    *,
    after: Change | None = None,
) -> Change:
    """A laptop's change of a revision, made by someone who had seen another change of the same fields."""
    made = ours(laptop, 1, after=after)[0]
    bases = dict.fromkeys(fields, (seen.id,)) if seen else {}
    return made.model_copy(
        update={"record_type": "revision", "record_id": revision, "fields": fields, "bases": bases}
    )


def sent(laptop: Laptop, *changes: Change) -> ChangeBatch:
    return ChangeBatch.of(changes[0].scope, changes, [signed(laptop, changes)])


def test_nobody_takes_a_closing_back_or_exchanges_the_signed_report(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    ana, luis, revision = laptop("ana"), laptop("luis"), revision_id(new_id(), 1)
    closed = revised(ana, revision, SIGNED)
    assert push(endpoint, ana, sent(ana, closed)) == 1
    for fields in (
        {"closing": None},
        {"closing": OTHER["closing"]},
        {"report": None},
        {"report": OTHER["report"]},
        {"deleted_at": "2026-03-04T00:00:00Z"},
    ):
        seen = None if "deleted_at" in fields else closed
        assert refused(endpoint, luis, sent(luis, revised(luis, revision, fields, seen))) == "record_refused"


def test_nor_within_one_batch(endpoint: Running, laptop: MakeLaptop) -> None:
    ana, revision = laptop("ana"), revision_id(new_id(), 1)
    closed = revised(ana, revision, SIGNED)
    opened = revised(ana, revision, {"closing": None}, closed, after=closed)
    assert refused(endpoint, ana, sent(ana, closed, opened)) == "record_refused"


def test_two_who_closed_apart_are_a_conflict_and_one_of_them_can_be_chosen(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    ana, luis, revision = laptop("ana"), laptop("luis"), revision_id(new_id(), 1)
    one, two = revised(ana, revision, SIGNED), revised(luis, revision, OTHER)
    assert push(endpoint, ana, sent(ana, one)) == 1
    assert push(endpoint, luis, sent(luis, two)) == 1
    chosen = revised(ana, revision, {"closing": SIGNED["closing"]}, after=one)
    both = chosen.model_copy(update={"bases": {"closing": (one.id, two.id)}})
    assert push(endpoint, ana, sent(ana, both)) == 1


def test_a_revision_is_of_the_visit_and_number_that_its_id_says(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    visit, other = new_id(), new_id()
    named: dict[str, Any] = {"assessment_id": str(visit), "number": 1}
    begun = revised(ana, revision_id(visit, 1), {**named, **SIGNED})
    assert push(endpoint, ana, sent(ana, begun)) == 1
    for revision, fields in (
        (new_id(), named),
        (revision_id(other, 1), named),
        (revision_id(visit, 2), named),
        (revision_id(visit, 1), {"assessment_id": str(other)}),
        (revision_id(visit, 1), {"number": 2}),
        (revision_id(visit, 1), {**named, "assessment_id": "nothing"}),
        (revision_id(visit, 1), {**named, "assessment_id": None}),
        (revision_id(visit, 1), {**named, "number": "1"}),
    ):
        assert refused(endpoint, luis, sent(luis, revised(luis, revision, fields))) == "record_refused"


def test_two_reports_with_one_number_are_told_where_it_is_looked_up_and_by_the_doctor(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    """Two copies of a home gave one number before they were told apart."""
    ana, luis = laptop("ana"), laptop("luis")
    one, other = copied_closing("c" * 64), copied_closing("f" * 64)
    page = f"{endpoint.address}/verify/{one['closing']['number']}"
    visit = new_id()
    first = revised(ana, revision_id(visit, 1), begun(ana, visit) | one)
    assert push(endpoint, ana, sent(ana, first)) == 1
    again = revised(ana, revision_id(visit, 1), {"closing": one["closing"]}, first, after=first)
    assert push(endpoint, ana, sent(ana, again)) == 1, "said once more"
    later = revised(ana, revision_id(visit, 2), begun(ana, visit, 2) | copied_closing("d" * 64), after=again)
    assert push(endpoint, ana, sent(ana, later)) == 1, "a later revision keeps the number"
    assert doctor(endpoint).ok
    assert TWICE not in requests.get(page, timeout=10).text
    elsewhere = new_id()
    second = revised(luis, revision_id(elsewhere, 1), begun(luis, elsewhere) | other)
    assert push(endpoint, luis, sent(luis, second)) == 1
    assert (doctor(endpoint).ok, one["closing"]["number"] in str(doctor(endpoint).message)) == (False, True)
    assert TWICE in requests.get(page, timeout=10).text


TWICE = str(TEXTS["verify_twice"])


def begun(laptop: Laptop, visit: UUID, number: int = 1) -> dict[str, Any]:
    named = {"programme_id": str(laptop.programme), "assessment_id": str(visit), "number": number}
    return {**named, "opened_at": "2026-03-04T00:00:00Z"}


def copied_closing(fingerprint: str) -> dict[str, Any]:
    act = closing({}, "GA-MX-TEST1-0077").model_copy(update={"fingerprint": fingerprint})
    return {"closing": act.model_dump(mode="json")}


def doctor(endpoint: Running) -> Check:
    with endpoint.endpoint.store.read() as reader:
        return numbers.check(reader)
