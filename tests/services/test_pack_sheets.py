"""Sheets are made from whatever a pack's files hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from greenaudit.services.pack_sheets import Spot, node_at, section_files, sheets_of, typed, value_at, written
from tests.helpers.checklists import raw_question, words

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "text", "levels", "answer", "options", "references", "US", "en", "test"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(head=ANYTHING, areas=ANYTHING, section=ANYTHING, question=ANYTHING)
def test_no_tree_is_too_broken_to_be_shown(
    head: object, areas: object, section: object, question: object
) -> None:
    files = {"pack.yaml": head, "areas.yaml": areas, "A.yaml": section, "B.yaml": {"questions": [question]}}
    sheets = sheets_of(files, {})
    assert [sheet.kind for sheet in sheets].count("section") == 2
    for sheet in sheets:
        assert sheet.texts
        assert isinstance(node_at(files[sheet.spot.file], sheet.spot), dict | None)


def test_options_and_columns_are_texts_with_their_marks() -> None:
    answer = {
        "kind": "options",
        "options": [{"id": "none", "label": words("None"), "level": 0}],
        "also": [{"id": "c", "label": words("C"), "options": [{"id": "x", "label": words("X")}]}],
    }
    tree = {"section": "A", "questions": [raw_question(answer=answer)]}
    entries = {entry.path: entry for entry in sheets_of({"A.yaml": tree}, {})[2].texts}
    assert (entries["answer.options.0.label"].mark, entries["answer.options.0.label"].level) == ("none", "0")
    assert entries["answer.also.0.options.0.label"].fr == "X (fr)"


def test_sections_follow_the_pack_and_then_their_names() -> None:
    files = {"pack.yaml": {"sections": ["B", "gone"]}, "C.yaml": {}, "A.yaml": {}, "B.yaml": {}}
    assert section_files(files) == ["B.yaml", "A.yaml", "C.yaml"]


def test_a_spot_that_is_gone_is_none() -> None:
    tree = {"questions": [{"id": "Q1"}]}
    assert node_at(tree, Spot("A.yaml", "Q1")) == {"id": "Q1"}
    assert node_at(tree, Spot("A.yaml", "Q1", 1)) is None
    assert value_at(tree, "questions.3.id") is None


def test_what_is_typed_becomes_what_the_file_holds() -> None:
    assert typed("test.minutes", " 7 ") == 7
    assert typed("test.minutes", "seven") == "seven"
    assert typed("areas", "A01; A02,A03") == ["A01", "A02", "A03"]
    assert typed("critical", "true") is True
    assert written([1, True, None]) == "1, true, "
