"""Opening a home: setting one up, unlocking it, and composing the services over it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import greenaudit
from greenaudit.clock import Clock, SystemClock
from greenaudit.domain.suppliers import Person
from greenaudit.domain.values import titled
from greenaudit.errors import KnownError
from greenaudit.i18n import Language
from greenaudit.ids import new_id
from greenaudit.log import logger
from greenaudit.messages import Message, msg
from greenaudit.paths import Home
from greenaudit.services.backups import Backups
from greenaudit.services.bookmarks import Bookmarks
from greenaudit.services.closing import Closing
from greenaudit.services.context import OWNER, Context
from greenaudit.services.desk import Desk
from greenaudit.services.drafts import Drafts
from greenaudit.services.evidence import Evidence
from greenaudit.services.extending import Extending
from greenaudit.services.identity import Identities
from greenaudit.services.packs import Packs
from greenaudit.services.preferences import Preferences
from greenaudit.services.protecting import CODE_PENDING, PENDING, Protecting
from greenaudit.services.reporting import Reporting
from greenaudit.services.shelf import Shelf
from greenaudit.services.status import Status
from greenaudit.services.syncing import Syncing
from greenaudit.services.verification import Verification
from greenaudit.services.visits import Visits
from greenaudit.services.walk import Walk
from greenaudit.store import keys
from greenaudit.store.blobs import BlobStore
from greenaudit.store.files import cannot_read, plain_refusals, sync_folder, write_whole
from greenaudit.store.keys import MasterKey, Protector
from greenaudit.store.store import Store

LEFT_BEHIND = timedelta(hours=1)
"""An evidence file that nobody has gone on writing for so long was left by a process that died."""

CODE_SIGNS, CODE_GAPS = 40, 7


@dataclass(frozen=True)
class App:
    """Every service of one opened home. Close it when done."""

    context: Context
    visits: Visits
    walk: Walk
    bookmarks: Bookmarks
    evidence: Evidence
    closing: Closing
    status: Status
    syncing: Syncing
    extending: Extending
    backups: Backups
    verification: Verification
    identities: Identities
    packs: Packs
    drafts: Drafts
    desk: Desk
    preferences: Preferences
    protecting: Protecting

    def close(self) -> None:
        """Lets go of the database."""
        self.context.store.close()


@dataclass(frozen=True)
class SetUp:
    """A home just made: its services, the recovery code to show once, and how the key is protected."""

    app: App
    recovery_code: str
    protection: Message


def is_set_up(home: Home) -> bool:
    """Whether there is anything to open. A set-up that broke off left nothing of anybody's: it is begun anew."""
    try:
        home.root.stat()
        return not _begun(home).exists() and (home.keys.exists() or home.database.exists())
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise cannot_read(home.root, error) from error


def set_up(
    home: Home,
    *,
    person_name: str,
    language: Language,
    protector: Protector | None = None,
    clock: Clock | None = None,
    person: Person | None = None,
    code_pending: bool = False,
) -> SetUp:
    """Makes a new home for a person: keys, database, and whose it is; whole, or not at all.

    With `code_pending` it is noted that nobody has confirmed the recovery code yet (`Protecting.confirm_code`).
    """
    if not person_name.strip():
        raise KnownError("name_missing", msg("Write your name: it stands on every report you sign."))
    owner = person or Person(id=new_id(), name=titled(person_name), roles=("assessor",), language=language)
    with plain_refusals(home.root):
        home.create()
        if _begun(home).exists():
            _undo(home)
    with _whole(home):
        chosen = protector or keys.best_protector(home)
        master, code = keys.create(home, chosen)
        store = Store.create(home, master.derive("database"), clock or SystemClock())
        try:
            store.set_meta(OWNER, owner.model_dump_json())
            if code_pending:
                store.set_meta(CODE_PENDING, PENDING)
        except BaseException:
            store.close()
            raise
    app = _compose(home, master, store, owner, clock or SystemClock())
    return SetUp(app, code.text, app.protecting.current().message)


def _begun(home: Home) -> Path:
    """A file that is there while a home is being set up: what lies beside it is nobody's yet."""
    return home.root / ".setting-up"


@contextmanager
def _whole(home: Home) -> Iterator[None]:
    """Sets up in the block, or leaves nothing; a home that is in use already is left alone."""
    if home.keys.exists() or home.database.exists():
        yield  # the keys refuse with their own sentence
        return
    write_whole(_begun(home), b"")
    try:
        yield
    except BaseException:
        _undo(home)
        raise
    with plain_refusals(home.root):
        _begun(home).unlink()
        sync_folder(home.root)


