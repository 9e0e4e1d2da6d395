"""No room left while things come in: a sentence, nothing half taken, and the next synchronisation brings the rest."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from greenaudit.clock import SystemClock
from greenaudit.server.run import Running
from greenaudit.store import backup
from tests.helpers.children import ROOT, run_limited
from tests.helpers.endpoint import Laptop, answer, contents, visit
from tests.helpers.keys import new_home
from tests.sync.conftest import MakeLaptop
from tests.sync.test_killed import SYNCING

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")

LIMITED = SYNCING.replace("home, key, address", "# limits\nhome, key, address", 1) + (
    "print('errors', *sorted({error.code for error in report.errors}), sep='|', flush=True)\n"
)

RESTORING = """
import pathlib, sys
from greenaudit.clock import SystemClock
from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.store import backup
from tests.helpers.keys import cheap_passphrase
# limits
try:
    backup.restore(pathlib.Path(sys.argv[1]), sys.argv[2], Home(pathlib.Path(sys.argv[3])),
                   lambda _: cheap_passphrase(), SystemClock())
except KnownError as error:
    print(error.code, flush=True)
"""


def bring(ana: Laptop, endpoint: Running, *, photo: int) -> None:
    """Gives the endpoint a visit that others can pull."""
    begun = visit(ana, photos=2, size=photo)
    for level in range(400):
        answer(ana, begun, f"Q-{level}", level=level % 5)
    assert ana.sync(endpoint.address).complete


@pytest.mark.parametrize(("size", "says"), [(150_000, "disk_full"), (2_000_000, "disk_full")])
def test_a_full_laptop_takes_nothing_half_and_the_rest_later(
    endpoint: Running, laptop: MakeLaptop, size: int, says: str
) -> None:
    """With little room the changes don't fit; with more the photos don't."""
    ana, luis = laptop("ana"), laptop("luis")
    bring(ana, endpoint, photo=3_000_000)
    luis.store.close()
    ended = run_limited(
        LIMITED, str(luis.home.root), luis.key.secret.hex(), endpoint.address, RLIMIT_FSIZE=size
    )
    assert ended.returncode == 0, ended.stderr
    told = ended.stdout.strip().splitlines()[-1].split("|")
    assert told[0] == "errors"
    assert set(told[1:]) & {says, "disk_failed"}, ended.stdout
    luis.reopen()
    assert luis.store.check() == []
    assert luis.store.integrity() == []
    assert luis.sync(endpoint.address).complete
    assert contents(luis.store) == contents(ana.store)
    assert not list(luis.home.blobs.rglob(".draft-*"))


@pytest.mark.parametrize("writes", [1, 2])
def test_a_kill_while_a_page_is_entered_leaves_it_out_whole(
    endpoint: Running, laptop: MakeLaptop, writes: int
) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    bring(ana, endpoint, photo=10_000)
    luis.store.close()
    code = KILLING.format(writes=writes) + SYNCING
    ended = subprocess.run(
        [sys.executable, "-c", code, str(luis.home.root), luis.key.secret.hex(), endpoint.address],
        check=False,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    luis.reopen()
    assert luis.store.check() == []
    assert luis.store.integrity() == []
    assert luis.sync(endpoint.address).complete
    assert contents(luis.store) == contents(ana.store)


KILLING = """
import os, signal
from greenaudit.store import projection
real, count = projection.enter, 0
def enter(connection, changes):
    global count
    real(connection, changes)
    count += 1
    if count == {writes}:
        os.kill(os.getpid(), signal.SIGKILL)  # everything is written, and nothing is committed
projection.enter = enter
"""


@pytest.mark.parametrize("size", [30_000, 400_000])
def test_a_restore_that_finds_no_room_leaves_nothing(tmp_path: Path, size: int) -> None:
    made, code = _backup_with_photos(tmp_path)
    target = tmp_path / "restored" / "home"
    target.parent.mkdir()
    ended = run_limited(RESTORING, str(made), code, str(target), RLIMIT_FSIZE=size)
    assert ended.stdout.strip() in ("disk_full", "disk_failed"), ended.stdout + ended.stderr
    assert list(target.parent.iterdir()) == []
    done = run_limited(RESTORING, str(made), code, str(target))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert [path.name for path in target.parent.iterdir()] == ["home"]


def test_a_restore_on_a_disk_that_runs_full_leaves_nothing(tmp_path: Path) -> None:
    """A small disk of its own, where this account may mount one."""
    made, code = _backup_with_photos(tmp_path)
    disk = tmp_path / "disk"
    disk.mkdir()
    script = (
        f"mount -t tmpfs -o size=1m none {disk} || exit 77\n"
        f"{sys.executable} -c \"$RESTORING\" {made} '{code}' {disk}/home\n"
        f"ls -A {disk}\n"
    )
    if shutil.which("unshare") is None:
        pytest.skip("no unshare here")
    ended = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "RESTORING": RESTORING},
    )
    if ended.returncode in (1, 77):
        pytest.skip("this account may not mount a disk")
    assert ended.stdout.split() == ["disk_full"], ended.stdout + ended.stderr


def _backup_with_photos(tmp_path: Path) -> tuple[Path, str]:
    home, master, code = new_home(tmp_path / "ana")
    ana = Laptop(home, master)
    other = tmp_path / "stick"
    visit(ana, photos=2, size=1_500_000, programme=uuid4(), person=uuid4())
    made = backup.make(home, master, other, SystemClock())
    ana.close()
    return made.folder, code.text
