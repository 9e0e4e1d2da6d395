"""The report as an archive file that carries its own data: attachment, metadata, colour profile, language.

Made to the rules of PDF/A-3b, not certified; the file is not tagged and is never called accessible.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from PIL import ImageCms
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader

from greenaudit.signing.declaration import FILE_NAME
from greenaudit.signing.reading import entry, items, open_strictly

_MAX_NAMES = 1000
_MAX_DATA = 64 * 1024 * 1024


class AttachmentError(Exception):
    """The file carries no `assessment.json`, or more than one."""


def prepare(pdf: bytes, assessment_json: bytes, language: str, title: str) -> bytes:
    """The report made ready to be signed: with its data attached. `language` is a tag such as `es-MX`."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _attach(document, assessment_json)
        _describe(document, language, title)
        _declare_colours(document)
        out = io.BytesIO()
        document.save(
            out,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=True,
            deterministic_id=True,
        )
    return out.getvalue()


def read_attachment(pdf: bytes) -> bytes:
    """The `assessment.json` of a PDF, or of its beginning up to where a signature ends."""
    return attachment_of(open_strictly(pdf))


def attachment_of(reader: PdfFileReader) -> bytes:
    """The `assessment.json` of an opened PDF."""
    names = entry(entry(reader.root, "/Names", {}), "/EmbeddedFiles")
    found = [spec for name, spec in _entries(names) if name == FILE_NAME] if names is not None else []
    if len(found) != 1:
        raise AttachmentError(f"{len(found)} files are named {FILE_NAME}")
    data: bytes = found[0]["/EF"]["/F"].data
    if len(data) > _MAX_DATA:
        raise AttachmentError(f"{FILE_NAME} is larger than any report's")
    return data


def _attach(document: pikepdf.Pdf, data: bytes) -> None:
    spec = pikepdf.AttachedFileSpec(
        document,
        data,
        filename=FILE_NAME,
        mime_type="application/json",
        relationship=pikepdf.Name.Data,
    )
    document.attachments[FILE_NAME] = spec
    document.Root.AF = pikepdf.Array([document.attachments[FILE_NAME].obj])


def _describe(document: pikepdf.Pdf, language: str, title: str) -> None:
    document.Root.Lang = pikepdf.String(language)
    preferences = document.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    preferences.DisplayDocTitle = True
    document.Root.ViewerPreferences = preferences
    if "/Trapped" in document.docinfo:
        del document.docinfo["/Trapped"]  # says 'not trapped', and has no place in XMP
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata.load_from_docinfo(document.docinfo)
        metadata["dc:title"] = title
        metadata["dc:language"] = {language}
        metadata["pdfaid:part"] = "3"
        metadata["pdfaid:conformance"] = "B"


def _declare_colours(document: pikepdf.Pdf) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    stream = pikepdf.Stream(document, profile)
    stream.N = 3
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String("sRGB"),
        DestOutputProfile=document.make_indirect(stream),
    )
    document.Root.OutputIntents = pikepdf.Array([document.make_indirect(intent)])


def _entries(root: DictionaryObject) -> Iterator[tuple[str, Any]]:
    """Names and values of a name tree, with an end even when the tree has none."""
    waiting, seen = [root], 0
    while waiting:
        node = waiting.pop()
        seen += 1
        flat = items(entry(node, "/Names", ()))
        if seen > _MAX_NAMES or len(flat) > 2 * _MAX_NAMES:
            raise AttachmentError("the list of attachments has no end")
        yield from zip(map(str, flat[::2]), flat[1::2], strict=True)
        waiting.extend(items(entry(node, "/Kids", ())))
