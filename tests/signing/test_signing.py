"""The two acts of signing: what goes into the file, and what is refused before anything is signed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import tsp

from greenaudit.canonical import canonical_bytes
from greenaudit.domain.signatures import Drawn
from greenaudit.errors import BugError, KnownError
from greenaudit.signing.appearance import stroke_operators
from greenaudit.signing.attachments import AttachmentError, prepare, read_attachment
from greenaudit.signing.declaration import DeclarationError, read_declaration
from greenaudit.signing.extending import extend
from greenaudit.signing.sign import start
from greenaudit.signing.stamping import PostedStamper
from greenaudit.signing.verifying import verify
from tests.helpers.pki import (
    ASSESSOR,
    BOXES,
    DRAWN,
    REPRESENTATIVE,
    SIGNED_AT,
    assessment_bytes,
    countersign_report,
    plain_report,
    report,
    stamper,
    start_report,
)
from tests.signing.conftest import Signed


def test_prepared_report_has_the_marks_of_an_archive_file() -> None:
    data = assessment_bytes("assessor")
    with pikepdf.open(io.BytesIO(report(data))) as document:
        root = document.Root
        assert root.AF[0].AFRelationship == "/Data"
        assert bytes(document.attachments["assessment.json"].get_file().read_bytes()) == data
        assert str(root.Lang) == "es-MX"
        assert root.ViewerPreferences.DisplayDocTitle
        assert root.OutputIntents[0].DestOutputProfile.N == 3
        assert document.pdf_version == "1.7"
        with document.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")


def test_archive_marks_author_and_data_survive_signing(signed: Signed) -> None:
    with pikepdf.open(io.BytesIO(signed.twice)) as document, document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
        assert metadata["dc:title"] == "Informe GA-MX-T01-0007"
        assert str(document.docinfo["/Author"]) == ASSESSOR
    assert read_attachment(signed.twice) == assessment_bytes("assessor", "representative")


def test_signature_binds_name_consent_and_strokes(signed: Signed) -> None:
    reasons = _entries(signed.twice, "/Reason")
    assert reasons[1].startswith(
        "Leí este informe y lo recibo. | José Luis Garza, Plant manager | Credencial"
    )
    assert all(reason.endswith(f"strokes sha256:{DRAWN.fingerprint}") for reason in reasons)
    assert _entries(signed.twice, "/Name") == [ASSESSOR, REPRESENTATIVE]


def test_every_on_site_signer_has_a_key_and_certificate_of_its_own(signed: Signed) -> None:
    once_more = countersign_report(signed.once, signed.who).pdf
    assert once_more != signed.twice
    assert once_more[: len(signed.once)] == signed.once


def test_strokes_are_wide_where_the_pen_was_pressed() -> None:
    drawn = Drawn(width=100, height=50, strokes=(((0, 0, 0.0), (10, 10, 1.0)), ((5, 5, 0.5),)))
    lines = stroke_operators(drawn).decode("ascii").splitlines()
    assert lines[0].endswith("1 J 1 j")
    assert lines[1] == "1.20 w 0.00 50.00 m 10.00 40.00 l S"
    assert lines[2] == "0.80 w 5.00 45.00 m 5.00 45.00 l S"


def test_fingerprint_of_strokes_changes_with_any_point() -> None:
    moved = Drawn(width=DRAWN.width, height=DRAWN.height, strokes=(((20, 100, 0.2), (80, 30.01, 0.7)),))
    assert moved.fingerprint != DRAWN.fingerprint
    assert Drawn.model_validate(DRAWN.model_dump()).fingerprint == DRAWN.fingerprint


def test_report_that_names_another_assessor_is_not_signed(signed: Signed) -> None:
    with pytest.raises(KnownError, match="signer_undeclared"):
        _start(signed, name="Somebody")
    data = canonical_bytes(
        {
            "format": "greenaudit-assessment/1",
            "number": "1",
            "signers": [{"role": "assessor", "name": "Eva Soto"}],
        }
    )
    with pytest.raises(KnownError, match="assessor_other"):
        _start(signed, name="Eva Soto", data=data)


def test_fields_must_be_those_of_the_declared_signers(signed: Signed) -> None:
    with pytest.raises(BugError):
        _start(signed, boxes=[BOXES["assessor"], BOXES["mentor"]])


def test_countersigning_needs_the_assessors_signature_of_this_device(signed: Signed) -> None:
    with pytest.raises(KnownError, match="started_elsewhere"):
        countersign_report(signed.once, signed.stranger)
    with pytest.raises(KnownError, match="started_elsewhere"):
        countersign_report(report(assessment_bytes("assessor", "representative")), signed.who)


def test_undeclared_signer_is_refused(signed: Signed) -> None:
    with pytest.raises(KnownError, match="signer_undeclared"):
        countersign_report(signed.once, signed.who, "mentor")
    with pytest.raises(KnownError, match="signer_undeclared"):
        countersign_report(start_report(signed.who, "assessor", refused="No"), signed.who)


def _script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _script_in_a_link(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A={"/S": pikepdf.Name.Launch}
            )
        ]
    )


def _layer(document: pikepdf.Pdf) -> None:
    document.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array())


def _form(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array())


def _note(document: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText)
    document.pages[0].obj.Annots = pikepdf.Array([note])


def _second_file(document: pikepdf.Pdf) -> None:
    document.attachments["more.bin"] = pikepdf.AttachedFileSpec(document, b"x", filename="more.bin")


@pytest.mark.parametrize("change", [_script, _script_in_a_link, _layer, _form, _note, _second_file])
def test_report_that_could_show_other_content_later_is_not_signed(
    change: Callable[[pikepdf.Pdf], None], signed: Signed
) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(report(assessment_bytes("assessor")))) as document:
        change(document)
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pytest.raises(BugError):
        _start(signed, pdf=out.getvalue())


def test_report_with_a_missing_object_is_not_signed(signed: Signed) -> None:
    pdf = re.sub(rb"/Lang \(es-MX\)", b"/Langx 999 0 R", report(assessment_bytes("assessor")))
    with pytest.raises(BugError, match="missing"):
        _start(signed, pdf=pdf)


def test_report_without_data_is_not_a_report() -> None:
    with pytest.raises(AttachmentError):
        read_attachment(plain_report())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format":"greenaudit-assessment/2","number":"1","signers":[]}',
        b'{"format":"other/1","number":"1","signers":[]}',
        b'{"format":"greenaudit-assessment/1","number":"1","signers":[]}',
        b'{"format":"greenaudit-assessment/1","number":"1","signers":[{"role":"king","name":"x"}]}',
        b'{"format":"greenaudit-assessment/1","number":"1","signers":[{"role":"assessor","name":"x","refused":true}]}',
        (
            b'{"format":"greenaudit-assessment/1","number":"1","signers":'
            b'[{"role":"assessor","name":"x"},{"role":"assessor","name":"y"}]}'
        ),
        b"[" * 100_000,
    ],
)
def test_data_that_declare_no_signers_are_refused(body: bytes) -> None:
    with pytest.raises(DeclarationError):
        read_declaration(body)


def test_extending_without_the_devices_list_is_refused_with_a_sentence(signed: Signed) -> None:
    stamp = stamper(signed.who, SIGNED_AT)
    with pytest.raises(KnownError, match="extension_refused"):
        extend(signed.twice, stamp, signed.who.roots, signed.who.authority.crls(), SIGNED_AT)


def test_a_strangers_report_cant_be_extended_and_without_an_authority_only_lists_go_in(
    signed: Signed,
) -> None:
    crls = (*signed.who.authority.crls(), signed.device_crl)
    with pytest.raises(KnownError, match="extension_refused"):
        extend(signed.twice, None, signed.stranger.roots, crls, SIGNED_AT)
    told = extend(signed.twice, None, signed.who.roots, crls, SIGNED_AT)
    verdict = verify(told, signed.who.roots, SIGNED_AT)
    assert verdict.accepted
    assert verdict.signers[0].proved_at is None
    stamped = extend(told, stamper(signed.who, SIGNED_AT), signed.who.roots, crls, SIGNED_AT)
    assert extend(stamped, None, signed.who.roots, crls, SIGNED_AT) == stamped


def test_authority_is_asked_through_a_link_that_the_caller_holds(signed: Signed) -> None:
    authority = stamper(signed.who, SIGNED_AT)

    def post(asked: bytes) -> bytes:
        answer: bytes = authority.request_tsa_response(tsp.TimeStampReq.load(asked)).dump()
        return answer

    crls = (*signed.who.authority.crls(), signed.device_crl)
    pdf = extend(signed.twice, PostedStamper(post), signed.who.roots, crls, SIGNED_AT)
    assert verify(pdf, signed.who.roots, SIGNED_AT).signers[0].proved_at == SIGNED_AT


@pytest.mark.parametrize(
    "answer", [b"", b"<html>Please log in</html>", None], ids=["nothing", "a web page", "no route"]
)
def test_silent_time_stamp_authority_gets_a_sentence(answer: bytes | None, signed: Signed) -> None:
    def post(asked: bytes) -> bytes:
        if answer is None:
            raise OSError("no route to host")
        return answer

    crls = (*signed.who.authority.crls(), signed.device_crl)
    with pytest.raises(KnownError, match="stamp_unanswered"):
        extend(signed.twice, PostedStamper(post), signed.who.roots, crls, SIGNED_AT)


def test_another_programs_reader_trusts_both_signatures(signed: Signed, tmp_path: Path) -> None:
    if shutil.which("pdfsig") is None or shutil.which("certutil") is None:
        pytest.skip("pdfsig (poppler-utils) and certutil (libnss3-tools) are not installed here")
    (tmp_path / "root.pem").write_bytes(signed.who.authority.root_pem)
    (tmp_path / "report.pdf").write_bytes(signed.twice)
    (tmp_path / "nss").mkdir()
    database = ["-d", str(tmp_path / "nss")]
    root = ["-n", "root", "-t", "CT,C,C", "-a", "-i", str(tmp_path / "root.pem")]
    subprocess.run(["certutil", "-N", *database, "--empty-password"], check=True, timeout=60)
    subprocess.run(["certutil", "-A", *database, *root], check=True, timeout=60)
    said = subprocess.run(
        ["pdfsig", "-nssdir", str(tmp_path / "nss"), str(tmp_path / "report.pdf")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    ).stdout
    assert said.count("Signature is Valid.") == 2
    assert ASSESSOR in said
    assert REPRESENTATIVE in said
    assert said.count("Total document signed") == 1
    # pdfsig judges certificates by the machine's clock; the report is signed at a fixed date.
    assert said.count("Certificate is Trusted.") + said.count("Certificate has Expired") == 2


def _start(signed: Signed, name: str = ASSESSOR, **changes: object) -> bytes:
    data = changes.pop("data", assessment_bytes("assessor"))
    assert isinstance(data, bytes)
    pdf = changes.pop("pdf", None)
    boxes = changes.pop("boxes", [BOXES["assessor"]])
    return start(
        pdf if isinstance(pdf, bytes) else prepare(plain_report(), data, "es-MX", "Report"),
        signed.who.identity,
        name=name,
        position="",
        reason="",
        location="",
        drawn=DRAWN,
        boxes=boxes,  # type: ignore[arg-type]
        moment=SIGNED_AT,
    )


def _entries(pdf: bytes, key: str) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(field.V[key]) for field in document.Root.AcroForm.Fields]
