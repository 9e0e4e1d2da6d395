"""A pack is judged whole: every mistake comes with its file, its question, its field and a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from greenaudit.domain.checklists import CutsAnswer
from greenaudit.packs import PackError, Problem, load_checklist
from greenaudit.paths import resource
from tests.helpers.checklists import raw_question, words, write_pack


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(PackError) as caught:
        load_checklist(folder)
    return caught.value.problems


def the_problem(folder: Path) -> Problem:
    (problem,) = problems_of(folder)
    return problem


def test_a_good_pack_loads_in_its_order(tmp_path: Path) -> None:
    pack = load_checklist(write_pack(tmp_path, raw_question("CHEM-STO-02"), raw_question("CHEM-STO-01")))
    assert [q.id for q in pack.questions] == ["CHEM-STO-02", "CHEM-STO-01"]
    assert pack.section("CHEM-STO").title.fr == "Storage (fr)"
    assert pack.questions[0].module == "CHEM"
    assert list(pack.references) == ["us.264-175"]


def test_numbers_in_a_pack_stay_exact(tmp_path: Path) -> None:
    answer = {"kind": "cuts", "better": "low", "cuts": [1, 0.5, 0.2, 0.05], "unit": "%"}
    pack = load_checklist(write_pack(tmp_path, raw_question(answer=answer, levels=None)))
    found = pack.questions[0].answer
    assert isinstance(found, CutsAnswer)
    assert [str(cut) for cut in found.cuts] == ["1", "0.5", "0.2", "0.05"]


def test_the_core_checklist_loads() -> None:
    pack = load_checklist(resource("checklists", "core"))
    assert {q.module for q in pack.questions} == {"CHEM", "WAST", "ENER", "FOUN"}
    assert len(pack.areas) == 24
    assert {a for q in pack.questions for a in q.areas} <= {a.id for a in pack.areas}


def test_every_file_of_the_core_checklist_is_named_in_it() -> None:
    folder = resource("checklists", "core")
    files = {path.stem for path in folder.glob("*.yaml")} - {"pack", "areas"}
    assert {section.id for section in load_checklist(folder).sections} == files


OPTIONS = [{"id": "a", "label": words("A"), "level": 0}, {"id": "b", "label": words("B"), "level": 4}]
CUTS = {"kind": "cuts", "better": "high", "cuts": ["60", "80", "90", "97"], "unit": "%"}
TABLE = {"kind": "table", "columns": [{"id": "c", "label": words("C")}]}


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in raw_question().items() if name != key}


BROKEN: list[tuple[dict[str, Any], str, str]] = [
    (raw_question(text={"en": "A", "es": "B"}), "text.fr", "The text in French is missing."),
    (raw_question(test={"steps": {"en": "A", "fr": "C"}, "minutes": 1, "tool": words("x")}), "test.steps.es",
     "The text in Spanish is missing."),
    (raw_question(text={**words("A"), "es": "  "}), "text.es", "This text is blank."),
    (raw_question(text={**words("A"), "es": ""}), "text.es", "This text is blank."),
    (raw_question(text={**words("A"), "de": "x"}), "text.de", "GreenAudit doesn't know this field."),
    (raw_question(text={**words("A"), "fr": 5}), "text.fr", "Expected a text"),
    (raw_question(text="A"), "text", "Expected fields with names."),
    (without("why"), "why", "This field is missing."),
    (raw_question(colour="red"), "colour", "GreenAudit doesn't know this field."),
    (raw_question(areas=["A01", "A99"]), "areas", "There is no area 'A99'."),
    (raw_question(areas=[]), "areas", "There are 0 entries here"),
    (raw_question(areas="A01"), "areas", "Expected a list."),
    (raw_question(weight=4), "weight", "out of range"),
    (raw_question(weight=-1), "weight", "out of range"),
    (raw_question(weight="two"), "weight", "Expected a whole number."),
    (raw_question(weight=True), "weight", "'true' and 'false'"),
    (raw_question(critical="maybe"), "critical", "Expected true or false."),
    (raw_question(critical=True, weight=0), "critical", "needs a weight"),
    (raw_question(gate="told"), "gate", "'told' isn't one of"),
    (raw_question(metrics=["CMP", "XX"]), "metrics", "There is no metric 'XX'."),
    (raw_question(opportunity="9.99"), "opportunity", "There is no opportunity '9.99'."),
    (raw_question(references={"US": ["us.nothing"]}), "references.US", "There is no reference 'us.nothing'"),
    (raw_question(references={"MX": ["us.264-175"]}), "references.MX", "There is no reference 'us.264-175'"),
    (raw_question(references={"BR": []}), "references.BR", "There is no country 'BR'"),
    (raw_question(references={"US": "us.hcs"}), "references.US", "Expected a list."),
    (without("levels"), "levels", "needs its five anchors"),
    (raw_question(levels=[words("A")] * 4), "levels.4", "This field is missing."),
    (raw_question(answer={"kind": "dance"}), "answer", "'dance' isn't one of"),
    (raw_question(answer={}), "answer", "This field is missing."),
    (raw_question(answer={**CUTS, "cuts": ["97", "90", "80", "60"]}), "answer.cuts", "cuts rise"),
    (raw_question(answer={**CUTS, "better": "low"}), "answer.cuts", "cuts fall"),
    (raw_question(answer={**CUTS, "cuts": ["1", "2", "3"]}), "answer.cuts.3", "This field is missing."),
    (raw_question(answer={**CUTS, "cuts": ["1", "2", "3", "x"]}), "answer.cuts.3", "Expected a number"),
    (raw_question(answer={**CUTS, "cuts": ["1", "2", "3", "inf"]}), "answer.cuts.3", "Expected a number"),
    (raw_question(answer={**CUTS, "instead": [{"id": "n", "label": words("None")}]}), "answer.instead", "needs a level"),
    (raw_question(answer={"kind": "options", "choose": "one", "options": [OPTIONS[0], {"id": "b", "label": words("B")}]}),
     "answer.options", "needs a level"),
    (raw_question(answer={"kind": "options", "choose": "one", "options": OPTIONS[:1]}), "answer.options",
     "There is one entry"),
    (raw_question(answer={"kind": "options", "choose": "one", "options": [OPTIONS[0], OPTIONS[0]]}), "answer",
     "'a' stands here twice."),
    (raw_question(answer={"kind": "options", "choose": "one", "options": [OPTIONS[0], {**OPTIONS[1], "flag": "P_SING"}]}),
     "answer.b.flag", "There is no flag 'P_SING'."),
    (raw_question(answer={"kind": "options", "choose": "one", "options": [OPTIONS[0], {**OPTIONS[1], "level": 5}]}),
     "answer.options.1.level", "out of range"),
    (raw_question(answer={"kind": "points", "unit": "m", "points": [["1", "0"], ["1", "4"]]}), "answer.points", "must rise"),
    (raw_question(answer={"kind": "points", "unit": "m", "points": [["1", "0"], ["2", "5"]]}), "answer.points",
     "between 0 and 4"),
    (raw_question(answer={"kind": "text"}), "weight", "A question of kind 'text' isn't scored"),
    (raw_question(weight=0, answer={**TABLE, "rows": 0}), "answer.rows", "out of range"),
    (raw_question(weight=0, answer={**TABLE, "columns": []}), "answer.columns", "There are 0 entries"),
    (raw_question(weight=0, answer={**TABLE, "columns": [{"id": "c", "label": words("C"), "kind": "option"}]}),
     "answer.c", "has options when"),
    (raw_question(weight=0, answer={**TABLE, "columns": [{"id": "c", "label": words("C"), "whole": True}]}),
     "answer.c", "Only a column of numbers"),
    (raw_question(weight=0, answer={**TABLE, "columns": [
        {"id": "c", "label": words("C"), "kind": "number", "least": "2", "most": "1"}]}),
     "answer", "no number fits"),
    (raw_question(weight=0, levels=None, answer={"kind": "number", "unit": "kg", "least": "2", "most": "1"}),
     "answer", "no number fits"),
    (raw_question(weight=0, answer={**TABLE, "columns": TABLE["columns"] * 2}), "answer", "'c' stands here twice."),
    (raw_question(weight=0, answer={**TABLE, "columns": [{"id": "c d", "label": words("C")}]}), "id", "can't be an id"),
    (raw_question(when="P_PAINT and"), "when", "At character 12: Expected a flag"),
    (raw_question(when="P_NOTHING"), "when", "At character 1: There is no flag 'P_NOTHING'."),
    (raw_question(when="sum(chemicals.kg) > 0"), "when", "At character 5: There is no register 'chemicals'."),
    (raw_question(when=7), "when", "Expected a text"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "field", "part"), BROKEN, ids=[f"{n}-{b[1]}" for n, b in enumerate(BROKEN)])
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, raw: dict[str, Any], field: str, part: str
) -> None:
    problem = the_problem(write_pack(tmp_path, raw))
    assert (problem.file, problem.question, problem.field) == ("CHEM-STO.yaml", "CHEM-STO-01", field)
    assert part in str(problem.message)
    assert str(problem.message).endswith(".")


def test_all_mistakes_are_listed_at_once(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path,
        raw_question("CHEM-STO-01", metrics=["XX"], opportunity="none"),
        raw_question("CHEM-STO-02", text={"en": "A"}),
        raw_question("CHEM-STO-03", when="P_"),
    )
    found = problems_of(folder)
    assert [p.question for p in found] == ["CHEM-STO-01"] * 2 + ["CHEM-STO-02"] * 2 + ["CHEM-STO-03"]
    with pytest.raises(
        PackError, match=r"has 5 mistakes\. The first: CHEM-STO.yaml:\d+, CHEM-STO-01, metrics"
    ):
        load_checklist(folder)


def test_an_id_twice_is_found(tmp_path: Path) -> None:
    problem = the_problem(write_pack(tmp_path, raw_question(), raw_question()))
    assert "stands in the pack twice" in str(problem.message)


def test_a_register_twice_is_found(tmp_path: Path) -> None:
    tables = [raw_question(f"CHEM-STO-0{n}", weight=0, answer={**TABLE, "name": "stock"}) for n in (1, 2)]
    assert the_problem(write_pack(tmp_path, *tables)).field == "answer.name"


def test_a_circle_is_found_with_its_questions(tmp_path: Path) -> None:
    def ticking(question_id: str, flag: str, when: str) -> dict[str, Any]:
        options = [{**OPTIONS[0], "flag": flag}, OPTIONS[1]]
        answer = {"kind": "options", "choose": "several", "options": options}
        return raw_question(question_id, answer=answer, levels=None, when=when)

    folder = write_pack(
        tmp_path, ticking("CHEM-STO-01", "FIRED", "STEAM"), ticking("CHEM-STO-02", "STEAM", "FIRED")
    )
    problem = the_problem(folder)
    assert problem.field == "when"
    assert "CHEM-STO-01 → CHEM-STO-02 → CHEM-STO-01" in str(problem.message)


def test_a_total_over_a_named_register_is_understood(tmp_path: Path) -> None:
    columns = [{"id": "kg", "label": words("Kg"), "kind": "number"}, {"id": "name", "label": words("Name")}]
    stock = raw_question(
        "CHEM-STO-01", weight=0, answer={"kind": "table", "columns": columns, "name": "stock"}
    )
    good = raw_question("CHEM-STO-02", when="sum(stock.kg) > 10")
    assert load_checklist(write_pack(tmp_path / "good", stock, good)).by_id["CHEM-STO-02"].when
    bad = raw_question("CHEM-STO-02", when="sum(stock.name) > 10")
    assert "no column of numbers" in str(the_problem(write_pack(tmp_path / "bad", stock, bad)).message)


Change = Callable[[Path], object]


def rewritten(name: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


FILES: list[tuple[Change, str, str]] = [
    (lambda folder: (folder / "pack.yaml").unlink(), "pack.yaml", "missing or can't be opened"),
    (lambda folder: (folder / "CHEM-STO.yaml").unlink(), "CHEM-STO.yaml", "missing or can't be opened"),
    (
        lambda folder: (folder / "CHEM-STO.yaml").write_bytes(b""),
        "CHEM-STO.yaml",
        "Expected fields with names.",
    ),
    (lambda folder: (folder / "pack.yaml").write_text("- a\n"), "pack.yaml", "Expected fields with names."),
    (rewritten("pack.yaml", "version: '1.0'", "version: one"), "pack.yaml", "a version such as 1.0"),
    (rewritten("pack.yaml", "- CHEM-STO", "- ../CHEM-STO"), "pack.yaml", "can't be an id"),
    (rewritten("pack.yaml", "- CHEM-STO", "- CHEM-STO\n- CHEM-STO"), "pack.yaml", "stands here twice"),
    (
        rewritten("CHEM-STO.yaml", "section: CHEM-STO", "section: CHEM-INV"),
        "CHEM-STO.yaml",
        "names the section",
    ),
    (
        rewritten("CHEM-STO.yaml", "module: CHEM", "module: FUEL"),
        "CHEM-STO.yaml",
        "'FUEL' isn't one of: CHEM, WAST, ENER, FOUN.",
    ),
    (rewritten("CHEM-STO.yaml", "questions:", "questions:\n- word"), "CHEM-STO.yaml", "Expected fields"),
]


@pytest.mark.parametrize(
    ("change", "file", "part"), FILES, ids=[f"{n}-{f[2][:20]}" for n, f in enumerate(FILES)]
)
def test_a_broken_file_is_named(tmp_path: Path, change: Change, file: str, part: str) -> None:
    folder = write_pack(tmp_path, raw_question())
    change(folder)
    problem = the_problem(folder)
    assert problem.file == file
    assert part in str(problem.message)


@pytest.mark.parametrize(
    ("text", "part"),
    [("a: b\n", "Expected a list."), ("- {id: A01}\n", "This field is missing."), ("", "Expected a list.")],
)
def test_broken_areas_are_named(tmp_path: Path, text: str, part: str) -> None:
    folder = write_pack(tmp_path, raw_question())
    (folder / "areas.yaml").write_text(text, encoding="utf-8")
    found = problems_of(folder)
    assert found[0].file == "areas.yaml"
    assert part in str(found[0].message)


def test_an_area_twice_is_found(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, raw_question())
    areas = folder / "areas.yaml"
    areas.write_text(areas.read_text(encoding="utf-8") * 2, encoding="utf-8")
    assert "stands here twice" in str(the_problem(folder).message)
