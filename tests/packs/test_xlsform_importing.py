"""Forms as other tools make them: what can be carried is, the rest is listed by row with its reason."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from greenaudit.domain.checklists import (
    CutsAnswer,
    DateAnswer,
    LevelAnswer,
    NumberAnswer,
    OptionsAnswer,
    PhotoAnswer,
    PointsAnswer,
    Question,
    TableAnswer,
    TextAnswer,
)
from greenaudit.errors import KnownError
from greenaudit.packs import PackError, load_checklist
from greenaudit.packs.saving import save_checklist
from greenaudit.packs.xlsform import FormError, Imported, import_workbook
from tests.helpers.forms import EN, ES, FR, YES_NO, choice, form, write_form


def only(imported: Imported) -> Question:
    (question,) = imported.checklist.questions
    return question


def noted(imported: Imported) -> dict[tuple[str, int], str]:
    """What was noted by sheet and row; several on one row are joined."""
    found: dict[tuple[str, int], str] = {}
    for note in imported.not_carried:
        key = (note.sheet, note.row)
        found[key] = f"{found.get(key, '')}{note.what}. {note.why}\n"
    return found


def ask(tmp_path: Path, kind: str, *more: str, choices: tuple[object, ...] = YES_NO) -> Imported:
    """A form with one question."""
    return import_workbook(form(tmp_path / "form.xlsx", (kind, "q", "Q?", *more), choices=choices))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("text", TextAnswer()),
        ("integer", NumberAnswer(unit="", whole=True)),
        ("int", NumberAnswer(unit="", whole=True)),
        ("decimal", NumberAnswer(unit="")),
        ("percentage", NumberAnswer(unit="%", least=Decimal(0), most=Decimal(100))),
        ("range", NumberAnswer(unit="", least=Decimal(1), most=Decimal(10))),
        ("date", DateAnswer()),
        ("time", TextAnswer(of="time")),
        ("dateTime", TextAnswer(of="moment")),
        ("geopoint", TextAnswer(of="position")),
        ("geotrace", TextAnswer(of="path")),
        ("geoshape", TextAnswer(of="shape")),
        ("barcode", TextAnswer(of="code")),
        ("image", PhotoAnswer()),
        ("add photo prompt", PhotoAnswer()),
    ],
)
def test_every_plain_type_has_its_answer(tmp_path: Path, kind: str, answer: object) -> None:
    assert only(ask(tmp_path, kind)).answer == answer


@pytest.mark.parametrize(
    ("kind", "choose", "ids"),
    [
        ("select_one yn", "one", ["yes", "no"]),
        ("select one from yn", "one", ["yes", "no"]),
        ("select1 yn", "one", ["yes", "no"]),
        ("select_multiple yn", "several", ["yes", "no"]),
        ("select all that apply from yn", "several", ["yes", "no"]),
        ("select_one yn or_other", "one", ["yes", "no", "other"]),
        ("select_one yn or specify other", "one", ["yes", "no", "other"]),
        ("rank yn", "several", ["yes", "no"]),
        ("acknowledge", "one", ["ok", "not_ok"]),
    ],
)
def test_every_choice_has_its_options(tmp_path: Path, kind: str, choose: str, ids: list[str]) -> None:
    answer = only(ask(tmp_path, kind)).answer
    assert isinstance(answer, OptionsAnswer)
    assert (answer.choose, [option.id for option in answer.options]) == (choose, ids)
    assert [column.id for column in answer.also] == (["other"] if "other" in ids else [])


@pytest.mark.parametrize("kind", ["audio", "video", "file"])
def test_what_cannot_be_asked_is_listed(tmp_path: Path, kind: str) -> None:
    path = form(tmp_path / "form.xlsx", (kind, "q", "Q?"), ("text", "kept", "Kept"))
    assert noted(import_workbook(path))["survey", 2].startswith(f"{kind} q. ")


@pytest.mark.parametrize(
    "kind",
    [
        "start",
        "end",
        "today",
        "deviceid",
        "calculate",
        "hidden",
        "osm",
        "xml-external",
        "background-audio",
        "mystery",
    ],
)
def test_rows_that_ask_nothing_are_listed(tmp_path: Path, kind: str) -> None:
    path = form(tmp_path / "form.xlsx", (kind, "q", ""), ("text", "kept", "Kept"))
    imported = import_workbook(path)
    assert noted(imported)["survey", 2].startswith(f"{kind} q. ")
    assert imported.questions == {"text": 1}


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("appearance", "minimal"),
        ("default", "5"),
        ("read_only", "yes"),
        ("calculation", "1+1"),
        ("choice_filter", "a=b"),
        ("constraint", "regex(., 'a')"),
        ("constraint", ". >= 5 and . <= 4"),
        ("constraint_message", "No"),
        ("required_message", "Yes"),
        ("image", "a.png"),
        ("media::image", "a.png"),
        ("repeat_count", "2"),
        ("relevant", "regex(${q}, 'a')"),
        ("required", "${q} = 1"),
        ("weight", "9"),
        ("weight", "2"),
        ("critical", "perhaps"),
        ("gate", "smell"),
        ("metrics", "K99"),
        ("opportunity", "X"),
        ("references", "US us.nowhere"),
        ("references", "MX: us.hcs"),
    ],
)
def test_every_cell_that_is_not_carried_is_listed(tmp_path: Path, heading: str, text: str) -> None:
    assert heading in noted(ask(tmp_path, "text", heading, text))["survey", 2]


@pytest.mark.parametrize(
    ("heading", "text"), [("points", "1 2"), ("cuts", "1 2 3"), ("constraint", ". > 0.5")]
)
def test_numbers_with_wrong_columns_stay_numbers(tmp_path: Path, heading: str, text: str) -> None:
    imported = ask(tmp_path, "decimal", heading, text)
    assert only(imported).answer == NumberAnswer(unit="")
    assert heading in noted(imported)["survey", 2]


def test_unknown_columns_sheets_and_settings_are_listed(tmp_path: Path) -> None:
    path = write_form(
        tmp_path / "form.xlsx",
        [{"type": "text", "name": "q", EN: "Q", "instance::x": "1"}],
        settings={"form_title": "T", "submission_url": "http://example.org", "version": "2026-11"},
        mine=[{"a": "b"}],
        entities=[{"dataset": "trees"}],
        _private=[{"a": "b"}],
    )
    found = noted(import_workbook(path))
    assert "instance::x. GreenAudit doesn't know" in found["survey", 1]
    assert "submission_url" in found["settings", 2]
    assert "version: 2026-11" in found["settings", 2]
    assert ("mine", 0) in found
    assert ("entities", 0) in found
    assert ("_private", 0) not in found


def test_texts_in_three_languages_are_carried(tmp_path: Path) -> None:
    row = {"type": "text", "name": "q", EN: "Name?", ES: "¿Nombre?", FR: "Nom ?", "hint::Español": "Pregunte"}
    imported = import_workbook(
        write_form(tmp_path / "form.xlsx", [row], settings={"default_language": "English"})
    )
    question = only(imported)
    assert imported.languages == ("en", "es", "fr")
    assert imported.checklist.languages == ("en", "es", "fr")
    assert (question.text.es, question.text.fr) == ("¿Nombre?", "Nom ?")
    assert question.test.steps.en == question.test.steps.es == "Pregunte"
    assert {"questions.q.test.steps.en", "questions.q.test.steps.fr"} <= set(imported.checklist.missing)


@pytest.mark.parametrize(
    ("heading", "settings", "languages"),
    [
        ("label", None, ("default",)),
        ("label", {"default_language": "Español (es)"}, ("es",)),
        ("label::Français", None, ("fr",)),
        ("label:English", None, ("en",)),
        ("LABEL :: es", None, ("es",)),
        ("label::es-MX", None, ("es",)),
        ("label::Kiswahili (sw)", None, ("sw",)),
    ],
)
def test_one_language_is_enough_and_the_others_show_it(
    tmp_path: Path, heading: str, settings: dict[str, str] | None, languages: tuple[str, ...]
) -> None:
    path = write_form(
        tmp_path / "form.xlsx", [{"type": "text", "name": "q", heading: "Jina?"}], settings=settings
    )
    imported = import_workbook(path)
    assert imported.languages == languages
    assert only(imported).text.fr == "Jina?"
    assert imported.checklist.draft
    assert "There are no texts in" in noted(imported)["survey", 1]


def test_groups_are_sections_and_what_stands_around_them_is_kept(tmp_path: Path) -> None:
    path = form(
        tmp_path / "form.xlsx",
        ("text", "first", "First"),
        ("begin group", "store", "Store", "relevant", "${first} != ''"),
        ("note", "look", "Look up"),
        ("begin_group", "tanks", "Tanks"),
        ("text", "inner", "Inner", "relevant", "${last} = ''"),
        ("end_group", "", ""),
        ("end group", "", ""),
        ("text", "last", "Last"),
        ("note", "bye", "Thank you"),
        ("begin group", "empty", "Empty"),
        ("end group", "", ""),
        form_title="My form",
    )
    imported = import_workbook(path)
    pack = imported.checklist
    assert [section.id for section in pack.sections] == ["form", "store", "form_2"]
    assert [section.title.en for section in pack.sections] == ["My form", "Store", "My form"]
    inner = pack.by_id["inner"]
    assert inner.when == 'answered("first") and not answered("last")'
    assert [(remark.id, remark.when) for remark in inner.remarks] == [
        ("look", 'answered("first")'),
        ("tanks", 'answered("first")'),
    ]
    assert [(remark.text.en, remark.after) for remark in pack.by_id["last"].remarks] == [("Thank you", True)]
    assert (imported.groups, imported.repeats, imported.notes) == (3, 0, 2)
    assert "holds no question" in noted(imported)["survey", 11]


def test_a_repeat_is_a_register(tmp_path: Path) -> None:
    path = form(
        tmp_path / "form.xlsx",
        ("begin repeat", "drums", "Drums", "repeat_count", "4"),
        ("text", "what", "What?", "required", "yes", "hint", "Read the label"),
        ("decimal", "kg", "How much?", "unit", "kg"),
        ("date", "since", "Since?"),
        ("select_one yn", "full", "Full?"),
        ("select_multiple yn", "marks", "Marks?"),
        ("image", "photo", "Photo"),
        ("geopoint", "where", ""),
        ("begin repeat", "leaks", "Leaks"),
        ("text", "leak", "Leak"),
        ("end repeat", "", ""),
        ("end repeat", "", ""),
        ("text", "plan", "Plan?", "relevant", "sum(${kg}) > 200"),
        choices=YES_NO,
    )
    imported = import_workbook(path)
    drums = imported.checklist.by_id["drums"].answer
    assert isinstance(drums, TableAnswer)
    assert drums.rows == 4
    kinds = {column.id: column.kind for column in drums.columns}
    assert kinds == {
        "what": "text",
        "kg": "number",
        "since": "date",
        "full": "option",
        "marks": "text",
        "where": "text",
    }
    assert drums.columns[0].required
    assert drums.columns[1].unit == "kg"
    assert imported.checklist.by_id["plan"].when == "sum(drums.kg) > 200"
    assert isinstance(imported.checklist.by_id["leaks"].answer, TableAnswer)
    found = noted(imported)
    assert ("survey", 3) not in found
    assert drums.columns[0].hint is not None
    assert drums.columns[0].hint.en == "Read the label"
    assert "the hint names them" in found["survey", 7]
    assert drums.columns[4].hint is not None
    assert drums.columns[4].hint.es == "(Yes; No)"
    assert "photo" in found["survey", 8]
    assert "inside another" in found["survey", 10]
    assert imported.repeats == 2


def test_numbers_in_a_register_keep_their_limits(tmp_path: Path) -> None:
    path = form(
        tmp_path / "form.xlsx",
        ("begin repeat", "motors", "Motors"),
        ("integer", "count", "How many?", "constraint", ". > 0"),
        ("decimal", "kw", "kW", "constraint", ". <= 400"),
        ("percentage", "load", "Load"),
        ("range", "noise", "Noise", "parameters", "start=1 end=5"),
        ("decimal", "code", "Code", "constraint", "regex(., 'a')"),
        ("text", "maker", "Maker", "constraint", "string-length(.) < 5"),
        ("end repeat", "", ""),
    )
    imported = import_workbook(path)
    motors = only(imported).answer
    assert isinstance(motors, TableAnswer)
    limits = {c.id: (c.whole, c.least, c.most, c.unit) for c in motors.columns}
    assert limits == {
        "count": (True, Decimal(1), None, ""),
        "kw": (False, None, Decimal(400), ""),
        "load": (False, Decimal(0), Decimal(100), "%"),
        "noise": (False, Decimal(1), Decimal(5), ""),
        "code": (False, None, None, ""),
        "maker": (False, None, None, ""),
    }
    found = noted(imported)
    assert {row for _, row in found} == {1, 6, 7, 8}


def test_a_column_whose_condition_is_lost_is_required_of_no_row(tmp_path: Path) -> None:
    path = form(
        tmp_path / "form.xlsx",
        ("begin group", "store", "Store", "relevant", "true()"),
        ("begin repeat", "drums", "Drums"),
        ("text", "what", "What?", "required", "yes"),
        ("select_one yn", "leaks", "Leaks?", "required", "yes"),
        ("text", "where", "Where?", "required", "yes", "relevant", "${leaks} = 'yes'"),
        ("begin group", "repair", "Repair", "relevant", "${leaks} = 'yes'"),
        ("date", "due", "Due", "required", "yes"),
        ("end group", "", ""),
        ("end repeat", "", ""),
        ("end group", "", ""),
        choices=YES_NO,
    )
    imported = import_workbook(path)
    drums = only(imported).answer
    assert isinstance(drums, TableAnswer)
    assert {c.id: c.required for c in drums.columns} == {
        "what": True,
        "leaks": True,
        "where": False,
        "due": False,
    }
    found = noted(imported)
    assert "required of some rows only" in found["survey", 6]
    assert "no condition of their own" in found["survey", 6]
    assert "required of some rows only" in found["survey", 8]


def test_conditions_ask_through_what_the_form_computes(tmp_path: Path) -> None:
    path = form(
        tmp_path / "form.xlsx",
        ("decimal", "kg", "How much?"),
        ("calculate", "large", "", "calculation", "if(${kg} > 1000, 'yes', 'no')"),
        ("calculate", "limit", "", "calculation", "5"),
        ("text", "plan", "Plan?", "relevant", "${large} = 'yes'"),
        ("text", "why", "Why?", "relevant", "${limit} > 3"),
    )
    imported = import_workbook(path)
    assert imported.checklist.by_id["plan"].when == 'number("kg") > 1000'
    assert imported.checklist.by_id["why"].when == ""
    found = noted(imported)
    assert "calculate large" in found["survey", 3]
    assert "no answer changes it" in found["survey", 6]


def test_a_repeat_without_columns_and_lists_without_choices_become_text(tmp_path: Path) -> None:
    path = form(
        tmp_path / "form.xlsx",
        ("begin repeat", "photos", "Photos", "repeat_count", "${n}"),
        ("image", "photo", "Photo"),
        ("end repeat", "", ""),
        ("select_one nowhere", "q", "Q"),
        ("select_one_from_file a.csv", "f", "F"),
        ("select_one single", "s", "S"),
        choices=[choice("single", "a"), choice("", "lost"), choice("single", "a"), choice("single", "")],
    )
    imported = import_workbook(path)
    answers = [question.answer for question in imported.checklist.questions]
    assert answers[:3] == [TextAnswer(), TextAnswer(), TextAnswer()]
    assert isinstance(answers[3], OptionsAnswer)
    assert [option.id for option in answers[3].options] == ["a", "none"]
    assert "needs the name of its list" in noted(imported)["choices", 3]
    assert "twice" in noted(imported)["choices", 4]


def test_our_own_columns_make_a_scored_checklist(tmp_path: Path) -> None:
    anchors = {f"level{level}::English (en)": f"At {level}" for level in range(5)}
    scored = {"weight": "3", "critical": "yes", "areas": "A1 A2", "metric": "E1 W1", "opportunity": "2.7142"}
    rows = [
        {"type": "begin group", "name": "ENER-X", EN: "Energy", "module": "ENER"},
        {
            "type": "integer",
            "name": "a",
            EN: "A",
            **anchors,
            **scored,
            "gate": "seen",
            "references": "US: us.hcs; MX:",
        },
        {"type": "decimal", "name": "b", EN: "B", "weight": 2, "cuts": "60 80 90; 97", "unit": "%"},
        {"type": "decimal", "name": "c", EN: "C", "weight": 1, "points": "0:0 10:4", "rapid": "true"},
        {"type": "select_one yn", "name": "d", EN: "D", "weight": 1, "required": "true()"},
        {"type": "text", "name": "e", EN: "E", "when": 'country == "MX"', "areas": "A1", "critical": "yes"},
        {"type": "text", "name": "f", EN: "F", "when": "P_PIANT"},
        {"type": "end group"},
    ]
    lists = [choice("yn", "yes", level=4), choice("yn", "no", level=0, flag="NOPE")]
    areas = [{"id": "A1", "title::English (en)": "Gate", "cue::English (en)": "Look", "minutes": 5}]
    imported = import_workbook(write_form(tmp_path / "form.xlsx", rows, lists, areas=areas))
    pack = imported.checklist
    a = pack.by_id["a"]
    assert isinstance(a.answer, LevelAnswer)
    assert (a.module, a.weight, a.critical, a.areas, a.gate) == ("ENER", 3, True, ("A1", "A2"), "seen")
    assert (a.metrics, a.opportunity) == (("E1", "W1"), "2.7142")
    assert a.levels is not None
    assert a.levels[4].en == "At 4"
    assert a.references == {"US": ("us.hcs",), "MX": ()}
    assert list(pack.references) == ["us.hcs"]
    b, c = pack.by_id["b"].answer, pack.by_id["c"].answer
    assert isinstance(b, CutsAnswer)
    assert (b.better, b.unit, b.cuts[3]) == ("high", "%", Decimal(97))
    assert isinstance(c, PointsAnswer)
    assert pack.by_id["c"].rapid
    assert (pack.by_id["d"].weight, pack.by_id["d"].required) == (1, True)
    assert pack.by_id["e"].when == 'country == "MX"'
    assert pack.by_id["f"].when == ""
    assert [(area.id, area.minutes) for area in pack.areas] == [("A1", 5), ("A2", 1), ("ENER-X", 1)]
    found = noted(imported)
    assert "needs a weight" in found["survey", 7]
    assert "no flag 'P_PIANT'" in found["survey", 8]
    assert "no flag 'NOPE'" in found["choices", 3]


def test_names_that_are_no_ids_are_made_so_and_said(tmp_path: Path) -> None:
    path = form(
        tmp_path / "form.xlsx",
        ("text", "_café", "Coffee?"),
        ("text", "twice", "Once"),
        ("text", "Twice", "Again"),
        ("text", "", "Nameless"),
        ("begin group", "pack", "Pack"),
        ("text", "in", "In ${twice}?", "relevant", "${twice} != ''"),
        ("end group", "", ""),
        ("text", "off", "Off", "disabled", "yes"),
        ("", "", "A comment"),
        form_id="my form",
    )
    imported = import_workbook(path)
    pack = imported.checklist
    assert [q.id for q in pack.questions] == ["cafe", "twice", "Twice_2", "row_5", "in"]
    assert pack.id == "my_form"
    assert [section.id for section in pack.sections] == ["form", "pack_2"]
    assert pack.by_id["in"].text.en == "In [twice]?"
    found = noted(imported)
    assert "It is called 'cafe' here" in found["survey", 2]
    assert "switched off" in found["survey", 9]
    assert found["survey", 10].startswith("A comment. The row has no type")


def test_a_loop_is_asked_once_and_a_circle_is_cut(tmp_path: Path) -> None:
    path = form(
        tmp_path / "form.xlsx",
        ("begin loop over yn", "l", "L"),
        ("text", "a", "A", "relevant", "${b} != ''"),
        ("text", "b", "B", "relevant", "${a} != ''"),
        ("end loop", "", ""),
        choices=YES_NO,
    )
    imported = import_workbook(path)
    assert [question.when for question in imported.checklist.questions] == ["", ""]
    assert "wait for one another" in noted(imported)["survey", 0]
    assert "asked once" in noted(imported)["survey", 2]


def test_many_circles_refuse_the_whole(tmp_path: Path) -> None:
    rows = []
    for number in range(21):
        rows.append(("text", f"a{number}", "A", "relevant", f"${{b{number}}} != ''"))
        rows.append(("text", f"b{number}", "B", "relevant", f"${{a{number}}} != ''"))
    with pytest.raises(FormError, match="circles"):
        import_workbook(form(tmp_path / "form.xlsx", *rows))


def test_a_name_given_twice_and_what_is_computed_cannot_be_asked_for(tmp_path: Path) -> None:
    path = form(
        tmp_path / "form.xlsx",
        ("text", "a", "A"),
        ("text", "a", "A again"),
        ("calculate", "c", ""),
        ("text", "b", "B", "relevant", "${a} != ''"),
        ("text", "d", "D", "relevant", "${c} = 1"),
        ("text", "e", "E", "relevant", " or ".join(["${b} != ''"] * 200)),
    )
    found = noted(import_workbook(path))
    assert "computed or not asked" in found["survey", 5]
    assert "computed or not asked" in found["survey", 6]
    assert "longer than 2000" in found["survey", 7]


@pytest.mark.parametrize(
    "rows", [[("calculate", "c", "")], [("note", "n", "Only a note")], [("audio", "a", "Sing")]]
)
def test_a_form_that_asks_nothing_says_why_by_row(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    with pytest.raises(FormError) as caught:
        import_workbook(form(tmp_path / "form.xlsx", *rows))
    assert any(note.what.split()[0] in {"calculate", "note", "audio"} for note in caught.value.not_carried)


def test_a_workbook_without_a_survey_is_no_form(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="no sheet 'survey'"):
        import_workbook(write_form(tmp_path / "form.xlsx", [], settings={"a": "b"}))


def test_our_columns_that_contradict_each_other_refuse_the_whole(tmp_path: Path) -> None:
    path = form(tmp_path / "form.xlsx", ("decimal", "q", "Q", "cuts", "4 1 3 2", "weight", "1"))
    with pytest.raises(PackError) as caught:
        import_workbook(path)
    assert caught.value.problems[0].field == "answer.cuts"


def test_areas_and_rules_that_say_too_little_are_drafts_or_left_out(tmp_path: Path) -> None:
    path = write_form(
        tmp_path / "form.xlsx",
        [{"type": "text", "name": "q", EN: "Q", "areas": "A1", "references": "MX: mx.own mx.odd"}],
        settings={"form_title": "T", "version": "3"},
        areas=[{"id": "A1", "title::English (en)": "Gate"}],
        references=[
            {"id": "mx.own", "title::English (en)": "Own", "source": "S", "valid_from": "2026-01-01"},
            {"id": "mx.odd", "title::English (en)": "Odd", "status": "perhaps"},
        ],
    )
    pack = import_workbook(path).checklist
    assert (pack.version, list(pack.references)) == ("3.0", ["mx.own"])
    assert {"areas.A1.cue", "areas.A1.minutes"} <= set(pack.missing)


def test_what_stands_beside_an_answer_and_what_has_no_label_is_kept(tmp_path: Path) -> None:
    path = form(
        tmp_path / "form.xlsx",
        ("begin group", "g", ""),
        ("select_one yn", "q", "Q", "kind", "guess"),
        ("select_one yn or_other", "how", "How?", "part_of", "q"),
        ("image", "shot", "Shot", "part_of", "q"),
        ("begin repeat", "r", "R", "kind", "table", "register", "drums"),
        ("select_one yn", "full", "Full?"),
        ("acknowledge", "seen", "Seen?"),
        ("end repeat", "", ""),
        ("end group", "", ""),
        choices=[{"list_name": "yn", "name": "yes"}, {"list_name": "yn", "name": "no", EN: "No"}],
    )
    imported = import_workbook(path)
    answer = imported.checklist.by_id["q"].answer
    assert isinstance(answer, OptionsAnswer)
    assert [(column.id, column.kind) for column in answer.also] == [("how", "option")]
    assert answer.options[0].label.en == "yes"
    assert {"sections.g.title", "questions.q.options.yes"} <= set(imported.checklist.missing)
    table = imported.checklist.by_id["r"].answer
    assert isinstance(table, TableAnswer)
    assert (table.name, [column.kind for column in table.columns]) == ("drums", ["option", "option"])
    found = noted(imported)
    assert "kind: guess" in found["survey", 3]
    assert "can't be specified" in found["survey", 4]
    assert "shot" in found["survey", 5]


def test_a_draft_can_be_written_as_a_folder_and_used(tmp_path: Path) -> None:
    imported = ask(tmp_path, "select_one yn or_other", "relevant", "true()")
    assert load_checklist(save_checklist(imported.checklist, tmp_path / "pack")) == imported.checklist
