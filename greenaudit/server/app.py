"""The web application over an endpoint."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response

from greenaudit.errors import BugError, GreenAuditError, KnownError
from greenaudit.messages import msg
from greenaudit.server.answers import known, refusal
from greenaudit.server.endpoint import Endpoint
from greenaudit.server.limits import Limits
from greenaudit.server.routes import devices, evidence, pages
from greenaudit.server.web import failed_page
from greenaudit.wire.packing import WireError

API = "/v1/"


def create_app(endpoint: Endpoint) -> FastAPI:
    """The application: the devices' interface under `/v1`, and the pages."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, title="GreenAudit endpoint")
    app.state.endpoint = endpoint
    app.include_router(devices.router)
    app.include_router(evidence.router)
    app.include_router(pages.router)
    app.add_exception_handler(GreenAuditError, _told)
    app.add_exception_handler(RequestValidationError, _misshapen)
    app.add_exception_handler(HTTPException, _absent)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(Limits)

    @app.get("/health")
    def health() -> Response:
        """Whether the endpoint can read its store."""
        endpoint.store.meta("device_id")
        return PlainTextResponse("ok")

    return app


async def _told(request: Request, error: Exception) -> Response:
    """An error as whoever asked can read it: a refusal for devices, a page for people."""
    if request.url.path.startswith(API) or not isinstance(error, GreenAuditError):
        return await known(request, error)
    return failed_page(request, error)


async def _broken(request: Request, error: Exception) -> Response:
    """What nobody foresaw: it goes to the log, and whoever asked hears that it is our fault."""
    bug = BugError(type(error).__name__)
    bug.__cause__ = error
    return await _told(request, bug)


async def _misshapen(request: Request, error: Exception) -> Response:
    """A request whose parts have the wrong form; what it held is not repeated."""
    wrong = WireError(
        "request_wrong",
        msg("The endpoint did not understand this request. Update GreenAudit, or check the address."),
    )
    return await _told(request, wrong) if not request.url.path.startswith(API) else refusal(wrong)


async def _absent(request: Request, error: Exception) -> Response:
    """An address that there is not, or a form that can't be read: a sentence here too."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    if status in (404, 405):
        absent = KnownError("page_absent", msg("There is nothing at this address. Check it, or go back."))
        return await _told(request, absent)
    return await _misshapen(request, error)
