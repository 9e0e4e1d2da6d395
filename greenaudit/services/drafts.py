"""Drafts of checklists: made as a copy, edited field by field, checked, published.

A draft is a pack's folder of YAML under the home, saved at every edit; `base.json` beside it is the checklist
that it was made from. What is published is kept on this device as a folder of its own and never changes again;
it is not signed by the programme, and its SHA-256 is what a signature will name.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4

from greenaudit.domain.checklists import Checklist
from greenaudit.domain.text import Text
from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg, msgs
from greenaudit.packs import checklist_from_bytes, checklist_to_bytes, load_checklist
from greenaudit.packs.saving import save_checklist, trees_of
from greenaudit.packs.xlsform import FormError, export_workbook
from greenaudit.packs.yaml_tree import TreeError, read_tree
from greenaudit.paths import Home
from greenaudit.services.checklists import import_form
from greenaudit.services.draft_checks import Checked, examine
from greenaudit.services.draft_files import Reading, change
from greenaudit.services.pack_sheets import PACK, Sheet, Spot, sheets_of, value_at, written
from greenaudit.services.packs import Packs
from greenaudit.services.views import PackStanding
from greenaudit.store.files import make_folder, plain_refusals, write_whole

BASE = "base.json"
DISCARDED = ".discarded"
"""The folder among the drafts that keeps those that were put away."""
Kind = Literal["shipped", "draft", "published", "received"]


@dataclass(frozen=True, slots=True)
class PackKey:
    """Which pack of this device: the shipped one, a draft or what was published here by its folder's name, what came
    by synchronisation by its SHA-256."""

    kind: Kind
    name: str = ""


@dataclass(frozen=True, slots=True)
class PackLine:
    """A pack in a list. Of a draft that can't be read the title is None; `changed_at` is the last edit, or when it
    was published; `standing` says whose word it is."""

    key: PackKey
    title: Text | None
    id: str
    version: str
    questions: int = 0
    changed_at: datetime | None = None
    standing: PackStanding = "unsigned"


@dataclass(frozen=True, slots=True)
class OpenPack:
    """A pack opened to be read; `editable` for a draft. `standing` says whose word it is."""

    key: PackKey
    version: str
    sheets: tuple[Sheet, ...]
    standing: PackStanding = "unsigned"

    @property
    def editable(self) -> bool:
        """Whether its texts and weights can be changed."""
        return self.key.kind == "draft"


@dataclass(frozen=True, slots=True)
class Published:
    """A pack that a visit can be started with, and the folder that the programme can hand on."""

    sha256: str
    path: Path
    version: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a form's workbook: a draft (None where none comes of it), and what could not be carried."""

    key: PackKey | None
    said: Message
    not_carried: tuple[Message, ...] = ()


