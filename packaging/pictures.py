"""Saves the pictures of the guide: `python packaging/pictures.py [OUT]`, by default `docs/pictures`.

Every picture is the real window over the sample programme, brought where it is by what a person does. The pages of the
report need `pdftoppm` (poppler-utils). Without a screen, set `QT_QPA_PLATFORM=offscreen`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from keyring.backend import KeyringBackend
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shots import AtOnce, Still, settle

from greenaudit.domain.assessments import Proof
from greenaudit.i18n import Language
from greenaudit.paths import Home
from greenaudit.services import sample_records as records
from greenaudit.services.opening import App, SetUp, set_up
from greenaudit.services.sample import REPRESENTATIVE, ensure_sample
from greenaudit.services.sample_hands import drawn_name
from greenaudit.services.sample_photos import plant_photo
from greenaudit.store.keys import KeyringProtector, rewrap
from ui import routes
from ui.main_window.preferences import WindowPreferences
from ui.main_window.window import MainWindow
from ui.notices import NoticeBoard
from ui.page_factory import OnePageFactory, PageFactory, set_up_page
from ui.pages.setup.page import SetUpPage
from ui.pages.sign.page import SignPage
from ui.pages.walk.page import WalkPage
from ui.ports import Tools
from ui.theme import load_fonts
from ui.widgets.signature_pad import SignaturePad

OUT = Path(__file__).parent.parent / "docs" / "pictures"
WIDE, PORTRAIT = (1280, 800), (853, 1280)
COLOURS = 128
"""Enough for flat drawings; photos in them are small."""
DOTS = 62
"""Dots per inch of a report's page."""
Theme = Literal["", "light", "dark", "daylight"]


class PassingKeyring(KeyringBackend):
    """A keyring as a system's, gone with this run: pictures leave nothing in anybody's own."""

    priority = 5.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self._entries[service, username]


def passing_protector() -> KeyringProtector:
    """Protects a home of the pictures as a system's keyring would."""
    return KeyringProtector(
        PassingKeyring(), frozenset({f"{PassingKeyring.__module__}.{PassingKeyring.__qualname__}"})
    )


class Camera:
    """The window, brought to a place and taken a picture of."""

    def __init__(self, qt: QApplication, out: Path) -> None:
        self.qt, self.out = qt, out
        self.preferences, self.notices = WindowPreferences(qt, "en_US", "light"), NoticeBoard()
        self.window = MainWindow(self.preferences, self.notices)
        self.window.show()

    def look(self, locale: str = "en_US", theme: Theme = "light", size: tuple[int, int] = WIDE) -> None:
        """Another language, theme or size."""
        self.preferences.choose_locale(locale)
        self.preferences.choose_theme(theme)
        self.window.resize(*size)
        settle(self.qt)

    def go(self, route: routes.Route) -> None:
        """Shows a page."""
        self.window.go(route)
        settle(self.qt)

    def take(self, name: str) -> None:
        """Saves what the window shows."""
        settle(self.qt)
        self.window.ring.forget()
        with TemporaryDirectory() as folder:
            raw = Path(folder) / "raw.png"
            self.window.grab().save(str(raw))
            with Image.open(raw) as picture:
                save(picture, self.out / f"{name}.png")

    def walk(self) -> WalkPage:
        """The walk that is shown."""
        page = self.window.page()
        if not isinstance(page, WalkPage):
            raise SystemExit("the walk is not shown")
        return page

    def sign(self) -> SignPage:
        """The signing that is shown."""
        page = self.window.page()
        if not isinstance(page, SignPage):
            raise SystemExit("the signatures are not shown")
        return page


def save(picture: Image.Image, path: Path) -> None:
    """Writes a picture small: few colours, no dithering of flat areas."""
    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    sys.stdout.write(f"{path.name}: {path.stat().st_size // 1000} kB\n")


def set_up_pictures(camera: Camera) -> None:
    """The recovery code of a device that exists for this picture alone."""
    with TemporaryDirectory() as folder:
        home = Home(Path(folder) / "GreenAudit")
        starting = _Starting(home)
        page = set_up_page(starting, AtOnce(), camera.notices)
        camera.window.attach(OnePageFactory(lambda: page))
        camera.go(routes.SetUp())
        if not isinstance(page, SetUpPage):
            raise SystemExit("set-up is not shown")
        page.name.input.setText("Elena Ruiz Calderón")
        page.begin_button.click()
        camera.take("set-up")
        if starting.made is not None:
            starting.made.app.close()


