"""Asking a time stamp authority (RFC 3161) over a link that somebody else holds: bytes out, bytes back."""

from __future__ import annotations

from collections.abc import Callable

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

CONTENT_TYPE = "application/timestamp-query"
"""What the request is called when it is posted."""


class PostedStamper(TimeStamper):
    """A time stamp authority behind a function that posts a request's bytes and gives the answer's (OSError: none)."""

    def __init__(self, post: Callable[[bytes], bytes]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._post = post

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Posts the request; an answer that is no time stamp counts as none."""
        raw = self._post(req.dump())
        try:
            answer = tsp.TimeStampResp.load(raw, strict=True)
            answer["status"]["status"].native  # noqa: B018 - parsing is lazy: this looks at it
        except ValueError as error:
            raise OSError("the answer is no time stamp") from error
        return answer
