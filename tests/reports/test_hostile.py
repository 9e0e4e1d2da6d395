"""Whatever people typed, photographed or left out, the report is made, whole, and inside its pages."""

from __future__ import annotations

import io
import struct
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.platypus import Paragraph

from greenaudit.domain.assessments import ExpectedSigner, Proof, Response
from greenaudit.domain.findings import Told
from greenaudit.domain.text import Note
from greenaudit.i18n import LANGUAGES, Language
from greenaudit.reports.content import Item, ReportContent
from greenaudit.reports.palette import palette
from greenaudit.reports.pdf import Rendered, render
from greenaudit.reports.photos import is_whole_jpeg
from greenaudit.reports.styles import Styles
from greenaudit.reports.text import REPLACED, markup
from tests.helpers.pdfs import fonts_of, pages_of, plain, words_of
from tests.helpers.reports import (
    STARTED,
    finding,
    item,
    jpeg,
    photo,
    photo_source,
    plant,
    report_content,
    score_of,
    some_items,
)
from tests.helpers.small_checklist import checklist

INJECTION = '<b>x</b> <para><img src="/etc/passwd"/><font size="400"> &amp; & < > ]]> <!-- ${x} {name} %s \\'
CONTROLS = "a\x00b\x07c\x1b[31md\u202ee\u200bf\ud800g\ufeffh"
SIGNS = "fuite 🔥👩‍🔬 漢字 שלום ½ → ≤ é Ñ"


def rendered(content: ReportContent) -> Rendered:
    return render(content, photo_source(content))


def with_note(text: str, language: Language = "en") -> ReportContent:
    book = checklist()
    items = list(some_items(book))
    items[0] = item(book.questions[0], 1, note=Note(text=text, language=language))
    return report_content("en", checklist=book, items=tuple(items))


def test_markup_that_people_typed_is_printed_and_not_obeyed() -> None:
    text = words_of(rendered(with_note(INJECTION)).pdf)
    assert '<b>x</b> <para><img src="/etc/passwd"/><font size="400"> &amp; & < >' in text
    assert "${x} {name} %s" in text


def test_every_typed_field_is_escaped() -> None:
    hostile = '<a href="x">&\x00'
    content = report_content(
        "en",
        number=f"GA-{hostile}",
        plant=plant(name=hostile, city=hostile),
        supplier=hostile,
        oem=hostile,
        programme=hostile,
        lead=hostile,
        lead_organisation=hostile,
        revision_reason=hostile,
        revision=2,
        findings=(
            finding("stop_and_tell", hostile, told=Told(at=STARTED, to=hostile)),
            finding("minor", hostile, area=hostile, question_id=hostile),
        ),
        signers=(
            ExpectedSigner(role="assessor", name=hostile, position=hostile),
            ExpectedSigner(role="representative", name=hostile, refused=True, reason=hostile),
        ),
    )
    assert words_of(rendered(content).pdf).count('<a href="x">&') >= 12


def test_controls_are_dropped_and_unknown_signs_are_visible() -> None:
    assert "abc[31mdefgh" in words_of(
        rendered(with_note(CONTROLS.encode("utf-8", "replace").decode())).pdf
    ).replace("?", "")
    one = rendered(with_note(SIGNS))
    text = words_of(one.pdf)
    assert f"fuite {REPLACED}" in text
    assert "½ → ≤ é Ñ" in text
    assert "Some signs that people typed cannot be printed" in text
    assert all("IBMPlex" in font.name for font in fonts_of(one.pdf))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_text_makes_a_paragraph(text: str) -> None:
    paragraph = Paragraph(markup(text), Styles(palette()).body)
    assert paragraph.wrap(300, 10_000)[1] >= 0


def test_a_long_note_runs_over_pages_and_is_complete() -> None:
    words = " ".join(f"palabra{number:04d}" for number in range(900))
    one = rendered(with_note(words, "es"))
    text = words_of(one.pdf)
    assert "palabra0000" in text
    assert "palabra0899" in text
    assert one.pages <= 16


@pytest.mark.parametrize("text", ["x" * 10_000, "\n" * 10_000 + "end", "a\n" * 5_000])
def test_notes_of_any_shape_fit(text: str) -> None:
    assert len(pages_of(rendered(with_note(text)).pdf)) < 140


