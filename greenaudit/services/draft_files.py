"""The files of a draft: read as trees, changed one field at a time, written whole or not at all.

Every edit begins with what is on the disk, so two windows (or a person with an editor) never undo each other:
a field that changed meanwhile is refused with a sentence, other fields are kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from greenaudit.canonical import sha256_hex
from greenaudit.domain.checklists import Reference
from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.packs.characters import hidden_character
from greenaudit.packs.loading import COUNTRIES
from greenaudit.packs.references import read_references
from greenaudit.packs.saving import dumped
from greenaudit.packs.yaml_tree import MAX_TEXT, TreeError, read_tree
from greenaudit.paths import resource
from greenaudit.services.pack_sheets import (
    MEANT,
    PACK,
    TEXT_LANGUAGES,
    Sheet,
    Spot,
    node_at,
    sheets_of,
    typed,
    value_at,
    written,
)
from greenaudit.store.files import make_folder, read_known, write_whole

BY_HAND = "by-hand"
"""The folder of a draft that keeps files as somebody wrote them, comments and all, before the first edit here."""


class Reading:
    """Reads packs to show them. A file that hasn't changed since isn't read again."""

    def __init__(self) -> None:
        self._trees: dict[Path, tuple[bytes, object]] = {}
        self._rules: dict[Path, tuple[bytes, dict[str, Reference]]] = {}

    def sheets(self, folder: Path) -> tuple[Sheet, ...]:
        """All sheets of a pack's folder."""
        return sheets_of(self._read(folder), self._references(folder))

    def _read(self, folder: Path) -> dict[str, object]:
        """What can be read of a pack's files; what can't is absent (the checks say why)."""
        trees: dict[str, object] = {}
        for path in sorted(folder.glob("*.yaml")):
            try:
                trees[path.name] = self._tree(path)
            except (OSError, TreeError):  # said by the checks, with its line
                continue
        return trees

    def _tree(self, path: Path) -> object:
        data = path.read_bytes()
        kept = self._trees.get(path)
        if kept is None or kept[0] != data:
            kept = self._trees[path] = (data, read_tree(data))
        return kept[1]

    def _references(self, folder: Path) -> dict[str, Reference]:
        """The references that a pack brings, or those that ship."""
        own = folder / COUNTRIES
        place = own if own.is_dir() else resource("countries")
        data = b"".join(path.read_bytes() for path in sorted(place.glob("*.yaml")))
        kept = self._rules.get(place)
        if kept is None or kept[0] != data:
            kept = self._rules[place] = (data, read_references(place)[0])
        return kept[1]


def change(folder: Path, spot: Spot, path: str, text: str, before: str) -> None:
    """Writes what a person typed into one field. `before` is what the field showed until then."""
    _refuse_unfit(text)
    file = folder / spot.file
    data = read_known(file)
    try:
        tree = _plain(read_tree(data))
    except TreeError as error:
        raise KnownError(
            "draft_file_broken",
            msg(
                "{file} can't be read at line {line}: {problem} Repair it first; nothing was written.",
                file=spot.file,
                line=error.line,
                problem=error.message,
            ),
        ) from error
    node = node_at(tree, spot)
    if node is None:
        raise KnownError(
            "draft_moved",
            msg("{name} is no longer in {file}. Open the draft anew.", name=spot.id, file=spot.file),
        )
    now = written(value_at(node, path)) or MEANT.get(path, "")
    if now == written(typed(path, text)):
        return
    if now not in {before, written(typed(path, before))}:
        raise KnownError(
            "draft_changed",
            msg(
                "This was changed elsewhere meanwhile; it now says: {now}. Change yours again to replace it.",
                now=now or "–",
            ),
            now=now,
        )
    as_found = dumped(tree).encode()
    put_at(node, path, typed(path, text))
    _drop_empty(node, path)
    _write(file, tree, data if as_found != data else b"")
    _no_longer_missing(folder, spot, path)


def put_at(node: dict[str, Any], path: str, value: object) -> None:
    """Puts a value at a path, making what is missing on the way."""
    *way, last = path.split(".")
    here: Any = node
    for step, part in enumerate(way):
        key: Any = int(part) if isinstance(here, list) else part
        inside = here[key] if isinstance(here, list) else here.get(part)
        if not isinstance(inside, dict | list):
            below = way[step + 1] if step + 1 < len(way) else last
            inside = {"en": inside} if isinstance(inside, str) and below in TEXT_LANGUAGES else {}
            here[key] = inside
        here = inside
    here[int(last) if isinstance(here, list) else last] = value


def _drop_empty(node: dict[str, Any], path: str) -> None:
    """A photo hint or a safety note that is empty in every language isn't there."""
    name = path.split(".")[0]
    if name in {"photo", "safety"} and not any(
        written(value_at(node, f"{name}.{x}")) for x in TEXT_LANGUAGES
    ):
        node.pop(name, None)


def _write(file: Path, tree: object, by_hand: bytes) -> None:
    data = dumped(tree).encode()
    try:
        read_tree(data)
    except TreeError as error:  # too large or too deep: never write what couldn't be read again
        raise KnownError("draft_unfit", error.message) from error
    if by_hand:
        kept = file.parent / BY_HAND / f"{sha256_hex(by_hand)[:12]}-{file.name}"
        make_folder(kept.parent)
        write_whole(kept, by_hand)
    write_whole(file, data)


def _no_longer_missing(folder: Path, spot: Spot, path: str) -> None:
    """Takes a text that is written now from the pack's list of what nobody has written yet."""
    file = folder / PACK
    tree = _plain(read_tree(read_known(file)))
    listed = tree.get("missing") if isinstance(tree, dict) else None
    if not isinstance(tree, dict) or not isinstance(listed, list):
        return
    whole, _, language = f"{missing_prefix(spot)}{path}".rpartition(".")
    left: list[object] = []
    for entry in listed:
        if entry == whole:
            left += [f"{whole}.{other}" for other in TEXT_LANGUAGES if other != language]
        elif entry != f"{whole}.{language}":
            left.append(entry)
    if left != listed:
        _write(file, {**tree, "missing": left}, b"")


def missing_prefix(spot: Spot) -> str:
    """How the list of missing texts names a spot."""
    if spot.file == PACK:
        return ""
    if spot.file == "areas.yaml":
        return f"areas.{spot.id}."
    return f"questions.{spot.id}." if spot.id else f"sections.{spot.file.removesuffix('.yaml')}."


def _refuse_unfit(text: str) -> None:
    """A text that would make the file unreadable stays in its field until it is repaired."""
    wrong: Message | None = None
    found = hidden_character(text)
    if found is not None:
        wrong = msg("A text holds a character that hides or reorders text: {sign}.", sign=found.name)
    elif len(text) > MAX_TEXT:
        wrong = msg("A text has at most {limit} characters.", limit=MAX_TEXT)
    if wrong is not None:
        raise KnownError("draft_unfit", msg("{problem} It isn't saved yet.", problem=wrong))


def _plain(tree: object) -> Any:
    """Blocks as plain mappings, which can be written again."""
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    return [_plain(part) for part in tree] if isinstance(tree, list) else tree
