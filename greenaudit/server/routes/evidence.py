"""For devices: which blobs are here, blobs out (whole or from an offset), blobs in (tus 1.0)."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Request
from starlette.responses import Response, StreamingResponse

from greenaudit.domain.values import Sha256
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.server.answers import reply
from greenaudit.server.routes.deps import BodyDep, CallerDep, EndpointDep
from greenaudit.server.uploads import UPLOADS
from greenaudit.wire.evidence import BLOB_LIMIT, TUS_VERSION, PresenceAnswer, PresenceQuestion, bytes_after
from greenaudit.wire.packing import MEDIA_TYPE, WireError

router = APIRouter(prefix="/v1")
NameDep = Annotated[Sha256, Path(pattern=r"^[0-9a-f]{64}$")]
LengthDep = Annotated[int, Header(alias="Upload-Length")]
OffsetDep = Annotated[int, Header(alias="Upload-Offset", ge=0)]
_RANGE = re.compile(r"^bytes=(\d{1,12})-$")
_TUS = {
    "Tus-Resumable": TUS_VERSION,
    "Tus-Version": TUS_VERSION,
    "Tus-Extension": "creation,termination",
    "Tus-Max-Size": str(BLOB_LIMIT),
}


@router.post("/evidence/presence")
def presence(endpoint: EndpointDep, caller: CallerDep, body: BodyDep) -> Response:
    """Which of the named blobs are here, whole and durable."""
    held, missing = endpoint.evidence.sort(caller.account, PresenceQuestion.from_bytes(body).asked)
    return reply(PresenceAnswer(held=held, missing=missing))


@router.get("/evidence/missing")
def missing(endpoint: EndpointDep, caller: CallerDep) -> Response:
    """What the records name and nobody has sent yet."""
    return reply(PresenceAnswer(held=(), missing=endpoint.evidence.missing(caller.account)))


@router.api_route("/evidence/{sha256}", methods=["GET", "HEAD"])
def evidence(endpoint: EndpointDep, caller: CallerDep, request: Request, sha256: NameDep) -> Response:
    """A blob, from an offset on where one is asked for."""
    endpoint.evidence.check(caller.account, sha256)
    size = endpoint.evidence.blobs.size(sha256)
    start = _start(request.headers.get("Range", ""), size)
    headers = {"Content-Length": str(size - start), "Accept-Ranges": "bytes", "ETag": f'"{sha256}"'}
    if start:
        headers["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
    if request.method == "HEAD":
        return Response(headers=headers, media_type=MEDIA_TYPE)
    body = bytes_after(endpoint.evidence.blobs.open_chunks(sha256), start)
    return StreamingResponse(body, 206 if start else 200, headers, MEDIA_TYPE)


@router.options("/uploads")
def upload_options() -> Response:
    """What of tus is spoken here."""
    return Response(status_code=204, headers=_TUS)


def tus_only(tus_resumable: Annotated[str, Header()] = "") -> None:
    """Another version of tus is refused."""
    if tus_resumable != TUS_VERSION:
        raise KnownError(
            "upload_version",
            msg("Uploads follow tus {version}. Update GreenAudit.", version=TUS_VERSION),
        )


@router.post(UPLOADS.removeprefix("/v1"), dependencies=[Depends(tus_only)])
def begin(
    endpoint: EndpointDep,
    caller: CallerDep,
    upload_length: LengthDep,
    upload_metadata: Annotated[str, Header(max_length=400)] = "",
) -> Response:
    """Begins an upload or finds it where it was left: the answer says how far it is."""
    sha256 = _named(upload_metadata)
    endpoint.evidence.check(caller.account, sha256)
    if endpoint.evidence.blobs.has(sha256):
        return _at(sha256, upload_length, status=201)
    return _at(sha256, endpoint.uploads.create(caller.device.device_id, sha256, upload_length), status=201)


@router.head(f"{UPLOADS.removeprefix('/v1')}/{{sha256}}", dependencies=[Depends(tus_only)])
def state(endpoint: EndpointDep, caller: CallerDep, sha256: NameDep) -> Response:
    """How far an upload is."""
    found = endpoint.uploads.state(caller.device.device_id, sha256)
    if found is None:
        return Response(status_code=404, headers=_TUS)
    return _at(sha256, found[0], status=200, length=found[1])


@router.patch(f"{UPLOADS.removeprefix('/v1')}/{{sha256}}", dependencies=[Depends(tus_only)])
async def append(
    request: Request, endpoint: EndpointDep, caller: CallerDep, sha256: NameDep, upload_offset: OffsetDep
) -> Response:
    """Adds bytes. Success means: they are on the disk, and the last of them that the whole is what its name says."""
    reached, _ = await endpoint.uploads.append(
        caller.device.device_id, sha256, upload_offset, request.stream()
    )
    return _at(sha256, reached, status=204)


@router.delete(f"{UPLOADS.removeprefix('/v1')}/{{sha256}}", dependencies=[Depends(tus_only)])
def give_up(endpoint: EndpointDep, caller: CallerDep, sha256: NameDep) -> Response:
    """Drops an unfinished upload."""
    endpoint.uploads.drop(caller.device.device_id, sha256)
    return Response(status_code=204, headers=_TUS)


def _at(sha256: Sha256, offset: int, *, status: int, length: int | None = None) -> Response:
    headers = {**_TUS, "Upload-Offset": str(offset), "Location": f"{UPLOADS}/{sha256}"}
    if length is not None:
        headers["Upload-Length"] = str(length)
    return Response(status_code=status, headers=headers, media_type=MEDIA_TYPE)


def _named(metadata: str) -> Sha256:
    """The blob that an upload's metadata names: `sha256 <base64 of 64 hex digits>`."""
    for part in metadata.split(","):
        name, _, value = part.strip().partition(" ")
        if name == "sha256":
            try:
                sha256 = base64.b64decode(value, validate=True).decode("ascii")
            except (binascii.Error, UnicodeDecodeError):
                break
            if re.fullmatch(r"[0-9a-f]{64}", sha256):
                return sha256
    raise WireError("upload_unnamed", msg("The upload does not say which file it brings. Update GreenAudit."))


def _start(asked: str, size: int) -> int:
    """Where to begin: only `bytes=<offset>-` is understood, anything else gets the whole."""
    found = _RANGE.match(asked)
    start = int(found.group(1)) if found else 0
    return start if start < size else 0
