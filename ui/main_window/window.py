"""The frame that fills the window: it shows one page at a time, and knows no page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QWidget

from greenaudit.messages import msg
from ui.main_window.brand_bar import BrandBar
from ui.main_window.go_to import GoTo
from ui.main_window.menus import QUIT, THEME_ICONS, THEME_NAMES, language_menu, main_menu, theme_menu
from ui.main_window.notice_bar import NoticeBar
from ui.main_window.visit_bar import StageBar, VisitBar
from ui.notices import NoticeBoard
from ui.ports import Destination, Frame, Preferences
from ui.routes import Checklists, Home, NewVisit, Route, Settings, SetUp, Sign, Unlock, Walk
from ui.theme import SizeClass, size_class
from ui.widgets.boxes import col, pane, row
from ui.widgets.buttons import Button
from ui.widgets.focus import FocusRing
from ui.widgets.page import Page

STATE_HEIGHT = 320


class Pages(Protocol):
    """Gives the page of a route, built on its first visit."""

    def page(self, route: Route) -> Page: ...

    def built(self) -> tuple[Page, ...]: ...


Places = Callable[[Callable[[tuple[Destination, ...]], None]], None]
"""Asks for visits and plants to go to; they are delivered when they are read."""


def _nowhere(deliver: Callable[[tuple[Destination, ...]], None]) -> None:
    """Before the services are there, there are no places."""


class MainWindow(QWidget):
    """Bars, "Go to…", notices and the focus ring around the page that is shown; pages come with `attach`.

    Signals:
        signed: a visit that was open became a signed one.
    """

    signed = Signal()

    def __init__(self, preferences: Preferences, notices: NoticeBoard) -> None:
        super().__init__()
        self._preferences = preferences
        self._pages: Pages | None = None
        self._places: Places = _nowhere
        self._found: tuple[Destination, ...] = ()
        self._frames: dict[Page, Frame | None] = {}
        self._page: Page | None = None
        self._size: SizeClass = "wide"
        self._state: QWidget | None = None
        self.brand, self.visit, self.stages = BrandBar(), VisitBar(), StageBar()
        self._stack = QStackedWidget()
        self.setLayout(col(self.brand, self.visit, (self._stack, 1), self.stages, gap=0))
        self.go_to = GoTo(self)
        self.notices = NoticeBar(self)
        self.ring = FocusRing(self)
        self._connect()
        notices.shown_by(self.notices.show_notice)
        self.notices.closed.connect(self._notice_closed)
        self.brand.set_ready(False)
        self.visit.fit(self._size)
        self._show_frame(None)

    def _connect(self) -> None:
        for bar in (self.brand, self.visit):
            bar.home.connect(self._go_home)
            bar.search.connect(self.open_go_to)
        self.brand.languages.connect(self._open_languages)
        self.brand.themes.connect(self._open_themes)
        self.brand.menu.connect(self._open_brand_menu)
        self.visit.menu.connect(self._open_visit_menu)
        self.visit.stage.connect(self._go_to_stage)
        self.stages.stage.connect(self._go_to_stage)
        self.go_to.chosen.connect(self._arrive)
        for keys in ("Ctrl+K", "/"):  # a field that is typed in keeps the stroke for itself
            QShortcut(QKeySequence(keys), self).activated.connect(self.open_go_to)
        QShortcut(QKeySequence(QUIT), self).activated.connect(self._quit)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def attach(self, pages: Pages, places: Places = _nowhere) -> None:
        """Gives the window its pages once the services are there."""
        for page in self._frames:  # those of set-up, with the recovery code on them, are let go
            self._stack.removeWidget(page)
            page.deleteLater()
        self._clear_state()
        self._frames, self._page = {}, None
        self._pages, self._places = pages, places
        self.brand.set_ready(True)

    def show_state(self, state: QWidget) -> None:
        """Before there are pages: what is being waited for, or why there are none."""
        self._clear_state()
        self._state = pane(row(None, (state, 4), None), (24, 24, 24, 24))
        state.setMaximumHeight(STATE_HEIGHT)
        self._stack.addWidget(self._state)
        self._stack.setCurrentWidget(self._state)

    def _clear_state(self) -> None:
        if self._state is not None:
            self._stack.removeWidget(self._state)
            self._state.deleteLater()
            self._state = None

    def go(self, route: Route) -> None:
        """Shows the page of a route."""
        if self._pages is None:
            return
        page = self._pages.page(route)
        if page not in self._frames:
            self._adopt(page)
        if self._page is not None and self._page is not page:
            self._page.close_page()
        self._page = page
        self.brand.set_at_home(isinstance(route, Home | SetUp | Unlock))
        self.brand.set_ready(not isinstance(route, SetUp | Unlock))
        page.size_class = self._size
        page.fit(self._size)
        self._stack.setCurrentWidget(page)
        self._show_frame(self._frames[page])
        page.open(route)
        self._land(page)
        self.ring.forget()  # at last: hiding the page before moved the focus

    @staticmethod
    def _land(page: Page) -> None:
        """A page that has not placed the focus itself gets it, so that keys act there."""
        held = page.window().focusWidget()
        if held is None or held is page or not page.isAncestorOf(held):
            (page.landing() or page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _notice_closed(self) -> None:
        if self._page is not None:
            self._land(self._page)

    def refresh(self) -> None:
        """Something came from elsewhere: the page that is shown may read anew."""
        if self._page is not None:
            self._page.refresh()

    def page(self) -> Page | None:
        """The page that is shown."""
        return self._page

    def _adopt(self, page: Page) -> None:
        self._frames[page] = None
        self._stack.addWidget(page)
        page.go.connect(self.go)
        page.framed.connect(lambda frame, p=page: self._framed(p, frame))

    def _framed(self, page: Page, frame: Frame | None) -> None:
        before, self._frames[page] = self._frames[page], frame
        if before and frame and before.assessment_id == frame.assessment_id and frame.signed > before.signed:
            self.signed.emit()
        if page is self._page:
            self._show_frame(frame)

    def _show_frame(self, frame: Frame | None) -> None:
        self.brand.setVisible(frame is None)
        self.visit.setVisible(frame is not None)
        self.stages.setVisible(frame is not None and self._size == "narrow")
        self.window().setWindowTitle(f"{frame.plant} · GreenAudit" if frame else "GreenAudit")
        if frame is not None:
            self.visit.show_frame(frame)
            self.stages.show_frame(frame)

    # Where to

    def _go_home(self) -> None:
        self.go(Home())

    def _go_to_stage(self, stage: str) -> None:
        frame = self._frames.get(self._page) if self._page is not None else None
        if frame is not None and stage != frame.stage:
            self.go(Walk(frame.assessment_id) if stage == "walk" else Sign(frame.assessment_id))

    def open_go_to(self) -> None:
        """Opens "Go to…" with what can be reached from here; visits and plants follow when they are read."""
        if self._page is None or self.brand.menu_button.isHidden():
            return  # nowhere to go yet: the services are not there, or the device is being set up
        self.go_to.open_with(self._destinations())
        self._places(self._places_found)

    def _places_found(self, places: tuple[Destination, ...]) -> None:
        self._found = places
        if self.go_to.isVisible():
            self.go_to.offer(self._destinations())

    def _destinations(self) -> list[Destination]:
        here = self._page.destinations() if self._page is not None else ()
        known = {place.route for place in here}
        found = [place for place in self._found if place.route not in known]
        places = [place for place in found if place.icon != "question"]
        questions = [
            place for place in found if place.icon == "question"
        ]  # many: what is short stands before
        return [*here, *places, *self._actions(), *questions]

    def _actions(self) -> list[Destination]:
        actions = [
            Destination(msg("Home"), "house", Home()),
            Destination(msg("New visit"), "plus", NewVisit()),
            Destination(msg("Checklists"), "note-pencil", Checklists()),
            Destination(msg("Settings, backup, endpoint…"), "hard-drive", Settings()),
        ]
        actions += [
            Destination(
                shown,
                THEME_ICONS[choice],
                act=partial(self._preferences.choose_theme, choice),
                sub=msg("Theme"),
            )
            for choice, shown in THEME_NAMES.items()
        ]
        return actions

    def _arrive(self, place: Destination) -> None:
        if place.act is not None:
            place.act()
        if place.route is not None:
            self.go(place.route)

    # Menus

    def _open_languages(self) -> None:
        self._drop(language_menu(self, self._preferences), self.brand.language_button)

    def _open_themes(self) -> None:
        self._drop(theme_menu(self, self._preferences), self.brand.theme_button)

    def _open_brand_menu(self) -> None:
        self._drop(main_menu(self, self._preferences, self.go, self._quit), self.brand.menu_button)

    def _open_visit_menu(self) -> None:
        self._drop(main_menu(self, self._preferences, self.go, self._quit), self.visit.menu_button)

    def _drop(self, menu: QMenu, under: QWidget) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = under.mapToGlobal(QPoint(under.width() - menu.sizeHint().width(), under.height() + 4))
        menu.popup(corner)

    def _quit(self) -> None:
        self.window().close()

    # Size, focus, end

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = size_class(self.width())
        if size != self._size:
            self._size = size
            self._refit()

    def _refit(self) -> None:
        self.brand.fit(self._size)
        self.visit.fit(self._size)
        if self._page is not None:
            self._page.size_class = self._size
            self._page.fit(self._size)
            self._show_frame(self._frames[self._page])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, where the page leaves the key to the window."""
        held = self.window().focusWidget()
        if not (isinstance(held, Button) and held.press_by_enter()):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        self.ring.point_at(self.focusWidget())
        return moved

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        # A menu or another window takes the focus for a while; the widget that had it gets it back, ring and all.
        if (now or self.window().focusWidget()) is not self.ring.target:
            self.ring.forget()

    def hand_over(self) -> None:
        """Asks every page to hand over what is still in a field."""
        for page in self._pages.built() if self._pages is not None else ():
            page.close_page()
