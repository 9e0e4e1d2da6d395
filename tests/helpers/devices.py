"""A device as it stands in a plant: home, keys, store and evidence, all real."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from greenaudit.domain.assessments import Answer
from greenaudit.paths import Home
from greenaudit.store.blobs import BlobStore
from greenaudit.store.keys import MasterKey, RecoveryCode
from greenaudit.store.store import Store
from tests.helpers.keys import new_home
from tests.helpers.photos import photo as photo_bytes
from tests.helpers.store import (
    AUTHOR,
    answer,
    answers_of,
    assessment,
    noted,
    photo,
    programme,
    stepping_clock,
)


@dataclass
class Device:
    """A home that is open."""

    home: Home
    master: MasterKey
    code: RecoveryCode
    store: Store
    blobs: BlobStore
    hashes: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def open(cls, home: Home, master: MasterKey, code: RecoveryCode) -> Device:
        """Opens a home that exists."""
        store = Store.open(home, master.derive("database"), stepping_clock())
        return cls(home, master, code, store, BlobStore(home.blobs, master.derive("blobs")))

    def answers(self) -> dict[str, Answer]:
        with self.store.read() as reader:
            return answers_of(reader)

    def note(self, question: str, text: str) -> None:
        """Answers a question with a note."""
        with self.store.unit(AUTHOR) as unit:
            unit.save(noted(answer(question), text))

    def add_blob(self, data: bytes) -> str:
        sha256 = self.blobs.put(data)
        self.hashes[sha256] = data
        return sha256

    def add_photo(self, data: bytes) -> str:
        """Keeps a photo and its row."""
        sha256 = self.add_blob(data)
        with self.store.unit(AUTHOR) as unit:
            unit.save(photo(sha256=sha256, size=len(data)))
        return sha256


def device(root: Path, *, photos: int = 0) -> Device:
    """A device with a visit of two answers, and photos."""
    home, master, code = new_home(root)
    key = master.derive("database")
    Store.create(home, key, stepping_clock()).close()
    one = Device.open(home, master, code)
    with one.store.unit(AUTHOR) as unit:
        unit.save(programme())
        pack = assessment(pack={"id": "founding", "version": "1.0", "sha256": one.blobs.put(b"{}")})
        unit.save(pack)
    one.note("CHEM-STO-01", "four drums, no label")
    one.note("CHEM-STO-02", "bund is dry")
    for number in range(photos):
        one.add_photo(photo_bytes((80 + number, 60)))
    return one
