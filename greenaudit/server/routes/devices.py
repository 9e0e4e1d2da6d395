"""For devices: enrolment, tokens, changes in and out."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from greenaudit.server.answers import reply
from greenaudit.server.routes.deps import AddressDep, BodyDep, CallerDep, EndpointDep
from greenaudit.wire.changes import BATCH, ChangeBatch
from greenaudit.wire.enrolment import EnrolRequest, TokenRequest

router = APIRouter(prefix="/v1")


@router.post("/enrol")
def enrol(endpoint: EndpointDep, body: BodyDep, address: AddressDep) -> Response:
    """A one-time code and certificate requests for certificates."""
    return reply(endpoint.enrol(EnrolRequest.from_bytes(body), address))


@router.post("/token")
def token(endpoint: EndpointDep, body: BodyDep) -> Response:
    """A signed assertion (RFC 7523) for a token."""
    return reply(endpoint.log_in(TokenRequest.from_bytes(body).assertion))


@router.post("/changes")
def changes(endpoint: EndpointDep, caller: CallerDep, body: BodyDep) -> Response:
    """Takes a batch over; answers when it is durable."""
    return reply(endpoint.feed.push(caller.account, ChangeBatch.read(body)))


@router.get("/feed/{scope}")
def feed(
    endpoint: EndpointDep,
    caller: CallerDep,
    scope: str,
    after: Annotated[int, Query(ge=0, lt=2**63)] = 0,
    at: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=BATCH)] = BATCH,
) -> Response:
    """A piece of a scope's feed after a number; `at` is the change that the device knows under that number."""
    return reply(endpoint.feed.page(caller.account, scope, after, limit, at=at))
