"""The checklist page as it is seen: the shelf, and a pack with its outline left and its sheet right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QWidget

from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message, msg, msgs
from greenaudit.services.draft_checks import DraftProblem, Proposal
from greenaudit.services.drafts import Kind, OpenPack, PackKey, PackLine
from greenaudit.services.pack_sheets import PACK, Spot
from ui.i18n import language, tr
from ui.pages.checklist.outline import Outline
from ui.pages.checklist.presenter import ChecklistPresenter
from ui.pages.checklist.sheet import SheetPane
from ui.pages.checklist.sheets import DiscardSheet, LinesSheet, ProblemSheet, PublishSheet
from ui.pages.checklist.shelf import Shelf
from ui.pages.checklist.values import Node, Shown
from ui.pages.checklist.words import state_words, title_of
from ui.ports import Destination, Notices, Tools
from ui.routes import Checklists, Route
from ui.theme import SizeClass
from ui.widgets.boxes import col, frame, row
from ui.widgets.buttons import Button, icon_button
from ui.widgets.page import Page
from ui.widgets.texts import ElidedLabel, pill

PickFolder = Callable[[QWidget], Path | None]

LEFT: dict[SizeClass, int] = {"wide": 320, "medium": 272, "narrow": 0}


PickWorkbook = Callable[[QWidget, str], Path | None]


def pick_folder(parent: QWidget) -> Path | None:
    """Asks where to write a checklist; None when the person thinks better of it."""
    name = QFileDialog.getExistingDirectory(parent, tr(msg("Choose a folder for the checklist")))
    return Path(name) if name else None


def pick_workbook(parent: QWidget, proposed: str) -> Path | None:
    """Asks where to write a workbook."""
    title = tr(msg("Save the checklist as a workbook"))
    name, _ = QFileDialog.getSaveFileName(parent, title, proposed, "XLSForm (*.xlsx)")
    return Path(name).with_suffix(".xlsx") if name else None


def pick_form(parent: QWidget) -> Path | None:
    """Asks which form becomes a draft."""
    title = tr(msg("Choose a form's workbook"))
    name, _ = QFileDialog.getOpenFileName(parent, title, "", "XLSForm (*.xlsx)")
    return Path(name) if name else None


class ChecklistPage(Page):
    """Narrow, the outline and the sheet take turns."""

    presenter: ChecklistPresenter

    def __init__(
        self,
        notices: Notices,
        pick: PickFolder = pick_folder,
        pick_file: PickWorkbook = pick_workbook,
        pick_form: PickFolder = pick_form,
    ) -> None:
        super().__init__()
        self._notices, self._pick, self._pick_file, self._pick_form = notices, pick, pick_file, pick_form
        self._proposal: Proposal | None = None
        self._saved_at: datetime | None = None
        self._pack: OpenPack | None = None
        self._count = self._stops = 0
        self.shelf = Shelf()
        self.outline = Outline()
        self.sheet = SheetPane()
        self.problems = ProblemSheet(self)
        self.publishing = PublishSheet(self)
        self.not_carried, self.discarding = LinesSheet(self), DiscardSheet(self)
        self._make_bars()
        self._arrange()

    def _make_bars(self) -> None:
        self.back_button = icon_button("arrow-left", msg("All checklists"))
        self.title = ElidedLabel("", "title")
        self.state = pill("")
        self.export_button = Button(msg("Export…"), "", "package")
        self.discard_button = icon_button("eraser", msg("Discard this draft…"))
        self.list_button = Button("", "big", "stack", tip=msg("Questions"))
        self.before_button = Button("", "big", "arrow-left", tip=msg("Previous question"))
        self.after_button = Button("", "big", "arrow-right", tip=msg("Next question"))
        self.problem_button = Button("", "big", "warning-octagon", tint="danger", cut="fill")
        self.jump_button = Button("", "big", "caret-right", tip=msg("Next problem (F8)"))
        self.saved = ElidedLabel("", "small", "ink2")
        self.main_button = Button("", "primary")

    def _arrange(self) -> None:
        head = frame(
            "bar",
            row(self.back_button, self.title, self.state, None, self.export_button, self.discard_button, gap=12, margins=(12, 6, 24, 6)),
        )  # fmt: skip
        self._left = frame("side", col(self.outline, gap=0))
        foot = frame(
            "foot",
            row(
                self.list_button, self.before_button, self.after_button, self.problem_button, self.jump_button,
                (self.saved, 1), self.main_button, gap=8, margins=(24, 8, 24, 8),
            ),
        )  # fmt: skip
        body = row(self._left, (self.sheet, 1), gap=0)
        reader = QWidget()
        reader.setLayout(col(head, (body, 1), foot, gap=0))
        self._reader = reader
        self._stack = QStackedWidget()
        self._stack.addWidget(self.shelf)
        self._stack.addWidget(reader)
        self.setLayout(col((self._stack, 1), gap=0))

    def use(self, presenter: ChecklistPresenter) -> None:
        """Gives the page its presenter and lets its controls speak to it."""
        self.presenter = presenter
        self.outline.sheet_of = self.problems.sheet_of = presenter.sheet
        self.publishing.wanted.connect(presenter.publish)
        self.shelf.picked.connect(self._open_line)
        self.outline.chosen.connect(presenter.choose)
        self.outline.searched.connect(presenter.find)
        self.outline.entered.connect(self._enter)
        self.sheet.changed.connect(presenter.edit)
        self.back_button.clicked.connect(self._to_shelf)
        self.before_button.clicked.connect(lambda: presenter.step(-1))
        self.after_button.clicked.connect(lambda: presenter.step(1))
        self.list_button.clicked.connect(self._to_list)
        self.problem_button.clicked.connect(self._list_problems)
        self.jump_button.clicked.connect(self._next_problem)
        self.problems.picked.connect(self._to_problem)
        self.main_button.clicked.connect(self._main)
        self.export_button.clicked.connect(self._offer_export)
        self.discard_button.clicked.connect(self.discarding.appear)
        self.discarding.wanted.connect(presenter.discard)
        self.shelf.import_button.clicked.connect(self._take_in)
        for keys, act in (("Ctrl+F", self._to_search), ("F8", self._next_problem)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # The frame's calls

    def open(self, route: Route) -> None:
        self.framed.emit(None)
        if isinstance(route, Checklists) and route.kind:
            spot = Spot(route.file, route.spot) if route.file else None
            self.presenter.open(PackKey(cast(Kind, route.kind), route.name), spot)
        else:
            self.presenter.shelf()

    def close_page(self) -> None:
        self.sheet.flush()

    def fit(self, size: SizeClass) -> None:
        self._left.setMinimumWidth(LEFT[size])
        self._left.setMaximumWidth(LEFT[size] or 16777215)
        narrow = size == "narrow"
        self.list_button.setVisible(narrow)
        self.state.setVisible(not narrow)
        self.sheet.fit(size)
        self._show_count()
        self._take_turns(listed=False)

    def destinations(self) -> tuple[Destination, ...]:
        if self._pack is None:
            return ()
        key = self._pack.key
        return tuple(
            Destination(
                title_of(sheet), "question",
                Checklists(key.kind, key.name, sheet.spot.file, sheet.spot.id), mark=sheet.spot.id,
                words=sheet.spot.id,
            )
            for sheet in self.presenter.questions()
        )  # fmt: skip

    def retranslate(self) -> None:
        if self._pack is not None:
            self._show_words(self._pack)
            self.sheet.retranslate()
            self._say_saved()

    # What the presenter asks for

    def show_shelf(self, lines: tuple[PackLine, ...]) -> None:
        """Shows the packs of this device."""
        self._pack = None
        self.shelf.show_lines(lines)
        self._stack.setCurrentWidget(self.shelf)
        self.shelf.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_pack(self, pack: OpenPack, *, listed: bool) -> None:
        """Shows a pack: its name, whose it is, what can be done with it; `listed` where no place of it was asked for."""
        self._pack, self._proposal, self._saved_at = pack, None, None
        self.outline.search.clear()
        self.sheet.choose_language(language())
        self._show_words(pack)
        self._say_saved()
        self._take_turns(listed=listed and self.size_class == "narrow")
        self._stack.setCurrentWidget(self._reader)
        first = self.outline.tree if self.outline.tree.isVisible() else self.sheet.area
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_outline(self, nodes: tuple[Node, ...], *, searched: bool) -> None:
        """Shows the outline, whole or narrowed."""
        self.outline.show_nodes(nodes, searched=searched)

    def show_sheet(self, shown: Shown) -> None:
        """Shows a question, an area or a section."""
        self.sheet.show_sheet(shown)
        self._order_stops()
        self.outline.point_at(shown.sheet.spot)

    def show_marks(self, shown: Shown) -> None:
        """Shows what is wrong with what is shown."""
        self.sheet.show_marks(shown)

    def show_problems(self, problems: tuple[DraftProblem, ...], marks: Mapping[Spot, int]) -> None:
        """Shows how much is wrong, and where."""
        self._count = len(problems)
        self.outline.show_marks(marks)
        self._show_count()

    def show_proposal(self, proposal: Proposal | None) -> None:
        """Notes the version that the draft would become."""
        self._proposal = proposal
        if self._pack is not None:
            self._show_words(self._pack)

    def show_saved(self, at: datetime) -> None:
        """Says that an edit is durable."""
        self._saved_at = at.astimezone()
        self._say_saved()

    def show_not_carried(self, said: Message, lines: tuple[Message, ...]) -> None:
        """Shows line by line what of a form could not be carried."""
        self.not_carried.show_lines(said, lines)
        self.not_carried.appear()

    def show_error(self, error: GreenAuditError) -> None:
        """What belongs to no field goes to the notices."""
        self._notices.error(error)

    # Its own doings

    def _order_stops(self) -> None:
        """Fields that were made later would come last for Tab: they belong between the outline and the foot."""
        inner = self.sheet.stops()
        if len(inner) == self._stops:
            return
        self._stops = len(inner)
        foot = (
            self.list_button,
            self.before_button,
            self.after_button,
            self.problem_button,
            self.jump_button,
        )
        order = [
            self.back_button, self.export_button, self.discard_button, self.outline.search, self.outline.tree, *inner, *foot,
            self.main_button,
        ]  # fmt: skip
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def _show_words(self, pack: OpenPack) -> None:
        head = self.presenter.sheet(Spot(PACK))
        self.title.say(f"{title_of(head) if head else pack.key.name} {pack.version}".strip())
        said = state_words(pack.key.kind, pack.standing)
        if self._proposal is not None and self._proposal.kind != "none":
            said = msg("Draft, becomes {version}", version=self._proposal.version)
        self.state.say(said)
        self.discard_button.setVisible(pack.editable)
        self.main_button.say(msg("Publish…") if pack.editable else msg("Make a draft"))
        self._show_count()

    def _show_count(self) -> None:
        narrow = self.size_class == "narrow"
        said = msgs("{n} problem", "{n} problems", self._count)
        self.problem_button.set_tip(said)
        self.problem_button.say(str(self._count) if narrow else said)
        some = self._pack is not None and self._pack.editable and self._count > 0
        self.problem_button.setVisible(some)
        self.jump_button.setVisible(some)
        self._say_saved()

    def _say_saved(self) -> None:
        at = self._saved_at
        fine = self._proposal is not None and not self._count
        if at is not None and self.size_class == "narrow":
            self.saved.say(msg("Saved {time}", time=f"{at:%H:%M}"))
        elif at is not None:
            self.saved.say(msg("Saved on this device · {time}", time=f"{at:%H:%M:%S}"))
        else:
            self.saved.say(msg("No problems") if fine else "")

    def _open_line(self, line: PackLine) -> None:
        self.presenter.open(line.key)

    def _to_shelf(self) -> None:
        self.sheet.flush()
        self.presenter.shelf()

    def _main(self) -> None:
        self.sheet.flush()
        if not self.presenter.editable:
            self.presenter.make_draft()
        elif self._count or self._proposal is None:
            self._list_problems()
        else:
            self.publishing.show_proposal(self._proposal)
            self.publishing.appear()

    def _offer_export(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr(msg("As a folder…")), self._export)
        menu.addAction(tr(msg("As an XLSForm workbook…")), self._export_workbook)
        under = self.export_button
        menu.popup(under.mapToGlobal(QPoint(under.width() - menu.sizeHint().width(), under.height() + 4)))

    def _take_in(self) -> None:
        form = self._pick_form(self)
        if form is not None:
            self.presenter.take_in(form)

    def _export_workbook(self) -> None:
        self.sheet.flush()
        if self._pack is not None:
            head = self.presenter.sheet(Spot(PACK))
            name = head.facts["id"] if head is not None else self._pack.key.name
            file = self._pick_file(self, f"{name}-{self._pack.version}.xlsx")
            if file is not None:
                self.presenter.export_workbook(file)

    def _export(self) -> None:
        self.sheet.flush()
        folder = self._pick(self)
        if folder is not None:
            self.presenter.export(folder)

    def _list_problems(self) -> None:
        if self._count:
            self.problems.show_problems(self.presenter.problems)
            self.problems.appear()

    def _next_problem(self) -> None:
        found = self.presenter.next_problem()
        if found is not None:
            self._take_turns(listed=False)
            self.sheet.jump(found.path)

    def _to_problem(self, problem: DraftProblem) -> None:
        self.presenter.choose(problem.spot)
        self._take_turns(listed=False)
        self.sheet.jump(problem.path)

    def _to_search(self) -> None:
        self._take_turns(listed=True)
        self.outline.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.outline.search.selectAll()

    def _to_list(self) -> None:
        self._take_turns(listed=True)
        self.outline.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self) -> None:
        self._take_turns(listed=False)
        if self.size_class != "narrow":
            self.sheet.focus_first()

    def _take_turns(self, *, listed: bool) -> None:
        narrow = self.size_class == "narrow"
        self._left.setVisible(not narrow or listed)
        self.sheet.setVisible(not narrow or not listed)
        self.list_button.setEnabled(not listed)


def build(tools: Tools) -> Page:
    """The page with its presenter."""
    page = ChecklistPage(tools.notices)
    page.use(ChecklistPresenter(tools.app.drafts, tools.tasks, tools.notices, page))
    return page
