"""Composes the services behind the window. Imported after the first painted frame, on the store's thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from greenaudit.errors import KnownError
from greenaudit.i18n import Language
from greenaudit.messages import Message, msg
from greenaudit.paths import Home
from greenaudit.services import opening, protecting, sample
from greenaudit.services.backups import restore_backup
from greenaudit.services.holding import HomeHold
from greenaudit.services.opening import App, SetUp
from greenaudit.services.protecting import ProtectionKind
from greenaudit.services.views import PlantCard, VisitCard
from greenaudit.settings import Settings, load_settings, save_settings
from ui.i18n import tr
from ui.ports import Destination, ThemeChoice
from ui.routes import NewVisit, Sign, Walk


@dataclass(frozen=True)
class Composed:
    """What the window begins with: the services (None while the device isn't set up) and the settings.

    `trouble` is a settings file that couldn't be read; the defaults hold for this run.
    """

    app: App | None
    settings: Settings
    trouble: KnownError | None = None


def compose(home: Home, *, with_sample: bool) -> Composed:
    """Opens the home. With the sample, a home that isn't there is made first."""
    settings, trouble = _settings(home)
    if with_sample:
        return Composed(sample.ensure_sample(home), settings, trouble)
    if not opening.is_set_up(home):
        return Composed(None, settings, trouble)
    return Composed(opening.open_home(home), settings, trouble)


def hold(home: Home) -> HomeHold:
    """Takes the home for this window; KnownError when another one has it."""
    taken = HomeHold(home)
    taken.take()
    return taken


def no_keyring() -> Message | None:
    """Why this machine's keyring can't keep the key; None where it can."""
    return protecting.no_keyring()


def set_up(home: Home, person_name: str, language: Language, kind: ProtectionKind, passphrase: str) -> SetUp:
    """Sets the device up for a person. Until the recovery code is confirmed, every start shows a new one.

    Whoever was quicker than the look for a keyring gets a key file where there is none, and reads so.
    """
    protector = None if kind == "keyring" else protecting.protector_of(home, kind, passphrase)
    return opening.set_up(
        home, person_name=person_name, language=language, protector=protector, code_pending=True
    )


def restore(home: Home, folder: Path, code: str) -> App:
    """Puts a backup into a home that holds nothing yet, and opens it."""
    restore_backup(folder, code, home)
    return opening.open_home(home)


def unconfirmed(app: App) -> SetUp | None:
    """A new recovery code where nobody has confirmed the one that was shown; None where somebody has."""
    if not app.protecting.code_pending:
        return None
    return SetUp(app, app.protecting.new_code(), app.protecting.current().message)


def unlock(home: Home, secret: str, *, with_sample: bool) -> App:
    """Opens a home with its passphrase, or with its recovery code when the usual way is lost."""
    if opening.looks_like_code(secret):
        app = opening.open_with_code(home, secret)
    else:
        app = opening.open_home(home, passphrase=secret)
    return sample.only_sample(app) if with_sample else app


def keep_choice(home: Home, locale: str, theme: ThemeChoice) -> None:
    """Keeps language and theme for the next start. A file that can't be read is left as it is."""
    settings, trouble = _settings(home)
    if trouble is None:
        save_settings(home.settings, settings.model_copy(update={"locale": locale, "theme": theme}))


def places(app: App) -> tuple[Destination, ...]:
    """The visits and plants of "Go to…", and the questions of the visit that goes on: from every page."""
    cards = app.visits.list()
    visits = [_to_visit(card) for card in cards]
    plants = [_to_plant(card) for card in app.visits.plants()]
    return (*visits, *plants, *_to_questions(app, cards))


def _settings(home: Home) -> tuple[Settings, KnownError | None]:
    try:
        return load_settings(home.settings), None
    except KnownError as error:
        return Settings(), error


def _to_visit(card: VisitCard) -> Destination:
    route = Sign(card.assessment_id) if card.state == "signed" else Walk(card.assessment_id)
    state = {"signed": msg("Signed"), "prepared": msg("Prepared"), "in_progress": msg("In progress")}[
        card.state
    ]
    words = f"{card.supplier} {card.report_number}"
    return Destination(
        card.plant.name, "path", route, sub=state, words=words, mark=f"{card.done}/{card.total}"
    )


def _to_questions(app: App, cards: Sequence[VisitCard]) -> list[Destination]:
    going = [card for card in cards if card.state != "signed" and card.trouble is None]
    current = max(going, key=lambda card: card.started_at, default=None)
    if current is None:
        return []
    opened, visit = app.desk.opened(current.assessment_id), current.assessment_id
    asked = (each for each in opened.checklist.questions if opened.evaluation.asks(each.id))
    return [Destination(each.text, "question", Walk(visit, each.id), sub=each.id) for each in asked]


def _to_plant(card: PlantCard) -> Destination:
    title = msg("New visit to {plant}", plant=card.plant.name)
    return Destination(title, "plus", NewVisit(card.plant.id), sub=card.supplier, words=tr(title))
