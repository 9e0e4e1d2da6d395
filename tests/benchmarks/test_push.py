"""Pushing 10,000 changes, against one gzip POST of the same bytes and one bulk insert of them.

Ours signs, checks every chain, enters the journal, brings heads and rows up to date, numbers the feed and confirms on
both sides; the other only sends, unpacks and inserts, durably too.
"""

from __future__ import annotations

import gzip
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
import requests
import sqlcipher3.dbapi2 as sqlcipher

from greenaudit.domain.assessments import Answer, Response, answer_id
from greenaudit.paths import Home
from greenaudit.sync.report import Progress
from greenaudit.wire.changes import BATCH, ChangeBatch
from tests.helpers.endpoint import Laptop, running_endpoint, visit

CHANGES = 10_000
COLUMNS = [name for name in ChangeBatch.model_fields if name not in ("version", "scope", "signatures")]


@contextmanager
def bulk_inserter(path: Path) -> Iterator[str]:
    """A bare server: gunzip, parse, insert into one encrypted table in one durable transaction."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(gzip.decompress(self.rfile.read(int(self.headers["Content-Length"]))))
            columns = [[_plain(item) for item in body[name]] for name in COLUMNS]
            connection = sqlcipher.connect(str(path))
            connection.execute(f"PRAGMA key = \"x'{'11' * 32}'\"")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"CREATE TABLE bulk ({', '.join(f'{name} TEXT' for name in COLUMNS)})")
            marks = ", ".join("?" * len(COLUMNS))
            connection.executemany(f"INSERT INTO bulk VALUES ({marks})", zip(*columns, strict=True))
            connection.commit()
            connection.close()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value


def test_push(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps: list[tuple[str, float]] = []

    def noting(progress: Progress) -> None:
        steps.append((progress.step, perf_counter()))

    with running_endpoint(tmp_path / "endpoint") as running:
        ana = Laptop(Home(tmp_path / "ana")).enrol(running)
        assessment = visit(ana, answers=0, photos=0)
        ana.sync(running.address)
        with ana.store.unit(ana.person) as unit:
            for number in range(CHANGES):
                unit.save(
                    Answer(
                        id=answer_id(assessment.id, "Q", number),
                        programme_id=assessment.programme_id,
                        assessment_id=assessment.id,
                        question_id="Q",
                        repeat=number,
                        response=Response(level=number % 5),
                    )
                )
        scope = assessment.scope
        changes = ana.store.outgoing(scope, CHANGES)
        start = perf_counter()
        report = ana.sync(running.address, progress=noting)
        ours = max(at for step, at in steps if step == "push") - start
        ana.close()
    assert report.pushed == CHANGES
    body = gzip.compress(ChangeBatch.of(scope, changes).model_dump_json().encode(), compresslevel=5)
    with bulk_inserter(tmp_path / "bulk.db") as address:
        start = perf_counter()
        assert requests.post(address, data=body, timeout=60).status_code == 204
        bare = perf_counter() - start
    with capsys.disabled():
        sys.stdout.write(
            f"\npush of {CHANGES} changes ({len(body) / 2**20:.1f} MB packed, batches of {BATCH}): "
            f"{ours:.2f} s, bare POST and insert {bare:.2f} s, ratio {ours / bare:.1f}\n"
        )
