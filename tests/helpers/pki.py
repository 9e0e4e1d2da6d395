"""A programme's authority, an enrolled device, and a small report to sign, for tests."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from PIL import Image
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from greenaudit.canonical import canonical_bytes
from greenaudit.clock import FixedClock
from greenaudit.domain.signatures import Drawn, FieldBox, SignerRole
from greenaudit.paths import resource
from greenaudit.signing.attachments import prepare
from greenaudit.signing.authority import Authority
from greenaudit.signing.certificates import (
    ON_SITE,
    Issuer,
    distinguished,
    issue,
    key_to_pem,
    new_key,
    signer_extensions,
    to_pem,
)
from greenaudit.signing.identities import Identity
from greenaudit.signing.sign import Countersigned, countersign, start

SIGNED_AT = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
ASSESSOR, REPRESENTATIVE, MENTOR = "Ana Ruiz Peña", "José Luis Garza", "Mary Wilson"
NAMES: dict[str, str] = {"assessor": ASSESSOR, "representative": REPRESENTATIVE, "mentor": MENTOR}
POSITIONS: dict[str, str] = {
    "assessor": "Lead assessor",
    "representative": "Plant manager",
    "mentor": "OEM engineer",
}
DRAWN = Drawn(
    width=400,
    height=140,
    strokes=(
        ((20, 100, 0.2), (80, 30, 0.7), (140, 110, 0.9)),
        ((150, 60, 0.5), (260, 70, 0.4), (380, 50, 0.1)),
    ),
)
BOXES: dict[str, FieldBox] = {
    "assessor": FieldBox(name="assessor", page=-1, x1=60, y1=500, x2=260, y2=570),
    "representative": FieldBox(name="representative", page=-1, x1=320, y1=500, x2=520, y2=570),
    "mentor": FieldBox(name="mentor", page=-1, x1=60, y1=380, x2=260, y2=450),
}


@dataclass(frozen=True)
class Programme:
    """An authority and one device that it has certified."""

    authority: Authority
    identity: Identity
    clock: FixedClock

    @property
    def roots(self) -> tuple[bytes, ...]:
        return (self.authority.root_pem,)


def programme(folder: Path, name: str = "Clean Supply Chains", person: str = ASSESSOR) -> Programme:
    """A new programme with one enrolled device."""
    clock = FixedClock(SIGNED_AT)
    authority = Authority.create(name, "MX", clock)
    identity = Identity.create(folder, os.urandom(32))
    asked = identity.csrs(person, "MX", "Test laboratory")
    certificates = authority.certify(asked.assessor, asked.sub_ca, person)
    return Programme(authority, identity.install(certificates), clock)


def assessment_bytes(*roles: SignerRole, refused: str = "") -> bytes:
    """An `assessment.json` that declares these signers; a reason makes the representative one who refused."""
    signers: list[dict[str, Any]] = [
        {"role": role, "name": NAMES[role], "position": POSITIONS[role], "refused": False, "reason": ""}
        for role in roles
    ]
    if refused:
        signers.append(
            {
                "role": "representative",
                "name": REPRESENTATIVE,
                "position": POSITIONS["representative"],
                "refused": True,
                "reason": refused,
            }
        )
    body = {
        "format": "greenaudit-assessment/1",
        "number": "GA-MX-T01-0007",
        "signers": signers,
        "answers": [{"question": "FOUN-PRO-01", "note": "they wrote /ByteRange [0 1 2 3] on the wall"}],
    }
    return canonical_bytes(body)


def plain_report() -> bytes:
    """Three pages with an embedded font, photos and a bookmark; not yet fit to sign."""
    if "Plex" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Plex", str(resource("fonts", "IBMPlexSans_400Regular.ttf"))))
    rl_config.useA85 = 0
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), initialFontName="Plex", lang="es-MX", pdfVersion=(1, 7))
    canvas.setTitle("Informe GA-MX-T01-0007")
    canvas.setAuthor(ASSESSOR)
    for page in range(3):
        canvas.bookmarkPage(f"p{page}")
        canvas.addOutlineEntry(f"Página {page + 1}", f"p{page}")
        canvas.setFont("Plex", 14)
        canvas.drawString(60, 780, f"Diagnóstico ambiental, página {page + 1}: 1,234.5 kWh")
        canvas.drawImage(ImageReader(_photo(page)), 60, 600, 160, 120)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def report(data: bytes) -> bytes:
    """The small report with its data attached, ready for the first signature."""
    return prepare(plain_report(), data, "es-MX", "Informe GA-MX-T01-0007")


def start_report(who: Programme, *roles: SignerRole, refused: str = "") -> bytes:
    """A report with the assessor's signature and room for the other roles."""
    return start(
        report(assessment_bytes(*roles, refused=refused)),
        who.identity,
        name=ASSESSOR,
        position=POSITIONS["assessor"],
        reason="Soy responsable de este informe.",
        location="Saltillo",
        drawn=DRAWN,
        boxes=[BOXES[role] for role in roles],
        moment=SIGNED_AT,
    )


