"""Values to answers, and errors to refusals with their status: the one place that knows HTTP's numbers."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from greenaudit.errors import BugError, GreenAuditError, KnownError
from greenaudit.log import logger
from greenaudit.messages import Message
from greenaudit.server.room import endpoint_full
from greenaudit.wire.enrolment import Refusal
from greenaudit.wire.packing import MEDIA_TYPE, Packed

STATUS = {
    "login_refused": 401,
    "token_over": 401,
    "login_wrong": 401,
    "clock_off": 401,
    "device_unknown": 401,
    "author_unknown": 422,
    "code_wrong": 403,
    "code_used": 403,
    "account_unknown": 403,
    "scope_refused": 403,
    "record_refused": 403,
    "form_refused": 403,
    "role_without_devices": 403,
    "evidence_refused": 403,
    "evidence_absent": 404,
    "upload_gone": 404,
    "page_absent": 404,
    "request_slow": 408,
    "device_exists": 409,
    "upload_offset": 409,
    "chain_forked": 409,
    "feed_changed": 409,
    "message_too_big": 413,
    "evidence_too_big": 413,
    "chain_unsigned": 422,
    "scope_wrong": 422,
    "author_wrong": 422,
    "evidence_mismatch": 422,
    "upload_busy": 423,
    "too_many_tries": 429,
    "database_locked": 503,
    "device_allowance": 429,
    "disk_full": 507,
    "disk_failed": 507,
    "endpoint_full": 507,
}
_OTHER = 400
_FULL = frozenset({"disk_full", "disk_failed"})
"""What our own disk refuses: the device hears no path of ours, and nothing about a disk that it could take for its own."""


_log = logger("server")


def reply(message: Packed) -> Response:
    """A message as a good answer."""
    return Response(message.to_bytes(), media_type=MEDIA_TYPE)


def status_of(error: GreenAuditError) -> int:
    """The HTTP status of an error."""
    return 500 if isinstance(error, BugError) else STATUS.get(error.code, _OTHER)


def refusal(error: GreenAuditError) -> Response:
    """An error as the other side gets it: our faults without their insides."""
    if isinstance(error, BugError):
        told = Refusal(
            code="bug", text="Something went wrong inside GreenAudit: {what}", params={"what": "endpoint"}
        )
    else:
        told_error = endpoint_full() if error.code in _FULL else error
        told = told_as(told_error.code, told_error.message)
    return Response(told.to_bytes(), status_code=status_of(error), media_type=MEDIA_TYPE)


def told_as(code: str, message: Message) -> Refusal:
    """A message ready to travel; what goes into its places becomes plain text."""
    params: dict[str, str | int] = {
        name: value if isinstance(value, int) else str(value)[:500] for name, value in message.params.items()
    }
    return Refusal(code=code, text=message.text, params=params, plural=message.plural, count=message.count)


async def known(_: Request, error: Exception) -> Response:
    """The handler of errors for devices."""
    if not isinstance(error, GreenAuditError):
        raise error
    if not isinstance(error, KnownError) or status_of(error) >= 500:
        _log.error("%s", error, exc_info=error)
    return refusal(error)
