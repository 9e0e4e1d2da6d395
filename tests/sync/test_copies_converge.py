"""Whatever is copied, restored and set back: all end equal, no edit is lost, and nobody is in conflict with themselves.

Real stores, chains, signatures and synchronisations around one endpoint (`helpers/star`). Every edit is a note with
a text of its own, so that it can be told wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from greenaudit.clock import FixedClock
from greenaudit.domain.assessments import Answer, answer_id
from greenaudit.domain.journal import Change
from greenaudit.domain.text import Note
from greenaudit.ids import new_id
from greenaudit.rules import merging
from greenaudit.server.endpoint import Newcomer
from greenaudit.store.store import Store
from greenaudit.sync.forks import FORKED
from tests.helpers.star import Centre, Spoke
from tests.helpers.store import ASSESSMENT, START, assessment

QUICK = Path("/dev/shm")
MOST = 6
QUESTIONS = ("CHEM-STO-01", "ENER-AIR-02")
devices = st.integers(0, MOST - 1)
questions = st.sampled_from(QUESTIONS)


class Star(RuleBasedStateMachine):
    """The endpoint, the devices, every edit, and which edits its maker had seen by then."""

    @initialize(first=st.lists(st.tuples(devices, questions), min_size=1, max_size=4), copied=st.booleans())
    def start(self, first: list[tuple[int, str]], copied: bool) -> None:
        self.folder = TemporaryDirectory(dir=QUICK if QUICK.is_dir() else None)
        self.clock = FixedClock(START, timedelta(seconds=1))
        self.centre = Centre(Path(self.folder.name), self.clock)
        self.programme = self.centre.endpoint.facts.programme_id
        self.past: dict[str, set[str]] = {}
        self.spokes: list[Spoke] = []
        for name in ("ana", "luis"):
            person = self.centre.endpoint.add_person(
                Newcomer(name, "assessor", f"{name}-{new_id()}")
            ).person_id
            self.spokes.append(Spoke.made(Path(self.folder.name) / name, person, self.clock))
            self.spokes[-1].enrol(self.centre)
        with self.spokes[0].store.unit(self.spokes[0].person) as unit:
            unit.save(assessment(programme_id=self.programme, lead_id=self.spokes[0].person))
        for spoke in self.spokes:
            assert not spoke.sync(self.centre).errors
        self.centre.keep_a_copy()
        if copied:
            self.copy(0)
        for device, question in first:
            self.note(device, question)

    def teardown(self) -> None:
        if hasattr(self, "spokes"):
            try:
                self._all_meet()
                self._all_end_equal()
                self._only_true_conflicts()
            finally:
                for spoke in self.spokes:
                    spoke.store.close()
                self.centre.endpoint.close()
                self.folder.cleanup()

    @rule(device=devices, question=questions)
    def note(self, device: int, question: str) -> None:
        """A person writes over whatever is shown."""
        spoke = self._spoke(device)
        text = f"note {len(self.past)}"
        record = answer_id(ASSESSMENT, question)
        with spoke.store.unit(spoke.person) as unit:
            self._note(text, unit.history("answer", record))
            conflicts = [c for c in unit.conflicts() if c.record_id == record and c.field == "note"]
            bases = {"note": tuple(c.id for found in conflicts for c in found.heads)} if conflicts else None
            value = unit.get(Answer, record) or Answer(
                id=record, programme_id=self.programme, assessment_id=ASSESSMENT, question_id=question
            )
            unit.save(value.model_copy(update={"note": Note(text=text, language="es")}), bases=bases)

    @rule(device=devices)
    def sync(self, device: int) -> None:
        self._synced(self._spoke(device))

    @rule(device=devices)
    def enrol(self, device: int) -> None:
        self._spoke(device).enrol(self.centre)

    @precondition(lambda self: len(self.spokes) < MOST)
    @rule(device=devices)
    def copy(self, device: int) -> None:
        self.spokes.append(self._spoke(device).copy(self._place()))

    @precondition(lambda self: len(self.spokes) < MOST)
    @rule(device=devices)
    def restore_a_backup(self, device: int) -> None:
        self.spokes.append(self._spoke(device).restored(self._place()))

    @rule()
    def keep_a_copy_of_the_endpoint(self) -> None:
        self.centre.keep_a_copy()

    @rule()
    def set_the_endpoint_back(self) -> None:
        self.centre.set_back()

    @rule()
    def let_somebody_in(self) -> None:
        self.centre.endpoint.add_person(Newcomer("Eva", "assessor", f"eva-{new_id()}"))

    def _spoke(self, device: int) -> Spoke:
        return self.spokes[device % len(self.spokes)]

    def _place(self) -> Path:
        return Path(self.folder.name) / str(len(self.spokes))

    def _note(self, text: str, history: Iterable[Change]) -> None:
        seen = texts(history)
        self.past[text] = seen.union(*(self.past[one] for one in seen))

    def _synced(self, spoke: Spoke) -> set[str]:
        found = {error.code for error in spoke.sync(self.centre).errors}
        assert found <= {FORKED, "device_unknown", "author_unknown", "chain_forked", "branch_set_aside"}, (
            found
        )
        assert spoke.store.check() == []
        assert self.centre.endpoint.store.check() == []
        return found

    def _all_meet(self) -> None:
        for _ in range(8):
            troubles: set[str] = set()
            for spoke in self.spokes:
                spoke.enrol(self.centre)
                found = self._synced(spoke)
                if "device_unknown" in found:
                    spoke.enrol(self.centre, unknown=True)
                troubles |= found
            if not troubles and len({repr(shown(store)) for store in self._stores()}) == 1:
                return

    def _stores(self) -> list[Store]:
        return [self.centre.endpoint.store, *(spoke.store for spoke in self.spokes)]

    def _all_end_equal(self) -> None:
        here = shown(self.centre.endpoint.store)
        for spoke in self.spokes:
            report = spoke.sync(self.centre)
            assert report.complete, report.errors
            assert shown(spoke.store) == here

    def _only_true_conflicts(self) -> None:
        """Every edit that nobody has seen before writing again is shown or in conflict, and no other one is."""
        unseen = self.past.keys() - set().union(*self.past.values())
        with self.centre.endpoint.store.read() as reader:
            history = [
                c for question in QUESTIONS for c in reader.history("answer", answer_id(ASSESSMENT, question))
            ]
        notes = [heads for (_, _, field), heads in merging.heads(history).items() if field == "note"]
        heads = {text for apart in notes for text in texts(apart)}
        assert texts(history) == self.past.keys(), "an edit is lost"
        assert heads == unseen


def texts(changes: Iterable[Change]) -> set[str]:
    return {change.fields["note"]["text"] for change in changes if change.fields.get("note")}


def shown(store: Store) -> tuple[object, ...]:
    """What a person sees: the answers, and of every conflict the values."""
    with store.read() as reader:
        conflicts = [(c.record_id, c.field, sorted(texts(c.heads))) for c in reader.conflicts()]
        return (reader.where(Answer), conflicts)


Star.TestCase.settings = settings(
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestCopiesConverge = Star.TestCase
