"""Every way of tampering that was measured, made from one honest report: each is refused, with a sentence."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper

from greenaudit.signing.certificates import Issuer, issue, new_key, signer_extensions
from greenaudit.signing.verdict import Verdict
from greenaudit.signing.verifying import verify
from tests.helpers import tampering as ways
from tests.helpers.pki import (
    ASSESSOR,
    REPRESENTATIVE,
    SIGNED_AT,
    assessment_bytes,
    on_site,
    programme,
    report,
    sign_field,
    stamper,
    start_report,
)
from tests.signing.conftest import Signed

Attack = Callable[[Signed], bytes]


def by_update(change: ways.Change) -> Attack:
    return lambda signed: ways.updated(signed.twice, change)


def second_range(signed: Signed, new: bytes) -> bytes:
    written = re.findall(rb"/ByteRange \[[^\]]*\] *", signed.twice)[-1]
    return ways.replaced(signed.twice, written, new)


def second_contents(signed: Signed, new: bytes) -> bytes:
    begin, end, _ = ways.ranges(signed.twice)[-1]
    return ways.put(signed.twice, begin, new.ljust(end - begin))


def bit_in_page(signed: Signed) -> bytes:
    return ways.flip(signed.twice, _stream_at(signed.twice, "/Contents"))


def bit_in_photo(signed: Signed) -> bytes:
    return ways.flip_in(signed.twice, b"/DCTDecode", 400)


def bit_in_attachment(signed: Signed) -> bytes:
    return ways.flip(signed.twice, _stream_at(signed.twice, "/EmbeddedFile"))


def bit_in_second_revision(signed: Signed) -> bytes:
    return ways.flip(signed.twice, len(signed.once) + 60)


def claimed_time_changed(signed: Signed) -> bytes:
    return ways.replaced(signed.twice, rb"/M (D\07220261124183000Z)", rb"/M (D\07220261124193000Z)")


def bit_in_first_value(signed: Signed) -> bytes:
    return _hex_changed(signed.twice, 0, 1400)


def bit_in_second_value(signed: Signed) -> bytes:
    return _hex_changed(signed.twice, 1, 1400)


def containers_swapped(signed: Signed) -> bytes:
    (a1, b1, _), (a2, b2, _) = ways.ranges(signed.twice)
    first, second = signed.twice[a1:b1], signed.twice[a2:b2]
    return ways.put(ways.put(signed.twice, a1, second), a2, first)


def padding_in_first_container(signed: Signed) -> bytes:
    return ways.put(signed.twice, ways.ranges(signed.twice)[0][1] - 65, b"48494444454e20" + b"41" * 8)


def padding_in_second_container(signed: Signed) -> bytes:
    return ways.put(signed.twice, ways.ranges(signed.twice)[1][1] - 3, b"01")


def objects_without_table(signed: Signed) -> bytes:
    return signed.twice + b"4 0 obj\n<< /Type /Page >>\nendobj\n"


def end_repeated(signed: Signed) -> bytes:
    start = signed.twice[signed.twice.rindex(b"startxref") :]
    return signed.twice + b"4 0 obj\n<< /Type /Page >>\nendobj\n" + start


def object_freed(signed: Signed) -> bytes:
    return ways.raw_update(signed.twice, {}, [_contents_number(signed.twice)])


def object_replaced_by_hand(signed: Signed) -> bytes:
    new = {_contents_number(signed.twice): b"<< /Length 3 >>\nstream\nq Q\nendstream"}
    return ways.raw_update(signed.twice, new)


def page_changed_then_stamped(signed: Signed) -> bytes:
    changed = ways.updated(signed.twice, ways.page_text)
    out = io.BytesIO()
    PdfTimeStamper(stamper(signed.who, SIGNED_AT)).timestamp_pdf(
        IncrementalPdfFileWriter(io.BytesIO(changed)), "sha256", output=out
    )
    return out.getvalue()


def stamped_then_page_changed(signed: Signed) -> bytes:
    out = io.BytesIO()
    PdfTimeStamper(stamper(signed.who, SIGNED_AT)).timestamp_pdf(
        IncrementalPdfFileWriter(io.BytesIO(signed.twice)), "sha256", output=out
    )
    return ways.updated(out.getvalue(), ways.page_text)


def visible_stamp_over_a_page(signed: Signed) -> bytes:
    """An honest stamp, but in a field that paints over what was signed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed.twice))
    append_signature_field(writer, SigFieldSpec("stamp", on_page=0, box=(0, 0, 500, 800)))
    field = writer.root["/AcroForm"]["/Fields"][2]
    look = StreamObject(stream_data=b"1 1 1 rg 0 0 500 800 re f")
    look["/Type"], look["/Subtype"] = pdf_name("/XObject"), pdf_name("/Form")
    look["/BBox"] = ArrayObject([NumberObject(n) for n in (0, 0, 500, 800)])
    field["/AP"] = DictionaryObject({pdf_name("/N"): writer.add_object(look)})
    out = io.BytesIO()
    PdfTimeStamper(stamper(signed.who, SIGNED_AT), field_name="stamp").timestamp_pdf(
        writer, "sha256", output=out
    )
    return out.getvalue()


