"""The programme's revocation lists: asked for at each synchronisation, carried only when they have changed."""

from __future__ import annotations

from typing import Protocol

from greenaudit.signing.identities import Identity
from greenaudit.signing.lists import Lists, keep_lists, kept_lists
from greenaudit.sync.link import LinkError
from greenaudit.wire.revocation import RevocationLists

_ABSENT = "page_absent"
"""What an endpoint says that is older than the lists' address."""


class ListsLink(Protocol):
    """What is needed of a link here."""

    def revocations(self, known: str) -> RevocationLists | None:
        """The lists; None when they are those that are known by this name."""
        ...


def fetch_lists(link: ListsLink, identity: Identity) -> None:
    """Brings the kept lists up to date. KnownError when they can't be had, or are another programme's."""
    if identity.certificates is None:
        return
    known = kept_lists(identity.folder)
    try:
        given = link.revocations(known.name if known else "")
    except LinkError as error:
        if error.code != _ABSENT:
            raise
        return
    if given is not None:
        keep_lists(identity.folder, identity.certificates, Lists(given.root, given.issuing))
