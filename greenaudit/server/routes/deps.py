"""What routes ask for: the endpoint, who is calling, and a body that was bounded while it came in."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from greenaudit.server.endpoint import Caller, Endpoint
from greenaudit.server.tokens import refused


def endpoint_of(request: Request) -> Endpoint:
    """The endpoint that this application serves."""
    return cast("Endpoint", request.app.state.endpoint)


EndpointDep = Annotated[Endpoint, Depends(endpoint_of)]


def caller_of(request: Request, endpoint: EndpointDep) -> Caller:
    """The device that calls, by its token."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer" or not token:
        raise refused("token_over")
    return endpoint.caller(token)


async def body_of(request: Request) -> bytes:
    """The whole body of a message (`limits` bounds it)."""
    return await request.body()


def address_of(request: Request) -> str:
    """Where a request comes from, for counting failures."""
    return request.client.host if request.client else "nowhere"


CallerDep = Annotated[Caller, Depends(caller_of)]
BodyDep = Annotated[bytes, Depends(body_of)]
AddressDep = Annotated[str, Depends(address_of)]