def range_moved_on_one_signature(signed: Signed) -> bytes:
    alone = start_report(signed.who, "assessor", refused="No quiso firmar")
    new = {_contents_number(alone): b"<< /Length 3 >>\nstream\nq Q\nendstream"}
    return ways.range_moved(alone, new)


def range_moved_on_two_signatures(signed: Signed) -> bytes:
    new = {_contents_number(signed.twice): b"<< /Length 3 >>\nstream\nq Q\nendstream"}
    return ways.range_moved(signed.twice, new)


def forged_second_signature(signed: Signed) -> bytes:
    by, chain = on_site(signed.stranger, REPRESENTATIVE)
    return sign_field(signed.once, "representative", by, chain, REPRESENTATIVE)


def self_signed_second_signature(signed: Signed) -> bytes:
    by, _ = on_site(signed.stranger, REPRESENTATIVE)
    return sign_field(signed.once, "representative", by, [], REPRESENTATIVE)


def third_signature_by_stranger(signed: Signed) -> bytes:
    by, chain = on_site(signed.stranger, "Somebody")
    return sign_field(signed.twice, "third", by, chain, "Somebody")


def third_signature_from_our_device(signed: Signed) -> bytes:
    by, chain = on_site(signed.who, "Somebody")
    return sign_field(signed.twice, "third", by, chain, "Somebody")


def representative_with_assessors_key(signed: Signed) -> bytes:
    certified = signed.who.identity.certified(SIGNED_AT)
    return sign_field(signed.once, "representative", certified.assessor, [certified.issuing], REPRESENTATIVE)


def representative_certified_by_assessors_key(signed: Signed) -> bytes:
    certified = signed.who.identity.certified(SIGNED_AT)
    by, _ = on_site(signed.who, REPRESENTATIVE)
    fake = _reissued(by, certified.assessor)
    chain = [certified.assessor.certificate, certified.issuing]
    return sign_field(signed.once, "representative", fake, chain, REPRESENTATIVE)


def representative_under_another_name(signed: Signed) -> bytes:
    by, chain = on_site(signed.who, "Pedro Páramo")
    return sign_field(signed.once, "representative", by, chain, REPRESENTATIVE)


def assessor_certified_by_the_device(signed: Signed) -> bytes:
    by, chain = on_site(signed.who, ASSESSOR)
    data = report(assessment_bytes("assessor"))
    return sign_field(data, "assessor", by, chain, ASSESSOR, certify=True)


def first_signature_does_not_certify(signed: Signed) -> bytes:
    certified = signed.who.identity.certified(SIGNED_AT)
    data = report(assessment_bytes("assessor"))
    return sign_field(data, "assessor", certified.assessor, [certified.issuing], ASSESSOR)


def no_report_data(signed: Signed) -> bytes:
    certified = signed.who.identity.certified(SIGNED_AT)
    with pikepdf.open(io.BytesIO(report(assessment_bytes("assessor")))) as document:
        del document.Root.Names
        del document.Root.AF
        out = io.BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return sign_field(
        out.getvalue(), "assessor", certified.assessor, [certified.issuing], ASSESSOR, certify=True
    )


