"""Honest reports are accepted; what can't be accepted is said in words that fit."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from greenaudit.errors import KnownError
from greenaudit.signing.certificates import revocation_list
from greenaudit.signing.extending import extend
from greenaudit.signing.verdict import Verdict
from greenaudit.signing.verifying import verify
from tests.helpers.pki import (
    ASSESSOR,
    MENTOR,
    REPRESENTATIVE,
    SIGNED_AT,
    Programme,
    countersign_report,
    plain_report,
    programme,
    sign_field,
    stamper,
    start_report,
)
from tests.helpers.tampering import updated
from tests.signing.conftest import Signed

SOON = SIGNED_AT + timedelta(days=1)
NETWORK_AT = SIGNED_AT + timedelta(days=20)
YEARS_LATER = SIGNED_AT + timedelta(days=4 * 365)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """A programme whose clock and revocations this module may change."""
    return programme(tmp_path_factory.mktemp("own") / "identity")


@pytest.fixture(scope="module")
def extended(signed: Signed) -> bytes:
    """The honest report with validation data and a time stamp of twenty days later."""
    crls = (*signed.who.authority.crls(), signed.device_crl)
    stamp = stamper(signed.who, NETWORK_AT)
    return extend(signed.twice, stamp, signed.who.roots, crls, NETWORK_AT)


def standings(verdict: Verdict) -> list[tuple[str, str]]:
    return [(fact.role, fact.standing) for fact in verdict.signers]


def test_untouched_report_is_genuine(signed: Signed) -> None:
    verdict = verify(signed.twice, signed.who.roots, SOON)
    assert verdict.accepted
    assert verdict.number == "GA-MX-T01-0007"
    assert standings(verdict) == [("assessor", "holds"), ("representative", "holds")]
    assert str(verdict.signed) == (
        f"Signed by 2 people under Clean Supply Chains root: {ASSESSOR}, {REPRESENTATIVE}."
    )
    assert str(verdict.when).startswith("Claimed: 2026-11-24 18:30 UTC")
    assert str(verdict.revocation) == "Whether it was revoked was not checked: there is no list at hand."
    said = [str(sentence) for sentence in verdict.sentences]
    assert len(set(said)) == len(said) == 6, (
        "summary, unchanged, two signers, one time, revocation: nothing twice"
    )


def test_renamed_report_is_genuine(signed: Signed, tmp_path: Path) -> None:
    path = tmp_path / "another name.pdf"
    path.write_bytes(signed.twice)
    assert verify(path.read_bytes(), signed.who.roots, SOON).accepted


def test_report_that_the_plant_declined_is_genuine_with_one_signature(signed: Signed) -> None:
    alone = start_report(signed.who, "assessor", refused="No quiso firmar")
    verdict = verify(alone, signed.who.roots, SOON)
    assert verdict.accepted
    assert standings(verdict) == [("assessor", "holds"), ("representative", "declined")]


def test_report_with_a_mentor_is_genuine_with_three_signatures(signed: Signed) -> None:
    pdf = start_report(signed.who, "assessor", "representative", "mentor")
    pdf = countersign_report(pdf, signed.who).pdf
    without = verify(pdf, signed.who.roots, SOON)
    assert (without.status, str(without.signed)) == (
        "incomplete",
        f"{MENTOR}, mentor: the signature is missing.",
    )
    verdict = verify(countersign_report(pdf, signed.who, "mentor").pdf, signed.who.roots, SOON)
    assert verdict.accepted
    assert [fact.name for fact in verdict.signers] == [ASSESSOR, REPRESENTATIVE, MENTOR]


def test_extended_report_is_genuine_and_its_time_is_proved(signed: Signed, extended: bytes) -> None:
    verdict = verify(extended, signed.who.roots, NETWORK_AT)
    assert verdict.accepted
    assert [fact.proved_at for fact in verdict.signers] == [NETWORK_AT, NETWORK_AT]
    assert str(verdict.when) == "Proved: signed before 2026-12-14 18:30 UTC, by a time stamp."
    assert "only time stamps" in str(verdict.unchanged)
    assert str(verdict.revocation) == "Not revoked: checked against the list of 2026-11-24."


def test_extended_report_outlives_its_certificates(signed: Signed, extended: bytes) -> None:
    assert verify(extended, signed.who.roots, YEARS_LATER).accepted
    assert verify(signed.twice, signed.who.roots, YEARS_LATER).status == "expired"


def test_report_can_be_extended_again(signed: Signed, extended: bytes) -> None:
    signed.who.clock.at = later = NETWORK_AT + timedelta(days=300)
    crls = (*signed.who.authority.crls(), signed.device_crl)
    signed.who.clock.at = SIGNED_AT
    twice = extend(extended, stamper(signed.who, later), signed.who.roots, crls, later)
    verdict = verify(twice, signed.who.roots, YEARS_LATER)
    assert verdict.accepted
    assert verdict.signers[0].proved_at == NETWORK_AT


def test_stamp_of_an_unknown_authority_proves_nothing_and_harms_nothing(
    signed: Signed, own: Programme
) -> None:
    crls = (*signed.who.authority.crls(), signed.device_crl)
    stamp = stamper(own, NETWORK_AT)
    pdf = extend(signed.twice, stamp, signed.who.roots, crls, NETWORK_AT, stamp_roots=own.roots)
    unknown = verify(pdf, signed.who.roots, NETWORK_AT)
    assert unknown.accepted
    assert str(unknown.when).startswith("Claimed")
    known = verify(pdf, signed.who.roots, NETWORK_AT, stamp_roots=own.roots)
    assert known.signers[0].proved_at == NETWORK_AT


def test_without_any_root_a_report_is_signed_but_by_nobody_known(signed: Signed) -> None:
    verdict = verify(signed.twice, (), SOON)
    assert (verdict.status, verdict.accepted) == ("not_this_programme", False)


def test_report_of_a_stranger_is_signed_but_not_by_this_programme(signed: Signed) -> None:
    verdict = verify(signed.twice, signed.stranger.roots, SOON)
    assert not verdict.accepted
    assert str(verdict.summary) == "Signed, but not by this programme."
    assert standings(verdict) == [("assessor", "foreign"), ("representative", "foreign")]


def test_report_without_signatures_is_not_signed(signed: Signed) -> None:
    verdict = verify(plain_report(), signed.who.roots, SOON)
    assert (verdict.status, verdict.accepted) == ("not_signed", False)


def test_certificate_out_of_its_life_is_expired_and_the_time_only_claimed(signed: Signed) -> None:
    verdict = verify(signed.twice, signed.who.roots, SIGNED_AT + timedelta(days=401))
    assert verdict.status == "expired"
    assert standings(verdict) == [("assessor", "holds"), ("representative", "expired")]
    assert "only claimed" in str(verdict.signed)
    before = verify(signed.twice, signed.who.roots, SIGNED_AT - timedelta(days=2))
    assert before.status == "expired"


def test_lists_at_hand_are_named_by_their_date(signed: Signed) -> None:
    crls = (*signed.who.authority.crls(), signed.device_crl)
    verdict = verify(signed.twice, signed.who.roots, SOON, crls)
    assert verdict.accepted
    assert str(verdict.revocation) == "Not revoked: checked against the list of 2026-11-24."


def test_old_list_is_said_to_be_old(signed: Signed) -> None:
    crls = (*signed.who.authority.crls(), signed.device_crl)
    verdict = verify(signed.twice, signed.who.roots, SIGNED_AT + timedelta(days=100), crls)
    assert verdict.accepted
    assert "out of date" in str(verdict.revocation)


def test_list_of_somebody_else_says_nothing(signed: Signed) -> None:
    verdict = verify(signed.twice, signed.who.roots, SOON, signed.stranger.authority.crls())
    assert "not checked" in str(verdict.revocation)


def test_revoked_device_is_refused_with_the_date_unless_a_stamp_is_older(own: Programme) -> None:
    pdf = countersign_report(start_report(own, "assessor", "representative"), own)
    stamp = stamper(own, NETWORK_AT)
    stamped = extend(pdf.pdf, stamp, own.roots, (*own.authority.crls(), pdf.device_crl), NETWORK_AT)
    lost_at = NETWORK_AT + timedelta(days=10)
    own.clock.at = lost_at
    assert own.identity.certificates is not None
    own.authority.revoke(own.identity.certificates)
    crls = own.authority.crls()
    verdict = verify(pdf.pdf, own.roots, lost_at, crls)
    assert verdict.status == "revoked"
    assert "2026-12-24" in str(verdict.signed)
    assert str(verdict.revocation).startswith("Revoked on 2026-12-24")
    assert verify(stamped, own.roots, lost_at, crls).accepted


def test_revocation_on_an_old_list_still_counts(signed: Signed) -> None:
    issuing = signed.who.authority.issuing
    serial = signed.who.identity.certified(SIGNED_AT).sub_ca.certificate.serial_number
    old = revocation_list(issuing, [(serial, SIGNED_AT)], 9, SIGNED_AT, SIGNED_AT + timedelta(hours=1))
    verdict = verify(signed.twice, signed.who.roots, SIGNED_AT + timedelta(days=90), [old])
    assert verdict.status == "revoked"
    assert standings(verdict) == [("assessor", "holds"), ("representative", "revoked")]


@pytest.mark.parametrize(
    ("what", "status"),
    [
        (b"", "unreadable"),
        (b"hello", "unreadable"),
        (b"%PDF-1.7\n", "not_signed"),
        (b"%PDF-1.7\n/ByteRange", "altered"),
        (b"%PDF-1.7\n/ByteRange [0 1 2 3]\nstartxref\n9\n%%EOF\n", "altered"),
        (b"%PDF-1.7\n/ByteRange\n" + b"startxref\n" * 100, "unreadable"),
        (b"%PDF-1.7\n/ByteRange\n" + b"0000000000 00000 n \n" * 600_000, "unreadable"),
        (b"\x00" * (200 * 1024 * 1024 + 1), "unreadable"),
    ],
    ids=[
        "empty",
        "words",
        "head only",
        "mark only",
        "bad table",
        "many revisions",
        "many objects",
        "too large",
    ],
)
def test_anything_else_gets_a_sentence(what: bytes, status: str, signed: Signed) -> None:
    verdict = verify(what, signed.who.roots, SOON)
    assert (verdict.status, verdict.accepted) == (status, False)
    assert all(str(sentence) for sentence in verdict.sentences)


def test_bombs_are_refused(signed: Signed) -> None:
    nested = b"[" * 200_000
    deep = b"%%PDF-1.7\n1 0 obj\n<< /Type /Catalog /AcroForm << /Fields %s >> >>\nendobj\n" % nested
    start = len(deep)
    deep += b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Size 2 /Root 1 0 R >>\n% /ByteRange\n"
    deep += b"startxref\n%d\n%%%%EOF\n" % start
    assert verify(deep, signed.who.roots, SOON).status == "altered"


def test_list_of_attachments_without_an_end_is_refused(signed: Signed) -> None:
    def endless(writer: IncrementalPdfFileWriter) -> None:
        loop = DictionaryObject()
        reference = writer.add_object(loop)
        loop["/Kids"] = ArrayObject([reference, reference])
        writer.root["/Names"] = DictionaryObject({pdf_name("/EmbeddedFiles"): reference})
        writer.update_root()

    certified = signed.who.identity.certified(SIGNED_AT)
    pdf = sign_field(
        updated(plain_report(), endless),
        "assessor",
        certified.assessor,
        [certified.issuing],
        ASSESSOR,
        certify=True,
    )
    assert verify(pdf, signed.who.roots, SOON).status == "not_a_report"


def test_roots_and_lists_that_cannot_be_read_are_the_callers_fault(signed: Signed) -> None:
    with pytest.raises(KnownError, match="root_unreadable"):
        verify(signed.twice, [b"hello"], SOON)
    with pytest.raises(KnownError, match="crl_unreadable"):
        verify(signed.twice, signed.who.roots, SOON, [b"hello"])
