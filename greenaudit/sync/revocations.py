"""The programme's revocation lists: asked for at each synchronisation, carried only when they have changed."""

from __future__ import annotations

from typing import Protocol

from greenaudit.errors import KnownError
from greenaudit.messages import msg
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
    """Brings the kept lists up to date. KnownError when they can't be had, are another programme's, or lack a revocation
    that is known here: it stays known, and this is said once.
    """
    if identity.certificates is None:
        return
    known = kept_lists(identity.folder)
    try:
        given = link.revocations(known.name if known else "")
    except LinkError as error:
        if error.code != _ABSENT:
            raise
        return
    if given is None:
        return
    kept = keep_lists(identity.folder, identity.certificates, Lists(given.root, given.issuing))
    if set(kept.earlier) - set(known.earlier if known else ()):
        raise KnownError(
            "lists_forgot",
            msg(
                "The endpoint's revocation list lacks devices that were revoked: it was set back to an older copy. Here they "
                "stay revoked. Tell whoever runs the endpoint to revoke them again."
            ),
        )
