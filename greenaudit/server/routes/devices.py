"""For devices: enrolment, tokens, revocation lists, changes in and out."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
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
    endpoint.room.check(len(body))
    endpoint.room.take(caller.device.device_id, len(body))
    return reply(endpoint.feed.push(caller.account, ChangeBatch.read(body)))


@router.get("/revocations")
def revocations(endpoint: EndpointDep, request: Request) -> Response:
    """The programme's revocation lists, for anyone who checks signatures; nothing when they are known already."""
    lists = endpoint.revocations.lists()
    name = f'"{lists.name}"'
    if request.headers.get("If-None-Match") == name:
        return Response(status_code=304, headers={"ETag": name})
    answer = reply(lists)
    answer.headers["ETag"] = name
    return answer


@router.get("/revocations/{issuer}.pem")
def revocation_list(endpoint: EndpointDep, issuer: Literal["root", "issuing"]) -> Response:
    """One of the lists as a file that any tool reads: `greenaudit verify --crl` takes it."""
    lists = endpoint.revocations.lists()
    text = lists.root if issuer == "root" else lists.issuing
    return Response(text, media_type="application/x-pem-file")


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
