"""Before the first signature: our own file may hold nothing that could later show other content than was signed."""

from __future__ import annotations

from collections.abc import Iterator

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject
from pyhanko.pdf_utils.reader import PdfFileReader

from greenaudit.errors import BugError
from greenaudit.signing.reading import entry

_ACTIVE = ("/JS", "/JavaScript", "/AA", "/XFA", "/Launch", "/RichMedia", "/OCProperties", "/OC")
_ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE", "/SetOCGState")
_ANNOTATIONS = ("/Link", "/Popup")


def check_before_signing(reader: PdfFileReader) -> None:
    """Raises BugError when the report has scripts, layers, form fields, missing objects or foreign attachments."""
    root = reader.root
    if reader.encrypted:
        raise BugError("the report is encrypted")
    if reader.total_revisions != 1 or "/AcroForm" in root or "/Perms" in root:
        raise BugError("the report has form fields, signatures or updates already")
    if isinstance(entry(root, "/OpenAction"), DictionaryObject):
        raise BugError("the report acts when it is opened")
    if len(entry(root, "/AF", ())) != 1:
        raise BugError("the report must carry its data and no other attachment")
    known = {(ref.idnum, ref.generation) for ref in reader.xrefs.explicit_refs_in_revision(0)}
    for number, generation in sorted(known):
        item = reader.get_object(IndirectObject(number, generation, reader).reference)
        for held in _held(item):
            _check_held(held, number, known)


def _check_held(held: PdfObject, number: int, known: set[tuple[int, int]]) -> None:
    if isinstance(held, IndirectObject):
        if (held.idnum, held.generation) not in known:
            raise BugError(f"object {number} of the report points to one that is missing")
    elif isinstance(held, DictionaryObject):
        for name in _ACTIVE:
            if name in held:
                raise BugError(f"object {number} of the report has {name}")
        if entry(held, "/S") in _ACTIONS:
            raise BugError(f"object {number} of the report has an action of a kind we don't make")
        if entry(held, "/Type") == "/Annot" and entry(held, "/Subtype") not in _ANNOTATIONS:
            raise BugError(f"object {number} of the report is an annotation of a kind we don't make")
        if entry(held, "/Type") == "/Filespec" and entry(held, "/AFRelationship") != "/Data":
            raise BugError(f"object {number} of the report is a foreign attachment")


def _held(item: PdfObject) -> Iterator[PdfObject]:
    """The object and all that is written inside it; what it only refers to comes as a reference."""
    waiting = [item]
    while waiting:
        held = waiting.pop()
        yield held
        if isinstance(held, DictionaryObject):
            waiting.extend(held.raw_get(key) for key in held)
        elif isinstance(held, ArrayObject):
            waiting.extend(held.raw_get(index) for index in range(len(held)))
