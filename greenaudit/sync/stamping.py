"""Asking a time stamp authority over HTTP: one small request, bounded in time and size.

What comes back is signed by the authority, so the line need not be secret: many authorities speak plain HTTP.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import requests
import urllib3.exceptions

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.signing.stamping import CONTENT_TYPE
from greenaudit.sync.adapters import SystemCertificates, TimedAdapter

SECONDS = 20.0
MOST_BYTES = 1_000_000


def asking(url: str, seconds: float = SECONDS) -> Callable[[bytes], bytes]:
    """A function that posts a request to the authority at an address and gives its answer (OSError: none came)."""
    check_address(url)

    def post(asked: bytes) -> bytes:
        session = requests.Session()
        session.mount("https://", SystemCertificates(seconds))
        session.mount("http://", TimedAdapter(seconds))
        try:
            with session.post(
                url,
                data=asked,
                headers={"Content-Type": CONTENT_TYPE, "Accept-Encoding": "identity"},
                timeout=seconds,
                allow_redirects=False,
                stream=True,
            ) as answer:
                return _body(answer)
        except urllib3.exceptions.HTTPError as error:
            raise OSError("the answer broke off") from error
        finally:
            session.close()

    return post


def check_address(url: str) -> None:
    """KnownError for what is no address of an authority."""
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username:
        raise KnownError(
            "stamp_address",
            msg(
                "{url} is not a time stamp authority's address. It looks like https://name.example.", url=url
            ),
        )


def _body(answer: requests.Response) -> bytes:
    if answer.status_code != requests.codes.ok:
        raise OSError(f"the authority answered {answer.status_code}")
    body: bytes = answer.raw.read(MOST_BYTES + 1, decode_content=False)
    if len(body) > MOST_BYTES:
        raise OSError("the answer is too long")
    return body
