"""Builds each page on its first visit: what a page imports is paid for when somebody goes there.

A page's folder has `page.py` with `build(tools) -> Page`; it is named here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from greenaudit.messages import Message
from ui import routes
from ui.capture import Camera, LazyCamera, NoCamera
from ui.ports import Notices, Tasks, Tools
from ui.routes import Route
from ui.widgets.page import Page

if TYPE_CHECKING:
    from ui.pages.setup.presenter import Outcome, Starting
    from ui.pages.unlock.presenter import Unlocking

Builder = Callable[[Tools], Page]


def _home(tools: Tools) -> Page:
    from ui.pages.home.page import build

    return build(tools)


def _new_visit(tools: Tools) -> Page:
    from ui.pages.new_visit.page import build

    return build(tools)


def _settings(tools: Tools) -> Page:
    from ui.pages.settings.page import build

    return build(tools)


def _compare(tools: Tools) -> Page:
    from ui.pages.compare.page import build

    return build(tools)


def _checklists(tools: Tools) -> Page:
    from ui.pages.checklist.page import build

    return build(tools)


def _camera() -> Camera:
    try:
        from ui.widgets.camera import DeviceCamera
    except ImportError:  # a system without libpulse0: photos come from files
        return NoCamera()
    return DeviceCamera()


def _walk(tools: Tools) -> Page:
    from ui.pages.walk.page import build

    return build(tools, LazyCamera(_camera))


def _sign(tools: Tools) -> Page:
    from ui.pages.sign.page import build

    return build(tools)


BUILDERS: dict[type[Route], Builder] = {
    routes.Home: _home,
    routes.NewVisit: _new_visit,
    routes.Settings: _settings,
    routes.Walk: _walk,
    routes.Sign: _sign,
    routes.Compare: _compare,
    routes.Checklists: _checklists,
}


class PageFactory:
    """The pages of an opened home; one of each kind, kept."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._pages: dict[type[Route], Page] = {}

    def page(self, route: Route) -> Page:
        """The page of a route."""
        kind = type(route)
        if kind not in self._pages:
            self._pages[kind] = BUILDERS[kind](self._tools)
        return self._pages[kind]

    def built(self) -> tuple[Page, ...]:
        """The pages that exist."""
        return tuple(self._pages.values())


class OnePageFactory:
    """Before the services are there, there is one page, wherever one wants to go: set-up, or the passphrase."""

    def __init__(self, build: Callable[[], Page]) -> None:
        self._build = build
        self._page: Page | None = None

    def page(self, route: Route) -> Page:
        """The page."""
        if self._page is None:
            self._page = self._build()
        return self._page

    def built(self) -> tuple[Page, ...]:
        """The page, once it is built."""
        return (self._page,) if self._page is not None else ()


def set_up_page(starting: Starting, tasks: Tasks, notices: Notices, pending: Outcome | None = None) -> Page:
    """The page that sets a new device up; with `pending` at a recovery code that nobody has confirmed yet."""
    from ui.pages.setup.page import build

    return build(starting, tasks, notices, pending)


def unlock_page(unlocking: Unlocking, tasks: Tasks, reason: Message | None = None) -> Page:
    """The page that asks for the passphrase, or for the recovery code where the usual way is lost (`reason`)."""
    from ui.pages.unlock.page import build

    return build(unlocking, tasks, reason)
