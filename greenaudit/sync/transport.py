"""One HTTP request to the endpoint, bounded in time and size, and what every wrong answer means in words.

Captive portals, proxies and broken servers answer too: only an answer of our own media type from the address we
asked is believed. Redirects are never followed, since a token would go along.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3.exceptions

from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.sync.adapters import SystemCertificates, TimedAdapter
from greenaudit.sync.link import LinkError
from greenaudit.wire.enrolment import Refusal
from greenaudit.wire.packing import MAX_PACKED, MEDIA_TYPE, WireError, too_big

_PIECE = 1 << 16
_BUSY = frozenset({429, 502, 503, 504})
_PASSING = frozenset({"upload_busy", "upload_offset", "upload_gone", "request_slow"})
"""Refusals that a repetition, which asks anew where things stand, may undo."""

_LATER = frozenset({"too_many_tries", "device_allowance"})
"""Refusals that only a longer time undoes."""

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Patience:
    """How long we wait, and how often we try. `wait` is what waits between tries (tests pass one that doesn't)."""

    connect: float = 10.0
    read: float = 60.0
    message: float = 300.0
    pauses: tuple[float, ...] = (0.5, 2.0, 5.0)
    wait: Callable[[float], None] = field(default=time.sleep)


class Transport:
    """Requests to one endpoint."""

    def __init__(self, url: str, patience: Patience) -> None:
        self.url = _checked(url)
        self.patience = patience
        self._session = requests.Session()
        self._session.mount("https://", SystemCertificates(patience.message))
        self._session.mount("http://", TimedAdapter(patience.message))

    def send(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, body: Any = None
    ) -> requests.Response:
        """One request; the answer's body is not read yet. LinkError where no answer of the endpoint came."""
        try:
            answer = self._session.request(
                method,
                f"{self.url}{path}",
                data=body,
                headers={"Accept-Encoding": "identity", **(headers or {})},
                timeout=(self.patience.connect, self.patience.read),
                allow_redirects=False,
                stream=True,
            )
        except requests.exceptions.SSLError as error:
            raise self._error("certificate_untrusted", _untrusted(self.url)) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise self._error("endpoint_unreachable", _unreachable(self.url), again=True) from error
        return answer

    def read(self, answer: requests.Response) -> bytes:
        """The body of an answer of ours; raises what the endpoint refused, or what is wrong with the answer."""
        with answer:
            self.judge(answer)
            return self._body(answer)

    def judge(self, answer: requests.Response) -> None:
        """Raises unless this is a good answer of the endpoint's own."""
        status = answer.status_code
        if 300 <= status < 400:
            raise self._error("redirected", _portal(self.url))
        ours = answer.headers.get("Content-Type", "").split(";")[0].strip() == MEDIA_TYPE
        if status < 300 and (ours or status == 204):
            return
        if ours:
            raise _refusal(self._body(answer), status)
        if status in _BUSY:
            raise self._error("endpoint_busy", _busy(self.url, status), again=True)
        if status >= 500:
            raise self._error("endpoint_failed", _failed(self.url, status), again=True)
        raise self._error("not_the_endpoint", _portal(self.url))

    def pieces(self, answer: requests.Response) -> Iterator[bytes]:
        """The raw bytes of an answer as they come, for no longer than a message may take without a pause."""
        ends = time.monotonic() + self.patience.message
        try:
            while piece := answer.raw.read1(_PIECE, decode_content=False):
                yield piece
                if time.monotonic() > ends:
                    raise self._error("endpoint_slow", _slow(self.url), again=True)
        except (urllib3.exceptions.HTTPError, requests.RequestException, OSError) as error:
            raise self._error("connection_lost", _lost(self.url), again=True) from error

    def patiently(self, attempt: Callable[[], Any]) -> Any:
        """Tries again after a pause where waiting may help; the last failure is raised."""
        for pause in self.patience.pauses:
            try:
                return attempt()
            except LinkError as error:
                if not error.again:
                    raise
                self.patience.wait(pause)
        return attempt()

    def close(self) -> None:
        """Ends the connection."""
        self._session.close()

    def _body(self, answer: requests.Response) -> bytes:
        taken = bytearray()
        for piece in self.pieces(answer):
            taken += piece
            if len(taken) > MAX_PACKED:
                raise too_big(MAX_PACKED)
        promised = answer.headers.get("Content-Length", "")
        if promised.isdigit() and int(promised) != len(taken):
            raise self._error("connection_lost", _lost(self.url), again=True)
        return bytes(taken)

    def _error(self, code: str, message: Message, *, again: bool = False) -> LinkError:
        error = LinkError(code, message)
        error.again = again
        return error


def _checked(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.query:
        raise KnownError(
            "address_wrong",
            msg("{url} is not an endpoint's address. It looks like https://name.example.", url=url),
        )
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        raise KnownError(
            "address_insecure",
            msg(
                "{url} would send everything unencrypted. Use the address that begins with https://.", url=url
            ),
        )
    return url.strip().rstrip("/")


def _refusal(body: bytes, status: int) -> KnownError:
    """What the endpoint refused, as our error; a sentence that can't be filled in plainly is not believed."""
    try:
        refusal = Refusal.from_bytes(body)
    except WireError as garbled:
        return garbled
    said = LinkError(
        refusal.code,
        Message(refusal.text, dict(refusal.params), refusal.plural, refusal.count),
        status=status,
    )
    said.refused = True
    said.again = (status in _BUSY and refusal.code not in _LATER) or refusal.code in _PASSING
    return said


def _untrusted(url: str) -> Message:
    return msg(
        "{url} shows a certificate that this computer does not trust, so nothing was sent. Check the address and "
        "this computer's date; in a guest network, log in to the network first.",
        url=url,
    )


def _unreachable(url: str) -> Message:
    return msg(
        "{url} can't be reached. Your visits are safe on this device and will be sent when there is a network.",
        url=url,
    )


def _portal(url: str) -> Message:
    return msg(
        "Something else answered in place of the endpoint {url}: often a network's login page. Log in to the "
        "network in a browser, check the address, then synchronise again. Nothing was lost.",
        url=url,
    )


def _busy(url: str, status: int) -> Message:
    return msg("The endpoint {url} is busy ({status}). Synchronise again later.", url=url, status=status)


def _failed(url: str, status: int) -> Message:
    return msg(
        "The endpoint {url} has a fault ({status}). Nothing was lost. Try again later; if it stays so, tell whoever "
        "runs it.",
        url=url,
        status=status,
    )


def _slow(url: str) -> Message:
    return msg("The answer of {url} took too long. Synchronise again on a better line.", url=url)


def _lost(url: str) -> Message:
    return msg(
        "The connection to {url} broke. What had come is kept; synchronise again to go on from there.",
        url=url,
    )