def encrypted(signed: Signed) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed.twice)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


CHANGED = {
    "one bit in a page": bit_in_page,
    "one bit in a photo": bit_in_photo,
    "one bit in the attachment": bit_in_attachment,
    "one bit in the second revision": bit_in_second_revision,
    "another claimed time": claimed_time_changed,
    "one bit in the first signature's value": bit_in_first_value,
    "one bit in the second signature's value": bit_in_second_value,
    "containers swapped": containers_swapped,
    "bytes in front": lambda signed: b"%hello\n" + signed.twice,
    "saved anew by another program": lambda signed: ways.saved_anew(signed.twice),
    "words in the first container's padding": padding_in_first_container,
    "one bit in the second container's padding": padding_in_second_container,
    "one byte after the end": lambda signed: signed.twice + b"x",
    "many line ends after the end": lambda signed: signed.twice + b"\n" * 40,
    "the end cut off": lambda signed: signed.twice[:-3],
    "objects without a table after the end": objects_without_table,
    "objects and a repeated end after the end": end_repeated,
    "an update that changes a page": by_update(ways.page_text),
    "an update that crops a page": by_update(ways.crop_box),
    "an update that removes a page": by_update(ways.page_removed),
    "an update that changes a photo": by_update(ways.image),
    "an update that changes a font": by_update(ways.font),
    "an update that changes the attachment": by_update(ways.attachment_data),
    "an update that renames the attachment": by_update(ways.attachment_name),
    "an update that empties the list of attachments": by_update(ways.attachment_list),
    "an update that adds an attachment": by_update(ways.attachment_second),
    "an update that adds a note": by_update(ways.annotation),
    "an update that adds a text field": by_update(ways.text_field),
    "an update that adds a hidden layer": by_update(ways.layer),
    "an update that adds a script": by_update(ways.javascript),
    "an update that lifts the permissions": by_update(ways.permissions_removed),
    "an update that changes a drawn signature": by_update(ways.appearance_changed),
    "an update that moves a signature field": by_update(ways.widget_moved),
    "an update that hides a signature field": by_update(ways.widget_hidden),
    "an update that unlists the second field": by_update(ways.field_unlisted),
    "an update that empties the second field": by_update(ways.field_emptied),
    "an update that removes the whole form": by_update(ways.form_removed),
    "an update that changes the title": by_update(ways.info_title),
    "an update that changes the author": by_update(ways.info_author),
    "an update that changes the XMP title": by_update(ways.xmp_title),
    "an object freed by hand": object_freed,
    "a page replaced by hand": object_replaced_by_hand,
    "a page changed, then honestly stamped": page_changed_then_stamped,
    "honestly stamped, then a page changed": stamped_then_page_changed,
    "an honest stamp that paints over a page": visible_stamp_over_a_page,
    "a table that goes in circles": lambda signed: ways.table_that_goes_in_circles(
        signed.twice, _contents_number(signed.twice)
    ),
    "no byte range": lambda signed: second_range(signed, b"/ByteRangX [0 1 2 3]"),
    "a null byte range": lambda signed: second_range(signed, b"/ByteRange null"),
    "an empty byte range": lambda signed: second_range(signed, b"/ByteRange []"),
    "a byte range of zeros": lambda signed: second_range(signed, b"/ByteRange [0 0 0 0]"),
    "a byte range that wants more than the file": lambda signed: second_range(
        signed, b"/ByteRange [0 99999999 99999999 99999999]"
    ),
    "no contents": lambda signed: ways.replaced(signed.twice, b"/Contents <", b"/Contentx <"),
    "null contents": lambda signed: second_contents(signed, b"null"),
    "empty contents": lambda signed: second_contents(signed, b"<>"),
    "contents of zeros": lambda signed: second_contents(signed, b"<" + b"0" * 32768 + b">"),
    "the signature dictionary copied": by_update(ways.signature_copied),
    "the container as a binary string with another name beside it": lambda signed: ways.as_binary_string(
        signed.twice
    ),
    "the second range moved, one signature": range_moved_on_one_signature,
    "the second range moved, two signatures": range_moved_on_two_signatures,
    "encrypted by another program": encrypted,
}

