"""One answer, one fsync: counted from outside, at the system's door."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.store import AUTHOR, assessment, make_store, programme, revision

ANSWERS = 20
SCRIPT = """
import os, sys
from pathlib import Path
from greenaudit.paths import Home
from greenaudit.store.store import Store
from tests.helpers.store import AUTHOR, KEY, answer
store = Store.open(Home(Path(sys.argv[1])), KEY)
with store.unit(AUTHOR) as unit:
    unit.save(answer("WARM-UP"))
os.path.exists("/begin-counting")
for number in range(int(sys.argv[2])):
    with store.unit(AUTHOR) as unit:
        unit.save(answer(f"Q-{number}"))
os.path.exists("/end-counting")
os._exit(0)
"""


@pytest.mark.skipif(platform.system() != "Linux", reason="strace is Linux's")
def test_an_answer_costs_one_sync(tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    store = make_store(tmp_path / "home")
    with store.unit(AUTHOR) as unit:
        for value in (programme(), assessment(), revision()):
            unit.save(value)
    store.close()
    log = tmp_path / "calls"
    names = "trace=fsync,fdatasync,stat,newfstatat,statx"
    command = [strace, "-f", "-e", names, "-o", str(log), sys.executable, "-c", SCRIPT]
    done = subprocess.run(
        [*command, str(tmp_path / "home"), str(ANSWERS)], cwd=Path(__file__).parents[2], check=False
    )
    calls = log.read_text(encoding="utf-8", errors="replace")
    if done.returncode != 0 and "ptrace" in calls:
        pytest.skip("this system doesn't let strace trace")
    assert done.returncode == 0
    counted = calls[calls.index("/begin-counting") : calls.index("/end-counting")]
    assert len(re.findall(r"\b(?:fsync|fdatasync)\(", counted)) == ANSWERS
