"""Drafts of checklists: every edit is on the disk, every mistake at its field, and nothing by hand is lost."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from greenaudit.errors import KnownError
from greenaudit.packs import load_checklist
from greenaudit.packs.saving import save_checklist
from greenaudit.services.drafts import Drafts, PackKey
from greenaudit.services.opening import App
from greenaudit.services.pack_sheets import Sheet, Spot
from tests.helpers.checklists import raw_question, words, write_pack
from tests.helpers.forms import form

FILE = "CHEM-STO.yaml"
STO = Spot(FILE, "CHEM-STO-01")


@pytest.fixture
def drafts(app: App) -> Drafts:
    return app.drafts


@pytest.fixture
def tiny(app: App) -> PackKey:
    """A draft of a pack with one section and two questions, made by hand."""
    folder = app.context.home.root / "drafts" / "tiny"
    write_pack(folder, raw_question(), raw_question("CHEM-STO-02", weight=1))
    return PackKey("draft", "tiny")


def sheet(drafts: Drafts, key: PackKey, spot: Spot = STO) -> Sheet:
    return next(sheet for sheet in drafts.open(key).sheets if sheet.spot == spot)


def places(drafts: Drafts, key: PackKey) -> set[tuple[str, str]]:
    return {(problem.spot.id, problem.path) for problem in drafts.check(key).problems}


def test_the_shipped_checklist_can_be_read(drafts: Drafts) -> None:
    opened = drafts.open(PackKey("shipped"))
    asked = [sheet for sheet in opened.sheets if sheet.kind == "question"]
    assert (len(asked), opened.editable) == (206, False)
    assert sum(sheet.kind == "area" for sheet in opened.sheets) == 24
    first = next(sheet for sheet in asked if sheet.spot.id == "CHEM-GOV-01")
    assert first.title.es.startswith("¿Quién puede introducir")
    assert [entry.mark for entry in first.texts if entry.what == "level"] == list("01234")
    assert first.facts["weight"] == "2"
    assert {rule.country: rule.known.source for rule in first.rules if rule.known}["MX"]


def test_a_draft_is_the_same_pack_and_passes_every_check(drafts: Drafts) -> None:
    key = drafts.make(PackKey("shipped"))
    assert drafts.checklist(key).sha256 == drafts.checklist(PackKey("shipped")).sha256
    checked = drafts.check(key)
    assert not checked.problems
    assert checked.proposal is not None
    assert checked.proposal.kind == "none"
    assert drafts.make(PackKey("shipped")) == PackKey("draft", "core-2")
    assert [line.key.kind for line in drafts.list()] == ["shipped", "draft", "draft"]


def test_an_edit_is_on_the_disk_when_it_returns(drafts: Drafts, tiny: PackKey) -> None:
    drafts.edit(tiny, STO, "text.es", "¿Está cerrado?", "Is it shut? (es)")
    drafts.edit(tiny, STO, "weight", "3", "2")
    drafts.edit(tiny, STO, "critical", "true", "false")
    drafts.edit(tiny, STO, "test.minutes", "9", "6")
    drafts.edit(tiny, STO, "levels.4.fr", "Le mieux.", "Anchor 4. (fr)")
    drafts.edit(tiny, Spot("areas.yaml", "A01"), "cue.en", "Smell", "Look")
    asked = drafts.checklist(tiny).by_id["CHEM-STO-01"]
    assert (asked.text.es, asked.weight, asked.critical, asked.test.minutes) == ("¿Está cerrado?", 3, True, 9)
    assert asked.levels is not None
    assert asked.levels[4].fr == "Le mieux."
    assert drafts.checklist(tiny).areas[0].cue.en == "Smell"


def test_a_photo_hint_comes_and_goes(drafts: Drafts, tiny: PackKey) -> None:
    for language in ("en", "es", "fr"):
        drafts.edit(tiny, STO, f"photo.{language}", "The label", "")
    assert drafts.checklist(tiny).by_id["CHEM-STO-01"].photo is not None
    for language in ("en", "es", "fr"):
        drafts.edit(tiny, STO, f"photo.{language}", "", "The label")
    assert drafts.checklist(tiny).by_id["CHEM-STO-01"].photo is None


@pytest.mark.parametrize(
    ("path", "typed", "before"),
    [
        ("text.es", "", "Is it shut? (es)"),
        ("text.es", "   ", "Is it shut? (es)"),
        ("levels.3.fr", " ", "Anchor 3. (fr)"),
        ("test.minutes", "six", "6"),
        ("weight", "7", "2"),
        ("when", "P_PAINT and", ""),
        ("areas", "A01, A99", "A01"),
    ],
)
def test_a_mistake_is_kept_as_typed_and_named_at_its_field(
    drafts: Drafts, tiny: PackKey, path: str, typed: str, before: str
) -> None:
    drafts.edit(tiny, STO, path, typed, before)
    assert places(drafts, tiny) == {("CHEM-STO-01", path)}
    shown = sheet(drafts, tiny)
    entry = shown.text(path.rpartition(".")[0])
    assert (entry.in_(path[-2:]) if entry else shown.facts[path]) == typed
    drafts.edit(tiny, STO, path, before, typed)
    assert not drafts.check(tiny).problems


def test_a_mistake_of_an_area_names_the_area(drafts: Drafts, tiny: PackKey) -> None:
    drafts.edit(tiny, Spot("areas.yaml", "A01"), "title.fr", "", "Gate (fr)")
    assert places(drafts, tiny) == {("A01", "title.fr")}


def test_a_hidden_character_is_refused_before_it_spoils_the_file(drafts: Drafts, tiny: PackKey) -> None:
    with pytest.raises(KnownError, match="hides or reorders"):
        drafts.edit(tiny, STO, "why.en", "Be\u200bcause", "Because.")
    assert drafts.checklist(tiny).by_id["CHEM-STO-01"].why.en == "Because."


def test_two_windows_keep_each_others_edits(app: App, drafts: Drafts, tiny: PackKey) -> None:
    other = Drafts(app.context.home, app.packs)
    drafts.edit(tiny, STO, "why.en", "Fumes.", "Because.")
    other.edit(tiny, STO, "why.fr", "Vapeurs.", "Because. (fr)")
    with pytest.raises(KnownError, match="it now says: Fumes") as caught:
        other.edit(tiny, STO, "why.en", "Leaks.", "Because.")
    assert caught.value.details["now"] == "Fumes."
    why = drafts.checklist(tiny).by_id["CHEM-STO-01"].why
    assert (why.en, why.fr) == ("Fumes.", "Vapeurs.")


def test_a_file_broken_by_hand_is_listed_and_left_as_it_is(app: App, drafts: Drafts, tiny: PackKey) -> None:
    path = drafts.folder(tiny) / FILE
    broken = path.read_bytes() + b"  - id: [\n"
    path.write_bytes(broken)
    assert [problem.spot.file for problem in drafts.check(tiny).problems] == [FILE]
    assert all(sheet.kind in {"pack", "area"} for sheet in drafts.open(tiny).sheets)
    with pytest.raises(KnownError, match="Repair it first"):
        drafts.edit(tiny, STO, "why.en", "Fumes.", "Because.")
    assert path.read_bytes() == broken


def test_a_question_broken_by_hand_opens_and_can_be_repaired_here(drafts: Drafts, tiny: PackKey) -> None:
    folder = drafts.folder(tiny)
    write_pack(
        folder, raw_question(text="One language", weight="two", levels=[words("a")], why=None),
        raw_question(), {"weight": 1},
    )  # fmt: skip
    opened = [sheet for sheet in drafts.open(tiny).sheets if sheet.kind == "question"]
    assert [sheet.spot for sheet in opened] == [STO, Spot(FILE, "CHEM-STO-01", 1), Spot(FILE, "?")]
    assert (opened[0].title.en, opened[0].facts["weight"]) == ("One language", "two")
    drafts.edit(tiny, STO, "text.es", "Un idioma", "")
    drafts.edit(tiny, STO, "why.fr", "Parce que.", "")
    now = sheet(drafts, tiny)
    assert (now.title.en, now.title.es, now.texts[1].fr) == ("One language", "Un idioma", "Parce que.")


def test_what_somebody_wrote_by_hand_is_kept_before_the_first_edit(drafts: Drafts, tiny: PackKey) -> None:
    path = drafts.folder(tiny) / FILE
    by_hand = b"# agreed with the union on Monday\n" + path.read_bytes()
    path.write_bytes(by_hand)
    drafts.edit(tiny, STO, "weight", "3", "2")
    drafts.edit(tiny, STO, "weight", "1", "3")
    kept = list((drafts.folder(tiny) / "by-hand").iterdir())
    assert [file.read_bytes() for file in kept] == [by_hand]


def test_a_full_disk_gets_a_sentence_and_leaves_the_draft(
    drafts: Drafts, tiny: PackKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_names: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = (drafts.folder(tiny) / FILE).read_bytes()
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(KnownError, match="no room left"):
        drafts.edit(tiny, STO, "weight", "3", "2")
    assert (drafts.folder(tiny) / FILE).read_bytes() == before
    assert not list(drafts.folder(tiny).glob(".draft-*"))


def test_texts_make_a_minor_version_and_weights_a_major_one(drafts: Drafts) -> None:
    key = drafts.make(PackKey("shipped"))
    spot = Spot("CHEM-GOV.yaml", "CHEM-GOV-01")
    shown = sheet(drafts, key, spot)
    drafts.edit(key, spot, "why.en", "Kept out is kept safe.", shown.texts[1].en)
    proposal = drafts.check(key).proposal
    assert proposal is not None
    assert (proposal.version, proposal.kind, len(proposal.reasons)) == ("1.1", "minor", 1)
    drafts.edit(key, spot, "weight", "1", "2")
    drafts.edit(key, spot, "when", "P_PAINT", "")
    proposal = drafts.check(key).proposal
    assert proposal is not None
    assert (proposal.version, proposal.kind, len(proposal.reasons)) == ("2.0", "major", 3)


def test_a_published_draft_is_a_pack_of_this_device(drafts: Drafts) -> None:
    key = drafts.make(PackKey("shipped"))
    with pytest.raises(KnownError, match="Nothing has changed"):
        drafts.publish(key)
    spot = Spot("CHEM-GOV.yaml", "CHEM-GOV-01")
    drafts.edit(key, spot, "weight", "3", "2")
    published = drafts.publish(key)
    kept = load_checklist(published.path)
    assert (kept.sha256, kept.version, kept.by_id["CHEM-GOV-01"].weight) == (published.sha256, "2.0", 3)
    assert drafts.published() == (published,)
    assert [line.key.kind for line in drafts.list()] == ["shipped", "draft", "published"]
    with pytest.raises(KnownError, match="Nothing has changed"):
        drafts.publish(key)


def test_a_draft_with_problems_is_not_published(drafts: Drafts, tiny: PackKey) -> None:
    drafts.edit(tiny, STO, "text.es", "", "Is it shut? (es)")
    with pytest.raises(KnownError, match="still has problems"):
        drafts.publish(tiny)
    assert not drafts.published()


def test_texts_that_an_import_lacked_are_problems_until_they_are_written(
    app: App, drafts: Drafts, tiny: PackKey, tmp_path: Path
) -> None:
    pack = drafts.checklist(tiny).model_copy(update={"missing": ("questions.CHEM-STO-01.why",)})
    save_checklist(pack, app.context.home.root / "drafts" / "imported")
    key = PackKey("draft", "imported")
    assert places(drafts, key) == {("CHEM-STO-01", "why")}
    drafts.edit(key, STO, "why.en", "Fumes.", "Because.")
    drafts.edit(key, STO, "why.es", "Vapores.", "Because. (es)")
    assert places(drafts, key) == {("CHEM-STO-01", "why.fr")}
    drafts.edit(key, STO, "why.fr", "Vapeurs.", "Because. (fr)")
    assert not drafts.check(key).problems


def test_a_pack_is_exported_as_a_folder(drafts: Drafts, tiny: PackKey, tmp_path: Path) -> None:
    path = drafts.export(tiny, tmp_path)
    assert path == tmp_path / "tiny-1.0"
    assert load_checklist(path) == drafts.checklist(tiny)
    with pytest.raises(KnownError, match="isn't empty"):
        drafts.export(tiny, tmp_path)


def test_names_that_lead_elsewhere_are_refused(drafts: Drafts) -> None:
    for name in ("../home", "", "nothing"):
        with pytest.raises(KnownError, match="no longer on this device"):
            drafts.open(PackKey("draft", name))
    with pytest.raises(KnownError, match="Only a draft"):
        drafts.edit(PackKey("shipped"), STO, "weight", "3", "2")


def test_a_workbook_becomes_a_draft_and_a_draft_a_workbook(
    drafts: Drafts, tiny: PackKey, tmp_path: Path
) -> None:
    assert drafts.export_workbook(tiny, tmp_path / "tiny.xlsx") == 0
    taken = drafts.take_in(tmp_path / "tiny.xlsx")
    assert taken.key is not None
    assert str(taken.said) == "2 questions came from tiny.xlsx. This is a draft of them."
    assert [q.id for q in drafts.checklist(taken.key).questions] == ["CHEM-STO-01", "CHEM-STO-02"]


def test_a_workbook_that_is_no_form_makes_no_draft(drafts: Drafts, tmp_path: Path) -> None:
    form(tmp_path / "note.xlsx", ("note", "n", "Only words"))
    before = drafts.list()
    taken = drafts.take_in(tmp_path / "note.xlsx")
    assert taken.key is None
    assert drafts.list() == before


def test_a_draft_that_is_put_away_is_listed_no_more_and_still_there(drafts: Drafts, tiny: PackKey) -> None:
    away = drafts.discard(tiny)
    assert tiny not in {line.key for line in drafts.list()}
    assert load_checklist(away).id == "tiny"
    with pytest.raises(KnownError, match="no longer on this device"):
        drafts.discard(tiny)


def test_a_draft_whose_first_file_is_gone_is_listed_by_its_name(
    app: App, drafts: Drafts, tiny: PackKey
) -> None:
    (app.context.home.root / "drafts" / "tiny" / "pack.yaml").unlink()
    line = next(line for line in drafts.list() if line.key == tiny)
    assert (line.title, line.version) == (None, "")


def test_an_edit_of_what_is_gone_or_unreadable_is_not_kept(app: App, drafts: Drafts, tiny: PackKey) -> None:
    with pytest.raises(KnownError, match="draft_moved"):
        drafts.edit(tiny, Spot(FILE, "CHEM-STO-99"), "weight", "3", "2")
    file = app.context.home.root / "drafts" / "tiny" / FILE
    file.write_text("questions: [", encoding="utf-8")
    with pytest.raises(KnownError, match="can't be read at line"):
        drafts.edit(tiny, STO, "weight", "3", "2")
    assert file.read_text(encoding="utf-8") == "questions: ["


def test_a_text_longer_than_any_page_is_not_kept(drafts: Drafts, tiny: PackKey) -> None:
    with pytest.raises(KnownError, match="at most"):
        drafts.edit(tiny, STO, "text.en", "x" * 100_000, "")
