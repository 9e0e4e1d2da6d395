"""Bounds on what anyone may send, and the headers that every answer carries."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.server.uploads import UPLOADS
from greenaudit.wire.packing import MAX_PACKED, too_big

PIECE_SECONDS = 60.0
"""How long the next piece of a body may keep us waiting."""

BODY_SECONDS = 300.0
"""How long a whole body may take; an upload may take longer, since each piece of it is kept."""

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


class Limits:
    """Counts and times what comes in, whatever the route does with it."""

    def __init__(
        self, app: ASGIApp, *, piece_seconds: float = PIECE_SECONDS, body_seconds: float = BODY_SECONDS
    ) -> None:
        self._app = app
        self._piece = piece_seconds
        self._body = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on with a guarded body and an answer with our headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._app(scope, self._guarded(scope, receive), _with_headers(send))

    def _guarded(self, scope: Scope, receive: Receive) -> Receive:
        upload = str(scope["path"]).startswith(UPLOADS)
        ends = asyncio.get_running_loop().time() + self._body
        taken = 0
        done = False

        async def next_piece() -> Message:
            nonlocal taken, done
            if done:
                return await receive()
            left = self._piece
            if not upload:
                left = min(left, ends - asyncio.get_running_loop().time())
            try:
                async with asyncio.timeout(max(0.0, left)):
                    message = await receive()
            except TimeoutError as error:
                raise _slow() from error
            taken += len(message.get("body", b""))
            done = not message.get("more_body", False)
            if not upload and taken > MAX_PACKED:
                raise too_big(MAX_PACKED)
            return message

        return next_piece


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


def _slow() -> KnownError:
    return KnownError(
        "request_slow",
        msg("The message came too slowly and was given up. Synchronise again on a better line."),
    )