NOT_OURS: dict[str, tuple[Attack, str]] = {
    "cut back to the first revision": (lambda signed: signed.twice[: len(signed.once)], "incomplete"),
    "the second signature forged under the same names": (forged_second_signature, "unknown_signer"),
    "the second signature without any chain": (self_signed_second_signature, "unknown_signer"),
    "a third signature by a stranger": (third_signature_by_stranger, "unknown_signer"),
    "a third signature from the programme's own device": (third_signature_from_our_device, "unknown_signer"),
    "the representative's field signed by the assessor": (
        representative_with_assessors_key,
        "unknown_signer",
    ),
    "a certificate that the assessor's key made": (
        representative_certified_by_assessors_key,
        "unknown_signer",
    ),
    "the representative's field signed under another name": (
        representative_under_another_name,
        "unknown_signer",
    ),
    "an assessor that the device certified itself": (assessor_certified_by_the_device, "unknown_signer"),
    "a first signature that does not certify": (first_signature_does_not_certify, "not_a_report"),
    "a signed file without report data": (no_report_data, "not_a_report"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_changed_file_is_refused_with_a_sentence(name: str, signed: Signed) -> None:
    verdict = judged(CHANGED[name](signed), signed)
    assert verdict.status in ("altered", "not_signed"), verdict
    assert verdict.unchanged.text
    refused(verdict)


@pytest.mark.parametrize("name", NOT_OURS)
def test_wrong_signers_are_refused_with_a_sentence(name: str, signed: Signed) -> None:
    attack, status = NOT_OURS[name]
    verdict = judged(attack(signed), signed)
    assert verdict.status == status, verdict
    refused(verdict)


def test_another_enrolled_device_cannot_add_the_representative(
    signed: Signed, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = programme(tmp_path_factory.mktemp("other") / "identity")
    asked = other.identity.csrs("Eva Soto", "MX", "Other laboratory")
    colleague = other.identity.install(signed.who.authority.certify(asked.assessor, asked.sub_ca, "Eva Soto"))
    by, chain = on_site(type(other)(signed.who.authority, colleague, other.clock), REPRESENTATIVE)
    verdict = judged(sign_field(signed.once, "representative", by, chain, REPRESENTATIVE), signed)
    assert verdict.status == "unknown_signer"


def test_device_cannot_make_itself_a_time_stamp_authority(signed: Signed) -> None:
    sub_ca = signed.who.identity.certified(SIGNED_AT).sub_ca
    stamp = stamper(signed.who, SIGNED_AT - timedelta(minutes=30), sub_ca)
    out = io.BytesIO()
    PdfTimeStamper(stamp).timestamp_pdf(
        IncrementalPdfFileWriter(io.BytesIO(signed.twice)), "sha256", output=out
    )
    verdict = judged(out.getvalue(), signed)
    assert verdict.accepted
    assert all(fact.proved_at is None for fact in verdict.signers)
    assert "Claimed" in str(verdict.when)


def judged(pdf: bytes, signed: Signed) -> Verdict:
    return verify(pdf, signed.who.roots, SIGNED_AT + timedelta(days=1))


def refused(verdict: Verdict) -> None:
    assert not verdict.accepted
    assert all(str(sentence) for sentence in verdict.sentences)


def _reissued(one: Issuer, by: Issuer) -> Issuer:
    """The same names on a certificate that an end entity's key signed."""
    key, old = new_key(), one.certificate
    life = (old.not_valid_before_utc, old.not_valid_after_utc)
    return Issuer(issue(old.subject, key.public_key(), life, signer_extensions(), by), key)


def _contents_number(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return int(document.pages[0].obj.Contents.objgen[0])


def _stream_at(pdf: bytes, which: str) -> int:
    """The middle of a stream's bytes: a page's contents or the attached data."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = document.pages[0].obj.Contents if which == "/Contents" else document.Root.AF[0].EF.F
        raw = found.read_raw_bytes()
    return pdf.index(raw) + len(raw) // 2


def _hex_changed(pdf: bytes, index: int, offset: int) -> bytes:
    at = ways.ranges(pdf)[index][0] + offset
    return ways.put(pdf, at, b"0" if pdf[at : at + 1] != b"0" else b"1")
