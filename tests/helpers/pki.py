"""A programme's authority, an enrolled device, and a small report to sign, for tests."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image
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
