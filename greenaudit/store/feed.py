"""The feed: what the endpoint numbers and gives, and what a device still has to send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection

from greenaudit.domain.journal import Change
from greenaudit.store import journal
from greenaudit.store.journal_tables import CHANGE, FEED_COUNTER, META, PENDING


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
            self._connection.execute(insert(FEED_COUNTER).values(scope=scope, number=count))
        last = self._connection.execute(select(counter.number).where(counter.scope == scope)).scalar_one()
        return int(last) - count + 1


def outgoing(connection: Connection, scope: str, limit: int) -> tuple[Change, ...]:
    """What the endpoint has not confirmed of a scope, own and relayed, each chain in its order."""
    return journal.changes_where(
        connection, CHANGE.c.scope == scope, CHANGE.c.confirmed.is_(False), limit=limit
    )


def unsent_scopes(connection: Connection) -> tuple[str, ...]:
    """The scopes in which something waits to be sent."""
    statement = select(CHANGE.c.scope).where(CHANGE.c.confirmed.is_(False)).distinct()
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


def cursor(connection: Connection, endpoint: str, scope: str) -> int:
    """The feed number up to which this store has pulled a scope from an endpoint; 0 at first."""
    value = connection.execute(
        select(META.c.value).where(META.c.key == _cursor_key(endpoint, scope))
    ).scalar()
    return 0 if value is None else int(value)


def set_cursor(connection: Connection, endpoint: str, scope: str, number: int) -> None:
    """Notes up to which feed number a scope was pulled."""
    set_meta(connection, _cursor_key(endpoint, scope), str(number))


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Sets a fact about this store."""
    done = connection.execute(update(META).where(META.c.key == key).values(value=value))
    if done.rowcount == 0:
        connection.execute(insert(META).values(key=key, value=value))


def _cursor_key(endpoint: str, scope: str) -> str:
    return f"cursor {endpoint} {scope}"
