"""A durable answer through the store, against the raw driver writing the same two rows in one transaction."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from greenaudit.clock import SystemClock
from greenaudit.domain.assessments import Answer
from greenaudit.ids import new_id
from tests.helpers.store import AUTHOR, KEY, SCOPE, answer, assessment, make_store, programme, revision

ROUNDS = 400
LIMIT = 1.5
CHANGE = (
    "INSERT INTO change (id, schema_version, record_type, record_id, fields, bases, hlc, device_id, author_id,"
    " scope, seq, prev_hash, hash, own, confirmed) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
ANSWER = (
    "INSERT INTO answer (id, deleted_at, programme_id, assessment_id, question_id, repeat, response, proof, note,"
    " flagged) VALUES (?,?,?,?,?,?,?,?,?,?)"
)


def two_rows(value: Answer, seq: int) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The rows of an answer and of its change, ready for the driver."""
    fields = value.field_values()
    response = json.dumps(fields["response"], separators=(",", ":"))
    written = {n: fields[n] for n in ("programme_id", "assessment_id", "question_id", "response")}
    body = json.dumps(written, separators=(",", ":"))
    ids = (str(new_id()), 1, "answer", str(value.id))
    place = (116_165_836_800_000_000 + seq, str(AUTHOR), str(AUTHOR), SCOPE, seq, "0" * 64, "1" * 64)
    row = (fields["programme_id"], fields["assessment_id"], fields["question_id"], 0, response, None, None, 0)
    return (*ids, body, "{}", *place, 1, 0), (str(value.id), None, *row)


def timed(action: Callable[[], None]) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start


def test_durable_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours, theirs = make_store(tmp_path / "ours", SystemClock()), make_store(tmp_path / "raw")
    for store in (ours, theirs):
        with store.unit(AUTHOR) as unit:
            for value in (programme(), assessment(), revision()):
                unit.save(value)
    theirs.close()
    raw = sqlcipher.connect(str(tmp_path / "raw" / "greenaudit.db"), isolation_level=None)
    for pragma in (
        f"key = \"x'{KEY.hex()}'\"",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        raw.execute(f"PRAGMA {pragma}")

    def through_the_store(value: Answer) -> None:
        with ours.unit(AUTHOR) as unit:
            unit.save(value)

    def through_the_driver(change: tuple[Any, ...], row: tuple[Any, ...]) -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute(CHANGE, change)
        raw.execute(ANSWER, row)
        raw.execute("COMMIT")

    times: dict[str, list[float]] = {"raw": [], "store": []}
    for number in range(ROUNDS):  # in turn, so that both meet the same disk
        value = answer(f"CHEM-{number:05}")
        rows = two_rows(value, 1000 + number)
        times["raw"].append(timed(lambda rows=rows: through_the_driver(*rows)))  # type: ignore[misc]
        times["store"].append(timed(lambda value=value: through_the_store(value)))  # type: ignore[misc]
    raw.close()
    ours.close()
    slow, fast = median(times["store"]) * 1000, median(times["raw"]) * 1000
    with capsys.disabled():
        sys.stdout.write(
            f"\ndurable answer: store {slow:.3f} ms, raw driver {fast:.3f} ms,"
            f" ratio {slow / fast:.2f} (limit {LIMIT})\n"
        )
