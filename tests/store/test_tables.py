"""Rows are siblings of the domain's records, and portable."""

from __future__ import annotations

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from greenaudit.domain.journal import ChainSignature, Change
from greenaudit.domain.records import RECORD_CLASSES, RECORDS
from greenaudit.domain.values import Record
from greenaudit.store.journal_tables import CHAIN_SIGNATURE, CHANGE
from greenaudit.store.tables import METADATA, ROW_CLASSES, record_table


@pytest.mark.parametrize("cls", RECORD_CLASSES, ids=lambda cls: cls.record_type)
def test_a_row_has_the_columns_of_its_record(cls: type[Record]) -> None:
    assert {column.name for column in record_table(cls.record_type).columns} == set(cls.model_fields)


def test_every_record_has_a_row_class() -> None:
    assert {row.__tablename__ for row in ROW_CLASSES} == RECORDS.keys()


def test_the_journal_s_columns_are_the_change_and_what_is_local() -> None:
    local = {"position", "hash", "own", "confirmed", "feed"}
    assert {column.name for column in CHANGE.columns} == set(Change.model_fields) | local
    assert {column.name for column in CHAIN_SIGNATURE.columns} == set(ChainSignature.model_fields)


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
def test_the_tables_can_be_made_on_either_database(dialect: object) -> None:
    for table in METADATA.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))  # type: ignore[arg-type]
