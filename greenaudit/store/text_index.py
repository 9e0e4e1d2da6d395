"""Full text in memory: SQLite's FTS5 over texts that are derived and can be thrown away. Nothing of it is on a disk.

What is typed is words, never a query: each is looked for as a beginning, without accents or case. `folded` is the
one rule for what is typed, for the index, and for texts that are looked through as they stand: CO₂ is found by
`co2`, main-d'œuvre by `oeuvre`.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import sqlcipher3.dbapi2 as sqlite

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
MOST_TYPED = 200
MOST_WORDS = 12
AROUND = 90
"""How many signs of a text are shown around what was found."""


class Entry(NamedTuple):
    """A text to be found: what it belongs to, which part of it, and how early that part is listed (0 first)."""

    key: str
    part: str
    rank: int
    text: str


class Found(NamedTuple):
    """A text that has all the words, with the words around the first of them."""

    key: str
    part: str
    snippet: str


class TextIndex:
    """An index over texts. Safe to use from any thread.

    What is found comes by rank and then in the order of the texts, so that a list only gets shorter as one types on.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = sorted(entries, key=lambda entry: entry.rank)
        self._lock = threading.Lock()
        self._connection = sqlite.connect(":memory:", check_same_thread=False)
        # Words are parted by blanks before they come here, so the index has no rule of its own for what a word is.
        self._connection.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(body, content = '', tokenize = 'ascii', prefix = '1 2 3')"
        )
        spread = ((number, spread_out(entry.text)) for number, entry in enumerate(self._entries))
        self._connection.executemany("INSERT INTO texts (rowid, body) VALUES (?, ?)", spread)
        self._connection.commit()

    def find(self, typed: str, limit: int = 100, among: Container[str] | None = None) -> tuple[Found, ...]:
        """The texts that have every typed word as the beginning of one of theirs; `among` names whose are wanted."""
        words = words_of(typed)
        found: list[Found] = []
        if not words:
            return ()
        query = " ".join(f'"{word}" *' for word in words)
        with self._lock:
            rows = self._connection.execute(
                "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid", (query,)
            )
            for (number,) in rows:
                entry = self._entries[number]
                if among is None or entry.key in among:
                    found.append(Found(entry.key, entry.part, around(entry.text, words)))
                if len(found) == limit:
                    break
            rows.close()
        return tuple(found)

    def close(self) -> None:
        """Throws the index away."""
        with self._lock:
            self._connection.close()


def words_of(typed: str) -> tuple[str, ...]:
    """The words of what was typed, folded: quotes, operators, control signs and the like are no words."""
    return tuple(_WORD.findall(folded(typed[:MOST_TYPED])))[:MOST_WORDS]


def folded(text: str) -> str:
    """A text without case, accents, and signs that are joined, raised or lowered."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    return _MARKS.sub("", unicodedata.normalize("NFKD", plain.replace("œ", "oe").replace("æ", "ae")))


def spread_out(text: str) -> str:
    """The words of a text, folded, each after a blank."""
    return " " + " ".join(_WORD.findall(folded(text)))


_remembered = lru_cache(maxsize=8_192)(spread_out)


def matches(text: str, words: Sequence[str]) -> bool:
    """Whether a text has every word as the beginning of one of its own: the index's rule, for texts that just came."""
    own = _remembered(text)
    return all(f" {word}" in own for word in words)


def around(text: str, words: Sequence[str], length: int = AROUND) -> str:
    """A piece of a text around the first word that is found in it."""
    flat = unicodedata.normalize("NFC", " ".join(text.split()))
    if len(flat) <= length:
        return flat
    first = next((m.start() for m in _WORD.finditer(flat) if folded(m.group()).startswith(tuple(words))), 0)
    start = max(0, first - length // 3)
    piece = flat[start : start + length]
    return f"{'…' if start else ''}{piece}{'…' if start + length < len(flat) else ''}"
