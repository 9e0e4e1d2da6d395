"""An endpoint on loopback, devices that enrol with it, and links that lose what they carry."""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from greenaudit.clock import Clock, FixedClock, SystemClock
from greenaudit.domain.assessments import (
    Answer,
    Assessment,
    PackRef,
    Response,
    Revision,
    answer_id,
    revision_id,
)
from greenaudit.domain.evidence import Photo
from greenaudit.domain.programmes import Link as PlantLink
from greenaudit.domain.suppliers import Organisation, Plant
from greenaudit.ids import new_id
from greenaudit.paths import Home
from greenaudit.server.endpoint import Endpoint, Newcomer
from greenaudit.server.opening import Setup, endpoint_of, found
from greenaudit.server.run import Running, started_in_thread
from greenaudit.signing.identities import KEYS_FILE, Identity
from greenaudit.store.blobs import BlobStore
from greenaudit.store.keys import MasterKey
from greenaudit.store.store import Store
from greenaudit.sync.assertions import make_assertion
from greenaudit.sync.engine import synchronise
from greenaudit.sync.enrolment import Enrolled, credentials_of, enrol
from greenaudit.sync.http import HttpLink
from greenaudit.sync.report import SyncReport
from greenaudit.sync.transport import Patience
from greenaudit.wire.enrolment import EnrolRequest, enrolment_audience

PASSWORD = "correct horse battery"
SETUP = Setup("Programa de prueba", "MX", "Ada Administradora", PASSWORD)
START = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""When the endpoint was founded whose clock tests set."""
IMPATIENT = Patience(connect=5, read=10, message=20, pauses=(0, 0), wait=lambda _: None)
"""Tries again at once: tests never wait."""


def ended(threads: set[threading.Thread], *, but: str = "nothing is excepted") -> None:
    """Asserts that these threads end (save those whose name begins so)."""
    for thread in threads:
        if not thread.name.startswith(but):
            thread.join(timeout=5)
            assert not thread.is_alive(), f"a thread was left behind: {thread.name}"


@lru_cache(maxsize=1)
def _founded() -> TemporaryDirectory[str]:
    """An endpoint that was founded once: a copy of it costs a fiftieth of a new one."""
    folder = TemporaryDirectory(prefix="greenaudit-endpoint-")
    found(Home(Path(folder.name) / "home"), SETUP)
    return folder


def founded_home(folder: Path) -> Home:
    """The home of an endpoint that nobody has used yet. All of them are of one programme."""
    shutil.copytree(Path(_founded().name) / "home", folder, dirs_exist_ok=True)
    return Home(folder)


@lru_cache(maxsize=1)
def _founded_at_start() -> TemporaryDirectory[str]:
    """The same, founded at START."""
    folder = TemporaryDirectory(prefix="greenaudit-endpoint-")
    setup = Setup("Programme", "MX", "Ada", PASSWORD)
    found(Home(Path(folder.name) / "home"), setup, clock=FixedClock(START))
    return folder


@contextmanager
def endpoint_at_start(folder: Path, clock: Clock) -> Iterator[Endpoint]:
    """An endpoint that nobody serves: for what its clock decides."""
    shutil.copytree(Path(_founded_at_start().name) / "home", folder)
    with endpoint_of(Home(folder), clock=clock) as opened:
        yield opened


def asking(laptop: Laptop, code: str, **changed: object) -> EnrolRequest:
    requests = laptop.identity.csrs("Ana", "MX", "Programme")
    proof = make_assertion(
        laptop.identity.device_key,
        laptop.store.device_id,
        audience=enrolment_audience(code),
        now=laptop.clock.now(),
    )
    request = EnrolRequest(
        code=code,
        device_id=laptop.store.device_id,
        device_code=laptop.store.device_code,
        device_key=laptop.identity.public_key_pem,
        assessor_csr=requests.assessor,
        sub_ca_csr=requests.sub_ca,
        proof=proof,
    )
    return request.model_copy(update=changed)


@contextmanager
def running_endpoint(
    folder: Path, *, clock: Clock | None = None, of_its_own: bool = False
) -> Iterator[Running]:
    """An endpoint, served on loopback: a copy of the one that was founded once, or one of its own programme."""
    if clock is None and not of_its_own:
        home = founded_home(folder)
    else:
        home = Home(folder)
        found(home, SETUP, clock=clock)
    with started_in_thread(home, clock=clock) as running:
        yield running


@lru_cache(maxsize=1)
def _template() -> tuple[TemporaryDirectory[str], MasterKey]:
    """An empty store and its key, made once: a copy of it costs a third of a new one."""
    folder, key = TemporaryDirectory(prefix="greenaudit-laptop-"), MasterKey.generate()
    Store.create(Home(Path(folder.name)), key.derive("database")).close()
    return folder, key


def _copied(home: Home, key: MasterKey, clock: Clock) -> Store:
    folder, _ = _template()
    shutil.copy(Home(Path(folder.name)).database, home.database)
    store = Store.open(home, key.derive("database"), clock)
    store.become_new_device()
    return store


@dataclass
class Laptop:
    """A device of one person: store, evidence, keys; it can be closed and opened again like the app."""

    home: Home
    key: MasterKey = field(default_factory=lambda: _template()[1])
    clock: Clock = field(default_factory=SystemClock)
    enrolled: Enrolled | None = None

    def __post_init__(self) -> None:
        self.home.create()
        key = self.key.derive("database")
        if self.home.database.exists():
            self.store = Store.open(self.home, key, self.clock)
        elif self.key == _template()[1]:
            self.store = _copied(self.home, self.key, self.clock)
        else:
            self.store = Store.create(self.home, key, self.clock)
        self.blobs = BlobStore(self.home.blobs, self.key.derive("blobs"))
        key = self.key.derive("identity")
        there = (self.home.identity / KEYS_FILE).exists()
        self.identity = (Identity.load if there else Identity.create)(self.home.identity, key)

    def enrol(
        self, running: Running, *, role: str = "assessor", name: str = "Ana", person: UUID | None = None
    ) -> Laptop:
        """Enrols this device for somebody whom the endpoint knows, or for a new person."""
        if person is None:
            newcomer = Newcomer(name, role, f"{name.lower()}-{new_id()}")  # type: ignore[arg-type]
            person = running.endpoint.add_person(newcomer).person_id
        code = running.endpoint.new_code(person)
        link = HttpLink(running.address, patience=IMPATIENT)
        self.enrolled = enrol(link, self.store, self.identity, code, device_name=name)
        self.identity = self.enrolled.identity
        link.close()
        return self

    def link(self, address: str, patience: Patience = IMPATIENT) -> HttpLink:
        """A link to the endpoint in this device's name."""
        return HttpLink(address, credentials_of(self.store, self.identity), patience)

    def sync(
        self, address: str, wrap: Callable[[HttpLink], Any] = lambda link: link, **options: Any
    ) -> SyncReport:
        """Synchronises once; `wrap` may put something between engine and link."""
        link = self.link(address)
        try:
            return synchronise(self.store, self.blobs, self.identity, wrap(link), **options)
        finally:
            link.close()

    @property
    def person(self) -> UUID:
        assert self.enrolled is not None
        return self.enrolled.person.id

    @property
    def programme(self) -> UUID:
        assert self.enrolled is not None
        return self.enrolled.programme_id

    def reopen(self) -> None:
        """Closes and opens the store, as after a restart."""
        self.store.close()
        self.store = Store.open(self.home, self.key.derive("database"), self.clock)

    def close(self) -> None:
        self.store.close()