def countersign_report(pdf: bytes, who: Programme, role: SignerRole = "representative") -> Countersigned:
    """One more signature, by someone on site."""
    assert role != "assessor"
    return countersign(
        pdf,
        who.identity,
        role=role,
        name=NAMES[role],
        position=POSITIONS[role],
        consent="Leí este informe y lo recibo.",
        identity_checked="Credencial del INE vista",
        location="Saltillo",
        drawn=DRAWN,
        moment=SIGNED_AT,
    )


def _photo(seed: int) -> io.BytesIO:
    out = io.BytesIO()
    picture = Image.effect_noise((160, 120), 40 + seed * 10).convert("RGB")
    picture.save(out, "JPEG", quality=80)
    out.seek(0)
    return out


def stamper(who: Programme, at: datetime, issuer: Issuer | None = None) -> DummyTimeStamper:
    """A time stamp authority under the programme's issuing CA (or another issuer), which says it is `at`."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    by = issuer or who.authority.issuing
    certificate = (
        x509.CertificateBuilder()
        .subject_name(
            distinguished("MX", who.authority.name, ON_SITE if issuer else "Time", "Stamp authority")
        )
        .issuer_name(by.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(SIGNED_AT - timedelta(days=1))
        .not_valid_after(SIGNED_AT + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False
        )
        .sign(by.key, hashes.SHA256())
    )
    links = [certificate, by.certificate]
    if issuer is not None:
        links.append(who.authority.issuing.certificate)
    own, *others = load_certs_from_pemder_data("".join(to_pem(link) for link in links).encode("ascii"))
    raw = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore.from_certs([own, *others])
    return DummyTimeStamper(
        own, load_private_key_from_pemder_data(raw, passphrase=None), certs_to_embed=store, fixed_dt=at
    )


def sign_field(
    pdf: bytes,
    field: str,
    by: Issuer,
    chain: Sequence[x509.Certificate],
    name: str,
    *,
    certify: bool = False,
) -> bytes:
    """A signature of anybody's, made with pyHanko alone and without any of our checks."""
    pem = "".join(to_pem(link) for link in (by.certificate, *chain)).encode("ascii")
    own, *others = load_certs_from_pemder_data(pem)
    signer = SimpleSigner(
        own,
        load_private_key_from_pemder_data(key_to_pem(by.key).encode("ascii"), passphrase=None),
        SimpleCertificateStore.from_certs(others),
    )
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=name,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    out = io.BytesIO()
    PdfSigner(metadata, signer).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)), bytes_reserved=32768, output=out
    )
    return out.getvalue()


def on_site(who: Programme, name: str) -> tuple[Issuer, list[x509.Certificate]]:
    """A one-time certificate of a device's sub-CA, made without any of our checks, and its chain."""
    certified = who.identity.certified(SIGNED_AT)
    key = new_key()
    certificate = issue(
        distinguished("MX", who.authority.name, ON_SITE, name),
        key.public_key(),
        (SIGNED_AT - timedelta(hours=1), SIGNED_AT + timedelta(days=400)),
        signer_extensions(),
        certified.sub_ca,
    )
    return Issuer(certificate, key), [certified.sub_ca.certificate, certified.issuing]
