"""Ways to tamper with a signed PDF: in its bytes, by an update behind it, and in its signatures' containers."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence

import pikepdf
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NumberObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

Change = Callable[[IncrementalPdfFileWriter], None]
_RANGE = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\] *")


def ranges(pdf: bytes) -> list[tuple[int, int, int]]:
    """For each signature in file order: where its container begins, where it ends, where its cover ends."""
    return [(int(m[2]), int(m[3]), int(m[3]) + int(m[4])) for m in _RANGE.finditer(pdf)]


def flip(pdf: bytes, at: int) -> bytes:
    """One bit changed."""
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def flip_in(pdf: bytes, mark: bytes, offset: int = 0) -> bytes:
    """One bit changed behind the last occurrence of a mark."""
    return flip(pdf, pdf.rindex(mark) + len(mark) + offset)


def put(pdf: bytes, at: int, new: bytes) -> bytes:
    """Bytes written over others; nothing moves."""
    return pdf[:at] + new + pdf[at + len(new) :]


def replaced(pdf: bytes, old: bytes, new: bytes) -> bytes:
    """The last occurrence of some bytes replaced, padded so that nothing moves."""
    at = pdf.rindex(old)
    return put(pdf, at, new.ljust(len(old)))


def saved_anew(pdf: bytes) -> bytes:
    """Opened and saved by another program."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out)
    return out.getvalue()


