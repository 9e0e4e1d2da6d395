"""Closing a visit: nothing is half signed, and what is signed can't change."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from greenaudit.domain.assessments import Revision, revision_id
from greenaudit.errors import KnownError
from greenaudit.services.opening import App
from greenaudit.services.views import Consents
from greenaudit.signing.reading import open_strictly
from tests.helpers.apps import REPRESENTATIVE, hand, level, sign_both
from tests.helpers.pdfs import plain, words_of

CONTAINMENT, CHOICE = "CHEM-STO-02", "FOUN-PRO-03"
AGREED = Consents(assessor="fr", representative="es")


def verdict(app: App, visit: UUID, tmp_path: Path) -> str:
    path = tmp_path / "report.pdf"
    path.write_bytes(app.closing.signed_pdf(visit))
    return app.verification.verify(path, app.identities.roots()).status


def test_what_must_be_there_blocks_and_is_named(app: App, visit: UUID) -> None:
    must = {fact.question_id for fact in app.closing.state(visit).facts if fact.must}
    assert CHOICE in must
    with pytest.raises(KnownError, match="closing_blocked"):
        sign_both(app, visit)
    assert not app.visits.open(visit).closed


def test_both_sign_and_the_file_verifies(app: App, ready: UUID, tmp_path: Path) -> None:
    number = app.closing.state(ready).number
    sign_both(app, ready)
    state = app.closing.state(ready)
    assert state.closed
    assert state.number == number
    assert [signer.role for signer in state.signers] == ["assessor", "representative"]
    assert verdict(app, ready, tmp_path) == "genuine"


def test_a_genuine_report_of_another_visit_is_not_this_ones(app: App, ready: UUID) -> None:
    sign_both(app, ready)
    assert app.closing.verified(ready).accepted
    store, author = app.context.store, app.context.author_id
    with store.read() as reader:
        revision = reader.get(Revision, revision_id(ready, 1))
        seen = {"closing": (reader.history("revision", revision_id(ready, 1))[-1].id,)}
    assert revision is not None
    assert revision.closing is not None
    other = revision.closing.model_copy(update={"fingerprint": "f" * 64})
    with store.unit(author) as unit:
        unit.save(revision.model_copy(update={"closing": other}), bases=seen)
    app.desk.forget(ready)
    with pytest.raises(KnownError, match="report_other"):
        app.closing.verified(ready)


def test_the_preview_has_the_number_and_no_signature_yet(app: App, ready: UUID) -> None:
    preview = app.closing.preview(ready, "fr")
    assert preview.number == app.closing.state(ready).number
    assert preview.pdf.startswith(b"%PDF")
    assert b"/ByteRange" not in preview.pdf
    assert preview.pages >= 4


def test_a_signed_visit_refuses_every_edit(app: App, ready: UUID) -> None:
    sign_both(app, ready)
    with pytest.raises(KnownError, match="visit_closed"):
        app.walk.answer(assessment_id=ready, question_id=CONTAINMENT, response=level(4))
    assert app.visits.open(ready).states[CONTAINMENT].level == 2


def test_a_plant_that_declines_is_recorded_with_its_reason(app: App, ready: UUID, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="decline_reason"):
        app.closing.decline(
            assessment_id=ready, assessor=hand(), representative=REPRESENTATIVE, reason=" ", language="es"
        )
    state = app.closing.decline(
        assessment_id=ready,
        assessor=hand(),
        representative=REPRESENTATIVE,
        reason="Falta el director",
        language="es",
    )
    assert state.signers[1].refused
    assert state.signers[1].reason == "Falta el director"
    assert verdict(app, ready, tmp_path) == "genuine"


def test_a_name_and_a_role_are_needed(app: App, ready: UUID) -> None:
    with pytest.raises(KnownError, match="signer_incomplete"):
        app.closing.sign(
            assessment_id=ready,
            assessor=hand(),
            representative=REPRESENTATIVE.model_copy(update={"position": ""}),
            representative_drawn=hand(),
            language="es",
        )


def test_a_correction_is_a_new_revision_that_names_the_old(app: App, ready: UUID, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="still_open"):
        app.closing.start_revision(assessment_id=ready, reason="x")
    sign_both(app, ready)
    first = app.closing.state(ready)
    app.closing.start_revision(assessment_id=ready, reason="Volumen del dique mal medido")
    app.walk.answer(assessment_id=ready, question_id=CONTAINMENT, response=level(1))
    sign_both(app, ready)
    second = app.closing.state(ready)
    assert (second.number, second.revision) == (first.number, 2)
    assert second.fingerprint != first.fingerprint
    assert app.visits.open(ready).revision.corrects == first.fingerprint
    assert verdict(app, ready, tmp_path) == "genuine"


def test_numbers_are_never_given_twice(app: App, ready: UUID) -> None:
    sign_both(app, ready)
    shipped = app.packs.shipped().sha256
    other = app.visits.start(plant_id=app.visits.plants()[0].plant.id, checklist_sha=shipped)
    assert app.closing.state(other).number != app.closing.state(ready).number


def test_an_unsigned_visit_has_no_signed_file(app: App, visit: UUID) -> None:
    with pytest.raises(KnownError, match="not_signed"):
        app.closing.signed_pdf(visit)


def test_the_next_visit_of_a_plant_is_compared_with_the_signed_one(app: App, ready: UUID) -> None:
    sign_both(app, ready)
    plant = app.visits.open(ready).plant.id
    following = app.visits.start(plant_id=plant, checklist_sha=app.packs.shipped().sha256)
    opened = app.visits.open(following)
    assert opened.assessment.previous_id == ready
    previous = opened.states[CONTAINMENT].previous
    assert previous is not None
    assert previous.level == 2
    assert opened.visit_number == 2


@pytest.mark.parametrize(
    "name",
    [
        "José Ñáñez Güémez de la Peña y Zúñiga-Echeverría Íñiguez Ávila Óscar",
        "🏭 Ana\u202e Ruiz <b>",
        "מפעל ABC",
        "a\x00b\nc",
    ],
)
def test_whatever_the_signer_is_called_the_report_can_be_signed_and_checked(
    app: App, ready: UUID, name: str
) -> None:
    app.closing.sign(
        assessment_id=ready,
        assessor=hand("a"),
        representative=REPRESENTATIVE.model_copy(update={"name": name, "position": name}),
        representative_drawn=hand("b"),
        language="fr",
    )
    verdict = app.closing.verified(ready)
    assert verdict.accepted
    assert verdict.signers[1].name == name.strip()


def reasons(pdf: bytes) -> list[str]:
    """What each signature says was agreed to, the first signature first."""
    return [str(one.sig_object["/Reason"]) for one in open_strictly(pdf).embedded_regular_signatures]


def test_each_signature_carries_the_sentence_that_its_signer_read_in_their_language(
    app: App, ready: UUID
) -> None:
    read = {role: app.closing.consent(role, language) for role, language in AGREED.model_dump().items()}
    app.closing.sign(
        assessment_id=ready,
        assessor=hand("a"),
        representative=REPRESENTATIVE,
        representative_drawn=hand("b"),
        language="en",
        consents=AGREED,
    )
    first, second = reasons(app.closing.signed_pdf(ready))
    assert first.startswith(f"{read['assessor']} | ")
    assert second.startswith(f"{read['representative']} | ")
    assert app.closing.verified(ready).accepted
    printed = words_of(app.closing.signed_pdf(ready))
    for role, sentence in read.items():
        assert plain(sentence) in printed
        assert plain(app.closing.consent(role, "en")) in printed, "its meaning in the report's language"


def test_without_a_choice_both_agree_in_the_report_s_language(app: App, ready: UUID) -> None:
    sign_both(app, ready)
    first, second = reasons(app.closing.signed_pdf(ready))
    assert first.startswith(app.closing.consent("assessor", "es"))
    assert second.startswith(app.closing.consent("representative", "es"))


def test_a_plant_that_declines_leaves_the_assessor_s_own_language(app: App, ready: UUID) -> None:
    app.closing.decline(
        assessment_id=ready,
        assessor=hand(),
        representative=REPRESENTATIVE,
        reason="Falta el director",
        language="es",
        consents=AGREED,
    )
    (only,) = reasons(app.closing.signed_pdf(ready))
    assert only.startswith(app.closing.consent("assessor", "fr"))
