"""README and docs: links lead somewhere, commands exist, words of the window are the window's, pictures are there."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer
from babel.messages.pofile import read_po

from greenaudit.cli.commands import app

ROOT = Path(__file__).parent.parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
PICTURES = ROOT / "docs" / "pictures"
LARGEST, ALL_TOGETHER = 90_000, 1_200_000
ROOTS = ("greenaudit", "ui", "tests", "docs", "packaging", "resources")

FLOORS = (
    *(
        f"greenaudit/{name}"
        for name in ("domain", "rules", "store", "packs", "signing", "reports", "wire", "sync")
    ),
    "greenaudit/services",
    "greenaudit/server",
    "ui",
)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> list[str]:
    found = re.findall(r"\]\(([^)\s]+)\)", text_of(page))
    return [link for link in found if not link.startswith(("https://", "http://"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        goal = page.parent / path if path else page
        assert goal.exists(), f"{page.name}: {link}"
        if anchor:
            assert anchor in anchors(goal), f"{page.name}: {link}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_is_named_exists(page: Path) -> None:
    for span in re.findall(r"`([\w./-]+/[\w./-]*)`", text_of(page)):
        if span.split("/")[0] in ROOTS:
            assert (ROOT / span).exists(), f"{page.name}: {span}"


def test_every_picture_is_small_and_shown() -> None:
    pictures = sorted(PICTURES.glob("*.png"))
    shown = {Path(link).name for page in PAGES for link in links(page) if link.endswith(".png")}
    assert {picture.name for picture in pictures} == shown
    sizes = [picture.stat().st_size for picture in pictures]
    assert max(sizes) <= LARGEST
    assert sum(sizes) <= ALL_TOGETHER


def command_lines(page: Path) -> Iterator[list[str]]:
    """The words after `greenaudit` in every code span and code line; `a|b` are two command lines."""
    text = text_of(page).replace("\\|", "|")
    fenced = "\n".join(re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE))
    spans = re.findall(r"`(greenaudit [^`\n]+)`", text)
    for line in (*fenced.splitlines(), *spans):
        found = re.search(r"(?:^|[\\/ ])greenaudit ([a-z].*)", line)
        if found:
            words = shlex.split(found.group(1), comments=True)
            place = next((n for n, word in enumerate(words) if "|" in word), None)
            if place is None:
                yield words
            else:
                for word in words[place].split("|"):
                    yield [*words[:place], word, *words[place + 1 :]]


def options_of(words: list[str]) -> set[str] | None:
    """The options of the command that words name; None when there is no such command."""
    command, left = typer.main.get_command(app), list(words)
    while hasattr(command, "commands"):
        if not left or left[0] not in command.commands:
            return None
        command = command.commands[left.pop(0)]
    return {name for parameter in command.params for name in parameter.opts}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_named_exists_with_its_options(page: Path) -> None:
    for words in command_lines(page):
        line, known = " ".join(words), options_of(words)
        assert known is not None, f"{page.name}: greenaudit {line}"
        assert {word for word in words if word.startswith("--")} <= known, f"{page.name}: greenaudit {line}"


def leaves(command: object, name: str = "") -> Iterator[str]:
    """Every command line that does something."""
    below = getattr(command, "commands", None)
    if below is None:
        yield name.strip()
    for word, inner in (below or {}).items():
        yield from leaves(inner, f"{name} {word}")


def test_every_command_but_those_that_are_named_speaks_json() -> None:
    silent = {
        line
        for line in leaves(typer.main.get_command(app))
        if "--json" not in (options_of(line.split()) or ())
    }
    said = re.search(r"Each takes `--json` \(but [^:]*: ([^)]*)\)", text_of(ROOT / "README.md"))
    assert said is not None
    assert silent == set(re.findall(r"`([^`]+)`", said.group(1)))


def named(requirement: str) -> str:
    """The library of a requirement, in the table's spelling or in pyproject's."""
    return re.split(r"[\[<>=~!; ]", requirement.strip().lower())[0].replace("_", "-")


def test_each_library_has_its_reason_and_each_reason_its_library() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *extras["ui"], *extras["server"]]
    table = text_of(ROOT / "docs" / "architecture.md").partition("\n## Dependencies")[2]
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", table, re.MULTILINE)
    reasoned = {named(name) for row in rows if row != "library" for name in row.split(",")}
    assert reasoned == {named(requirement) for requirement in needed}


def map_of(house: Path) -> str:
    """The row of the map for a folder; `a`, `b` share one."""
    drawn = text_of(ROOT / "docs" / "architecture.md")
    name = house.relative_to(ROOT).as_posix()
    return next(
        row for row in drawn.splitlines() if row.startswith("| ") and f"`{name}/`" in row.split("|")[1]
    )


@pytest.mark.parametrize("floor", FLOORS)
def test_the_map_names_only_what_is_there(floor: str) -> None:
    folder = ROOT / floor
    houses = [ROOT / name.strip("/") for name in re.findall(r"`([\w/]+)`", map_of(folder).split("|")[1])]
    for names in re.findall(r"`([^`]+)`", map_of(folder).split("|")[2]):
        for name in names.split():
            stem = name.rstrip("/")
            found = [
                house / stem
                for house in houses
                if (house / stem).is_dir() or (house / f"{stem}.py").is_file()
            ]
            assert found or list(folder.glob(f"{name.rstrip('…')}*.py")), f"{floor}: {name}"


@pytest.mark.parametrize("floor", FLOORS)
def test_the_map_names_every_folder_of_a_floor(floor: str) -> None:
    rooms = [room.name for room in (ROOT / floor).iterdir() if (room / "__init__.py").exists()]
    assert [room for room in rooms if not re.search(rf"\b{room}\b", map_of(ROOT / floor))] == []


@cache
def sentences() -> list[str]:
    """Every English sentence that the product can say."""
    ids: list[str] = []
    for path in sorted((ROOT / "resources" / "locale" / "es" / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as stream:
            for entry in read_po(stream):
                ids += [entry.id] if isinstance(entry.id, str) else list(entry.id)
    return [sentence for sentence in ids if sentence]


def test_what_the_guide_prints_bold_is_what_the_window_says() -> None:
    bold = re.findall(r"\*\*([^*]+)\*\*", text_of(ROOT / "docs" / "guide.md"))
    assert len(bold) > 20
    assert sorted(set(bold) - set(sentences())) == []


def test_the_sentences_that_the_guide_answers_are_said() -> None:
    table = text_of(ROOT / "docs" / "guide.md").partition("| it says | do |")[2]
    quoted = re.findall(r'^\| "([^"]+)" \|', table, re.MULTILINE)
    assert len(quoted) > 10
    said = [re.sub(r"\{\w+\}", "…", sentence) for sentence in sentences()]
    for sentence in quoted:
        parts = [part.strip() for part in sentence.split("…") if part.strip()]
        assert any(all(part in whole for part in parts) for whole in said), sentence
