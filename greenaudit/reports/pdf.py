"""The report as a PDF: the parts in order, the data's fingerprint on every page, the boxes for the signatures."""

from __future__ import annotations

import io
from typing import NamedTuple

from reportlab.platypus import Flowable, PageBreak

from greenaudit.reports import fonts
from greenaudit.reports.content import PhotoSource, ReportContent
from greenaudit.reports.data import assessment_fingerprint
from greenaudit.reports.desk import desk_for
from greenaudit.reports.pages import Document
from greenaudit.reports.parts.about import about
from greenaudit.reports.parts.answers import answers
from greenaudit.reports.parts.cover import cover
from greenaudit.reports.parts.findings import findings
from greenaudit.reports.parts.results import results
from greenaudit.reports.parts.signatures import SignatureBox, signatures
from greenaudit.reports.parts.unseen import unseen


class Rendered(NamedTuple):
    """A report on paper: the file, its number of pages, where signatures go, and the fingerprint it prints."""

    pdf: bytes
    pages: int
    fields: tuple[SignatureBox, ...]
    fingerprint: str


def render(content: ReportContent, photos: PhotoSource) -> Rendered:
    """Sets the report in the content's language. One content gives one file, byte for byte."""
    fonts.register()
    fingerprint = assessment_fingerprint(content)
    desk = desk_for(content, photos, fingerprint)
    boxes: list[SignatureBox] = []
    flow: list[Flowable] = []
    for part in (
        cover(desk),
        results(desk),
        findings(desk),
        answers(desk),
        [*unseen(desk), *about(desk)],
        signatures(desk, boxes),
    ):
        if part:
            flow += [*part, PageBreak()]
    stream = io.BytesIO()
    document = Document(stream, desk)
    document.build(flow[:-1], canvasmaker=document.make_canvas)
    return Rendered(stream.getvalue(), document.page, tuple(boxes), fingerprint)


__all__ = ["Rendered", "SignatureBox", "render"]