class _Starting:
    """`ui.pages.setup.presenter.Starting` that ends with its picture."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.made: SetUp | None = None

    def no_keyring(self) -> None:
        """A picture shows the usual machine, which has one."""

    def set_up(self, person_name: str, language: Language, _kind: str, _passphrase: str) -> SetUp:
        """Makes the device."""
        self.made = set_up(
            self._home, person_name=person_name, language=language, protector=passing_protector()
        )
        return self.made

    def restore(self, _folder: Path, _code: str) -> None:
        """Nobody restores."""

    def confirm_code(self, app: object) -> None:
        """Nobody types the group."""

    go_on = confirm_code


def pictures(camera: Camera, app: App) -> None:
    """Every picture over the sample programme."""
    camera.window.attach(PageFactory(Tools(app, AtOnce(), camera.notices, camera.preferences, Still())))
    cards = {card.state: card.assessment_id for card in app.visits.list()}
    here, there = cards["in_progress"], cards["signed"]
    at = partial(routes.Walk, here)
    camera.go(routes.Home())
    camera.take("home")
    camera.go(routes.NewVisit(app.visits.plants()[0].plant.id))
    camera.take("new-visit")
    level_pictures(camera, app, at)
    number_picture(camera, at)
    camera.go(routes.Walk(there, "CHEM-STO-02"))
    camera.take("walk-signed")
    sign_pictures(camera, here, there)
    camera.look()
    camera.go(routes.Settings())
    camera.take("settings")
    report_pictures(camera, app.closing.signed_pdf(there))


def level_pictures(camera: Camera, app: App, at: Callable[[str], routes.Walk]) -> None:
    """A level with its proof, the guidance, a finding, and the tablet."""
    here, question = at("").assessment_id, "CHEM-STO-02"
    for seed in (4, 9):
        app.evidence.add(assessment_id=here, question_id=question, data=plant_photo(seed))
    note = "Bund 4.1 × 2.6 × 0.22 m. Largest container: 1,000 L. Rain valve closed and labelled."
    app.walk.note(assessment_id=here, question_id=question, text=note, language="en")
    app.walk.prove(assessment_id=here, question_id=question, proof=Proof(grade=2))
    camera.go(at("CHEM-STO-02"))
    walk = camera.walk()
    QTest.keyClick(walk, Qt.Key.Key_3)
    camera.take("walk")
    camera.look("es_MX", "light", PORTRAIT)
    camera.take("walk-tablet-es")
    camera.look(theme="dark")
    QTest.keyClick(walk, Qt.Key.Key_G)
    camera.take("walk-guidance-dark")
    QTest.keyClick(walk, Qt.Key.Key_G)
    camera.look()
    QTest.keyClick(walk, Qt.Key.Key_F)
    settle(camera.qt)
    walk.finding.rows["stop_and_tell"].click()
    walk.finding.what.setPlainText("Solvent drum open beside the spot welder of line 2.")
    walk.finding.told_to.input.setText("Shift supervisor")
    camera.take("stop-and-tell")
    walk.finding.dismiss()


def number_picture(camera: Camera, at: Callable[[str], routes.Walk]) -> None:
    """A number on its stair, typed with a comma."""
    camera.look("fr_CA", "daylight")
    camera.go(at("ENER-CAS-02"))
    editor = camera.walk().card.answer.editor("cuts")
    editor.entry.setFocus(Qt.FocusReason.OtherFocusReason)  # type: ignore[attr-defined]
    editor.entry.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(editor.entry, "18,4")  # type: ignore[attr-defined]
    QTest.keyClick(editor.entry, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    camera.take("walk-number-fr")
    camera.look()


def sign_pictures(camera: Camera, here: object, there: object) -> None:
    """Both pads drawn on, and what a signed visit says."""
    camera.look("es_MX")
    camera.go(routes.Sign(here))  # type: ignore[arg-type]
    page = camera.sign()
    card = page.representative
    card.name.input.setText(REPRESENTATIVE.name)
    card.position.input.setText(REPRESENTATIVE.position)
    card.identity.input.setText(REPRESENTATIVE.identity_checked)
    card.consent.setChecked(True)
    draw(page.assessor.pad, records.ASSESSOR.name)
    draw(card.pad, REPRESENTATIVE.name)
    camera.take("sign-es")
    camera.look()
    camera.go(routes.Sign(there))  # type: ignore[arg-type]
    camera.take("signed")


def draw(pad: SignaturePad, name: str) -> None:
    """Signs with the mouse as the sample's people do."""
    hand = drawn_name(name, 1)
    scale = min(pad.width() / hand.width, pad.height() / hand.height)
    left = (pad.width() - hand.width * scale) / 2
    for stroke in hand.strokes:
        points = [QPoint(round(left + x * scale), round(y * scale)) for x, y, _ in stroke]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(pad, point)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])


def report_pictures(camera: Camera, pdf: bytes) -> None:
    """The first pages and the last one of the signed report, beside each other."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.pdf"
        file.write_bytes(pdf)
        pages = list(_pages(file))
    shown = [pages[0], pages[1], pages[-1]]
    width = sum(page.width for page in shown) + 16 * (len(shown) - 1)
    sheet = Image.new("RGB", (width, max(page.height for page in shown)), "#d7dcdb")
    left = 0
    for page in shown:
        sheet.paste(page, (left, 0))
        left += page.width + 16
    save(sheet, camera.out / "report.png")


def _pages(file: Path) -> Iterator[Image.Image]:
    prefix = file.with_suffix("")
    command = ["pdftoppm", "-r", str(DOTS), "-png", str(file), str(prefix)]
    subprocess.run(command, check=True)  # noqa: S603
    for path in sorted(file.parent.glob(f"{prefix.name}-*.png")):
        with Image.open(path) as page:
            yield page.convert("RGB")


@contextmanager
def sample(kept: Path | None) -> Iterator[App]:
    """The sample programme in a folder of its own; one that is kept saves its making."""
    with TemporaryDirectory() as folder:
        home = Home(kept or Path(folder) / "GreenAudit")
        app = ensure_sample(home)
        try:
            rewrap(home, app.context.master, passing_protector())
            yield app
        finally:
            app.close()


def main() -> None:
    """Takes all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, nargs="?", default=OUT)
    parser.add_argument("--home", type=Path, help="where the sample is made; it is left there")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    qt = QApplication([])
    load_fonts()
    camera = Camera(qt, asked.out)
    camera.look()
    set_up_pictures(camera)
    with sample(asked.home) as app:
        pictures(camera, app)
    camera.window.close()


if __name__ == "__main__":
    main()
