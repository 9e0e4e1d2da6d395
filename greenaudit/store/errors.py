"""What the store says when the world is at fault.

KnownError
└── StoreError           code `database_…`, `disk_…`, `chain_…`, `change_…` or `visit_closed`
    ├── WrongKeyError         the key doesn't open the file
    ├── ForeignFileError      the file is not an encrypted GreenAudit database
    ├── NewerDatabaseError    written by a newer GreenAudit
    ├── DamagedError          parts of the file can't be read
    ├── DiskFullError         nothing could be written
    ├── LockedError           another program holds the database
    ├── BrokenChainError      changes that don't continue their device's chain, or were altered
    └── VisitClosedError      the visit is signed
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from greenaudit.errors import KnownError
from greenaudit.messages import msg

PAGE = 4096
"""Bytes of a page of the encrypted database."""


class StoreError(KnownError):
    """The database can't do what was asked, for a reason outside the code."""


class WrongKeyError(StoreError):
    """The key doesn't open the file."""


class ForeignFileError(StoreError):
    """The file is not an encrypted GreenAudit database."""


class NewerDatabaseError(StoreError):
    """A newer GreenAudit wrote the file."""


class DamagedError(StoreError):
    """Parts of the file can't be read."""


class DiskFullError(StoreError):
    """Nothing could be written."""


class LockedError(StoreError):
    """Another program holds the database."""


class BrokenChainError(StoreError):
    """Changes that don't continue their device's chain, or were altered on the way."""


class VisitClosedError(StoreError):
    """The visit is signed; only a new revision can change it."""


def absent(path: Path) -> StoreError:
    """There is no file."""
    return StoreError(
        "database_absent",
        msg("There is no database at {path}. Set this device up, or restore a backup.", path=str(path)),
    )


def empty(path: Path) -> ForeignFileError:
    """The file has no content, or none of ours."""
    return ForeignFileError(
        "database_empty",
        msg("The database {path} is empty. Move it away and restore a backup.", path=str(path)),
    )


def foreign(path: Path) -> ForeignFileError:
    """A plain SQLite database, or an encrypted one that is not ours."""
    return ForeignFileError(
        "database_foreign",
        msg(
            "{path} is not a GreenAudit database. Nothing in it was changed. Move it away, or name another folder.",
            path=str(path),
        ),
    )


def newer(path: Path, version: str) -> NewerDatabaseError:
    """The file has a version that this program doesn't know."""
    return NewerDatabaseError(
        "database_newer",
        msg(
            "The database {path} was written by a newer GreenAudit (version {version}). Update the app; nothing was changed.",
            path=str(path),
            version=version,
        ),
    )


def exists(path: Path) -> StoreError:
    """A database is already there, and is never written over."""
    return StoreError(
        "database_exists",
        msg("There is already a database at {path}. It was left as it is.", path=str(path)),
    )


def _not_opened(path: str) -> StoreError:
    """Encrypted pages look like noise: only a length that pages can't have tells a foreign file from a wrong key."""
    file = Path(path)
    if file.exists() and file.stat().st_size % PAGE:
        return foreign(file)
    return WrongKeyError(
        "database_wrong_key",
        msg(
            "The key doesn't open {path}. Use the key or the recovery code that belongs to it. If you did, the file is damaged: restore a backup.",
            path=path,
        ),
    )


def _damaged(path: str) -> StoreError:
    return DamagedError(
        "database_damaged",
        msg(
            "The database {path} is damaged. Keep the file, and restore the latest backup into a new folder.",
            path=path,
        ),
    )


def _full(path: str) -> StoreError:
    return DiskFullError(
        "disk_full",
        msg(
            "There is no room left on the disk of {path}. This entry was not saved; all earlier ones are. Free some space and try again.",
            path=path,
        ),
    )


def _failing(path: str) -> StoreError:
    return DiskFullError(
        "disk_failed",
        msg(
            "The disk of {path} can't be written: it is full or failing. This entry was not saved; all earlier ones are.",
            path=path,
        ),
    )


def locked(path: str) -> StoreError:
    """Somebody else is writing, and for too long."""
    return LockedError(
        "database_locked",
        msg(
            "Another program is using {path}. Close the other GreenAudit window or wait a moment, then try again.",
            path=path,
        ),
    )


def unreachable(path: str) -> StoreError:
    """The file or its folder can't be used."""
    return StoreError(
        "database_unreachable",
        msg("{path} can't be opened for writing. Check that the folder exists and is yours.", path=path),
    )


def was_closed(path: str) -> StoreError:
    """The store was let go of; whoever still wants to write was left behind."""
    return StoreError(
        "database_closed", msg("{path} was closed meanwhile. Nothing was saved; open it again.", path=path)
    )


# How SQLite words each trouble. The wording is part of its interface (sqlite3_errstr) and the same in SQLCipher.
_TROUBLES = (
    ("file is not a database", _not_opened),
    ("hmac check failed", _not_opened),
    ("malformed", _damaged),
    ("disk is full", _full),
    ("disk i/o error", _failing),
    ("is locked", locked),
    ("unable to open database", unreachable),
    ("readonly database", unreachable),
)


def known(error: Exception, path: str) -> StoreError | None:
    """The sentence for a database error, or None where it is our own mistake."""
    wording = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    return next((make(path) for words, make in _TROUBLES if words in wording), None)


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turns the database's errors into ours."""
    driver = engine.dialect.loaded_dbapi.Error
    try:
        yield
    except (DBAPIError, driver) as error:
        sentence = known(error, where(engine))
        if sentence is None:
            raise
        raise sentence from error


def where(engine: Engine) -> str:
    """The database's place, for sentences."""
    return str(engine.get_execution_options().get("place", engine.url))


def closed(number: str) -> VisitClosedError:
    """A save in a signed visit."""
    return VisitClosedError(
        "visit_closed",
        msg(
            "This visit is signed (report {number}) and can't be changed. Open a new revision to correct it.",
            number=number,
        ),
    )