def photo_bytes(name: str, size: int = 50_000) -> bytes:
    """Bytes that no compression shortens, told apart by name."""
    block = hashlib.sha256(name.encode()).digest()
    made = bytearray()
    while len(made) < size:
        block = hashlib.sha256(block).digest()
        made += block
    return bytes(made[:size])


def visit(
    laptop: Laptop,
    *,
    answers: int = 3,
    photos: int = 2,
    oem: UUID | None = None,
    size: int = 50_000,
    programme: UUID | None = None,
    person: UUID | None = None,
) -> Assessment:
    """A plant with an assessment that has answers and photos, written on this laptop."""
    now = datetime.now(UTC)
    supplier = Organisation(id=new_id(), name="Pinturas del Norte", kind="supplier", country="MX")
    maker = Organisation(id=oem or new_id(), name="Armadora", kind="oem", country="US")
    plant = Plant(
        id=new_id(),
        organisation_id=supplier.id,
        name="Planta Saltillo",
        country="MX",
        region="Coahuila",
        timezone="America/Monterrey",
        language="es",
        currency="MXN",
    )
    programme, person = programme or laptop.programme, person or laptop.person
    link = PlantLink(id=new_id(), programme_id=programme, plant_id=plant.id, oem_id=maker.id)
    pack = laptop.blobs.put(photo_bytes("pack", 2_000))
    assessment = Assessment(
        id=new_id(),
        programme_id=programme,
        plant_id=plant.id,
        pack=PackRef(id="core", version="1.0", sha256=pack),
        lead_id=person,
        started_at=now,
    )
    revision = Revision(
        id=revision_id(assessment.id, 1),
        programme_id=programme,
        assessment_id=assessment.id,
        number=1,
        opened_at=now,
    )
    with laptop.store.unit(person) as unit:
        for record in (supplier, maker, plant, link, assessment, revision):
            unit.save(record)
    for index in range(answers):
        answer(laptop, assessment, f"Q-{index}", level=index % 5, person=person)
    for index in range(photos):
        take_photo(laptop, assessment, f"Q-{index}", photo_bytes(f"{assessment.id} {index}", size), person)
    return assessment


def answer(
    laptop: Laptop, assessment: Assessment, question: str, *, level: int, person: UUID | None = None
) -> Answer:
    """Answers a question on this laptop."""
    given = Answer(
        id=answer_id(assessment.id, question),
        programme_id=assessment.programme_id,
        assessment_id=assessment.id,
        question_id=question,
        response=Response(level=level),
    )
    with laptop.store.unit(person or laptop.person) as unit:
        unit.save(given)
    return given


def take_photo(
    laptop: Laptop, assessment: Assessment, question: str, data: bytes, person: UUID | None = None
) -> Photo:
    """Adds a photo on this laptop."""
    photo = Photo(
        id=new_id(),
        programme_id=assessment.programme_id,
        assessment_id=assessment.id,
        question_id=question,
        sha256=laptop.blobs.put(data),
        media_type="image/jpeg",
        size=len(data),
        taken_at=datetime.now(UTC),
    )
    with laptop.store.unit(person or laptop.person) as unit:
        unit.save(photo)
    return photo


def contents(store: Store) -> dict[str, tuple[Any, ...]]:
    """Every record of a store, for comparing two."""
    classes = (Organisation, Plant, PlantLink, Assessment, Revision, Answer, Photo)
    with store.read() as reader:
        return {cls.record_type: reader.where(cls, deleted=True) for cls in classes}
