"""The feed: what the endpoint numbers and gives, and what a device still has to send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, exists, func, insert, not_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from greenaudit.domain.journal import Change
from greenaudit.store import journal
from greenaudit.store.journal_tables import CHAIN_SIGNATURE, CHANGE, FEED_COUNTER, META, PENDING, SAID_AGAIN


@dataclass(frozen=True)
class Cursor:
    """How far a scope was pulled: a feed number, and the change that bears it. An endpoint that was set back to an
    older copy gives the same number to another change, or to none: that is how it is noticed.
    """

    number: int = 0
    change: UUID | None = None


@dataclass(frozen=True)
class Numbered:
    """A change with its number in the feed of its scope."""

    number: int
    change: Change


class Numbering:
    """Gives feed numbers within a writing transaction.

    The scope's counter is touched before anything is numbered, and held until the transaction ends: on SQLite by
    BEGIN IMMEDIATE, elsewhere by the row's lock. So no smaller number can become visible after a greater one.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, scope: str, count: int = 1) -> int:
        """Reserves the next `count` numbers of a scope and gives the first."""
        counter = FEED_COUNTER.c
        moved = update(FEED_COUNTER).where(counter.scope == scope).values(number=counter.number + count)
        if self._connection.execute(moved).rowcount == 0:
            self._begin(scope)
            self._connection.execute(moved)
        last = self._connection.execute(select(counter.number).where(counter.scope == scope)).scalar_one()
        return int(last) - count + 1

    def _begin(self, scope: str) -> None:
        """Makes a scope's counter. Where two writers begin at once, the second waits for the first and goes on from it."""
        dialects = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        begun = dialects.insert(FEED_COUNTER).values(scope=scope, number=0)
        self._connection.execute(begun.on_conflict_do_nothing())


def outgoing(
    connection: Connection, scope: str, limit: int, conditions: Sequence[ColumnElement[bool]] = ()
) -> tuple[Change, ...]:
    """What the endpoint has not confirmed of a scope, own and relayed, each chain in its order; of others not what they
    said once more under another name.
    """
    waiting = (CHANGE.c.scope == scope, CHANGE.c.confirmed.is_(False), _still_said())
    return journal.changes_where(connection, *waiting, *conditions, limit=limit)


def _still_said() -> ColumnElement[bool]:
    """Whether a change is our own, or stands for itself: a chain that goes on is sent whole."""
    later = CHANGE.alias()
    again = exists().where(SAID_AGAIN.c.id == CHANGE.c.id).correlate(CHANGE)
    later_again = exists().where(SAID_AGAIN.c.id == later.c.id).correlate(later)
    same_chain = (later.c.device_id == CHANGE.c.device_id, later.c.scope == CHANGE.c.scope)
    goes_on = exists().where(*same_chain, later.c.seq > CHANGE.c.seq, not_(later_again)).correlate(CHANGE)
    return or_(CHANGE.c.own.is_(True), not_(again), goes_on)


def made_by(device: UUID) -> ColumnElement[bool]:
    """Whether a change was made on a device."""
    return CHANGE.c.device_id == str(device)


def provable(device: UUID) -> ColumnElement[bool]:
    """Whether a device can prove a change: its own, which it signs, or another's up to where that one signed."""
    signed = (
        select(func.max(CHAIN_SIGNATURE.c.seq))
        .where(CHAIN_SIGNATURE.c.device_id == CHANGE.c.device_id, CHAIN_SIGNATURE.c.scope == CHANGE.c.scope)
        .correlate(CHANGE)
        .scalar_subquery()
    )
    return or_(made_by(device), CHANGE.c.seq <= func.coalesce(signed, 0))


def stray(device: UUID) -> ColumnElement[bool]:
    """Whether nobody can prove a change: made here under an earlier name, and never signed."""
    return not_(provable(device))


