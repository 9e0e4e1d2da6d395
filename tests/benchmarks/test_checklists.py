"""Loading and judging every shipped pack, beside what pyxform needs for a form with as many questions."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from pyxform.xls2xform import convert

from greenaudit.packs import load_checklist, load_references
from greenaudit.packs.xlsform import export_workbook, import_workbook
from greenaudit.paths import resource

ROUNDS = 5


def timed(action: Callable[[], object]) -> float:
    def once() -> float:
        start = perf_counter()
        action()
        return perf_counter() - start

    return median(once() for _ in range(ROUNDS))


def test_packs_load_in_no_more_time_than_pyxform_needs(tmp_path: Path) -> None:
    folders = [path for path in sorted(resource("checklists").iterdir()) if path.is_dir()]
    packs = [load_checklist(folder) for folder in folders]
    workbooks = [tmp_path / f"{pack.id}.xlsx" for pack in packs]
    for pack, path in zip(packs, workbooks, strict=True):
        export_workbook(pack, path)
    ours = timed(lambda: (load_references(resource("countries")), [load_checklist(path) for path in folders]))
    read = timed(lambda: [import_workbook(path) for path in workbooks])
    theirs = timed(lambda: [convert(str(path)) for path in workbooks])
    count = sum(len(pack.questions) for pack in packs)
    sys.stdout.write(
        f"\n{count} questions: folders {ours * 1e3:.0f} ms, workbooks {read * 1e3:.0f} ms, "
        f"pyxform {theirs * 1e3:.0f} ms: {ours / theirs:.2f} and {read / theirs:.2f} of its time\n"
    )
    assert ours <= theirs
