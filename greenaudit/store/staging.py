"""A home that is put up beside its place, whole, and takes the place only then: all of it, or nothing.

What was killed half-way leaves a folder with another name, which the next attempt removes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import Literal
from uuid import uuid4

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.paths import Home
from greenaudit.store.files import make_folder, plain_refusals, sync_folder

Act = Literal["restoring", "founding"]

_MAY_BE_THERE = frozenset({"logs", "settings.json", "window.lock"})
"""What the app makes before it has data; it stays."""


@contextmanager
def put_up(home: Home, act: Act) -> Iterator[Home]:
    """A home to fill; at the end of the block it becomes `home`, which must be empty. After an error there is nothing."""
    root = home.root.absolute()
    _sweep(root, act)
    staged = Home(root.with_name(f"{_staged(root, act)}{uuid4().hex[:8]}"))
    try:
        make_folder(staged.root)
        yield staged
        _take_place(staged, home)
    except BaseException:
        shutil.rmtree(staged.root, ignore_errors=True)
        raise


def refuse_if_occupied(home: Home) -> None:
    """KnownError when a home holds anything that a fresh one would not."""
    if home.root.exists() and any(path.name not in _MAY_BE_THERE for path in home.root.iterdir()):
        raise KnownError(
            "home_in_use",
            msg(
                "{path} already holds data. Move that folder away and keep it until all is well, then begin again.",
                path=str(home.root),
            ),
        )


def _staged(root: Path, act: Act) -> str:
    """What the folder in which a home is put up is called, but for its last letters."""
    return f".{root.name[:200]}-{act}-"


def _sweep(root: Path, act: Act) -> None:
    """Removes what an interrupted attempt left."""
    if root.parent.is_dir():
        for leftover in root.parent.glob(f"{escape(_staged(root, act))}*"):
            shutil.rmtree(leftover, ignore_errors=True)


def _take_place(staged: Home, home: Home) -> None:
    refuse_if_occupied(home)
    with plain_refusals(home.root):
        if home.root.exists():
            try:
                _move(home, staged)
                home.root.rmdir()
            except BaseException:  # something has come meanwhile, or is in use
                _move(staged, home)
                raise
        os.rename(staged.root, home.root)
        sync_folder(home.root.absolute().parent)


def _move(source: Home, target: Home) -> None:
    """Moves what may be in a home before it has data."""
    for name in _MAY_BE_THERE:
        if (source.root / name).exists():
            os.replace(source.root / name, target.root / name)