def unsent(connection: Connection, *conditions: ColumnElement[bool]) -> dict[tuple[UUID, str], int]:
    """From where on what was made here waits to be sent, by device and scope."""
    statement = (
        select(CHANGE.c.device_id, CHANGE.c.scope, func.min(CHANGE.c.seq))
        .where(CHANGE.c.own.is_(True), CHANGE.c.confirmed.is_(False), *conditions)
        .group_by(CHANGE.c.device_id, CHANGE.c.scope)
    )
    return {(UUID(of), scope): first for of, scope, first in connection.execute(statement)}


def numbered_after(connection: Connection, scope: str, number: int) -> frozenset[UUID]:
    """The changes that the endpoint confirmed under a feed number after this one."""
    later = (CHANGE.c.scope == scope, CHANGE.c.feed > number)
    return frozenset(UUID(i) for i in connection.execute(select(CHANGE.c.id).where(*later)).scalars())


def unconfirm(connection: Connection, scope: str) -> None:
    """Forgets what an endpoint confirmed of a scope: what it still has, the next pull confirms again."""
    for table in (CHANGE, PENDING):
        of_scope = (table.c.scope == scope, table.c.confirmed.is_(True))
        connection.execute(update(table).where(*of_scope).values(confirmed=False))
    connection.execute(
        update(CHANGE).where(CHANGE.c.scope == scope, CHANGE.c.feed.is_not(None)).values(feed=None)
    )


def unsent_scopes(connection: Connection) -> tuple[str, ...]:
    """The scopes in which something waits to be sent."""
    statement = select(CHANGE.c.scope).where(CHANGE.c.confirmed.is_(False), _still_said()).distinct()
    return tuple(sorted(connection.execute(statement).scalars()))


def confirm(connection: Connection, numbers: Mapping[UUID, int]) -> None:
    """Notes that the endpoint has these changes, under these feed numbers."""
    if not numbers:
        return
    rows = [{"of": str(change_id), "number": number} for change_id, number in numbers.items()]
    connection.execute(
        update(CHANGE).where(CHANGE.c.id == bindparam("of")).values(confirmed=True, feed=bindparam("number")),
        rows,
    )
    connection.execute(update(PENDING).where(PENDING.c.id == bindparam("of")).values(confirmed=True), rows)


def feed_after(connection: Connection, scope: str, number: int, limit: int) -> tuple[Numbered, ...]:
    """The changes of a scope's feed after a number, in its order."""
    statement = (
        select(CHANGE.c.feed, *journal.CHANGE_COLUMNS)
        .where(CHANGE.c.scope == scope, CHANGE.c.feed > number)
        .order_by(CHANGE.c.feed)
        .limit(limit)
    )
    rows = connection.execute(statement).mappings()
    return tuple(Numbered(number=row["feed"], change=journal.to_change(row)) for row in rows)


def numbers_of(connection: Connection, ids: list[UUID]) -> dict[UUID, int]:
    """The feed numbers of those of these changes that have one."""
    found: dict[UUID, int] = {}
    for part in journal.chunks(map(str, ids)):
        statement = select(CHANGE.c.id, CHANGE.c.feed).where(
            CHANGE.c.id.in_(part), CHANGE.c.feed.is_not(None)
        )
        found.update({UUID(i): number for i, number in connection.execute(statement)})
    return found


def cursor(connection: Connection, endpoint: str, scope: str) -> Cursor:
    """How far this store has pulled a scope from an endpoint; 0 at first."""
    value = connection.execute(
        select(META.c.value).where(META.c.key == _cursor_key(endpoint, scope))
    ).scalar()
    number, _, change = (value or "0").partition(" ")
    return Cursor(int(number), UUID(change) if change else None)


def set_cursor(connection: Connection, endpoint: str, scope: str, reached: Cursor) -> None:
    """Notes how far a scope was pulled."""
    set_meta(connection, _cursor_key(endpoint, scope), f"{reached.number} {reached.change or ''}".strip())


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Sets a fact about this store."""
    done = connection.execute(update(META).where(META.c.key == key).values(value=value))
    if done.rowcount == 0:
        connection.execute(insert(META).values(key=key, value=value))


def _cursor_key(endpoint: str, scope: str) -> str:
    return f"cursor {endpoint} {scope}"
