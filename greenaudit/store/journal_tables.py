"""The journal's own tables: changes, heads, what waits, chain signatures, forks, feed counters, facts about this store."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, Table, UniqueConstraint, false
from sqlmodel import BigInteger, Field, SQLModel

from greenaudit.store.tables import METADATA, Nested


class ChangeRow(SQLModel, table=True):
    """A change that was applied, and what only this store knows of it.

    `position` is the order in which this store applied it; `feed` its number in the feed of its scope (given by the
    endpoint); `own` whether it was made here; `confirmed` whether the endpoint has it.
    """

    __tablename__ = "change"

    position: int | None = Field(default=None, primary_key=True)
    id: str = Field(max_length=36, unique=True)
    schema_version: int
    record_type: str
    record_id: str = Field(max_length=36)
    fields: dict[str, Any] = Field(sa_type=Nested)
    bases: dict[str, Any] = Field(sa_type=Nested)
    hlc: int = Field(sa_type=BigInteger)
    device_id: str = Field(max_length=36)
    author_id: str = Field(max_length=36)
    scope: str
    seq: int
    prev_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)
    own: bool
    confirmed: bool
    feed: int | None = None


class HeadRow(SQLModel, table=True):
    """One of several heads of a field. A field with one head has no row here: its head is the last change of it that
    was applied. (After a fork an older one may be the only head, since the last says once more what was superseded.)
    """

    __tablename__ = "head"
    __table_args__ = {"sqlite_with_rowid": False}

    record_type: str = Field(primary_key=True)
    record_id: str = Field(primary_key=True, max_length=36)
    field: str = Field(primary_key=True)
    change_id: str = Field(primary_key=True, max_length=36)


class PendingRow(SQLModel, table=True):
    """A change that came before its predecessor or before one of its bases, whole, until they come."""

    __tablename__ = "pending"

    id: str = Field(primary_key=True, max_length=36)
    device_id: str = Field(max_length=36)
    scope: str
    seq: int
    hash: str = Field(max_length=64)
    confirmed: bool
    body: dict[str, Any] = Field(sa_type=Nested)


class SetAsideRow(SQLModel, table=True):
    """A change on a branch that nobody else has, whole: its chain forked, and the edit was said once more."""

    __tablename__ = "set_aside"

    id: str = Field(primary_key=True, max_length=36)
    device_id: str = Field(max_length=36)
    scope: str
    seq: int
    hash: str = Field(max_length=64)
    body: dict[str, Any] = Field(sa_type=Nested)


class SaidAgainRow(SQLModel, table=True):
    """That the applied change `by` says the change `id` once more: what waits for either can be applied."""

    __tablename__ = "said_again"
    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(primary_key=True, max_length=36)
    by: str = Field(primary_key=True, max_length=36)


class ChainSignatureRow(SQLModel, table=True):
    """A device's signature over the head of its chain."""

    __tablename__ = "chain_signature"

    device_id: str = Field(primary_key=True, max_length=36)
    scope: str = Field(primary_key=True)
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    hash: str = Field(max_length=64)
    signature: str


class FeedCounterRow(SQLModel, table=True):
    """The last number given in a scope's feed. It is touched first and held to the end of the transaction."""

    __tablename__ = "feed_counter"

    scope: str = Field(primary_key=True)
    number: int


class MetaRow(SQLModel, table=True):
    """A fact about this store, by name."""

    __tablename__ = "meta"

    key: str = Field(primary_key=True)
    value: str


CHANGE: Table = METADATA.tables["change"]
HEAD: Table = METADATA.tables["head"]
PENDING: Table = METADATA.tables["pending"]
SET_ASIDE: Table = METADATA.tables["set_aside"]
SAID_AGAIN: Table = METADATA.tables["said_again"]
CHAIN_SIGNATURE: Table = METADATA.tables["chain_signature"]
FEED_COUNTER: Table = METADATA.tables["feed_counter"]
META: Table = METADATA.tables["meta"]

CHANGE.append_constraint(
    UniqueConstraint(CHANGE.c.device_id, CHANGE.c.scope, CHANGE.c.seq, name="change_place")
)
Index("change_record", CHANGE.c.record_type, CHANGE.c.record_id)
Index(
    "change_feed",
    CHANGE.c.scope,
    CHANGE.c.feed,
    sqlite_where=CHANGE.c.feed.is_not(None),
    postgresql_where=CHANGE.c.feed.is_not(None),
)
# Small where all is confirmed, and counts what exists only here without reading the journal.
Index(
    "change_unconfirmed",
    CHANGE.c.own,
    CHANGE.c.record_type,
    CHANGE.c.record_id,
    sqlite_where=CHANGE.c.confirmed == false(),
    postgresql_where=CHANGE.c.confirmed == false(),
)
