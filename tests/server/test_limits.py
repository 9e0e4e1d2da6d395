"""Bodies that come too slowly or too big are given up; everything else passes untouched."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from greenaudit.errors import KnownError
from greenaudit.server.limits import Limits
from greenaudit.wire.packing import MAX_PACKED

PIECE = {"type": "http.request", "body": b"x", "more_body": True}


async def reading(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the whole body, then answers."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})


def run(path: str, receive: Any, **limits: float) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "method": "POST", "headers": []}
    asyncio.run(Limits(reading, **limits)(scope, receive, send))
    return sent


def test_a_body_that_never_comes_is_given_up() -> None:
    async def never() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    for path in ("/v1/changes", "/v1/uploads/x"):
        with pytest.raises(KnownError) as caught:
            run(path, never, piece_seconds=0.01)
        assert caught.value.code == "request_slow"


def test_a_body_that_drips_is_given_up_but_an_upload_may_take_its_time() -> None:
    def dripping(pieces: int) -> Any:
        left = [pieces]

        async def receive() -> Message:
            await asyncio.sleep(0)
            left[0] -= 1
            return PIECE if left[0] else {**PIECE, "more_body": False}

        return receive

    with pytest.raises(KnownError) as caught:
        run("/v1/changes", dripping(1_000_000), body_seconds=0.0)
    assert caught.value.code == "request_slow"
    assert run("/v1/uploads/x", dripping(50), body_seconds=0.0)[0]["status"] == 200


def test_a_body_without_end_is_given_up() -> None:
    async def endless() -> Message:
        return {**PIECE, "body": bytes(1 << 20)}

    with pytest.raises(KnownError) as caught:
        run("/login", endless)
    assert caught.value.code == "message_too_big"
    assert MAX_PACKED < 64 << 20


def test_every_answer_carries_the_headers() -> None:
    async def whole() -> Message:
        return {**PIECE, "more_body": False}

    headers = dict(run("/", whole)[0]["headers"])
    assert headers[b"x-content-type-options"] == b"nosniff"
