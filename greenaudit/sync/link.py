"""What the engine needs of whoever carries its messages. `http` is the real one; tests wrap it to lose answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol
from uuid import UUID

from greenaudit.domain.values import Sha256
from greenaudit.errors import KnownError
from greenaudit.wire.changes import ChangeBatch, FeedPage, PushAnswer
from greenaudit.wire.enrolment import EnrolAnswer, EnrolRequest, TokenAnswer
from greenaudit.wire.evidence import PresenceAnswer, PresenceQuestion
from greenaudit.wire.packing import WireError

Pieces = Callable[[int], Iterator[bytes]]
"""A blob's bytes from an offset on, in pieces."""


class LinkError(KnownError):
    """The endpoint can't be reached, does not answer as it should, or says no.

    `again`: waiting may help. `refused`: the endpoint itself said no, so the line is good and other things may go on.
    """

    again: bool = False
    refused: bool = False


def ends_all(error: KnownError) -> bool:
    """Whether nothing more can be asked of this link: the line is broken, or who answers is not the endpoint."""
    return isinstance(error, WireError) or (isinstance(error, LinkError) and not error.refused)


class Link(Protocol):
    """A way to the endpoint. Every call gives a whole answer or raises KnownError; it may be repeated."""

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Enrols this device; the one call that needs no login."""
        ...

    def login(self) -> TokenAnswer:
        """Logs this device in; gives the scopes it may see and the endpoint's time."""
        ...

    def push(self, batch: ChangeBatch) -> PushAnswer:
        """Hands changes over; the answer names those that the endpoint holds durably."""
        ...

    def pull(self, scope: str, after: int, at: UUID | None = None) -> FeedPage:
        """A piece of a scope's feed after a number; `at` is the change that we know under that number."""
        ...

    def presence(self, question: PresenceQuestion) -> PresenceAnswer:
        """Which blobs the endpoint holds, and which it lacks."""
        ...

    def upload(self, sha256: Sha256, size: int, pieces: Pieces) -> None:
        """Sends a blob, going on where an earlier attempt stopped; returns when the endpoint holds it durably."""
        ...

    def download(self, sha256: Sha256, offset: int) -> AbstractContextManager[Iterator[bytes]]:
        """A blob's bytes from an offset on."""
        ...

    def close(self) -> None:
        """Ends the connection."""
        ...
