"""Runs a piece of code in a child process under limits, as a full disk or a small machine would set them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_limited(code: str, *args: str, **limits: int) -> subprocess.CompletedProcess[str]:
    """Runs `code` with `sys.argv[1:]` set; `limits` names limits of the resource module, e.g. `RLIMIT_FSIZE=1000`.

    The limits are set after the imports that `code` makes above a line `# limits`.
    """
    setting = "import resource\n" + "".join(
        f"resource.setrlimit(resource.{name}, ({value}, {value}))\n" for name, value in limits.items()
    )
    return subprocess.run(
        [sys.executable, "-c", code.replace("# limits\n", setting), *args],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
