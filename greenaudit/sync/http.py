"""The real link: HTTPS to the endpoint. Uploads follow the tus protocol and go on where they stopped.

The tus client's core is these forty lines, not a library: ours keeps the session, the system's certificates, the time
limits and the one way of telling errors, which the library's own requests would go round.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

import requests

from greenaudit.domain.values import Sha256
from greenaudit.errors import BugError, KnownError
from greenaudit.messages import msg
from greenaudit.sync.assertions import Credentials
from greenaudit.sync.link import LinkError, Pieces
from greenaudit.sync.transport import Patience, Transport
from greenaudit.wire.changes import ChangeBatch, FeedPage, PushAnswer
from greenaudit.wire.enrolment import EnrolAnswer, EnrolRequest, TokenAnswer, TokenRequest
from greenaudit.wire.evidence import TUS_VERSION, PresenceAnswer, PresenceQuestion, bytes_after
from greenaudit.wire.packing import MEDIA_TYPE, Packed
from greenaudit.wire.revocation import RevocationLists

A = TypeVar("A", bound=Packed)
T = TypeVar("T")

PARTIAL = 206
"""The status of a file that begins where we asked."""

UNCHANGED = 304
"""The status of what we know already."""

UPLOAD_CHUNK = 4 * 1024 * 1024
"""How much one request carries of a blob; after each the endpoint says how far it is."""


class HttpLink:
    """A link to the endpoint at an address. Without credentials it can only enrol."""

    def __init__(
        self, url: str, credentials: Credentials | None = None, patience: Patience | None = None
    ) -> None:
        self._transport = Transport(url, patience or Patience())
        self._credentials = credentials
        self._token = ""

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Enrols this device. Repeated after a lost answer, it gives the same answer again."""
        return self._ask(EnrolAnswer, "/v1/enrol", request, login=False)

    def login(self) -> TokenAnswer:
        """Changes a fresh assertion for a token."""
        if self._credentials is None:
            raise BugError("a link without credentials can't log in")
        credentials = self._credentials

        def attempt() -> TokenAnswer:
            request = TokenRequest(assertion=credentials.assertion())
            return self._once(TokenAnswer, "/v1/token", request.to_bytes(), {})

        answer: TokenAnswer = self._transport.patiently(attempt)
        self._token = answer.token
        return answer

    def push(self, batch: ChangeBatch) -> PushAnswer:
        """Hands changes over."""
        return self._ask(PushAnswer, "/v1/changes", batch)

    def pull(self, scope: str, after: int, at: UUID | None = None) -> FeedPage:
        """A piece of a scope's feed."""
        path = f"/v1/feed/{scope}?after={after}" + (f"&at={at}" if at else "")

        def attempt() -> FeedPage:
            answer = self._transport.send("GET", path, headers=self._headers())
            return FeedPage.read(self._transport.read(answer))

        return self._logged_in(attempt)

    def revocations(self, known: str) -> RevocationLists | None:
        """The programme's revocation lists; None when they are those known by this name. Needs no login."""
        headers = {"If-None-Match": f'"{known}"'} if known else {}

        def attempt() -> RevocationLists | None:
            answer = self._transport.send("GET", "/v1/revocations", headers=headers)
            if known and answer.status_code == UNCHANGED:
                answer.close()
                return None
            return RevocationLists.read(self._transport.read(answer))

        found: RevocationLists | None = self._transport.patiently(attempt)
        return found

    def presence(self, question: PresenceQuestion) -> PresenceAnswer:
        """Which blobs the endpoint holds."""
        return self._ask(PresenceAnswer, "/v1/evidence/presence", question)

    def upload(self, sha256: Sha256, size: int, pieces: Pieces) -> None:
        """Sends a blob. Each attempt asks the endpoint where it stands, and goes on from there."""
        self._logged_in(lambda: self._upload(sha256, size, pieces))

    @contextmanager
    def download(self, sha256: Sha256, offset: int) -> Iterator[Iterator[bytes]]:
        """A blob's bytes from an offset on."""
        headers = {"Range": f"bytes={offset}-"} if offset else {}

        def attempt() -> requests.Response:
            answer = self._transport.send(
                "GET", f"/v1/evidence/{sha256}", headers={**self._headers(), **headers}
            )
            try:
                self._transport.judge(answer)
            except KnownError:
                answer.close()
                raise
            return answer

        with self._logged_in(attempt) as answer:
            pieces = self._transport.pieces(answer)
            yield bytes_after(pieces, offset) if answer.status_code != PARTIAL else pieces

    def close(self) -> None:
        """Ends the connection."""
        self._transport.close()

    def _upload(self, sha256: Sha256, size: int, pieces: Pieces) -> None:
        offset = self._begin(sha256, size)
        chunks = _chunks(pieces(offset), UPLOAD_CHUNK)
        while offset < size:
            body = next(chunks, b"")
            if not body:
                raise BugError("a blob is shorter than its size", sha256=sha256)
            answer = self._tus(
                "PATCH",
                f"/v1/uploads/{sha256}",
                {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"},
                body,
            )
            # Less than we sent would leave our chunks out of step; the next attempt asks and begins from there.
            offset = _offset_of(answer, offset + len(body), offset + len(body))

    def _begin(self, sha256: Sha256, size: int) -> int:
        """Makes the upload, or finds it where an earlier attempt left it."""
        name = base64.b64encode(sha256.encode("ascii")).decode("ascii")
        headers = {"Upload-Length": str(size), "Upload-Metadata": f"sha256 {name}"}
        return _offset_of(self._tus("POST", "/v1/uploads", headers, b""), 0, size)

    def _tus(self, method: str, path: str, headers: dict[str, str], body: bytes) -> requests.Response:
        answer = self._transport.send(
            method, path, headers={**self._headers(), "Tus-Resumable": TUS_VERSION, **headers}, body=body
        )
        with answer:
            self._transport.judge(answer)
        return answer

    def _ask(self, kind: type[A], path: str, message: Packed, *, login: bool = True) -> A:
        body = message.to_bytes()
        if not login:
            first: A = self._transport.patiently(lambda: self._once(kind, path, body, {}))
            return first
        return self._logged_in(lambda: self._once(kind, path, body, self._headers()))

    def _once(self, kind: type[A], path: str, body: bytes, headers: dict[str, str]) -> A:
        answer = self._transport.send(
            "POST", path, headers={**headers, "Content-Type": MEDIA_TYPE}, body=body
        )
        return kind.from_bytes(self._transport.read(answer))

    def _logged_in(self, attempt: Callable[[], T]) -> T:
        """Logs in where that was not done yet or is over, once; patient with the line."""
        if not self._token:
            self.login()
        try:
            found: T = self._transport.patiently(attempt)
        except LinkError as error:
            if error.code != "token_over":
                raise
            self.login()
            found = self._transport.patiently(attempt)
        return found

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}


def _chunks(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The same bytes in chunks of one size; the last may be shorter."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= size:
            yield bytes(waiting[:size])
            del waiting[:size]
    if waiting:
        yield bytes(waiting)


def _offset_of(answer: requests.Response, least: int, most: int) -> int:
    """How far the endpoint says it is; an offset that can't be would send us round for ever."""
    told = answer.headers.get("Upload-Offset", "")
    if not told.isdigit() or not least <= int(told) <= most:
        raise KnownError(
            "upload_astray",
            msg("The endpoint lost count of an upload. Nothing was lost here; synchronise again later."),
        )
    return int(told)
