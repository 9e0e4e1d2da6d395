"""Title, author and other descriptions: the same now as when the first signer signed.

An update may change them without breaking a signature (readers allow it for archiving), so they are compared here.
"""

from __future__ import annotations

import io
from typing import Any

from pyhanko.pdf_utils.metadata.xmp_xml import parse_xmp
from pyhanko.pdf_utils.reader import PdfFileReader

from greenaudit.messages import msg
from greenaudit.signing.reading import entry
from greenaudit.signing.verdict import ObjectionError

_INFO_MAY_CHANGE = {"/ModDate", "/Producer"}
_XMP_MAY_CHANGE = {
    ("http://ns.adobe.com/xap/1.0/", "ModifyDate"),
    ("http://ns.adobe.com/xap/1.0/", "MetadataDate"),
    ("http://ns.adobe.com/pdf/1.3/", "Producer"),
}


def check_metadata(first: PdfFileReader, whole: PdfFileReader) -> None:
    """Compares the descriptions as the first signature covers them with those of the whole file."""
    if _info(first) != _info(whole) or _xmp(first) != _xmp(whole):
        raise ObjectionError(
            "altered",
            "metadata",
            msg("The title, the author or another description of the file was changed after signing."),
        )


def _info(reader: PdfFileReader) -> dict[str, Any]:
    info = entry(reader.trailer_view, "/Info", {})
    return {str(key): _plain(info[key]) for key in info if key not in _INFO_MAY_CHANGE}


def _plain(value: Any) -> str:
    return f"{type(value).__name__} {value!r}"


def _xmp(reader: PdfFileReader) -> list[dict[Any, Any]] | None:
    stream = entry(reader.root, "/Metadata")
    if stream is None:
        return None
    return [
        {name: value for name, value in part if (name.ns, name.local_name) not in _XMP_MAY_CHANGE}
        for part in parse_xmp(io.BytesIO(stream.data))
    ]
