"""YAML read as plain text, numbers, lists and mappings; nothing in it can run, expand or surprise.

The parser's events are judged one by one, so that a hostile file is refused before it grows: no aliases, no tags,
no duplicate keys, bounded depth and size. Words such as `no` stay words; only `true` and `false` are yes and no.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from greenaudit.messages import Message, msg
from greenaudit.packs.characters import hidden_character

MAX_BYTES = 4_000_000
MAX_TEXT = 20_000
MAX_DEPTH = 20
MAX_NODES = 500_000

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Block(dict[str, object]):
    """A mapping that knows the line it begins on."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


class TreeError(Exception):
    """A file that can't be read, with the line (0: the whole file)."""

    def __init__(self, line: int, message: Message) -> None:
        super().__init__(str(message))
        self.line = line
        self.message = message


def file_bytes(path: Path) -> bytes:
    """A file's bytes, no more than are needed to see that it is too large. OSError for what is no file."""
    if not path.is_file():  # a pipe would be waited for, a device read without end
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def read_tree(data: bytes) -> object:
    """The one document of a YAML file. Raises TreeError with a sentence for anything unfit."""
    if len(data) > MAX_BYTES:
        raise TreeError(0, msg("The file is larger than {limit} MB.", limit=MAX_BYTES // 1_000_000))
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise TreeError(0, msg("The file isn't UTF-8 text.")) from error
    _refuse_hidden(text, 1)
    builder = _Builder()
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.YAMLError as error:
        line = _line(getattr(error, "problem_mark", None))
        raise TreeError(
            line, msg("This isn't YAML: {why}.", why=getattr(error, "problem", None) or error)
        ) from error
    return builder.root


def _events(text: str) -> Iterator[yaml.Event]:
    return yaml.parse(text, Loader=_LOADER)


def _line(mark: Any) -> int:
    """The line of a parser's mark, from 1; 0 when there is none."""
    return 0 if mark is None else int(mark.line) + 1


def _refuse_hidden(text: str, line: int) -> None:
    """Refuses a text with a character that hides or reorders; `line` is where the text begins."""
    found = hidden_character(text)
    if found is not None:
        message = msg("A text holds a character that hides or reorders text: {sign}.", sign=found.name)
        raise TreeError(line + text.count("\n", 0, found.position), message)


class _Builder:
    """Builds the tree from events; a stack of open lists and blocks, so that depth costs no recursion."""

    def __init__(self) -> None:
        self.root: object = None
        self._open: list[list[object] | Block] = []
        self._keys: list[str | None] = []
        self._documents = 0
        self._nodes = 0

    def take(self, event: yaml.Event) -> None:
        """Judges one event and puts it in its place."""
        line = _line(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event, line)
            self._place(self._scalar(event, line), line, text=event.value)
        elif isinstance(event, yaml.MappingStartEvent):
            self._refuse_marks(event, line)
            self._enter(Block(line), line)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._refuse_marks(event, line)
            self._enter([], line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise TreeError(line, msg("Anchors and aliases (& and *) aren't allowed; write the text out."))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise TreeError(line, msg("The file holds more than one document."))

    def _refuse_marks(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor is not None:
            raise TreeError(line, msg("Anchors and aliases (& and *) aren't allowed; write the text out."))
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise TreeError(line, msg("Tags such as {tag} aren't allowed.", tag=tag[:80]))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> str | int | bool | None:
        value: str = event.value
        if len(value) > MAX_TEXT:
            raise TreeError(line, msg("A text has at most {limit} characters.", limit=MAX_TEXT))
        if event.style == '"':  # what was escaped stands here in the clear
            _refuse_hidden(value, line)
        if event.style:  # quoted or a block: a text, whatever it says
            return value
        if value in _WORDS:
            return _WORDS[value]
        return int(value) if _WHOLE.fullmatch(value) else value

    def _enter(self, node: list[object] | Block, line: int) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise TreeError(line, msg("Lists or fields are nested more than {limit} deep.", limit=MAX_DEPTH))
        self._place(node, line, text=None)
        self._open.append(node)
        self._keys.append(None)

    def _place(self, node: object, line: int, *, text: str | None) -> None:
        """Puts a node into what is open; in a block every other node is a key, taken as it is written."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise TreeError(line, msg("The file holds more than {limit} entries.", limit=MAX_NODES))
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, list):
            parent.append(node)
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = self._as_key(parent, text, line)
        else:
            parent[key] = node
            self._keys[-1] = None

    def _as_key(self, parent: Block, text: str | None, line: int) -> str:
        if text is None:
            raise TreeError(line, msg("The name of a field must be a word."))
        if text in parent:
            raise TreeError(line, msg("The field '{name}' stands here twice.", name=text[:80]))
        return text