class Drafts:
    """The packs of a home, to read and to edit."""

    def __init__(self, home: Home, packs: Packs) -> None:
        self._packs = packs
        self._read: OpenPack | None = None
        self._reading = Reading()
        self._drafts, self._published = home.root / "drafts", home.root / "published"

    def list(self) -> tuple[PackLine, ...]:
        """Every pack of this device: the shipped one, what came, drafts with the newest edit first, published ones."""
        shipped = self._packs.shipped()
        own = PackLine(
            PackKey("shipped"),
            shipped.title,
            shipped.id,
            shipped.version,
            len(shipped.questions),
            standing="shipped",
        )
        received = [
            PackLine(
                PackKey("received", card.sha256), card.title, card.id, card.version, card.questions,
                card.published_at, card.standing,
            )
            for card in self._packs.cards() if card.published_at is not None
        ]  # fmt: skip
        drafts = [_line(PackKey("draft", path.name), path) for path in _folders(self._drafts)]
        published = [_line(PackKey("published", path.name), path) for path in _folders(self._published)]
        newest = sorted(drafts, key=lambda line: line.changed_at or datetime.min.replace(tzinfo=UTC))
        return (own, *received, *reversed(newest), *published)

    def open(self, key: PackKey) -> OpenPack:
        """A pack with all its sheets, whatever state its files are in."""
        if key.kind == "shipped":
            return self._shipped()
        if key.kind == "received":
            card = next((card for card in self._packs.cards() if card.sha256 == key.name), None)
            return _opened(key, self._packs.read(key.name), card.standing if card else "unsigned")
        sheets = self._reading.sheets(self.folder(key))
        return OpenPack(key, sheets[0].facts["version"], sheets)

    def _shipped(self) -> OpenPack:
        """The shipped pack never changes while the product runs: its sheets are made once."""
        if self._read is None:
            self._read = _opened(PackKey("shipped"), self._packs.shipped(), "shipped")
        return self._read

    def folder(self, key: PackKey) -> Path:
        """The folder of a draft or of a published pack."""
        root = self._drafts if key.kind == "draft" else self._published
        if Path(key.name).name != key.name or not (root / key.name).is_dir():
            raise KnownError(
                "checklist_gone", msg("This checklist is no longer on this device. Choose another.")
            )
        return root / key.name

    def checklist(self, key: PackKey) -> Checklist:
        """A whole pack; PackError when something is wrong with it."""
        if key.kind == "received":
            return self._packs.read(key.name)
        return self._packs.shipped() if key.kind == "shipped" else load_checklist(self.folder(key))

    # Drafts

    def make(self, key: PackKey) -> PackKey:
        """Makes a draft: a copy of a pack that can be edited."""
        checklist = self.checklist(key)
        name = self._free_name(checklist.id)
        with plain_refusals(self._drafts), _staged(self._drafts) as staged:
            save_checklist(checklist, staged)
            write_whole(staged / BASE, checklist_to_bytes(checklist))
            staged.rename(self._drafts / name)
        return PackKey("draft", name)

    def take_in(self, workbook: Path) -> TakenIn:
        """Makes a draft of a form's workbook (XLSForm). What can't be carried is said line by line, never dropped silently."""
        try:
            imported = import_form(workbook)
        except FormError as error:
            return TakenIn(None, error.message, tuple(note.sentence for note in error.not_carried))
        name = self._free_name(imported.checklist.id)
        with plain_refusals(self._drafts), _staged(self._drafts) as staged:
            save_checklist(imported.checklist, staged)
            staged.rename(self._drafts / name)
        said = msgs(
            "{n} question came from {file}. This is a draft of it.",
            "{n} questions came from {file}. This is a draft of them.",
            len(imported.checklist.questions),
            file=workbook.name,
        )
        return TakenIn(PackKey("draft", name), said, tuple(note.sentence for note in imported.not_carried))

    def discard(self, key: PackKey) -> Path:
        """Puts a draft away: it is no longer listed, and gives the folder where it lies for whoever wants it back."""
        folder = self.folder(_draft(key))
        away = self._drafts / DISCARDED
        with plain_refusals(away):
            make_folder(away)
            target = away / f"{key.name}-{uuid4().hex[:8]}"
            folder.rename(target)
        return target

    def edit(self, key: PackKey, spot: Spot, path: str, text: str, before: str) -> datetime:
        """Saves one field as it was typed; durable when this returns. Gives the moment."""
        change(self.folder(_draft(key)), spot, path, text, before)
        return datetime.now(UTC)

    def check(self, key: PackKey) -> Checked:
        """What is wrong with a draft as it is saved, and the version it would become."""
        folder = self.folder(_draft(key))
        return examine(folder, _base(folder))

    def publish(self, key: PackKey) -> Published:
        """Keeps a draft that passes every check as a pack of this device, under its next version."""
        folder = self.folder(_draft(key))
        checked = examine(folder, _base(folder))
        if checked.checklist is None or checked.proposal is None:
            raise KnownError("draft_wrong", msg("The draft still has problems. Repair them, then publish."))
        if checked.proposal.kind == "none":
            raise KnownError(
                "draft_unchanged",
                msg(
                    "Nothing has changed since {version}. Change something first.",
                    version=checked.proposal.version,
                ),
            )
        change(folder, Spot(PACK), "version", checked.proposal.version, checked.checklist.version)
        checklist = load_checklist(folder)
        published = self._keep(checklist)
        write_whole(folder / BASE, checklist_to_bytes(checklist))
        return published

    def published(self) -> tuple[Published, ...]:
        """What was published here: packs that a visit can be started with, none signed by the programme."""
        packs = [(path, load_checklist(path)) for path in _folders(self._published)]
        return tuple(Published(pack.sha256, path, pack.version) for path, pack in packs)

    def export(self, key: PackKey, target: Path) -> Path:
        """Writes a pack as a folder into `target`, to be handed on."""
        checklist = self.checklist(key)
        return save_checklist(checklist, target / f"{checklist.id}-{checklist.version}")

    def export_workbook(self, key: PackKey, file: Path) -> int:
        """Writes a pack as a form's workbook; gives how many things other tools won't know of it."""
        return len(export_workbook(self.checklist(key), file))

    def _keep(self, checklist: Checklist) -> Published:
        name = f"{checklist.id}-{checklist.version}-{checklist.sha256[:8]}"
        path = self._published / name
        if not path.is_dir():
            with plain_refusals(self._published), _staged(self._published) as staged:
                save_checklist(checklist, staged)
                staged.rename(path)
        return Published(checklist.sha256, path, checklist.version)

    def _free_name(self, pack_id: str) -> str:
        number = 1
        while (self._drafts / _numbered(pack_id, number)).exists():
            number += 1
        return _numbered(pack_id, number)


def _opened(key: PackKey, pack: Checklist, standing: PackStanding) -> OpenPack:
    files = {name: tree for name, tree in trees_of(pack).items() if "/" not in name}
    return OpenPack(key, pack.version, sheets_of(files, pack.references), standing)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


def _draft(key: PackKey) -> PackKey:
    if key.kind != "draft":
        raise KnownError("not_a_draft", msg("Only a draft can be edited. Make a draft of this checklist."))
    return key


def _folders(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))


@contextmanager
def _staged(root: Path) -> Iterator[Path]:
    """A folder to fill and then to rename; gone when that didn't happen."""
    make_folder(root)
    staged = root / f".new-{uuid4().hex}"
    try:
        yield staged
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _base(folder: Path) -> Checklist | None:
    """The checklist that a draft was made from; None when it isn't there or can't be read."""
    try:
        return checklist_from_bytes((folder / BASE).read_bytes())
    except (OSError, KnownError):  # a folder that was brought here by hand has none
        return None


def _line(key: PackKey, folder: Path) -> PackLine:
    """A pack's line from its first file alone: a list doesn't read whole packs."""
    changed = max((os.stat(path).st_mtime for path in folder.glob("*.yaml")), default=0.0)
    moment = datetime.fromtimestamp(changed, UTC)
    try:
        head = read_tree((folder / PACK).read_bytes())
    except (OSError, TreeError):  # opened, it says what is wrong
        head = None
    texts = {name: written(value_at(head, f"title.{name}")) or key.name for name in ("en", "es", "fr")}
    title = Text(**texts) if isinstance(head, dict) else None
    return PackLine(
        key, title, written(value_at(head, "id")), written(value_at(head, "version")), changed_at=moment
    )
