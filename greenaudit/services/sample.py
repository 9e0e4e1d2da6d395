"""The sample programme: one visit in progress, one signed ten months ago; and the sample visit that a demo plays."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from greenaudit.canonical import sha256_hex
from greenaudit.clock import Clock, FixedClock, SystemClock
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.paths import Home
from greenaudit.services import sample_records as records
from greenaudit.services.opening import App, open_home, set_up
from greenaudit.services.sample_hands import drawn_name
from greenaudit.services.sample_photos import plant_photo
from greenaudit.services.sample_script import Step, script
from greenaudit.services.views import ClosingState, Representative
from greenaudit.signing.authority import Authority
from greenaudit.store import keys

REPRESENTATIVE = Representative(
    name="Arturo Reyes Garza", position="Gerente de planta", identity_checked="Credencial para votar"
)
SAMPLE_AUTHORITY = "GreenAudit sample programme"
FINISHED_AGO = timedelta(days=304)
NOT_SAMPLE = "home_not_sample"
WALKED = 0.6
"""How much of the visit in progress is answered."""


@dataclass(frozen=True)
class Played:
    """What a played visit came to."""

    assessment_id: UUID
    answers: int
    photos: int
    closing: ClosingState | None


def ensure_sample(home: Home, clock: Clock | None = None) -> App:
    """Opens the sample programme in a home, made there when the home is new. KnownError where the home is somebody's."""
    now = clock or SystemClock()
    if not home.keys.exists() and (not home.database.exists() or _draft(home).root.exists()):
        _put_up(home, now)
    return only_sample(open_home(home, clock=now))


def only_sample(app: App) -> App:
    """The services, if what is open is the sample; else KnownError, and it is closed."""
    if app.status.sample():
        return app
    app.close()
    raise KnownError(
        NOT_SAMPLE,
        msg(
            "{path} holds data of your own, not the sample programme. Name an empty folder in GREENAUDIT_HOME, or open "
            "your own without --sample.",
            path=str(app.context.home.root),
        ),
    )


def enter_programme(app: App) -> None:
    """Enters the sample programme's organisations, plants and links."""
    with app.context.store.unit(app.context.author_id) as unit:
        for record in records.RECORDS:
            unit.save(record)


def play_visit(
    app: App,
    *,
    better: int = 0,
    share: float = 1.0,
    told: bool = True,
    say: Callable[[str], None] = lambda _: None,
) -> Played:
    """Walks the sample plant: answers, proof, notes, photos, and a stop-and-tell; `share` of it."""
    checklist = app.packs.shipped()
    assessment_id = app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=checklist.sha256)
    steps = list(script(checklist, better=better))
    steps.sort(key=lambda step: step.question.section != "FOUN-PRO")
    steps = steps[: max(1, round(len(steps) * share))]
    played, photos = _play_steps(app, assessment_id, steps, say)
    if told:
        app.walk.tell(
            assessment_id=assessment_id,
            question_id=_danger(steps),
            what="Tambor de solvente abierto junto a la soldadora de la línea 2; se retiró de inmediato.",
            told_to="Jefe de turno",
            language="es",
        )
        finding = app.desk.opened(assessment_id).findings[0]
        app.walk.resolve_danger(
            assessment_id=assessment_id, finding_id=finding.id, what="Tambor cerrado y llevado al almacén."
        )
    return Played(assessment_id, played, photos, None)


def sign_visit(app: App, played: Played) -> Played:
    """Both sides sign the played visit."""
    closing = app.closing.sign(
        assessment_id=played.assessment_id,
        assessor=drawn_name(records.ASSESSOR.name, 1),
        representative=REPRESENTATIVE,
        representative_drawn=drawn_name(REPRESENTATIVE.name, 2),
        language="es",
    )
    return replace(played, closing=closing)


def _play_steps(
    app: App, assessment_id: UUID, steps: list[Step], say: Callable[[str], None]
) -> tuple[int, int]:
    """Plays what the visit asks, and gives how many answers and photos that made.

    What another answer brings up only later has its turn in a second round.
    """
    left, played, photos = steps, 0, 0
    for _ in range(2):
        asked, left = left, []
        for step in asked:
            if not app.desk.opened(assessment_id).evaluation.asks(step.question.id):
                left.append(step)
                continue
            photos += _play_step(app, assessment_id, step)
            played += 1
            say(f"{played}/{len(steps)} {step.question.id}")
    return played, photos


def _play_step(app: App, assessment_id: UUID, step: Step) -> int:
    question_id = step.question.id
    for number in range(step.photos):
        seed = int(sha256_hex(f"{assessment_id}{question_id}{number}".encode())[:8], 16)
        app.evidence.add(assessment_id=assessment_id, question_id=question_id, data=plant_photo(seed))
    app.walk.answer(assessment_id=assessment_id, question_id=question_id, response=step.response)
    if step.proof is not None:
        app.walk.prove(assessment_id=assessment_id, question_id=question_id, proof=step.proof)
    if step.note:
        app.walk.note(assessment_id=assessment_id, question_id=question_id, text=step.note, language="es")
    return step.photos


def _danger(steps: list[Step]) -> str:
    ids = [step.question.id for step in steps]
    return "CHEM-STO-03" if "CHEM-STO-03" in ids else ids[-1]


def _put_up(home: Home, clock: Clock) -> None:
    """Makes the sample beside the home and moves it in when it is whole, the keys last: they say that it is there."""
    draft = _draft(home)
    shutil.rmtree(draft.root, ignore_errors=True)
    _make(draft, clock)
    home.create()
    names = sorted((path.name for path in draft.root.iterdir()), key=lambda name: name == draft.keys.name)
    for name in names:
        target = home.root / name
        if target.is_dir():
            shutil.rmtree(target)
        os.replace(draft.root / name, target)
    draft.root.rmdir()


def _draft(home: Home) -> Home:
    return Home(home.root.with_name(f"{home.root.name}.making"))


def _make(home: Home, clock: Clock) -> None:
    """A new sample home: the visit of ten months ago is played and signed at its own time, then today's begins."""
    now = clock.now()
    then = FixedClock(now - FINISHED_AGO, step=timedelta(seconds=1))
    person = records.ASSESSOR
    made = set_up(
        home,
        person_name=person.name,
        language=person.language,
        protector=keys.KeyFileProtector(home.root),
        clock=then,
        person=person,
    )
    app = made.app
    certify_locally(app, then)
    enter_programme(app)
    sign_visit(app, play_visit(app))
    app.close()
    app = open_home(home, clock=clock)
    play_visit(app, better=1, share=WALKED, told=False)
    app.backups.make()
    app.close()


def certify_locally(app: App, clock: Clock) -> Authority:
    """A root of the sample's own certifies this device: sample reports are signed, but by no real programme."""
    authority = Authority.create(SAMPLE_AUTHORITY, "MX", clock)
    requests = app.identities.made().csrs(records.ASSESSOR.name, "MX", SAMPLE_AUTHORITY)
    app.identities.install(authority.certify(requests.assessor, requests.sub_ca, records.ASSESSOR.name))
    return authority
