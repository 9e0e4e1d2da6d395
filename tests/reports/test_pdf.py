"""The report as paper: read back with poppler and pikepdf, as any reader would."""

from __future__ import annotations

import io

import pikepdf
import pytest

from greenaudit.domain.assessments import ExpectedSigner
from greenaudit.formats import Formats
from greenaudit.i18n import LANGUAGES, Language
from greenaudit.reports.data import assessment_fingerprint
from greenaudit.reports.pdf import Rendered, render
from greenaudit.reports.styles import PAGE
from tests.helpers.pdfs import fonts_of, pages_of, plain, words_of
from tests.helpers.reports import photo_source, report_content

SAID: dict[Language, tuple[str, ...]] = {
    "en": ("Results", "Stop-and-tell log", "Answers by area", "Signatures", "Page 1 of", "not a legal audit"),
    "es": ("Resultados", "Bitácora de avisos inmediatos", "Respuestas por área", "Firmas", "Página 1 de"),
    "fr": ("Résultats", "Journal des avis immédiats", "Réponses par aire", "Constats", "Page 1 de"),
}


@pytest.fixture(scope="module")
def rendered() -> dict[Language, Rendered]:
    contents = [report_content(language) for language in LANGUAGES]
    return {content.language: render(content, photo_source(content)) for content in contents}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_speaks_its_language(rendered: dict[Language, Rendered], language: Language) -> None:
    text = words_of(rendered[language].pdf)
    for words in SAID[language]:
        assert words in text
    assert "GA-MX-7K2Q-0147" in text
    assert "Planta Saltillo Norte" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_printed_is_the_rules_figure(
    rendered: dict[Language, Rendered], language: Language
) -> None:
    content = report_content(language)
    formats, text = Formats(content.locale), words_of(rendered[language].pdf)
    scores = [content.score.overall.score]
    for module in content.score.modules.values():
        scores += [module.score, *(section.score for section in module.sections.values())]
        assert module.confidence is not None
        assert plain(formats.percent(module.confidence)) in text
    for score in scores:
        assert score is not None
        assert formats.number(score, 1) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_font_is_embedded_and_no_sign_is_missing(
    rendered: dict[Language, Rendered], language: Language
) -> None:
    fonts = fonts_of(rendered[language].pdf)
    assert fonts
    assert all("IBMPlex" in font.name and font.embedded and font.subset for font in fonts)
    assert "\ufffd" not in words_of(rendered[language].pdf)


def test_pages_are_counted_and_few(rendered: dict[Language, Rendered]) -> None:
    for language, one in rendered.items():
        pages = pages_of(one.pdf)
        assert len(pages) == one.pages <= 14
        for number, page in enumerate(pages, start=1):
            assert f"{number} {'of' if language == 'en' else 'de'} {one.pages}" in page


def test_the_fingerprint_of_the_data_is_printed(rendered: dict[Language, Rendered]) -> None:
    one = rendered["en"]
    assert one.fingerprint == assessment_fingerprint(report_content("en"))
    assert one.fingerprint in words_of(one.pdf).replace(" ", "").replace("\n", "")


def test_signature_boxes_lie_inside_the_last_page(rendered: dict[Language, Rendered]) -> None:
    for one in rendered.values():
        assert [box.role for box in one.fields] == ["assessor", "representative"]
        for box in one.fields:
            assert box.page == one.pages - 1
            assert 0 < box.x1 < box.x2 < PAGE[0]
            assert 0 < box.y1 < box.y2 < PAGE[1]
        first, second = one.fields
        assert first.y1 > second.y2


def test_the_file_says_its_language_title_and_parts(rendered: dict[Language, Rendered]) -> None:
    with pikepdf.open(io.BytesIO(rendered["fr"].pdf)) as pdf:
        assert str(pdf.Root.Lang) == "fr-CA"
        assert "GA-MX-7K2Q-0147" in str(pdf.docinfo["/Title"])
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261123214200")
        with pdf.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
    assert titles[0] == "Résultats"
    assert titles[-1] == "Signatures"


def test_one_content_gives_one_file() -> None:
    content = report_content("en")
    photos = photo_source(content)
    assert render(content, photos).pdf == render(content, photos).pdf


def test_what_was_written_in_another_language_says_so(rendered: dict[Language, Rendered]) -> None:
    assert "written in Spanish" in words_of(rendered["en"].pdf)
    assert "escrito en español" not in words_of(rendered["es"].pdf)


def test_danger_is_printed_with_the_plants_time(rendered: dict[Language, Rendered]) -> None:
    text = words_of(rendered["en"].pdf)
    assert "Told to Ing. Lucía Garza on Nov 23, 2026, 8:47:00" in text
    assert "2 stop-and-tells were told to the plant: 1 is still open." in text


def test_an_answer_that_is_not_proved_says_what_counts(rendered: dict[Language, Rendered]) -> None:
    text = words_of(rendered["en"].pdf)
    assert "Level 4, Leading · counts as level 2" in text
    assert "Level 3 also needs 3 months of records" in text


def test_a_refusal_is_recorded_and_has_no_box() -> None:
    signers = (
        ExpectedSigner(role="assessor", name="A. T."),
        ExpectedSigner(
            role="representative", name="L. G.", refused=True, reason="Corporate must read it first."
        ),
    )
    one = render(report_content("en", signers=signers), lambda _: None)
    assert [box.role for box in one.fields] == ["assessor"]
    assert "Corporate must read it first." in words_of(one.pdf)


def test_without_an_endpoint_the_command_is_named_instead_of_the_code() -> None:
    with_code = render(report_content("en"), lambda _: None)
    without = render(report_content("en", verify_url=""), lambda _: None)
    assert "scan the code" in words_of(with_code.pdf)
    assert "scan the code" not in words_of(without.pdf)
    assert "greenaudit verify" in words_of(without.pdf)


def test_a_revision_names_the_one_it_corrects() -> None:
    content = report_content(
        "en", revision=2, corrects="ab" * 32, revision_reason="The oven was measured again."
    )
    text = words_of(render(content, lambda _: None).pdf)
    assert "revision 2" in text
    assert "The oven was measured again." in text
    assert "abab abab" in text
