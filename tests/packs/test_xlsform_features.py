"""One form with the ways of writing that forms have had over the years: each is understood, or named on its row."""

from __future__ import annotations

from decimal import Decimal

import pytest
from openpyxl import Workbook

from greenaudit.domain.checklists import NumberAnswer, OptionsAnswer, TableAnswer, TextAnswer
from greenaudit.packs.xlsform import Imported, import_workbook

HEADINGS: tuple[str, ...] = ("type", "name", "label:English (en)", "label:Español (es)", "hint::English (en)")
HEADINGS += ("guidance_hint::English (en)", "relevant", "required", "constraint")
HEADINGS += ("constraint_message::English (en)", "constraint_message::Español (es)", "choice_filter")
HEADINGS += ("calculation", "default", "appearance", "media::image::English (en)", "disabled")
CHOICES = (
    ("list_name", "name", "label:English (en)", "label:Español (es)", "state"),
    ("states", "mi", "Michigan", "Míchigan", ""),
    ("states", "co", "Coahuila", None, ""),
    ("cities", "detroit", "Detroit", "Detroit", "mi"),
    ("cities", "saltillo", "Saltillo", "Saltillo", "co"),
    ("unused", "a", "A", "A", ""),
)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """The form, taken in."""
    rows: list[dict[str, str]] = [
        {},
        {
            "type": "begin_group",
            "name": "place",
            "label:English (en)": "Place",
            "label:Español (es)": "Lugar",
        },
        {"type": "select_one states", "name": "state", "label:English (en)": "State?", "default": "mi"},
        {"type": "select_multiple cities", "name": "city", "choice_filter": "state=${state}"},
        {},
        {"type": "end_group"},
        {"type": "begin group", "name": "rest", "label:English (en)": "Rest"},
        {"type": "geopoint", "name": "spot", "label:English (en)": "Where?", "appearance": "maps"},
        {"type": "integer", "name": "age", "label:English (en)": "Age?", "constraint": ". > 0 and . < 100"},
        {
            "type": "text",
            "name": "why",
            "relevant": "count-selected(${city}) > 1",
            "label:English (en)": "Why?",
        },
        {"type": "text", "name": "how", "relevant": "selected(${city}, 'detroit')", "required": "yes"},
        {"type": "calculate", "name": "twice", "calculation": "${age} * 2"},
        {"type": "select_one states or_other", "name": "also", "label:English (en)": "Also?"},
        {"type": "select_one_external towns", "name": "town", "label:English (en)": "Town?"},
        {"type": "text", "name": "gone", "label:English (en)": "Gone?", "disabled": "yes"},
        {"type": "begin repeat", "name": "drums", "label:English (en)": "Drums"},
        {"type": "decimal", "name": "kg", "label:English (en)": "Mass"},
        {"type": "end repeat"},
        {"type": "end group"},
    ]
    rows[3] |= {"label:English (en)": "City?", "label:Español (es)": "¿Ciudad?", "hint::English (en)": "Ask."}
    rows[3] |= {"guidance_hint::English (en)": "It matters.", "media::image::English (en)": "map.png"}
    rows[8] |= {"constraint_message::English (en)": "No.", "constraint_message::Español (es)": "Nunca."}
    rows[10] |= {"label:English (en)": "How?"}
    book = Workbook()
    book.remove(book.worksheets[0])
    survey, choices = book.create_sheet("survey"), book.create_sheet("choices")
    for row in (HEADINGS, *([row.get(heading) for heading in HEADINGS] for row in rows)):
        survey.append(list(row))
    for line in CHOICES:
        choices.append(list(line))
    path = tmp_path_factory.mktemp("forms") / "form.xlsx"
    book.save(path)
    return import_workbook(path)


def whys(imported: Imported, row: int, sheet: str = "survey") -> str:
    """All that was noted of a row."""
    notes = (note for note in imported.not_carried if (note.sheet, note.row) == (sheet, row))
    return "\n".join(f"{note.what}. {note.why}" for note in notes)


def test_what_there_is_is_counted(imported: Imported) -> None:
    assert imported.languages == ("en", "es")
    assert (imported.groups, imported.repeats) == (2, 1)
    assert imported.questions == {
        "decimal": 1,
        "geopoint": 1,
        "integer": 1,
        "select_multiple": 1,
        "select_one": 2,
        "select_one_external": 1,
        "text": 2,
    }


def test_single_colons_underscores_and_blank_rows_are_understood(imported: Imported) -> None:
    pack = imported.checklist
    assert [section.id for section in pack.sections] == ["place", "rest"]
    assert (pack.sections[0].title.es, pack.by_id["city"].text.es) == ("Lugar", "¿Ciudad?")
    assert (pack.by_id["city"].test.steps.en, pack.by_id["city"].why.en) == ("Ask.", "It matters.")


def test_a_missing_translation_shows_another_language_and_is_remembered(imported: Imported) -> None:
    state = imported.checklist.by_id["state"]
    assert isinstance(state.answer, OptionsAnswer)
    assert (state.text.es, state.answer.options[1].label.es) == ("State?", "Coahuila")
    assert {"questions.state.text.es", "questions.state.options.co.es"} <= set(imported.checklist.missing)


def test_limits_conditions_choices_and_registers_are_carried(imported: Imported) -> None:
    by_id = imported.checklist.by_id
    age, also, drums = by_id["age"].answer, by_id["also"].answer, by_id["drums"].answer
    assert isinstance(age, NumberAnswer)
    assert (age.least, age.most) == (Decimal(1), Decimal(99))
    assert by_id["how"].when == 'chosen("city", "detroit")'
    assert by_id["how"].required
    assert by_id["why"].when == 'chosen("city", "detroit") and chosen("city", "saltillo")'
    assert isinstance(also, OptionsAnswer)
    assert [option.id for option in also.options] == ["mi", "co", "other"]
    assert isinstance(drums, TableAnswer)
    assert [(column.id, column.kind) for column in drums.columns] == [("kg", "number")]
    assert by_id["spot"].answer == TextAnswer(of="position")
    assert by_id["town"].answer == TextAnswer()


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (4, "default: mi. Nothing is answered before"),
        (5, "choice_filter: state=${state}. All choices are offered"),
        (5, "media::image: map.png. Pictures"),
        (9, "appearance: maps. How a question looks"),
        (9, "geopoint. It is typed in"),
        (10, "constraint_message: No.. GreenAudit says in its own words"),
        (13, "calculate twice. GreenAudit computes only"),
        (15, "select_one_external towns. Its choices aren't on the sheet"),
        (16, "text gone. The row is switched off"),
    ],
)
def test_the_rest_is_named_on_its_row(imported: Imported, row: int, what: str) -> None:
    assert what in whys(imported, row)


def test_choices_that_nothing_offers_and_columns_that_nobody_knows_are_named(imported: Imported) -> None:
    assert "unused. No question offers the choices of this list." in whys(imported, 6, "choices")
    assert "state. GreenAudit doesn't know this column; 2 cells" in whys(imported, 1, "choices")
