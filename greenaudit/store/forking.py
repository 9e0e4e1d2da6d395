"""Chains that forked: two copies of one home wrote on, each under the same device's name.

The endpoint's branch is the one that everyone gets. A store that holds another branch sets its changes aside, whole.
Those that were made here it says once more on a chain that is its own, with the same values, readings and bases,
naming the change that each one was (`Change.was`). Where the branch was this device's, that chain is a new device's.
So no value of ours changes, no edit is lost, and merging counts an edit that comes both ways once. What another device
wrote can only be said once more by that device: it comes back from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, delete, insert, or_, select
from sqlalchemy.engine import Connection

from greenaudit.domain.journal import GENESIS, WAS, Change
from greenaudit.ids import new_id
from greenaudit.store import journal, projection
from greenaudit.store.feed import Numbering, unsent
from greenaudit.store.journal_tables import CHAIN_SIGNATURE, CHANGE, PENDING, SAID_AGAIN, SET_ASIDE

Chain = tuple[UUID, str]
"""A device and a scope."""

Place = tuple[int, str]
"""A number in a chain, and the hash of the change there."""

Forks = Mapping[Chain, int]
"""Where chains fork: the first number that stands for another change here than elsewhere."""


def forks(connection: Connection, changes: Iterable[Change]) -> dict[Chain, int]:
    """Where the chains of these changes, made elsewhere, are not the ones that are kept here."""
    arrived: dict[Chain, dict[int, UUID]] = {}
    for change in changes:
        arrived.setdefault((change.device_id, change.scope), {})[change.seq] = change.id
    found: dict[Chain, int] = {}
    for chain, ids in arrived.items():
        for table in (CHANGE, PENDING):
            places = and_(_on(table, chain), table.c.seq.between(min(ids), max(ids)))
            for seq, change_id in connection.execute(select(table.c.seq, table.c.id).where(places)):
                if seq in ids and ids[seq] != UUID(change_id):
                    found[chain] = min(seq, found.get(chain, seq))
    return found


def with_unsent(connection: Connection, at: Forks, device: UUID) -> Forks:
    """With what the chains of `device` hold and have not sent, if something made here is said once more: it may stand on
    it, so it is written once more too, behind it, and nothing waits for what comes after it in its chain.
    """
    if not journal.changes_where(connection, _branches(at), CHANGE.c.own.is_(True), limit=1):
        return at
    scopes = {scope for _, scope in at}
    return {**unsent(connection, CHANGE.c.device_id == str(device), CHANGE.c.scope.in_(scopes)), **at}


def would_mix(connection: Connection, at: Forks, device: UUID) -> bool:
    """Whether a closing said once more on the chains of `device` would name what it didn't close.

    It names a chain up to a number, so it would take in what stays on that chain before it and was written later.
    """
    own = (CHANGE.c.own.is_(True), CHANGE.c.record_type == "revision")
    closings = [_closed(change) for change in journal.changes_where(connection, _branches(at), *own)]
    for scope in {scope for _, scope in at}:
        tail = journal.chain_heads(connection, [scope]).get(scope, {}).get(str(device))
        stays = at.get((device, scope), tail.seq + 1 if tail else 1) - 1
        for named in (heads[scope] for heads in closings if scope in heads):
            head = named.get(str(device))
            moves = any(_reaches(named, chain, first) for chain, first in at.items() if chain[1] == scope)
            if moves and stays > (head["seq"] if head else 0):
                return True
    return False


def step_aside(connection: Connection, at: Forks, device: UUID, numbering: Numbering | None) -> int:
    """Sets aside what these chains hold from those numbers on, and says what was made here once more.

    That goes on the chains of `device`, which is none of those that fork. Gives how many changes were only set aside.
    """
    old = journal.changes_where(connection, _branches(at))
    made_here = journal.changes_where(connection, _branches(at), CHANGE.c.own.is_(True))
    _keep_aside(connection, at)
    again = _Again(connection, device, at)
    new = [again.say(change) for change in made_here]
    if new:
        connection.execute(insert(CHANGE), _rows(new, numbering))
        journal.note_said_again(connection, new)
    projection.refresh(connection, {(change.record_type, change.record_id) for change in old})
    return len(old) - len(new)


def _branches(at: Forks) -> ColumnElement[bool]:
    return or_(*(_from(CHANGE, chain, first) for chain, first in at.items()))


def _keep_aside(connection: Connection, at: Forks) -> None:
    """Moves the branches out of the journal, and what waits on them; their signatures go."""
    for chain, first in at.items():
        for table in (CHANGE, PENDING):
            where = _from(table, chain, first)
            kept = _bodies(connection, table, where)
            if kept:
                _forget(connection, [row["id"] for row in kept])
                connection.execute(insert(SET_ASIDE), kept)
                connection.execute(delete(table).where(where))
        connection.execute(delete(CHAIN_SIGNATURE).where(_from(CHAIN_SIGNATURE, chain, first)))


def _forget(connection: Connection, ids: Sequence[str]) -> None:
    """Forgets what is known of changes that leave: what they said once more, and that they were set aside before."""
    for part in journal.chunks(ids):
        connection.execute(delete(SAID_AGAIN).where(SAID_AGAIN.c.by.in_(part)))
        connection.execute(delete(SET_ASIDE).where(SET_ASIDE.c.id.in_(part)))


def _bodies(connection: Connection, table: Table, where: ColumnElement[bool]) -> list[dict[str, Any]]:
    if table is PENDING:
        names = [column.name for column in SET_ASIDE.columns]
        return [
            dict(row)
            for row in connection.execute(select(*(table.c[n] for n in names)).where(where)).mappings()
        ]
    return [_aside(change) for change in journal.changes_where(connection, where)]


def _aside(change: Change) -> dict[str, Any]:
    body = change.model_dump(mode="json")
    place = {name: body[name] for name in ("id", "device_id", "scope", "seq")}
    return {**place, "hash": change.hash, "body": body}


@dataclass
class _Again:
    """Says changes once more, in the order in which they were applied."""

    connection: Connection
    device: UUID
    at: Forks
    ids: dict[UUID, UUID] = field(default_factory=dict)
    tails: dict[str, Place] = field(default_factory=dict)
    moved: dict[Chain, list[tuple[int, Place]]] = field(default_factory=dict)

    def say(self, old: Change) -> Change:
        """The same edit on our own chain."""
        seq, digest = self._tail(old.scope)
        bases = {
            name: tuple(self.ids.get(i, i) for i in ids) for name, ids in old.bases.items() if name != WAS
        }
        new = old.model_copy(
            update={
                "id": new_id(),
                "fields": self._fields(old),
                "bases": {**bases, WAS: (*old.was, old.id)},
                "device_id": self.device,
                "seq": seq + 1,
                "prev_hash": digest,
            }
        )
        self.ids[old.id] = new.id
        self.tails[old.scope] = (new.seq, new.hash)
        self.moved.setdefault((old.device_id, old.scope), []).append((old.seq, self.tails[old.scope]))
        return new

    def _tail(self, scope: str) -> Place:
        if scope not in self.tails:
            found = journal.chain_heads(self.connection, [scope]).get(scope, {}).get(str(self.device))
            self.tails[scope] = (found.seq, found.hash) if found else (0, GENESIS)
        return self.tails[scope]

    def _fields(self, old: Change) -> dict[str, Any]:
        """A closing names the chains of what it closed: what lay on a branch lies on our own chain now."""
        named = _closed(old)
        if not named:
            return old.fields
        heads = {scope: self._heads(scope, of_scope) for scope, of_scope in named.items()}
        return {**old.fields, "closing": {**old.fields["closing"], "heads": heads}}

    def _heads(self, scope: str, named: Mapping[str, Any]) -> dict[str, Any]:
        heads, ours = dict(named), list[Place]()
        for chain, first in self.at.items():
            if chain[1] != scope or not _reaches(named, chain, first):
                continue
            last = named[str(chain[0])]["seq"]
            ours += [place for seq, place in self.moved.get(chain, ()) if seq <= last]
            del heads[str(chain[0])]
            if first > 1:
                heads[str(chain[0])] = _head((first - 1, self._hash(*chain, first - 1)))
        if ours:
            heads[str(self.device)] = _head(max(ours))
        return heads

    def _hash(self, device: UUID, scope: str, seq: int) -> str:
        where = and_(_on(CHANGE, (device, scope)), CHANGE.c.seq == seq)
        return str(self.connection.execute(select(CHANGE.c.hash).where(where)).scalar_one())


def _closed(change: Change) -> dict[str, dict[str, Any]]:
    """The heads that a change names which closes a revision; none for every other change."""
    closing = change.fields.get("closing") if change.record_type == "revision" else None
    heads = closing.get("heads") if isinstance(closing, dict) else None
    return heads if isinstance(heads, dict) else {}


def _reaches(named: Mapping[str, Any], chain: Chain, first: int) -> bool:
    """Whether heads of one scope reach into a branch."""
    head = named.get(str(chain[0]))
    return head is not None and bool(head["seq"] >= first)


def _head(place: Place) -> dict[str, Any]:
    return {"seq": place[0], "hash": place[1]}


def _rows(changes: Sequence[Change], numbering: Numbering | None) -> list[dict[str, Any]]:
    """The rows of our own new changes; at the endpoint with their numbers in the feed."""
    rows = []
    for change in changes:
        body = change.model_dump(mode="json")
        row = journal.to_row(body, change.hash, own=True, confirmed=numbering is not None)
        rows.append({**row, "feed": None if numbering is None else numbering.take(change.scope)})
    return rows


def _on(table: Table, chain: Chain) -> ColumnElement[bool]:
    device, scope = chain
    return and_(table.c.device_id == str(device), table.c.scope == scope)


def _from(table: Table, chain: Chain, first: int) -> ColumnElement[bool]:
    return and_(_on(table, chain), table.c.seq >= first)
