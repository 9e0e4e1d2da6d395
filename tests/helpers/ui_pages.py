"""The frame's own pages with services from memory, for tests and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from greenaudit.errors import KnownError
from greenaudit.i18n import Language
from greenaudit.ids import natural_id
from greenaudit.messages import Message, msg
from greenaudit.services.views import PackOffer
from tests.helpers.ui import InlineTasks, KeptNotices, KeptSending, application
from tests.helpers.ui_cards import (
    FakeBackups,
    FakeProtecting,
    FakeStatus,
    FakeSyncing,
    FakeVerification,
    FakeVisits,
    checklist_card,
    plant_card,
    signed_visit,
    visit,
)
from ui.main_window.preferences import WindowPreferences
from ui.pages.home.page import HomePage
from ui.pages.home.presenter import HomePresenter
from ui.pages.new_visit.page import NewVisitPage
from ui.pages.new_visit.presenter import NewVisitPresenter
from ui.pages.settings.key_presenter import KeyPresenter
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.presenter import Doors, SettingsPresenter
from ui.pages.setup.page import SetUpPage
from ui.pages.setup.presenter import Kind, SetUpPresenter
from ui.ports import SendingState, Told
from ui.routes import Home, NewVisit, Settings

PROTECTION = msg("Everything you enter stays on this device, encrypted, until you send it.")
MONDAY = date(2026, 11, 23)


def some_visits() -> FakeVisits:
    """One in progress, one signed, one prepared; three plants; one checklist."""
    return FakeVisits(
        cards=(
            visit(),
            signed_visit(),
            visit("Lima Polymers, Ohio", state="prepared", done=0, total=171, conflicts=2),
        ),
        plant_cards=(
            plant_card(),
            plant_card("Oshawa Stamping", last_visit=None),
            plant_card("Lima Polymers, Ohio"),
        ),
        checklist_cards=(checklist_card(),),
    )


def home_page(
    visits: FakeVisits | None = None, status: FakeStatus | None = None, sending: KeptSending | None = None
) -> HomePage:
    """Home over services from memory."""
    page = HomePage(KeptNotices(), lambda: MONDAY)
    page.use(
        HomePresenter(
            visits or some_visits(), status or FakeStatus(), sending or KeptSending(), InlineTasks(), page
        )
    )
    return page


def full_home() -> HomePage:
    """Home with all that can stand on it: the sample, conflicts, a visit that can't be opened, trouble in sending."""
    cards = (
        visit(conflicts=2, conflict_question="CHEM-STO-02", previous_id=natural_id("before")),
        signed_visit(previous_id=natural_id("before too")),
        visit("Lima Polymers, Ohio", state="prepared", done=0, total=171, newer=checklist_card(version="1.1")),
        visit(
            "Planta Lerma",
            trouble=msg("This visit has not arrived whole yet. Sync again, then open it."),
            done=0, total=0, modules=(), resume_area=None, resume_question=None, resume_place=None,
        ),
    )  # fmt: skip
    trouble = msg(
        "Plants come with your programme: enrol this device in the settings and send and receive once."
    )
    state = SendingState(enrolled=True, trouble=trouble)
    return home_page(FakeVisits(cards), FakeStatus(is_sample=True), KeptSending(state))


OFFER = PackOffer(
    card=checklist_card(version="1.1"),
    version="1.0",
    verdict=msg("A minor change ({old} → {new}): scores of the two can be compared.", old="1.0", new="1.1"),
    changes=tuple(
        msg("{where}: {what}", where=f"CHEM-STO-{n:02}", what=msg("The notes around it changed."))
        for n in range(1, 20)
    ),
)


def offering_home() -> HomePage:
    """Home where a later checklist is offered."""
    page = full_home()
    page.open(Home())
    page.show_offer(visit(), OFFER)
    return page


def new_visit_page(visits: FakeVisits | None = None) -> NewVisitPage:
    """New visit over services from memory."""
    page = NewVisitPage(KeptNotices())
    page.use(NewVisitPresenter(visits or some_visits(), InlineTasks(), page))
    return page


def unsigned_page() -> NewVisitPage:
    """New visit with three checklists, of which one that nobody signed was chosen."""
    visits = replace(
        some_visits(),
        checklist_cards=(
            checklist_card(),
            checklist_card(sha256="b" * 64, version="2.0", standing="signed"),
            checklist_card(sha256="c" * 64, version="2.1", standing="unsigned"),
        ),
    )
    page = new_visit_page(visits)
    page.open(NewVisit())
    page.presenter.choose_checklist("c" * 64)
    return page


