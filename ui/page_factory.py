"""Builds each page on its first visit: what a page imports is paid for when somebody goes there.

A page's folder has `page.py` with `build(tools) -> Page`; it is named here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui import routes
from ui.ports import Notices, Tasks, Tools
from ui.routes import Route
from ui.widgets.page import Page

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


def _walk(tools: Tools) -> Page:
    from ui.pages.walk.page import build

    return build(tools)


def _sign(tools: Tools) -> Page:
    from ui.pages.sign.page import build

    return build(tools)


BUILDERS: dict[type[Route], Builder] = {
    routes.Home: _home,
    routes.NewVisit: _new_visit,
    routes.Settings: _settings,
    routes.Walk: _walk,
    routes.Sign: _sign,
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


class SetUpFactory:
    """Before the device is set up there is one page, wherever one wants to go. `starting` is what it begins with."""

    def __init__(self, starting: Any, tasks: Tasks, notices: Notices) -> None:
        self._starting, self._tasks, self._notices = starting, tasks, notices
        self._page: Page | None = None

    def page(self, route: Route) -> Page:
        """The set-up page."""
        if self._page is None:
            from ui.pages.setup.page import build

            self._page = build(self._starting, self._tasks, self._notices)
        return self._page

    def built(self) -> tuple[Page, ...]:
        """The page, once it is built."""
        return (self._page,) if self._page is not None else ()