def updated(pdf: bytes, change: Change) -> bytes:
    """An incremental update that a program makes."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def raw_update(pdf: bytes, objects: Mapping[int, bytes], freed: Sequence[int] = ()) -> bytes:
    """An incremental update written by hand: objects replaced or freed, nothing else touched."""
    start = int(pdf[pdf.rindex(b"startxref") + 9 : pdf.rindex(b"%%EOF")])
    trailer = pdf[pdf.rindex(b"trailer") : pdf.rindex(b"startxref")]
    trailer = re.sub(rb"/Prev \d+\n", b"", trailer).replace(b"<<", b"<<\n/Prev %d" % start, 1)
    body, table = pdf, b"xref\n"
    for number in sorted({*objects, *freed}):
        if number in objects:
            table += b"%d 1\n%010d 00000 n \n" % (number, len(body))
            body += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
        else:
            table += b"%d 1\n0000000000 00001 f \n" % number
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


def page(writer: IncrementalPdfFileWriter, index: int = 0) -> DictionaryObject:
    """A page, marked as changed."""
    kids = writer.root["/Pages"]["/Kids"]
    writer.mark_update(kids.raw_get(index))
    found: DictionaryObject = kids[index]
    return found


def field(writer: IncrementalPdfFileWriter, index: int) -> DictionaryObject:
    """A signature field with its widget, marked as changed."""
    fields = writer.root["/AcroForm"]["/Fields"]
    writer.mark_update(fields.raw_get(index))
    found: DictionaryObject = fields[index]
    return found


def page_text(writer: IncrementalPdfFileWriter) -> None:
    page(writer)["/Contents"] = writer.add_object(StreamObject(stream_data=b"0 0 1 rg 0 0 300 300 re f"))


def crop_box(writer: IncrementalPdfFileWriter) -> None:
    page(writer)["/CropBox"] = ArrayObject([NumberObject(n) for n in (0, 0, 300, 300)])


def page_removed(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    writer.mark_update(writer.root.raw_get("/Pages"))
    del pages["/Kids"][0]
    pages["/Count"] = NumberObject(2)


def image(writer: IncrementalPdfFileWriter) -> None:
    objects = page(writer)["/Resources"]["/XObject"]
    name = next(iter(objects))
    picture = objects[name]
    writer.mark_update(objects.raw_get(name))
    picture["/Decode"] = ArrayObject([NumberObject(n) for n in (1, 0, 1, 0, 1, 0)])


def font(writer: IncrementalPdfFileWriter) -> None:
    fonts = page(writer)["/Resources"]["/Font"]
    name = next(key for key in fonts if "/ToUnicode" in fonts[key])
    writer.mark_update(fonts.raw_get(name))
    fonts[name]["/FirstChar"] = NumberObject(7)


def attachment_data(writer: IncrementalPdfFileWriter) -> None:
    files = _filespec(writer)["/EF"]
    files["/F"] = files["/UF"] = writer.add_object(StreamObject(stream_data=b'{"format":"forged"}'))


def attachment_name(writer: IncrementalPdfFileWriter) -> None:
    spec = _filespec(writer)
    spec["/UF"] = spec["/F"] = pdf_string("other.json")


def attachment_list(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]
    names["/EmbeddedFiles"] = DictionaryObject({pdf_name("/Names"): ArrayObject()})
    writer.update_root()
    writer.update_container(names)


def attachment_second(writer: IncrementalPdfFileWriter) -> None:
    stream = writer.add_object(StreamObject(stream_data=b"{}"))
    spec = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Filespec"),
            pdf_name("/F"): pdf_string("assessment.json"),
            pdf_name("/EF"): DictionaryObject({pdf_name("/F"): stream}),
        }
    )
    writer.root["/AF"].append(writer.add_object(spec))
    writer.update_root()
    writer.update_container(writer.root["/AF"])


def annotation(writer: IncrementalPdfFileWriter) -> None:
    note = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): ArrayObject([FloatObject(n) for n in (60, 700, 300, 760)]),
            pdf_name("/Contents"): pdf_string("Score: 100"),
            pdf_name("/DA"): pdf_string("/Helv 12 Tf"),
        }
    )
    page(writer)["/Annots"] = ArrayObject([writer.add_object(note)])


def text_field(writer: IncrementalPdfFileWriter) -> None:
    new = DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): pdf_string("score"),
            pdf_name("/V"): pdf_string("100"),
        }
    )
    form = writer.root["/AcroForm"]
    form["/Fields"].append(writer.add_object(new))
    writer.update_container(form["/Fields"])


def layer(writer: IncrementalPdfFileWriter) -> None:
    group = writer.add_object(
        DictionaryObject({pdf_name("/Type"): pdf_name("/OCG"), pdf_name("/Name"): pdf_string("figures")})
    )
    off = DictionaryObject({pdf_name("/OFF"): ArrayObject([group])})
    writer.root["/OCProperties"] = DictionaryObject(
        {pdf_name("/OCGs"): ArrayObject([group]), pdf_name("/D"): off}
    )
    writer.update_root()


def javascript(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/OpenAction"] = DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
    )
    writer.update_root()


def permissions_removed(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/Perms"]
    writer.update_root()


def appearance_changed(writer: IncrementalPdfFileWriter) -> None:
    look = StreamObject(stream_data=b"0 0 100 50 re f")
    look["/Type"], look["/Subtype"] = pdf_name("/XObject"), pdf_name("/Form")
    look["/BBox"] = ArrayObject([NumberObject(n) for n in (0, 0, 100, 50)])
    field(writer, 1)["/AP"] = DictionaryObject({pdf_name("/N"): writer.add_object(look)})


def widget_moved(writer: IncrementalPdfFileWriter) -> None:
    field(writer, 0)["/Rect"] = ArrayObject([NumberObject(n) for n in (0, 0, 10, 10)])


def widget_hidden(writer: IncrementalPdfFileWriter) -> None:
    field(writer, 1)["/F"] = NumberObject(2)


def field_unlisted(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    del form["/Fields"][1]
    writer.update_container(form["/Fields"])


def field_emptied(writer: IncrementalPdfFileWriter) -> None:
    del field(writer, 1)["/V"]


def form_removed(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()


def info_title(writer: IncrementalPdfFileWriter) -> None:
    writer.mark_update(writer.trailer.raw_get("/Info"))
    writer.trailer["/Info"]["/Title"] = pdf_string("Another report")


def info_author(writer: IncrementalPdfFileWriter) -> None:
    writer.mark_update(writer.trailer.raw_get("/Info"))
    writer.trailer["/Info"]["/Author"] = pdf_string("Someone else")


def xmp_title(writer: IncrementalPdfFileWriter) -> None:
    """Another title in the XMP packet. pyHanko writes its own copy of the packet, so the change is made behind it."""
    old = writer.root["/Metadata"].data
    new = StreamObject(stream_data=old.replace(b"Informe", b"Another"))
    new["/Type"], new["/Subtype"] = pdf_name("/Metadata"), pdf_name("/XML")
    assert new.data != old
    writer.root["/Metadata"] = writer.add_object(new)
    writer.update_root()


def signature_copied(writer: IncrementalPdfFileWriter) -> None:
    second = field(writer, 1)
    copy = DictionaryObject(second["/V"])
    second["/V"] = writer.add_object(copy)


def table_that_goes_in_circles(pdf: bytes, number: int) -> bytes:
    """A further table that names itself as the one before it."""
    whole = raw_update(pdf, {number: b"null"})
    at = int(whole[whole.rindex(b"startxref") + 9 : whole.rindex(b"%%EOF")])
    return whole[:at] + re.sub(rb"/Prev \d+", b"/Prev %d" % at, whole[at:])


def as_binary_string(pdf: bytes) -> bytes:
    """The last container as a binary string, half as long; the rest of its room tells of another name and reason."""
    begin, end, cover = ranges(pdf)[-1]
    entries = b"/Name (Someone Else) /Reason (I know nothing of this) /M (D:20200101000000Z) "
    entries += b"/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached "
    entries += b"/Byte#52ange [0 %d %d %d] >>\nendobj\n" % (begin, end, cover - end)
    return put(pdf, begin, (_binary(_der(pdf), (end - begin - 2) // 2) + entries).ljust(end - begin))


def range_moved(pdf: bytes, objects: Mapping[int, bytes]) -> bytes:
    """The last signature's second range moved to the end; a table of the attacker's stands where the file looks for one.

    What the signature covers is the same bytes in the same order; a reader finds other objects. The container is a
    binary string whose length, counted as hex digits, fills all the room between the ranges.
    """
    begin, end, cover = ranges(pdf)[-1]
    head, tail = pdf[:begin], pdf[end:cover]
    written = _RANGE.match(tail, tail.index(b"/ByteRange"))
    assert written is not None
    rest = tail[written.end() : tail.index(b"endobj")].rstrip().removesuffix(b">>")
    table_at = int(pdf[pdf.rindex(b"startxref") + 9 : pdf.rindex(b"%%EOF")])
    table, trailer = (
        pdf[table_at : pdf.rindex(b"trailer")],
        pdf[pdf.rindex(b"trailer") : pdf.rindex(b"startxref")],
    )
    size = 32_000
    moved = begin + 2 * size + 2
    at = table_at + len(table) + sum(len(b"%d 1\n" % key) + 20 for key in objects) + len(trailer)
    bodies = b""
    for key, data in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (key, at + len(bodies))
        bodies += b"%d 0 obj\n%s\nendobj\n" % (key, data)
    entries = b"\n/Byte#52ange [0 %d %d %d]" % (begin, moved, len(tail)) + rest + b">>\nendobj\n"
    own = head + _binary(_der(pdf), size) + entries
    assert len(own) <= table_at
    return (own.ljust(table_at) + table + trailer + bodies).ljust(moved) + tail


def _der(pdf: bytes) -> bytes:
    begin, end, _ = ranges(pdf)[-1]
    raw = bytes.fromhex(pdf[begin + 1 : end - 1].decode("ascii"))
    return raw[: 4 + int.from_bytes(raw[2:4], "big")]


def _binary(data: bytes, size: int) -> bytes:
    text = re.sub(rb"([()\\])", rb"\\\1", data.ljust(size, b"\x00")).replace(b"\r", rb"\r")
    return b"(" + text + b")"


def _filespec(writer: IncrementalPdfFileWriter) -> DictionaryObject:
    writer.mark_update(writer.root["/AF"].raw_get(0))
    found: DictionaryObject = writer.root["/AF"][0]
    return found
