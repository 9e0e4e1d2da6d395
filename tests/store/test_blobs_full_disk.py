"""No room left: a sentence, no half file, and what was there stays."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from greenaudit.store.blobs import BlobStore
from tests.helpers.children import ROOT, run_limited

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")

PUT = """
import sys
from pathlib import Path
from greenaudit.errors import KnownError
from greenaudit.store.blobs import BlobStore
# limits
blobs = BlobStore(Path(sys.argv[1]), bytes(32))
try:
    blobs.put(bytes(3_000_000))
except KnownError as error:
    print(error.code, error.message, sep="|")
"""


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_size_limit_is_said_and_leaves_no_half_file(tmp_path: Path) -> None:
    small = BlobStore(tmp_path, bytes(32)).put(b"small")
    child = run_limited(PUT, str(tmp_path), RLIMIT_FSIZE=2_000_000)
    assert child.returncode == 0, child.stderr
    code, sentence = child.stdout.strip().split("|")
    assert code == "disk_full"
    assert sentence.startswith("There is no room left to write")
    assert [path.name for path in files(tmp_path)] == [small]


def test_a_full_disk_is_said_and_leaves_no_half_file(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rm", "true"], check=False).returncode != 0:
        pytest.skip("this machine doesn't let a test mount a small disk")
    script = f'mount -t tmpfs -o size=1m none "{tmp_path}" && "{sys.executable}" -c "$1" "{tmp_path}" && find "{tmp_path}" -type f'
    child = subprocess.run(
        [unshare, "-rm", "sh", "-c", script, "sh", PUT],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=120,
    )
    assert child.returncode == 0, child.stderr
    assert child.stdout.startswith("disk_full|There is no room left")
    assert child.stdout.count("\n") == 1, "nothing lies there"


def test_a_place_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    child = run_limited(PUT, str(tmp_path / "file"))
    assert child.stdout.startswith("cannot_write|"), child.stderr
