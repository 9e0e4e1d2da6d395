"""A report with 60 photos, beside WeasyPrint setting the same words and the same photos. Recorded, not judged."""

from __future__ import annotations

import base64
import html
import sys
import time
from collections.abc import Callable
from types import ModuleType

import pytest

from greenaudit.reports.content import ReportContent
from greenaudit.reports.pdf import render
from tests.helpers.reports import item, jpeg, photo, photo_source, report_content, some_items
from tests.helpers.small_checklist import checklist

ROUNDS = 3


def sixty_photos() -> ReportContent:
    """Twenty answers with three photos each."""
    book = checklist()
    items = list(some_items(book))
    for number in range(20):
        asked = book.questions[number]
        photos = tuple(photo(asked, number * 3 + n, f"Place {number}") for n in range(3))
        items[number] = item(asked, 2, photos=photos)
    return report_content("en", checklist=book, items=tuple(items))


def as_html(content: ReportContent, photos: Callable[[str], bytes | None]) -> str:
    """The same questions, answers, captions and photos, as plainly as HTML can say them."""
    parts = [f"<h1>{html.escape(content.plant.name)}</h1>"]
    for one in content.items:
        parts.append(
            f"<h3>{one.question.id} {html.escape(one.question.text.en)}</h3><p>Level {one.level}</p>"
        )
        parts.append("<div style='display:flex'>")
        for shot in one.photos:
            data = base64.b64encode(photos(shot.sha256) or b"").decode()
            parts.append(f"<img width=160 src='data:image/jpeg;base64,{data}'>")
        parts.append("</div>")
    return "<html><body style='font-family: IBM Plex Sans'>" + "".join(parts) + "</body></html>"


def best(work: Callable[[], object]) -> float:
    """The shortest of a few runs, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def weasyprint() -> ModuleType:
    """WeasyPrint, or a skip that says which system library it lacks."""
    try:
        return pytest.importorskip("weasyprint")
    except OSError as error:
        pytest.skip(f"WeasyPrint cannot load: {str(error).splitlines()[0]}")


@pytest.mark.filterwarnings("ignore")
def test_sixty_photos_against_weasyprint(capsys: pytest.CaptureFixture[str]) -> None:
    content = sixty_photos()
    photos = photo_source(content, lambda number: jpeg(number, (1600, 1200)))
    render(content, photos)
    ours = best(lambda: render(content, photos))
    with capsys.disabled():
        sys.stdout.write(f"\nreport with 60 photos: {ours:.2f} s\n")
    setter = weasyprint()
    page = as_html(content, photos)
    theirs = best(lambda: setter.HTML(string=page).write_pdf())
    with capsys.disabled():
        sys.stdout.write(f"WeasyPrint, same content: {theirs:.2f} s; ratio {ours / theirs:.2f}\n")
