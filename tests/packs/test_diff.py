"""What changed between two checklists is said in an assessor's words; what moves scores is major."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from greenaudit.domain.checklists import CutsAnswer, Option, OptionsAnswer, PointsAnswer, Remark, TableAnswer
from greenaudit.domain.text import Text
from greenaudit.i18n import translator
from greenaudit.packs.diff import Change, Difference, difference
from tests.helpers.checklists import checklist, question, text

ONE = "CHEM-STO-01"


def changed(
    old: dict[str, Any], new: dict[str, Any], *, was: str = "1.0", version: str = "1.1"
) -> Difference:
    before = checklist(question(ONE, **old), version=was)
    return difference(before, checklist(question(ONE, **new), version=version))


def only(found: Difference) -> Change:
    (change,) = found.changes
    return change


def options(*levels: int | None, flag: str = "", label: str = "A") -> dict[str, Any]:
    found = [Option(id=f"o{n}", label=text(label), level=level, flag=flag) for n, level in enumerate(levels)]
    return {"answer": OptionsAnswer(choose="one", options=tuple(found)), "levels": None}


def cuts(*values: int, **changes: Any) -> dict[str, Any]:
    made = {"better": "high", "cuts": [Decimal(value) for value in values], "unit": "%", **changes}
    return {"answer": CutsAnswer.model_validate(made), "levels": None}


def table(*columns: str, label: str = "L") -> dict[str, Any]:
    made = [{"id": name, "label": text(label)} for name in columns]
    return {"answer": TableAnswer.model_validate({"columns": made}), "levels": None, "weight": 0}


def test_the_same_checklist_has_not_changed() -> None:
    found = changed({}, {})
    assert (found.changes, found.needs, found.enough) == ((), "nothing", True)
    assert not changed({}, {}, was="1.1", version="1.0").enough


@pytest.mark.parametrize(
    ("old", "new", "kind", "major"),
    [
        ({"weight": 1}, {"weight": 3}, "weight", True),
        ({}, {"critical": True}, "critical", True),
        ({}, {"gate": "seen"}, "gate", True),
        ({}, {"when": "P_PAINT"}, "condition", True),
        ({"when": "P_PAINT"}, {"when": "U_CA"}, "condition", True),
        ({}, {"metrics": ("E1",)}, "metrics", False),
        ({}, {"opportunity": "2.7142"}, "opportunity", False),
        ({}, {"references": {"US": ("us.a",)}}, "references", False),
        ({}, {"rapid": True}, "rapid", False),
        ({}, {"required": True}, "required", False),
        ({}, {"why": text("Other")}, "why", False),
        ({}, {"mistake": text("Other")}, "mistake", False),
        ({}, {"photo": text("Photo")}, "photo", False),
        ({"safety": text("Mind")}, {}, "safety", False),
        ({}, {"text": text("Other")}, "reworded", False),
        ({}, {"remarks": (Remark(id="n", text=text("Note")),)}, "remarks", False),
        (options(0, 4), options(1, 4), "options", True),
        (options(0, 4), options(0, 4, 4), "options", True),
        (options(0, 4, 4), options(0, 4), "options", True),
        (options(0, 4) | {"weight": 0}, options(0, 4, 4) | {"weight": 0}, "options", False),
        (cuts(1, 2, 3, 4), cuts(1, 2, 3, 5), "cuts", True),
        (cuts(1, 2, 3, 4), cuts(1, 2, 3, 4, unit="kg"), "unit", True),
        (cuts(1, 2, 3, 4), cuts(1, 2, 3, 4, confirm_4=text("Sure?")), "confirm_4", False),
        (cuts(1, 2, 3, 4), options(0, 4), "answer", True),
        (table("a"), table("a", "b"), "columns", False),
        (table("a", "b"), table("a"), "columns", False),
        (table("a"), table("a", label="M"), "columns", False),
    ],
)
def test_each_change_has_its_kind_and_weight(
    old: dict[str, Any], new: dict[str, Any], kind: str, major: bool
) -> None:
    found = changed(old, new)
    assert (only(found).kind, only(found).where, only(found).major) == (kind, ONE, major)
    assert found.needs == ("major" if major else "minor")
    assert found.enough is not major


def test_a_switch_of_other_questions_is_major() -> None:
    found = changed(options(0, 4) | {"weight": 0}, options(0, 4, flag="P_PAINT") | {"weight": 0})
    assert all(change.major for change in found.changes)
    assert "P_PAINT" in str(found.changes[0].what)


def test_points_are_shown_as_pairs() -> None:
    old = PointsAnswer(points=((Decimal(0), Decimal(0)), (Decimal(9), Decimal(4))), unit="")
    new = PointsAnswer(points=((Decimal(0), Decimal(0)), (Decimal(8), Decimal(4))), unit="")
    found = only(changed({"answer": old, "levels": None}, {"answer": new, "levels": None}))
    assert "0:0 9:4 → 0:0 8:4" in str(found.what)


def anchored(**texts: str) -> dict[str, Any]:
    anchors = [text(f"anchor {level}") for level in range(5)]
    anchors[2] = Text(**{"en": "anchor 2", "es": "anchor 2 (es)", "fr": "anchor 2 (fr)", **texts})
    return {"levels": tuple(anchors)}


def test_an_anchor_rewritten_everywhere_is_major_and_a_better_translation_is_not() -> None:
    translation = only(changed({}, anchored(es="otra")))
    assert (translation.kind, translation.languages, translation.major) == ("anchors", ("es",), False)
    assert only(changed({}, anchored(es="otra", fr="autre"))).languages == ("es", "fr")
    assert only(changed({}, anchored(en="other", es="otra", fr="autre"))).major
    assert {change.kind for change in changed({}, {"levels": None, **cuts(1, 2, 3, 4)}).changes} >= {
        "anchors"
    }


def test_it_is_said_in_the_readers_language() -> None:
    change = only(changed({}, {"text": Text(en="New", es="Nueva", fr="Nouvelle")}))
    assert "“CHEM-STO-01 (es)” → “Nueva”" in translator("es")(change.what)
    assert "Nouvelle" in translator("fr")(change.what)
    one = only(changed({}, {"text": Text(en=ONE, es=f"{ONE} (es)", fr="Nouvelle")}))
    assert "in French" in str(one.what)


def test_questions_that_come_and_go_are_named() -> None:
    old = checklist(question(ONE), question("CHEM-STO-02"), question("CHEM-STO-03"))
    new = checklist(question("CHEM-STO-03"), question(ONE, weight=1), question("CHEM-STO-04", weight=0))
    found = {(change.kind, change.where): change.major for change in difference(old, new).changes}
    assert found == {("removed", "CHEM-STO-02"): True, ("added", "CHEM-STO-04"): False, ("order", ""): False}


def test_areas_and_sections_that_change_are_named() -> None:
    old = checklist(question(ONE, areas=("A01", "A02")), question("WAST-BAS-01"))
    new = checklist(question(ONE, areas=("A02", "A03")), question("ENER-MGT-01"))
    areas = [area.model_copy(update={"minutes": 7, "cue": text("Smell")}) for area in reversed(new.areas)]
    found = difference(
        old, new.model_copy(update={"areas": tuple(areas), "id": "other", "title": text("New")})
    )
    kinds = {change.kind for change in found.changes}
    assert {"id", "title", "section_removed", "section_added", "area_added", "areas"} <= kinds
    assert {"cue", "minutes"} <= kinds
    moved = old.model_copy(update={"areas": tuple(reversed(old.areas))})
    assert [change.kind for change in difference(old, moved).changes] == ["area_order"]


@pytest.mark.parametrize(
    ("new", "version", "enough", "part"),
    [
        ({"weight": 3}, "2.0", True, "can't be compared"),
        ({"weight": 3}, "1.1", False, "raise the number before the point"),
        ({"why": text("Other")}, "1.1", True, "can be compared"),
        ({"why": text("Other")}, "1.0", False, "raise the number after the point"),
    ],
)
def test_the_version_must_say_what_changed(
    new: dict[str, Any], version: str, enough: bool, part: str
) -> None:
    found = changed({}, new, version=version)
    assert found.enough is enough
    assert part in str(found.verdict)
