"""For people: signing in, the list of assessments, and what is known of a report's number."""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from starlette.responses import FileResponse, RedirectResponse, Response

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.server.accounts import Session, csrf_of
from greenaudit.server.answers import status_of
from greenaudit.server.listing import listing, report_with
from greenaudit.server.rights import LINKING, sees_names
from greenaudit.server.routes.deps import AddressDep, EndpointDep
from greenaudit.server.web import SESSION_COOKIE, page, set_session

router = APIRouter()
_STYLE = FilePath(__file__).parent.parent / "templates" / "pages.css"
_FORM_COOKIE = "form"
Field = Annotated[str, Form(max_length=200)]


def session_of(request: Request, endpoint: EndpointDep) -> Session | None:
    """Who is signed in, if anyone."""
    token = request.cookies.get(SESSION_COOKIE, "")
    return endpoint.accounts.session(token) if token else None


SessionDep = Annotated[Session | None, Depends(session_of)]


@router.get("/")
def home(
    request: Request,
    endpoint: EndpointDep,
    session: SessionDep,
    number: Annotated[int, Query(alias="page", ge=0, le=100_000)] = 0,
) -> Response:
    """The assessments that this person may see."""
    if session is None:
        return RedirectResponse("/login", status_code=303)
    linking = endpoint.devices.of_roles(LINKING)
    found = listing(endpoint.store, endpoint.evidence.blobs, session.account, linking, number)
    return page(
        request,
        "assessments.html",
        session=session,
        listing=found,
        number=number,
        anonymous=not sees_names(session.account),
    )


@router.get("/login")
def login_page(request: Request) -> Response:
    """The form to sign in with."""
    return _login_form(request)


@router.post("/login")
def log_in(
    request: Request,
    endpoint: EndpointDep,
    address: AddressDep,
    login: Field = "",
    password: Field = "",
    csrf: Field = "",
) -> Response:
    """Opens a session; a wrong pair gets the form again, with a sentence."""
    try:
        _check_form(csrf, csrf_of(request.cookies.get(_FORM_COOKIE, "")))
        token = endpoint.accounts.log_in(login, password, address)
    except KnownError as error:
        return _login_form(request, error)
    answer = RedirectResponse("/", status_code=303)
    answer.delete_cookie(_FORM_COOKIE)
    set_session(request, answer, token)
    return answer


@router.post("/logout")
def log_out(request: Request, endpoint: EndpointDep, session: SessionDep, csrf: Field = "") -> Response:
    """Ends the session."""
    if session is not None:
        _check_form(csrf, session.csrf)
        endpoint.accounts.log_out(request.cookies[SESSION_COOKIE])
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(SESSION_COOKIE)
    return answer


@router.get("/verify/{number}")
def verify(
    request: Request,
    endpoint: EndpointDep,
    session: SessionDep,
    number: Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,60}$")],
) -> Response:
    """Whether a report's number is known; its fingerprint only to who may see the assessment."""
    linking = endpoint.devices.of_roles(LINKING)
    report = report_with(endpoint.store, number, session.account if session else None, linking)
    return page(request, "verify.html", session=session, number=number, report=report)


@router.get("/pages.css")
def style() -> Response:
    """The pages' one style sheet."""
    return FileResponse(_STYLE, media_type="text/css")


def _login_form(request: Request, error: KnownError | None = None) -> Response:
    word = secrets.token_urlsafe(24)
    answer = page(
        request,
        "login.html",
        status=status_of(error) if error else 200,
        csrf=csrf_of(word),
        message=error.message if error else None,
    )
    answer.set_cookie(
        _FORM_COOKIE, word, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
    return answer


def _check_form(given: str, expected: str) -> None:
    """A form counts only when it came from our own page."""
    if not hmac.compare_digest(given.encode("utf-8"), expected.encode("utf-8")):
        raise KnownError(
            "form_refused", msg("This form is too old or came from another site. Fill it in again.")
        )
