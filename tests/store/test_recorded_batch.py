"""What was once written can always be read: a recorded batch, and changes of an older schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from greenaudit.domain.assessments import Answer, Revision
from greenaudit.domain.evidence import Photo
from greenaudit.domain.findings import Finding
from greenaudit.domain.journal import SCHEMA, Change
from greenaudit.domain.suppliers import Plant
from greenaudit.store import upcasting
from tests.helpers.store import ASSESSMENT, answer
from tests.store.conftest import MakeStore

BATCH = Path(__file__).parent / "data" / "batch-1.json"


def recorded() -> dict[str, object]:
    loaded = json.loads(BATCH.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def changes() -> list[Change]:
    return [Change.model_validate(body) for body in recorded()["changes"]]  # type: ignore[attr-defined]


def test_the_recorded_batch_keeps_its_hashes() -> None:
    assert [change.hash for change in changes()] == recorded()["hashes"]


def test_the_recorded_batch_still_makes_the_same_rows(new_store: MakeStore) -> None:
    store = new_store("today")
    received = store.receive(changes())
    assert (received.applied, received.waiting) == (len(changes()), 0)
    with store.read() as reader:
        shown = {
            cls.record_type: [value.model_dump(mode="json") for value in reader.where(cls)]
            for cls in (Plant, Revision, Answer, Photo, Finding)
        }
        conflicts = [(c.record_type, c.field) for c in reader.conflicts(assessment_id=ASSESSMENT)]
    assert shown == recorded()["rows"]
    assert conflicts == [("answer", "response")]
    assert store.check() == []


def test_an_older_change_passes_through_its_upcasters(
    new_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if `flagged` had once been called `star`."""

    def star_to_flagged(change: Change) -> Change:
        fields = {("flagged" if name == "star" else name): value for name, value in change.fields.items()}
        return change.model_copy(update={"fields": fields})

    monkeypatch.setitem(upcasting.UPCASTERS, ("answer", SCHEMA - 1), star_to_flagged)
    (first, *_) = [change for change in changes() if change.record_type == "answer"]
    wanted = {name: item for name, item in answer().field_values().items() if item is not None}
    old = first.model_copy(
        update={
            "schema_version": SCHEMA - 1,
            "record_id": answer().id,
            "fields": {
                **{n: wanted[n] for n in ("programme_id", "assessment_id", "question_id")},
                "star": True,
            },
            "bases": {},
            "seq": 1,
            "prev_hash": "0" * 64,
        }
    )
    store = new_store("today")
    store.receive([old])
    with store.read() as reader:
        value = reader.get(Answer, answer().id)
    assert value is not None
    assert value.flagged is True
    assert store.outgoing(old.scope) == (old,), "the journal itself is not rewritten"


def test_a_change_of_a_newer_schema_is_not_read() -> None:
    change = changes()[0]
    assert upcasting.readable(change.model_copy(update={"schema_version": SCHEMA + 1})) is None
    assert upcasting.readable(change.model_copy(update={"fields": {}})) is None