def _undo(home: Home) -> None:
    """Removes what a set-up that broke off has made, the mark last."""
    database = home.database
    made = [home.keys, *home.root.glob("device-*.key"), *database.parent.glob(f"{database.stem}.*")]
    for path in made:
        path.unlink(missing_ok=True)
    _begun(home).unlink(missing_ok=True)


def open_home(home: Home, *, passphrase: str | None = None, clock: Clock | None = None) -> App:
    """Opens a home by what protects it here. KnownError says what to do when it can't be opened."""
    if not is_set_up(home):
        raise KnownError(
            "home_absent",
            msg("There is nothing in {path} yet. Open the window, or run a demo.", path=str(home.root)),
        )
    master = keys.unlock(home, keys.usual_protector(home, passphrase))
    return _opened(home, master, clock or SystemClock())


def open_with_code(
    home: Home, code: str, *, passphrase: str | None = None, clock: Clock | None = None
) -> App:
    """Opens a home whose usual protection is lost, by its recovery code, and protects it anew on this machine."""
    return _protected_anew(home, keys.unlock_with_code(home.keys, code), passphrase, clock)


def open_with_programme_key(
    home: Home, file: bytes, code: str, *, passphrase: str | None = None, clock: Clock | None = None
) -> App:
    """Opens a home by the programme's recovery key (its file and that file's code), and protects it anew here."""
    master = keys.unlock_with_programme_key(home.keys, keys.open_programme_key(file, code))
    return _protected_anew(home, master, passphrase, clock)


def _protected_anew(home: Home, master: MasterKey, passphrase: str | None, clock: Clock | None) -> App:
    keys.rewrap(
        home, master, keys.PassphraseProtector(passphrase) if passphrase else keys.best_protector(home)
    )
    return _opened(home, master, clock or SystemClock())


def looks_like_code(text: str) -> bool:
    """Whether somebody typed a recovery code rather than a passphrase: forty letters and digits, eight groups."""
    return (
        sum(sign.isalnum() for sign in text) == CODE_SIGNS and text.count("-") + text.count(" ") >= CODE_GAPS
    )


def rest_of_endpoint(home: Home) -> Message:
    """What to do with a home that is nobody's: an endpoint's, which isn't whole by its backup alone."""
    return msg(
        "{path} holds an endpoint's data and belongs to no person. After a restore, copy the endpoint's endpoint.db, authority/ "
        "and identity/ into it; then it can start.",
        path=str(home.root),
    )


def _opened(home: Home, master: MasterKey, clock: Clock) -> App:
    store = Store.open(home, master.derive("database"), clock)
    try:
        named = store.meta(OWNER)
        if named is None:
            raise KnownError("owner_absent", rest_of_endpoint(home))
        return _compose(home, master, store, Person.model_validate_json(named), clock)
    except BaseException:
        store.close()
        raise


def _compose(home: Home, master: MasterKey, store: Store, owner: Person, clock: Clock) -> App:
    context = Context(
        home=home,
        clock=clock,
        master=master,
        store=store,
        blobs=BlobStore(home.blobs, master.derive("blobs")),
        owner=owner,
    )
    context.blobs.drop_drafts(clock.now() - LEFT_BEHIND)
    logger("home").info("opened by GreenAudit %s on %s", greenaudit.__version__, sys.platform)
    identities = Identities(context)
    packs = Packs(context.blobs, Shelf(context, identities))
    desk = Desk(context, packs)
    evidence = Evidence(context, desk)
    reporting = Reporting(context, desk, evidence)
    preferences = Preferences(home)
    extending = Extending(context, desk, identities, preferences)
    return App(
        context=context,
        visits=Visits(context, desk, packs),
        walk=Walk(context, desk),
        bookmarks=Bookmarks(context),
        evidence=evidence,
        closing=Closing(context, desk, reporting, identities),
        status=Status(context, identities, packs),
        syncing=Syncing(context, desk, identities, extending),
        extending=extending,
        backups=Backups(context),
        verification=Verification(clock, identities.lists, identities.stamp_roots),
        identities=identities,
        packs=packs,
        drafts=Drafts(home, packs),
        desk=desk,
        preferences=preferences,
        protecting=Protecting(context),
    )
