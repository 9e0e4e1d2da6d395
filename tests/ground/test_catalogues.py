"""Three languages, whole: every sentence in the code stands in both catalogues, with its places kept."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"msg": None, "msgs": (1, 2), "tr": None, "Message": None}
PLACE = re.compile(r"\{([a-z_]*)")

OF_LIBRARIES = frozenset(
    {"&Cancel", "&Close", "&Copy", "&No", "&OK", "&Open", "&Paste", "&Redo", "&Save", "&Undo", "&Yes", "Cu&t"}
    | {"Delete", "Hide Details...", "OK", "Select All", "Show Details...", "Show this message and exit."}
)
"""What Qt and the command line's parser say by themselves."""

Sentence = str | tuple[str, ...]


@lru_cache(maxsize=1)
def sentences_in_code() -> dict[Sentence, str]:
    """Every sentence marked in the code, with the file that says it first."""
    found: dict[Sentence, str] = {}
    for folder in ("greenaudit", "ui"):
        for name, line, sentence, *_ in extract_from_dir(
            str(ROOT / folder), method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            found.setdefault(sentence, f"{folder}/{name}:{line}")
    return found


@lru_cache(maxsize=2)
def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """All translations of a language: sentence to its forms."""
    forms: dict[str, tuple[str, ...]] = {}
    for path in sorted((ROOT / "resources" / "locale" / language).rglob("*.po")):
        with path.open("rb") as stream:
            for entry in read_po(stream, locale=language):
                if not entry.id:
                    continue
                assert not entry.fuzzy, f"{path.name}: {entry.id!r} is marked fuzzy"
                key = entry.id if isinstance(entry.id, str) else entry.id[0]
                new = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)
                assert forms.setdefault(key, new) == new, (
                    f"{path.name}: {key!r} is translated twice, differently"
                )
    return forms


def places(text: str) -> set[str]:
    return set(PLACE.findall(text))


@pytest.mark.parametrize("language", ["es", "fr"])
def test_every_sentence_is_translated(language: str) -> None:
    known = catalogue(language)
    missing = [
        f"{where}: {sentence!r}"
        for sentence, where in sentences_in_code().items()
        if not all(known.get(sentence if isinstance(sentence, str) else sentence[0], ("",)))
    ]
    assert not missing, f"{len(missing)} sentences lack {language}:\n" + "\n".join(missing)


@pytest.mark.parametrize("language", ["es", "fr"])
def test_translations_keep_their_places(language: str) -> None:
    wrong = []
    for key, forms in catalogue(language).items():
        expected = places(key)
        wrong += [f"{key!r} -> {form!r}" for form in forms if places(form) - {"n"} != expected - {"n"}]
    assert not wrong, "\n".join(wrong)


def test_the_code_says_something() -> None:
    assert len(sentences_in_code()) > 50


@lru_cache(maxsize=1)
def texts_in_code() -> tuple[frozenset[str], str]:
    """Every string constant of the code, and all that its docstrings and the endpoint's pages say, in one line."""
    constants, running = set[str](), list[str]()
    for folder in ("greenaudit", "ui"):
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            constants |= {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
        running += [path.read_text(encoding="utf-8") for path in (ROOT / folder).rglob("*.html")]
    running += [text for text in constants if "\n" in text or text.endswith(".")]
    return frozenset(constants), " ".join(" ".join(running).split())


def test_no_catalogue_keeps_what_nothing_says_any_more() -> None:
    constants, running = texts_in_code()
    unused = [key for key in catalogue("es") if key not in constants | OF_LIBRARIES and key not in running]
    assert not unused, (
        f"{len(unused)} sentences are in the catalogues and nowhere in the code:\n" + "\n".join(unused)
    )
    assert set(catalogue("es")) == set(catalogue("fr"))
