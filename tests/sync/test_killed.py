"""Processes that end without warning: what was confirmed is there, and the next synchronisation finishes the work."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from greenaudit.paths import Home
from greenaudit.server.opening import endpoint_of
from greenaudit.server.run import Running
from greenaudit.sync.report import all_named
from tests.helpers.endpoint import Laptop, contents, running_endpoint, visit
from tests.sync.conftest import MakeLaptop

ROOT = Path(__file__).resolve().parents[2]

SYNCING = """
import sys
from greenaudit.paths import Home
from greenaudit.signing.identities import Identity
from greenaudit.store.blobs import BlobStore
from greenaudit.store.keys import MasterKey
from greenaudit.store.store import Store
from greenaudit.sync.engine import synchronise
from greenaudit.sync.enrolment import credentials_of
from greenaudit.sync.http import HttpLink
home, key, address = Home(__import__("pathlib").Path(sys.argv[1])), MasterKey(bytes.fromhex(sys.argv[2])), sys.argv[3]
store = Store.open(home, key.derive("database"))
identity = Identity.load(home.identity, key.derive("identity"))
link = HttpLink(address, credentials_of(store, identity))
report = synchronise(store, BlobStore(home.blobs, key.derive("blobs")), identity, link,
                     progress=lambda p: print(p.step, p.done, flush=True))
print("over", flush=True)
"""

SERVING = """
import sys
from pathlib import Path
from greenaudit.paths import Home
from greenaudit.server.run import serve
serve(Home(Path(sys.argv[1])), port=0, started=lambda address: print(address, flush=True))
"""


@contextmanager
def process(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process of its own; it is ended by its handle, whatever happens."""
    started = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        yield started
    finally:
        started.kill()
        started.communicate(timeout=30)


@pytest.mark.parametrize("after", [2, 6])
def test_a_device_killed_while_it_synchronises(endpoint: Running, laptop: MakeLaptop, after: int) -> None:
    ana = laptop("ana")
    visit(ana, answers=5, photos=3)
    before = contents(ana.store)
    ana.store.close()
    with process(SYNCING, str(ana.home.root), ana.key.secret.hex(), endpoint.address) as child:
        assert child.stdout is not None
        for _ in range(after):
            assert child.stdout.readline()
        child.kill()
    ana.reopen()
    now = contents(ana.store)
    for kind, records in before.items():
        assert {record.id for record in records} <= {record.id for record in now[kind]}
    assert ana.sync(endpoint.address).complete
    assert ana.store.check() == []


def test_an_endpoint_killed_while_it_receives(tmp_path: Path) -> None:
    home = Home(tmp_path / "endpoint")
    with running_endpoint(home.root) as running:
        ana = Laptop(Home(tmp_path / "ana")).enrol(running, name="Ana")
    visit(ana, answers=5, photos=3, size=3_000_000)
    with process(SERVING, str(home.root)) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()

        def killing(progress: object) -> None:
            if getattr(progress, "step", "") == "send" and getattr(progress, "done", 0) == 2:
                server.kill()

        report = ana.sync(address, progress=killing)
        assert [error.code for error in report.errors] == ["endpoint_unreachable"]
        assert report.only_here.changes == 0  # these were confirmed before
    with endpoint_of(home) as endpoint, ana.store.read() as reader:
        assert endpoint.store.check() == []
        own = [c.id for scope in reader.chain_heads() for c in reader.changes(scope)]
        assert len(endpoint.store.feed_numbers(own)) == len(own)
    with process(SERVING, str(home.root)) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        assert ana.sync(address).complete
        server.terminate()  # and this time it is asked to stop
        assert server.wait(timeout=30) == 0
    with endpoint_of(home) as endpoint, ana.store.read() as reader:
        assert all(endpoint.evidence.blobs.sound(sha256) for sha256 in all_named(reader))
    ana.close()