class SendingOf(KeptSending):
    """Sending that tells whoever asked what came of a synchronisation."""

    def __init__(self, syncing: FakeSyncing) -> None:
        super().__init__()
        self._syncing = syncing

    def send(self, told: Told | None = None) -> None:
        super().send(told)
        summary = self._syncing.run(stopped=lambda: False)
        if told is not None:
            told(summary.message, good=summary.complete)


def settings_page(
    syncing: FakeSyncing | None = None,
    *,
    sending: KeptSending | None = None,
    backups: FakeBackups | None = None,
    protecting: FakeProtecting | None = None,
) -> SettingsPage:
    """Settings over services from memory; files and folders are picked without a dialog."""
    preferences = WindowPreferences(application(), "en_US", "light")
    page = SettingsPage(preferences, lambda _parent: "report.pdf", lambda _parent: "/media/stick")
    syncing = syncing or FakeSyncing()
    doors = Doors(backups or FakeBackups(), syncing, FakeVerification(), sending or SendingOf(syncing))
    tasks = InlineTasks()
    page.use(
        SettingsPresenter(doors, preferences, tasks, page),
        KeyPresenter(protecting or FakeProtecting(), tasks, page, lambda _n: 2),
    )
    return page


def key_page() -> SettingsPage:
    """Settings with the sheet that asks what keeps the key, no keyring, a passphrase too short."""
    page = settings_page(
        protecting=FakeProtecting(keyring=msg("This machine has no keyring that GreenAudit knows."))
    )
    page.open(Settings())
    page.key_button.click()
    page.key_sheet.kept.rows["passphrase"].click()
    page.key_sheet.button.click()
    return page


def new_code_page() -> SettingsPage:
    """Settings with a new recovery code on its sheet."""
    page = settings_page()
    page.open(Settings())
    page.code_button.click()
    page.code_sheet.button.click()
    page.keys.confirm("wrong")
    return page


def restoring_page() -> SetUpPage:
    """Set-up with the sheet of a backup that can't be read."""
    page = setup_page()
    page.restore_button.click()
    page.restoring.folder.say("/media/ana/USB-RESPALDOS/backup-2026-11-24-104207-K7QP")
    page.restoring.folder.show()
    page.presenter.restore("", "")
    return page


@dataclass(frozen=True)
class FakeOutcome:
    """A device that was set up."""

    app: Any = "the services"
    recovery_code: str = "7QK2-M9XD-4RTA-W8HB-2CJP-6VNE-K3SF-9LYG"
    protection: Message = PROTECTION


@dataclass
class FakeStarting:
    """Setting up that keeps what it was asked for."""

    people: list[tuple[str, Language]] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    confirmed: list[Any] = field(default_factory=list)
    went_on_with: list[Any] = field(default_factory=list)
    restored: list[tuple[str, str]] = field(default_factory=list)
    keyring: Message | None = None
    refuses: KnownError | None = None

    def no_keyring(self) -> Message | None:
        return self.keyring

    def set_up(self, person_name: str, language: Language, kind: Kind, passphrase: str) -> FakeOutcome:
        self.people.append((person_name, language))
        self.kept.append((kind, passphrase))
        return FakeOutcome()

    def restore(self, folder: Path, code: str) -> str:
        if self.refuses is not None:
            raise self.refuses
        self.restored.append((str(folder), code))
        return "the restored services"

    def confirm_code(self, app: Any) -> None:
        self.confirmed.append(app)

    def go_on(self, app: Any) -> None:
        self.went_on_with.append(app)


def setup_page(starting: FakeStarting | None = None, *, asks_for: int = 1) -> SetUpPage:
    """Set-up; `asks_for` is the group of the code (from 1) that is asked for. Folders are picked without a dialog."""
    page = SetUpPage(KeptNotices(), lambda _parent: "/media/stick/backup-1")
    page.use(SetUpPresenter(starting or FakeStarting(), InlineTasks(), page, lambda _n: asks_for - 1))
    return page


def passphrase_page() -> SetUpPage:
    """Set-up where there is no keyring and a passphrase was chosen that is too short."""
    page = setup_page(FakeStarting(keyring=msg("This machine has no keyring that GreenAudit knows.")))
    page.name.input.setText("Ana Ruiz")
    page.kept.rows["passphrase"].click()
    page.kept.complete()
    return page


def code_page() -> SetUpPage:
    """Set-up where the recovery code is shown."""
    page = setup_page()
    page.presenter.begin("Ana Ruiz", "es", "file")
    return page
