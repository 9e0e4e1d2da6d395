"""Convergence: devices that edit the same visit apart, close it, and exchange what they like, all end equal.

Two to four real stores. Batches are drawn from what a device knows: in any order, with repeats and with losses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from greenaudit.clock import FixedClock
from greenaudit.domain.assessments import Answer, ChainHead, Response, Revision, answer_id, revision_id
from greenaudit.domain.journal import Change
from greenaudit.domain.text import Note
from greenaudit.rules import merging
from greenaudit.store.errors import VisitClosedError
from greenaudit.store.store import Store
from tests.helpers.store import (
    ASSESSMENT,
    AUTHOR,
    PROGRAMME,
    SCOPE,
    START,
    assessment,
    closing,
    make_store,
    programme,
    revision,
)

QUESTIONS = ("CHEM-STO-01", "ENER-AIR-02")
QUICK = Path("/dev/shm")

devices = st.integers(0, 3)
questions = st.sampled_from(QUESTIONS)


@dataclass(frozen=True)
class Signed:
    """What a closing named, and what its device showed at that moment."""

    heads: Mapping[str, Mapping[str, ChainHead]]
    answers: tuple[Answer, ...]


class Devices(RuleBasedStateMachine):
    """The devices, every change that was made, and what its maker had seen by then."""

    @initialize(
        count=st.integers(2, 4),
        skews=st.lists(st.integers(-40, 40), min_size=4, max_size=4),
        prepared=st.booleans(),
        first=st.lists(st.tuples(devices, questions, st.integers(0, 2)), min_size=2, max_size=6),
    )
    def start(self, count: int, skews: list[int], prepared: bool, first: list[tuple[int, str, int]]) -> None:
        self.folder = TemporaryDirectory(dir=QUICK if QUICK.is_dir() else None)
        clocks = [FixedClock(START + timedelta(hours=h), timedelta(minutes=20)) for h in skews]
        self.stores = [make_store(Path(self.folder.name) / str(n), clocks[n]) for n in range(count)]
        self.made: dict[UUID, Change] = {}
        self.past: dict[UUID, set[UUID]] = {}
        self.signed: list[Signed] = []
        for value in (programme(), assessment(), revision()):
            with self.stores[0].unit(AUTHOR) as unit:
                change = unit.save(value)
            self._note(0, change, set())
        for store in self.stores[1:] if prepared else []:
            store.receive(list(self.made.values()))
        for device, question, level in first:
            self.answer(device, question, level, "")

    def teardown(self) -> None:
        if hasattr(self, "stores"):
            try:
                self._all_meet()
                self._all_end_equal()
                self._unseen_edits_are_conflicts()
                self._signed_is_what_was_named()
            finally:
                for store in self.stores:
                    store.close()
                self.folder.cleanup()

    @rule(device=devices, question=questions, level=st.integers(0, 2), note=st.sampled_from(["", "a", "b"]))
    def answer(self, device: int, question: str, level: int, note: str) -> None:
        store = self._store(device)
        known = self._known(store)
        value = Answer(
            id=answer_id(ASSESSMENT, question),
            programme_id=PROGRAMME,
            assessment_id=ASSESSMENT,
            question_id=question,
            response=Response(level=level),
            note=Note(text=note, language="es") if note else None,
        )
        try:
            with store.unit(AUTHOR) as unit:
                change = unit.save(value)
        except VisitClosedError:
            assert self._is_closed(store)
        else:
            self._note(device, change, known)

    @rule(device=devices, question=questions, data=st.data())
    def answer_what_was_seen_before(self, device: int, question: str, data: st.DataObject) -> None:
        """An editor that was opened some time ago saves: it has seen an older value, not what came since."""
        store = self._store(device)
        record_id = answer_id(ASSESSMENT, question)
        with store.read() as reader:
            value = reader.get(Answer, record_id)
            seen = [change for change in reader.history("answer", record_id) if "response" in change.fields]
        if value is None or not seen:
            return
        base = data.draw(st.sampled_from(seen))
        changed = value.model_copy(update={"response": Response(level=data.draw(st.integers(3, 4)))})
        try:
            with store.unit(AUTHOR) as unit:
                change = unit.save(changed, bases={"response": (base.id,)})
        except VisitClosedError:
            assert self._is_closed(store)
        else:
            self._note(device, change, {base.id, *self.past[base.id]})

    @rule(device=devices)
    def settle(self, device: int) -> None:
        """A person looks at a conflict and chooses the value that is shown, or another."""
        store = self._store(device)
        known = self._known(store)
        with store.read() as reader:
            conflicts = [c for c in reader.conflicts() if c.record_type == "answer"]
        for conflict in conflicts[:1]:
            with store.read() as reader:
                value = reader.get(Answer, conflict.record_id)
            assert value is not None
            try:
                with store.unit(AUTHOR) as unit:
                    change = unit.save(value, bases={conflict.field: tuple(c.id for c in conflict.heads)})
                    assert change is not None
                    assert not [
                        c
                        for c in unit.conflicts()
                        if c.field == conflict.field and c.record_id == conflict.record_id
                    ]
            except VisitClosedError:
                assert self._is_closed(store)
            else:
                self._note(device, change, known)

    @rule(source=devices, to=devices, data=st.data())
    def send_some(self, source: int, to: int, data: st.DataObject) -> None:
        """A batch gets through in part, in any order, some of it twice."""
        with self._store(source).read() as reader:
            known = reader.changes(SCOPE)
        if known:
            self._store(to).receive(data.draw(st.lists(st.sampled_from(known), max_size=8)))

    @rule(source=devices, to=devices)
    def send_all(self, source: int, to: int) -> None:
        with self._store(source).read() as reader:
            known = reader.changes(SCOPE)
        self._store(to).receive(known)

    @precondition(lambda self: len(self.made) > 4)
    @rule(device=devices)
    def close(self, device: int) -> None:
        store = self._store(device)
        known = self._known(store)
        with store.unit(AUTHOR) as unit:
            current = unit.get(Revision, revision_id(ASSESSMENT, 1))
            if current is None or current.closing is not None:
                return
            heads = unit.chain_heads([SCOPE])
            self.signed.append(Signed(heads, unit.where(Answer)))
            change = unit.save(current.model_copy(update={"closing": closing(heads)}))
        self._note(device, change, known)

    @rule(device=devices)
    def compute_anew(self, device: int) -> None:
        store = self._store(device)
        assert store.check() == []
        store.rebuild()
        assert store.check() == []

    def _store(self, device: int) -> Store:
        return self.stores[device % len(self.stores)]

    def _known(self, store: Store) -> set[UUID]:
        with store.read() as reader:
            return {change.id for change in reader.changes(SCOPE)}

    def _is_closed(self, store: Store) -> bool:
        with store.read() as reader:
            return reader.closing(ASSESSMENT) is not None

    def _note(self, device: int, change: Change | None, past: set[UUID]) -> None:
        assert self._store(device).check() == [], "the short way of saving and the journal disagree"
        if change is not None:
            self.made[change.id] = change
            self.past[change.id] = past

    def _all_meet(self) -> None:
        for _ in range(2):
            for source in self.stores:
                with source.read() as reader:
                    known = reader.changes(SCOPE)
                for target in self.stores:
                    target.receive(list(reversed(known)))

    def _all_end_equal(self) -> None:
        pictures = []
        for store in self.stores:
            assert store.check() == []
            with store.read() as reader:
                changes = {change.id: change for change in reader.changes(SCOPE)}
                assert changes == self.made, "an edit is missing from the journal"
                assert reader.conflicts() == merging.conflicts(changes.values())
                rows = (reader.where(Answer), reader.where(Revision))
                late = {change.id for change in reader.late_changes(ASSESSMENT)}
                pictures.append((rows, reader.conflicts(), reader.chain_heads(), late))
        assert all(picture == pictures[0] for picture in pictures)

    def _unseen_edits_are_conflicts(self) -> None:
        """Of one field, the edits that nobody has seen before editing it again are all among the heads."""
        heads = merging.heads(self.made.values())
        listed = {(c.record_type, c.record_id, c.field) for c in merging.conflicts(self.made.values())}
        for key, found in heads.items():
            edits = [
                c
                for c in self.made.values()
                if (c.record_type, c.record_id) == key[:2] and key[2] in c.fields
            ]
            seen = {i for edit in edits for i in self.past[edit.id]}
            unseen = [edit for edit in edits if edit.id not in seen]
            assert {c.id for c in unseen} <= {c.id for c in found}
            if len({repr(edit.fields[key[2]]) for edit in unseen}) > 1:
                assert key in listed

    def _signed_is_what_was_named(self) -> None:
        for store in self.stores:
            with store.read() as reader:
                for signed in self.signed:
                    assert reader.within(Answer, signed.heads, assessment_id=ASSESSMENT) == signed.answers


# A failing history is told as it was found: making it smaller takes minutes of real databases.
Devices.TestCase.settings = settings(
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestConvergence = Devices.TestCase
