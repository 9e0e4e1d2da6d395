"""Stepping aside from a chain that forked: nothing shown changes, nothing is lost, and it happens whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from greenaudit.domain.assessments import Answer, Revision, revision_id
from greenaudit.domain.journal import Change
from greenaudit.paths import Home
from greenaudit.rules import merging
from greenaudit.store import forking
from greenaudit.store.errors import BrokenChainError
from greenaudit.store.journal_tables import SET_ASIDE
from greenaudit.store.store import FORKED_FROM, Store
from tests.helpers.store import (
    ASSESSMENT,
    AUTHOR,
    KEY,
    SCOPE,
    answer,
    answers_of,
    assessment,
    close_visit,
    everything,
    levelled,
    noted,
    programme,
    revision,
    stepping_clock,
)
from tests.store.conftest import MakeStore

QUESTION = "CHEM-STO-01"


def save(store: Store, *values: Answer) -> list[Change]:
    made = []
    for value in values:
        with store.unit(AUTHOR) as unit:
            made.append(unit.save(value))
    return [change for change in made if change is not None]


def copied(store: Store, folder: Path) -> Store:
    store.close()
    home = Home(folder).create()
    shutil.copy(store.engine.get_execution_options()["place"], home.database)
    return Store.open(home, KEY, stepping_clock())


@pytest.fixture
def copies(new_store: MakeStore, tmp_path: Path) -> tuple[Store, Store]:
    """Two copies of one home that wrote three changes together, then each its own: two and three."""
    first = new_store("one")
    with first.unit(AUTHOR) as unit:
        for value in (programme(), assessment(), answer(QUESTION, 1)):
            unit.save(value)
    one, two = copied(first, tmp_path / "a"), copied(first, tmp_path / "b")
    save(one, levelled(answer(QUESTION), 2), answer("ENER-AIR-01", 1))
    save(two, noted(answer(QUESTION, 1), "x"), noted(answer(QUESTION, 1), "y"), answer("ENER-AIR-02", 3))
    return one, two


def changes_of(store: Store) -> tuple[Change, ...]:
    with store.read() as reader:
        return reader.changes(SCOPE)


def test_where_chains_fork_is_found(copies: tuple[Store, Store]) -> None:
    one, two = copies
    assert two.forks(changes_of(one)) == {(one.device_id, SCOPE): 4}
    assert two.forks(changes_of(one)[:3]) == {}
    with pytest.raises(BrokenChainError, match="chain_forked"):
        two.receive(changes_of(one))
    one.close()
    two.close()


def test_nothing_shown_changes_and_the_other_branch_can_come(copies: tuple[Store, Store]) -> None:
    one, two = copies
    old = two.device_id
    with two.read() as reader:
        before = answers_of(reader)
    assert two.step_aside(two.forks(changes_of(one))) == 0
    assert (two.device_id != old, two.meta("device_id")) == (True, str(two.device_id))
    assert two.meta(FORKED_FROM) == str(old)
    assert two.check() == []
    with two.read() as reader:
        assert answers_of(reader) == before
        assert reader.conflicts() == ()
        assert reader.unconfirmed().changes == 6
    again = [change for change in changes_of(two) if change.was]
    assert [change.seq for change in again] == [1, 2, 3]
    assert [change.hlc for change in again] == sorted(change.hlc for change in again)
    two.receive(changes_of(one))
    one.receive(changes_of(two))
    assert everything(one) == everything(two)
    with one.read() as a, two.read() as b:
        assert answers_of(a) == answers_of(b)
        assert a.conflicts() == b.conflicts() == ()  # one changed the level, the other the note
    assert one.check() == two.check() == []
    one.close()
    two.close()


def test_the_branch_is_kept_whole(copies: tuple[Store, Store]) -> None:
    one, two = copies
    branch = changes_of(two)[3:]
    two.step_aside(two.forks(changes_of(one)))
    with two.engine.connect() as connection:
        kept = [
            Change.model_validate(body) for body in connection.execute(select(SET_ASIDE.c.body)).scalars()
        ]
    assert sorted(kept, key=lambda change: change.seq) == list(branch)
    assert [change.was for change in changes_of(two) if change.was] == [(change.id,) for change in branch]
    one.close()
    two.close()


def test_it_happens_whole_or_not_at_all(copies: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = copies
    old, before = (two.device_id, two.device_code), changes_of(two)

    def full(*_: object) -> int:
        raise OSError("no room")

    monkeypatch.setattr(forking, "_rows", full)
    with pytest.raises(OSError, match="no room"):
        two.step_aside(two.forks(changes_of(one)))
    assert ((two.device_id, two.device_code), changes_of(two)) == (old, before)
    assert (two.meta("device_id"), two.meta(FORKED_FROM)) == (str(old[0]), None)
    assert two.check() == []
    one.close()
    two.close()


def test_what_another_device_built_on_a_branch_stays(
    copies: tuple[Store, Store], new_store: MakeStore
) -> None:
    """A third has the branch that gives way, and has gone on from it; it gets the same edits once more."""
    one, two = copies
    third = new_store("third")
    third.receive(changes_of(two))
    mine = save(third, noted(answer(QUESTION, 1), "z"))
    assert third.step_aside(third.forks(changes_of(one))) == 3  # another's: kept aside, not said once more
    third.receive(changes_of(one))
    two.step_aside(two.forks(changes_of(one)))
    two.receive([*changes_of(one), *mine])
    third.receive(changes_of(two))
    one.receive(changes_of(third))
    for store in (one, two, third):
        assert store.check() == []
        with store.read() as reader:
            assert reader.conflicts() == ()
            note = answers_of(reader)[QUESTION].note
        assert note is not None
        assert note.text == "z"
        assert everything(store) == everything(one)
        store.close()


def test_an_edit_after_it_goes_on_from_what_is_shown(copies: tuple[Store, Store]) -> None:
    """The original comes after all, behind what was built on its repetition: it is no head, though it came last."""
    one, two = copies
    branch = changes_of(two)[3:]
    two.step_aside(two.forks(changes_of(one)))
    save(two, noted(answer(QUESTION, 1), "later"))
    two.receive(branch)
    assert two.check() == []
    save(two, noted(answer(QUESTION, 1), "last"))
    with two.read() as reader:
        assert reader.conflicts() == ()
        assert answers_of(reader)[QUESTION].note == noted(answer(QUESTION), "last").note
    assert two.check() == []
    one.close()
    two.close()


def test_what_was_said_again_and_set_aside_can_come_back(
    copies: tuple[Store, Store], new_store: MakeStore
) -> None:
    """A third leaves the new chain too, which was copied in its turn, and then gets it after all."""
    one, two = copies
    two.step_aside(two.forks(changes_of(one)))
    third = new_store("third")
    third.receive(changes_of(two))
    assert third.step_aside({(two.device_id, SCOPE): 1}) == 3
    assert third.receive(changes_of(two)).applied == 3
    assert everything(third) == everything(two)
    assert third.check() == []
    one.close()
    two.close()


def test_nothing_is_content_with_what_was_set_aside(
    copies: tuple[Store, Store], new_store: MakeStore
) -> None:
    """What stands on an edit waits for it again when the only change that said it is gone."""
    one, two = copies
    branch = changes_of(two)[3:]
    third = new_store("third")
    third.receive(changes_of(two))
    later = save(third, noted(answer(QUESTION, 1), "later"))
    assert branch[1].id in later[0].needs
    two.step_aside(two.forks(changes_of(one)))
    fourth = new_store("fourth")
    fourth.receive(changes_of(two))
    fourth.step_aside({(two.device_id, SCOPE): 1})
    assert fourth.receive(later).waiting == 1
    assert fourth.receive(changes_of(two)).applied == 4
    assert fourth.check() == []
    one.close()
    two.close()


def signed_of(store: Store, revision: Revision) -> tuple[Answer, ...]:
    assert revision.closing is not None
    with store.read() as reader:
        return reader.within(Answer, revision.closing.heads, assessment_id=ASSESSMENT)


def test_a_closing_said_again_names_nothing_that_was_written_after_it(copies: tuple[Store, Store]) -> None:
    """It was made under an earlier name; what the present name has sent since stays before it in the chain."""
    one, two = copies
    shown = signed_of(two, close_visit(two))
    two.become_new_device()
    between = two.device_id
    with two.unit(AUTHOR) as unit:
        unit.save(revision(2))
        unit.save(levelled(answer(QUESTION, 1), 4))
    sent = changes_of(two)[-2:]
    two.confirm({change.id: 9 + index for index, change in enumerate(sent)})
    waits = save(two, answer("ENER-AIR-03", 2))
    assert two.step_aside(two.forks(changes_of(one))) == 0
    two.receive(changes_of(one))
    assert two.device_id != between
    assert two.meta(FORKED_FROM) == str(between)
    assert two.check() == []
    with two.read() as reader:
        again = reader.get(Revision, revision_id(ASSESSMENT, 1))
        assert again is not None
        assert again.closing is not None
        late = merging.late(reader.changes_of_assessment(ASSESSMENT), again.closing.heads)
    assert signed_of(two, again) == shown
    assert {change.id for change in sent} <= {change.id for change in late}
    assert waits[0].id in {was for change in late for was in change.was}
    one.close()
    two.close()


def test_a_device_keeps_its_name_where_no_closing_is_in_the_way(copies: tuple[Store, Store]) -> None:
    one, two = copies
    two.become_new_device()
    between = two.device_id
    sent = save(two, levelled(answer(QUESTION, 1), 4))
    two.confirm({change.id: 9 for change in sent})
    assert two.step_aside(two.forks(changes_of(one))) == 0
    assert (two.device_id, two.meta(FORKED_FROM)) == (between, None)
    one.close()
    two.close()
