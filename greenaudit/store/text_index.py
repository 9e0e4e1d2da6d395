"""Full text in memory: SQLite's FTS5 over texts that are derived and can be thrown away. Nothing of it is on a disk.

What is typed is words, never a query: each is quoted and looked for as a beginning, without accents or case.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlcipher3.dbapi2 as sqlite

_WORD = re.compile(r"[^\W_]+")
MOST_TYPED = 200
MOST_WORDS = 12


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
    """An index over texts. Safe to use from any thread."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite.connect(":memory:", check_same_thread=False)
        self._connection.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(key UNINDEXED, part UNINDEXED, rank_ UNINDEXED, body, "
            "tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')"
        )
        self._connection.executemany("INSERT INTO texts VALUES (?, ?, ?, ?)", entries)
        self._connection.commit()

    def find(self, typed: str, limit: int = 100) -> tuple[Found, ...]:
        """The texts that have every typed word as the beginning of one of theirs, the best first."""
        words = words_of(typed)
        if not words:
            return ()
        query = "body : " + " ".join(f'"{word}" *' for word in words)
        with self._lock:
            best = self._connection.execute(
                "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank_, bm25(texts), rowid LIMIT ?",
                (query, limit),
            ).fetchall()
            rows = [self._shown(query, rowid) for (rowid,) in best]
        return tuple(rows)

    def _shown(self, query: str, rowid: int) -> Found:
        """The snippet costs most: it is made only for what is shown."""
        row = self._connection.execute(
            "SELECT key, part, snippet(texts, 3, '', '', '…', 14) FROM texts WHERE texts MATCH ? AND rowid = ?",
            (query, rowid),
        ).fetchone()
        return Found(*row)

    def close(self) -> None:
        """Throws the index away."""
        with self._lock:
            self._connection.close()


def words_of(typed: str) -> tuple[str, ...]:
    """The words of what was typed, folded: quotes, operators, control signs and the like are no words."""
    return tuple(_WORD.findall(folded(typed[:MOST_TYPED])))[:MOST_WORDS]


def folded(text: str) -> str:
    """A text without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def matches(text: str, words: Sequence[str]) -> bool:
    """Whether a text has every word as the beginning of one of its own: the index's rule, for texts that just came."""
    own = _WORD.findall(folded(text))
    return all(any(mine.startswith(word) for mine in own) for word in words)


def around(text: str, words: Sequence[str], length: int = 90) -> str:
    """A piece of a text around the first word that is found in it."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    places = [m.start() for m in _WORD.finditer(flat) if folded(m.group()).startswith(tuple(words))]
    start = max(0, (places[0] if places else 0) - length // 3)
    piece = flat[start : start + length]
    return f"{'…' if start else ''}{piece}{'…' if start + length < len(flat) else ''}"