@pytest.mark.parametrize("language", LANGUAGES)
def test_very_long_names_push_nothing_off_the_page(language: Language) -> None:
    name = "Componentes y Ensambles Automotrices de Coahuila y Nuevo León " * 6
    content = report_content(
        language,
        plant=plant(name=name),
        supplier=name,
        oem=name,
        programme=name,
        lead=name,
        signers=(
            ExpectedSigner(role="assessor", name=name, position=name),
            ExpectedSigner(role="representative", name=name, refused=True, reason=name * 4),
            ExpectedSigner(role="mentor", name=name, position=name),
        ),
    )
    one = rendered(content)
    assert [box.role for box in one.fields] == ["assessor", "mentor"]
    assert all(0 < box.y1 < box.y2 < 792 and box.page < one.pages for box in one.fields)
    assert "GreenAudit" in pages_of(one.pdf)[0]


def test_sixty_photos_are_all_there_with_their_numbers() -> None:
    book = checklist()
    items = list(some_items(book))
    for number in range(20):
        asked = book.questions[number]
        photos = tuple(photo(asked, number * 3 + n, f"Photo of place {number}") for n in range(3))
        items[number] = item(asked, 2, photos=photos)
    content = report_content("en", checklist=book, items=tuple(items))
    one = render(content, photo_source(content, lambda number: jpeg(number, (320, 240))))
    text = words_of(one.pdf)
    assert "Photo 60 ·" in text
    assert one.pdf.count(b"/DCTDecode") == 60
    assert one.pages <= 22


def test_a_long_caption_is_printed_whole_below_its_photo() -> None:
    book = checklist()
    items = list(some_items(book))
    caption = " ".join(f"word{number:03d}" for number in range(200))
    items[0] = item(book.questions[0], 2, photos=(photo(book.questions[0], 0, caption),))
    text = words_of(rendered(report_content("en", checklist=book, items=tuple(items))).pdf)
    assert "(caption below)" in text
    assert "word199" in text


def test_photos_that_are_missing_or_torn_get_a_sentence() -> None:
    content = report_content("en")
    missing = plain(words_of(render(content, lambda _: None).pdf))
    assert "This photo was not on the" in missing
    torn = words_of(render(content, lambda _: jpeg()[:4000]).pdf)
    assert "file is damaged" in torn


def test_only_whole_jpegs_of_sane_size_are_placed() -> None:
    png = io.BytesIO()
    Image.new("RGB", (8, 8)).save(png, "PNG")
    whole = jpeg()
    at = whole.index(b"\xff\xc0") + 5
    bomb = whole[:at] + struct.pack(">HH", 65_000, 65_000) + whole[at + 4 :]
    assert is_whole_jpeg(whole)
    for bad in (b"", b"\xff\xd8\xff", png.getvalue(), whole[: len(whole) // 2], bomb):
        assert not is_whole_jpeg(bad)


def test_grey_and_four_colour_jpegs_are_placed() -> None:
    for mode in ("L", "CMYK"):
        stream = io.BytesIO()
        Image.new(mode, (64, 48)).save(stream, "JPEG")
        content = report_content("en")
        data = stream.getvalue()
        assert b"/DCTDecode" in render(content, lambda _, data=data: data).pdf


def nothing_applies() -> tuple[Item, ...]:
    """Every question of Chemicals set aside, the rest unanswered."""
    aside = Response(state="not_applicable", reason="no_such_process")
    return tuple(
        item(asked, None, response=aside if asked.module == "CHEM" else None, proof=None)
        for asked in checklist().questions
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visit_without_any_answer_has_no_figures(language: Language) -> None:
    items = nothing_applies()
    content = report_content(
        language, items=items, score=score_of(items), stairs={}, findings=(), strengths=()
    )
    one = rendered(content)
    text = words_of(one.pdf)
    assert content.score.overall.score is None
    assert "–" in text
    assert one.pages <= 8


def test_an_indicative_score_says_so_and_shows_no_rating() -> None:
    book = checklist()
    items = tuple(
        item(asked, 3 if asked.section.endswith("STO") else None, proof=Proof(grade=3, months=12))
        if asked.section.endswith("STO")
        else item(asked, None)
        for asked in book.questions
    )
    content = report_content("en", items=items, score=score_of(items))
    assert content.score.modules["CHEM"].rating is None
    assert content.score.modules["CHEM"].score == Decimal("75.0")
    text = words_of(rendered(content).pdf)
    assert "75.0, indicative: no rating" in text


def test_no_answers_at_all_still_makes_a_report() -> None:
    items: tuple[Item, ...] = ()
    content = report_content(
        "en", items=items, score=score_of(items), stairs={}, findings=(), strengths=(), signers=()
    )
    one = rendered(content)
    assert one.fields == ()
    assert "No question was answered." in words_of(one.pdf)
