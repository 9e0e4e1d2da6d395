"""A real laptop behind the walk and sign pages: a home in a folder, the sample's plants, a visit that has begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget

from greenaudit.clock import SystemClock
from greenaudit.paths import Home
from greenaudit.services import sample_records as records
from greenaudit.services.opening import App, set_up
from greenaudit.services.sample import certify_locally, enter_programme
from greenaudit.services.sample_photos import plant_photo
from greenaudit.store.keys import KeyFileProtector
from tests.helpers.ui import InlineTasks, KeptNotices, application, framed
from ui.capture import Camera, NoCamera
from ui.i18n import locale
from ui.main_window.preferences import WindowPreferences
from ui.main_window.window import MainWindow
from ui.pages.sign.page import SignPage
from ui.pages.sign.presenter import SignPresenter
from ui.pages.walk.keeping import Keeping
from ui.pages.walk.page import WalkPage
from ui.pages.walk.presenter import WalkPresenter
from ui.routes import Sign, Walk


def laptop(folder: Path) -> App:
    """A device that is set up, certified by a root of its own, with the sample programme's plants."""
    home = Home(folder / "home")
    person = records.ASSESSOR
    app = set_up(
        home, person_name=person.name, language="es", protector=KeyFileProtector(home.root), person=person
    ).app
    certify_locally(app, SystemClock())
    enter_programme(app)
    return app


def started(app: App) -> UUID:
    """A visit to the sample plant, with nothing answered."""
    return app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=app.packs.shipped().sha256)


@dataclass
class Picks:
    """Files that a person would choose in a dialog."""

    photos: list[Path] = field(default_factory=list)
    target: Path | None = None

    def pick_photos(self, _parent: QWidget) -> list[Path]:
        return self.photos

    def pick_target(self, _parent: QWidget, _proposed: str) -> Path | None:
        return self.target


def walk_page(app: App, camera: Camera | None = None, picks: Picks | None = None) -> WalkPage:
    """The walk over real services, its work done at once."""
    notices, tasks = KeptNotices(), InlineTasks()
    page = WalkPage(notices, camera or NoCamera(), (picks or Picks()).pick_photos)
    keeping = Keeping(app.bookmarks, app.context.clock, tasks, notices.error)
    page.use(WalkPresenter(app.visits, app.walk, app.evidence, app.closing, app.status, keeping, tasks, page))
    return page


def sign_page(app: App, picks: Picks | None = None) -> SignPage:
    """The sign page over real services, its work done at once."""
    page = SignPage(KeptNotices(), (picks or Picks()).pick_target)
    page.use(SignPresenter(app.visits, app.closing, app.extending, app.status, InlineTasks(), page))
    return page


def shown_walk(page: WalkPage, assessment_id: UUID, question_id: str = "") -> MainWindow:
    """The walk in the frame, at a question."""
    window = framed(page, Walk(assessment_id, question_id))
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    return window


def shown_sign(page: SignPage, assessment_id: UUID) -> MainWindow:
    """The sign page in the frame."""
    window = framed(page, Sign(assessment_id))
    window.resize(1280, 853)
    window.show()
    return window


def photo_files(folder: Path, count: int) -> Sequence[Path]:
    """Photos of a plant as files."""
    paths = [folder / f"photo-{number}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(plant_photo(number))
    return paths


def preferences() -> WindowPreferences:
    """The window's preferences as a test has them."""
    return WindowPreferences(application(), locale(), "light")
