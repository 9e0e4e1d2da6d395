"""Hostile files are refused with a sentence before they grow, run or hide anything."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from greenaudit.packs import PackError, load_checklist
from greenaudit.packs.characters import hidden_character
from greenaudit.packs.yaml_tree import MAX_BYTES, MAX_NODES, TreeError, read_tree
from tests.helpers.checklists import raw_question, words, write_pack

BOMB = "a: &a [x, x, x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a, *a]" for n in range(9))


def refused(data: str | bytes) -> TreeError:
    with pytest.raises(TreeError) as caught:
        read_tree(data.encode("utf-8") if isinstance(data, str) else data)
    assert str(caught.value.message).endswith(".")
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        (BOMB, 1, "Anchors and aliases"),
        ("a: *b\n", 1, "Anchors and aliases"),
        ("a: 1\n<<: {b: &c 2}\n", 2, "Anchors and aliases"),
        ("a: !!python/object/apply:os.system ['true']\n", 1, "Tags such as"),
        ("a: !!binary aGk=\n", 1, "Tags such as"),
        ("a: 1\na: 2\n", 2, "'a' stands here twice"),
        ("{a: {b: 1, b: 2}}", 1, "'b' stands here twice"),
        ("? [a]\n: 1\n", 1, "must be a word"),
        ("[" * 100, 1, "more than 20 deep"),
        ("[" * 100_000, 1, "nesting depth"),
        ("a: 1\n---\nb: 2\n", 2, "more than one document"),
        ("a: 'open\n", 2, "This isn't YAML"),
        ("a: b: c\n", 1, "This isn't YAML"),
        ("a: 1\nb: \x07\n", 2, "U+0007"),
        ("a: 1\rb: 2", 1, "U+000D"),
        ("a: '" + "x" * 20_001 + "'", 1, "at most 20000 characters"),
        ('a: "\\u202Ereversed"', 1, "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("a: in\u200bvisible", 1, "U+200B ZERO WIDTH SPACE"),
        ('a: "\\e[31m"', 1, "U+001B"),
        ('"a\\u2066": 1', 1, "U+2066"),
    ],
    ids=range(20),
)
def test_what_is_unfit_is_refused_with_its_line(text: str, line: int, part: str) -> None:
    error = refused(text)
    assert error.line == line
    assert part in str(error.message)


def test_size_is_bounded() -> None:
    assert "larger than 4 MB" in str(refused(b"a" * (MAX_BYTES + 1)).message)
    assert "entries" in str(refused("[" + "1," * (MAX_NODES + 1) + "]").message)


def test_only_utf8_is_read() -> None:
    assert "UTF-8" in str(refused(b"a: \xff").message)
    assert read_tree(b"\xef\xbb\xbfa: b") == {"a": "b"}


def test_words_stay_words_and_only_whole_numbers_are_numbers() -> None:
    text = "[no, yes, on, NO, true, false, null, ~, 1, -2, 007, 1.50, 0x1F, 1_000, 2026-11-23, 12:30, '1', 'true']"
    assert read_tree(text.encode()) == [
        *("no", "yes", "on", "NO", True, False, None, None, 1, -2, "007", "1.50", "0x1F", "1_000"),
        *("2026-11-23", "12:30", "1", "true"),
    ]  # fmt: skip


def test_line_ends_of_every_system_are_read() -> None:
    assert read_tree(b"a: 1\r\nb: |\r\n  x\r\n  y\r\n") == {"a": 1, "b": "x\ny\n"}


def test_an_empty_file_holds_nothing() -> None:
    assert read_tree(b"") is None
    assert read_tree(b"# only a remark\n") is None


@pytest.mark.parametrize("sign", ["\u00a0", "\u202f", "é", "’", "★", "≤", "\n", "\t", "水", "😀"])
def test_signs_that_people_use_are_welcome(sign: str) -> None:
    assert hidden_character(f"a{sign}b") is None


def test_a_hostile_text_names_file_and_line(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, raw_question(text=words("a\u202eb")))
    with pytest.raises(PackError) as caught:
        load_checklist(folder)
    problem = caught.value.problems[0]
    assert problem.file == "CHEM-STO.yaml"
    assert problem.line > 1
    assert "hides or reorders" in str(problem.message)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pack.yaml")
    with pytest.raises(PackError) as caught:
        load_checklist(tmp_path)
    assert "missing or can't be opened" in str(caught.value.problems[0].message)
