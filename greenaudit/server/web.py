"""Pages for people: server-rendered, in three languages, with nothing fetched from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from greenaudit.errors import BugError, GreenAuditError
from greenaudit.formats import Formats
from greenaudit.i18n import LANGUAGES, LOCALE_OF, Language, language_of, translator
from greenaudit.log import logger
from greenaudit.messages import msg
from greenaudit.server.answers import status_of
from greenaudit.server.endpoint import Endpoint
from greenaudit.server.texts import TEXTS

LANGUAGE_COOKIE = "language"
SESSION_COOKIE = "session"
NAMES: dict[Language, str] = {"en": "English", "es": "Español", "fr": "Français"}

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def chosen_language(request: Request) -> Language:
    """What the person chose, else what the browser prefers, else English."""
    for chosen in (request.query_params.get("language"), request.cookies.get(LANGUAGE_COOKIE)):
        if chosen in LANGUAGES:
            return chosen
    wishes = []
    for part in request.headers.get("Accept-Language", "")[:200].split(","):
        name, _, quality = part.partition(";q=")
        wishes.append((-_quality(quality), name.strip().lower()))
    for _, name in sorted(wishes, key=lambda wish: wish[0]):
        if name.split("-")[0] in LANGUAGES:
            return language_of(name)
    return "en"


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page in the reader's language; remembers a language that was chosen in the address."""
    language = chosen_language(request)
    endpoint = cast("Endpoint", request.app.state.endpoint)
    tr = translator(language)
    text = _templates.get_template(template).render(
        tr=tr,
        say=lambda name, **params: tr(TEXTS[name].text, **params),
        formats=Formats(LOCALE_OF[language]),
        language=language,
        languages=[(code, NAMES[code]) for code in LANGUAGES],
        programme=endpoint.facts.programme_name,
        here=request.url.path,
        **{"session": None, **values},
    )
    answer = HTMLResponse(text, status_code=status, headers={"Content-Language": language})
    if request.query_params.get("language") == language:
        answer.set_cookie(
            LANGUAGE_COOKIE,
            language,
            max_age=31_536_000,
            httponly=True,
            samesite="lax",
            secure=_https(request),
        )
    return answer


def set_session(request: Request, answer: Response, token: str) -> None:
    """Puts the session's cookie where no script and no other site reaches it."""
    answer.set_cookie(SESSION_COOKIE, token, httponly=True, samesite="lax", secure=_https(request), path="/")


def failed_page(request: Request, error: GreenAuditError) -> Response:
    """An error as a page; our own faults without their insides."""
    message = error.message
    if isinstance(error, BugError):
        logger("server").error("%s", error, exc_info=error)
        message = msg("Something went wrong inside GreenAudit: {what}", what="endpoint")
    return page(request, "message.html", status=status_of(error), message=message)


def _https(request: Request) -> bool:
    return request.url.scheme == "https"


def _quality(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
