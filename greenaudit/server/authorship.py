"""In whose name a device writes: only that of the people it was enrolled for.

A device that was in use before it was enrolled has written under an id of its own making. It names that id when it enrols, with
the proof that it holds its key: from then on the endpoint knows whose it is. An id that is somebody else's is not entered.
Such an id is its person's on their other devices too: a copied home that goes on under another name says it once more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Connection, insert, select

from greenaudit.domain.journal import Change
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.server.rights import Account, may_write
from greenaudit.server.tables import account, device, device_author


def enter(connection: Connection, device_id: UUID, person_id: UUID, alias: UUID | None) -> None:
    """Notes whose a device is, and under which other id they wrote on it before, if that is free."""
    names = {person_id}
    if alias is not None and not _taken(connection, device_id, person_id, alias):
        names.add(alias)
    known = entered(connection, [device_id]).get(device_id, frozenset())
    for author_id in sorted(names - known):
        connection.execute(insert(device_author).values(device_id=device_id, author_id=author_id))


def entered(connection: Connection, device_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Whose names were entered for each of these devices."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for row in connection.execute(select(device_author).where(device_author.c.device_id.in_(device_ids))):
        found[row.device_id].add(row.author_id)
    return {device_id: frozenset(authors) for device_id, authors in found.items()}


def known_as(connection: Connection, person_id: UUID) -> frozenset[UUID]:
    """Under which ids a person writes: their own, and those that they had on devices of theirs before."""
    theirs = (
        select(device_author.c.author_id)
        .join(device, device.c.device_id == device_author.c.device_id)
        .where(device.c.person_id == person_id, device_author.c.author_id.not_in(select(account.c.person_id)))
    )
    return frozenset({person_id, *connection.execute(theirs).scalars()})


def check_authors(
    changes: Sequence[Change], authors: dict[UUID, frozenset[UUID]], people: dict[UUID, Account]
) -> None:
    """KnownError for a change in another's name, or of a kind that its device's person may not write.

    Whose device made a change is proven by its chain's signature, whoever brings it: so relayed changes are judged by
    the device that wrote them.
    """
    for change in changes:
        if change.author_id not in authors.get(change.device_id, frozenset()):
            raise _another(change)
        if not may_write(people[change.device_id], change.record_type):
            raise _not_yours(change)


def _taken(connection: Connection, device_id: UUID, person_id: UUID, alias: UUID) -> bool:
    """Whether an id is that of an account, or what someone else was known as on a device of theirs."""
    accounts = select(account.c.person_id).where(account.c.person_id == alias)
    others = (
        select(device_author.c.device_id)
        .join(device, device.c.device_id == device_author.c.device_id)
        .where(
            device_author.c.author_id == alias,
            device.c.device_id != device_id,
            device.c.person_id != person_id,
        )
    )
    return any(connection.execute(asked).first() for asked in (accounts, others))


def _another(change: Change) -> KnownError:
    return KnownError(
        "author_wrong",
        msg(
            "Change {number} of device {device} is written in the name of someone whose device it is not. Nothing of this "
            "batch was taken over. Enrol the device with that person's code first, or ask the programme for help.",
            number=change.seq,
            device=str(change.device_id),
        ),
    )


def _not_yours(change: Change) -> KnownError:
    return KnownError(
        "record_refused",
        msg(
            "Change {number} of device {device} hands out a checklist in the programme's name, which only its managers "
            "may do. Nothing of this batch was taken over.",
            number=change.seq,
            device=str(change.device_id),
        ),
    )
