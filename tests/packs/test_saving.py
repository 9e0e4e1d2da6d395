"""A checklist written to a folder comes back the same, whatever its texts look like."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenaudit.domain.checklists import Checklist, NumberAnswer, Reference, Remark, TextAnswer
from greenaudit.domain.text import Text
from greenaudit.errors import KnownError
from greenaudit.packs import load_checklist
from greenaudit.packs.characters import hidden_character
from greenaudit.packs.saving import save_checklist
from greenaudit.paths import resource
from tests.helpers import small_checklist
from tests.helpers.checklists import checklist, question, text


def again(pack: Checklist, folder: Path) -> Checklist:
    return load_checklist(save_checklist(pack, folder))


def test_the_core_checklist_comes_back_the_same(tmp_path: Path) -> None:
    core = load_checklist(resource("checklists", "core"))
    assert again(core, tmp_path / "core") == core
    assert again(core, tmp_path / "second").sha256 == core.sha256


def test_every_kind_of_answer_comes_back(tmp_path: Path) -> None:
    pack = small_checklist.checklist()
    assert again(pack, tmp_path / "pack") == pack


def test_a_draft_comes_back_with_what_it_lacks(tmp_path: Path) -> None:
    answer = NumberAnswer(unit="kg", whole=True, least=Decimal("0.5"), most=Decimal(40))
    pack = checklist(
        question("CHEM-STO-01", answer=answer, weight=0, levels=None, required=True),
        question(
            "CHEM-STO-02",
            answer=TextAnswer(of="position"),
            weight=0,
            levels=None,
            remarks=(Remark(id="n1", text=text("Stand at the gate"), when="P_PAINT"),),
        ),
    ).model_copy(update={"languages": ("en",), "missing": ("questions.CHEM-STO-01.why",)})
    found = again(pack, tmp_path / "pack")
    assert found == pack
    assert found.draft
    assert not checklist(question()).draft


def test_a_checklist_carries_its_own_references(tmp_path: Path) -> None:
    rule = Reference(id="mx.own-1", title=text("A rule"), status="unconfirmed", source="Own")
    pack = checklist(question(references={"MX": ("mx.own-1",)}))
    pack = pack.model_copy(update={"references": {"mx.own-1": rule}})
    assert again(pack, tmp_path / "pack") == pack


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(KnownError) as caught:
        save_checklist(small_checklist.checklist(), tmp_path)
    assert caught.value.code == "folder_not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_a_place_that_cannot_be_written_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KnownError) as caught:
        save_checklist(small_checklist.checklist(), tmp_path / "file" / "pack")
    assert caught.value.code == "folder_unwritable"


WORDS = st.text(min_size=1, max_size=60).filter(
    lambda words: bool(words.strip()) and hidden_character(words) is None
)


@settings(max_examples=40, deadline=None)
@given(
    words=WORDS, unit=st.sampled_from(["yes", "1.5", "true", "~", "- a", "#", "%", "'", '"', "2026-01-01"])
)
def test_words_that_look_like_something_else_stay_words(
    tmp_path_factory: pytest.TempPathFactory, words: str, unit: str
) -> None:
    asked = question(
        text=Text(en=words, es=unit, fr=words + "\n" + unit),
        answer=NumberAnswer(unit=unit),
        weight=0,
        levels=None,
    )
    pack = checklist(asked)
    assert again(pack, tmp_path_factory.mktemp("pack")) == pack
