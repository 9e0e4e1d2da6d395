"""What the checklist page does: lists packs, opens one, keeps every edit of a draft, checks it, publishes it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from greenaudit.errors import GreenAuditError, KnownError
from greenaudit.messages import Message, msg, msgs
from greenaudit.services.draft_checks import Checked, DraftProblem, Proposal
from greenaudit.services.drafts import OpenPack, PackKey, PackLine, Published, TakenIn
from greenaudit.services.pack_sheets import PACK, TEXT_LANGUAGES, Sheet, Spot, TextEntry
from ui.pages.checklist.values import Marks, Node, Shown, folded, haystack, marks_of, narrowed, outline
from ui.ports import ErrorView, Notices, Tasks


class Drafts(Protocol):
    """The packs of this device, to read and to edit."""

    def list(self) -> tuple[PackLine, ...]: ...

    def open(self, key: PackKey) -> OpenPack: ...

    def make(self, key: PackKey) -> PackKey: ...

    def edit(self, key: PackKey, spot: Spot, path: str, text: str, before: str) -> datetime: ...

    def check(self, key: PackKey) -> Checked: ...

    def publish(self, key: PackKey) -> Published: ...

    def export(self, key: PackKey, target: Path) -> Path: ...

    def export_workbook(self, key: PackKey, file: Path) -> int: ...

    def take_in(self, workbook: Path) -> TakenIn: ...

    def discard(self, key: PackKey) -> Path: ...


class ChecklistView(ErrorView, Protocol):
    """What the presenter asks of its page."""

    def show_shelf(self, lines: tuple[PackLine, ...]) -> None: ...

    def show_pack(self, pack: OpenPack, *, listed: bool) -> None: ...

    def show_outline(self, nodes: tuple[Node, ...], *, searched: bool) -> None: ...

    def show_sheet(self, shown: Shown) -> None: ...

    def show_marks(self, shown: Shown) -> None: ...

    def show_problems(self, problems: tuple[DraftProblem, ...], marks: Mapping[Spot, int]) -> None: ...

    def show_proposal(self, proposal: Proposal | None) -> None: ...

    def show_saved(self, at: datetime) -> None: ...

    def show_not_carried(self, said: Message, lines: tuple[Message, ...]) -> None: ...


class ChecklistPresenter:
    """Edits are kept in turn by the store's thread; the checks run aside and follow the last edit."""

    def __init__(self, drafts: Drafts, tasks: Tasks, notices: Notices, view: ChecklistView) -> None:
        self._drafts, self._tasks, self._notices, self._view = drafts, tasks, notices, view
        self._pack: OpenPack | None = None
        self._sheets: dict[Spot, Sheet] = {}
        self._outline: tuple[Node, ...] = ()
        self._hay: dict[Spot, str] = {}
        self._at: Spot | None = None
        self._problems: tuple[DraftProblem, ...] = ()
        self._refused: dict[tuple[Spot, str], tuple[str, Message]] = {}
        self._checking = self._check_again = False
        self._wanted: Spot | None = None

    # The shelf

    def shelf(self) -> None:
        """Shows the packs of this device."""
        self._pack = None
        self._tasks.run(self._drafts.list, done=self._view.show_shelf, failed=self._view.show_error)

    def open(self, key: PackKey, spot: Spot | None = None) -> None:
        """Opens a pack, at a spot or at its first question. One that is open stays as it is."""
        if self._pack is not None and self._pack.key == key:
            self.choose(spot or self._at or Spot(PACK))
            return
        self._wanted = spot
        self._tasks.run(partial(self._drafts.open, key), done=self._opened, failed=self._not_opened)

    def _not_opened(self, error: GreenAuditError) -> None:
        self._view.show_error(error)
        self.shelf()

    def _opened(self, pack: OpenPack) -> None:
        self._pack = pack
        self._sheets = {sheet.spot: sheet for sheet in pack.sheets}
        self._outline, self._hay = outline(pack.sheets), {}
        self._problems, self._refused = (), {}
        self._view.show_pack(pack, listed=self._wanted is None)
        self._view.show_problems((), {})
        self._view.show_outline(self._outline, searched=False)
        first = next((sheet.spot for sheet in pack.sheets if sheet.kind == "question"), Spot(PACK))
        self.choose(self._wanted if self._wanted in self._sheets else first)
        if pack.editable:
            self._check()

    # Reading

    @property
    def editable(self) -> bool:
        """Whether what is open can be edited."""
        return self._pack is not None and self._pack.editable

    @property
    def key(self) -> PackKey | None:
        """Which pack is open."""
        return self._pack.key if self._pack is not None else None

    def sheet(self, spot: Spot) -> Sheet | None:
        """A sheet as it stands now."""
        return self._sheets.get(spot)

    def questions(self) -> list[Sheet]:
        """The questions, in order."""
        return [sheet for sheet in self._sheets.values() if sheet.kind == "question"]

    def choose(self, spot: Spot) -> None:
        """Shows a sheet."""
        if spot in self._sheets:
            self._at = spot
            self._view.show_sheet(self._shown(spot))

    def step(self, by: int) -> None:
        """Goes to the question after or before."""
        spots = [sheet.spot for sheet in self.questions()]
        if self._at in spots:
            place = spots.index(self._at) + by
            if 0 <= place < len(spots):
                self.choose(spots[place])
        elif spots:
            self.choose(spots[0])

    def find(self, typed: str) -> None:
        """Narrows the outline to what holds every word that was typed, in any language."""
        words = folded(typed).split()
        if not words:
            self._view.show_outline(self._outline, searched=False)
            return
        for spot, sheet in self._sheets.items():
            if spot not in self._hay:
                self._hay[spot] = haystack(sheet)
        hits = {spot for spot, hay in self._hay.items() if all(word in hay for word in words)}
        self._view.show_outline(narrowed(self._outline, hits), searched=True)

    def _shown(self, spot: Spot) -> Shown:
        sheet = self._sheets[spot]
        section = self._sheets.get(Spot(spot.file)) if sheet.kind == "question" else None
        unsaved = {path: text for (at, path), (text, _) in self._refused.items() if at == spot}
        return Shown(sheet, section, self.editable, self._areas(), self._marks(sheet), unsaved)

    def _areas(self) -> dict[str, Sheet]:
        """The areas by their code."""
        return {sheet.spot.id: sheet for sheet in self._sheets.values() if sheet.kind == "area"}

    def _marks(self, sheet: Sheet) -> Marks:
        found = marks_of(sheet, [problem for problem in self._problems if problem.spot == sheet.spot])
        refused = {path: said for (at, path), (_, said) in self._refused.items() if at == sheet.spot}
        return replace(found, fields={**found.fields, **refused})

    # Editing

    def make_draft(self) -> None:
        """Makes a draft of what is open, and opens it at the same place."""
        if self._pack is not None:
            self._wanted = self._at
            work = partial(self._drafts.make, self._pack.key)
            self._tasks.run(work, done=self._made, failed=self._view.show_error)

    def _made(self, key: PackKey) -> None:
        self._notices.done(msg("This is your draft. Every change is saved as you type."))
        self.open(key, self._wanted)

    def edit(self, spot: Spot, path: str, text: str) -> None:
        """Keeps what was typed into a field."""
        sheet = self._sheets.get(spot)
        if self._pack is None or sheet is None or not self.editable:
            return
        before = value_of(sheet, path)
        self._sheets[spot] = with_value(sheet, path, text)
        self._hay.pop(spot, None)
        key = self._pack.key
        work = partial(self._drafts.edit, key, spot, path, text, before)
        self._tasks.run(
            work,
            done=partial(self._kept, key, spot, path),
            failed=partial(self._not_kept, key, spot, path, text, before),
        )

    def _kept(self, key: PackKey, spot: Spot, path: str, at: datetime) -> None:
        if key != self.key:
            return
        self._refused.pop((spot, path), None)
        self._view.show_saved(at)
        self._check()

    def _not_kept(
        self, key: PackKey, spot: Spot, path: str, text: str, before: str, error: GreenAuditError
    ) -> None:
        """What was typed stays in its field, with the reason; the sheet says what the disk says."""
        if key != self.key:  # its field is gone: the person left before the disk refused
            self._view.show_error(error)
            return
        self._refused[(spot, path)] = (text, error.message)
        now = str(error.details.get("now", before))
        if spot in self._sheets:
            self._sheets[spot] = with_value(self._sheets[spot], path, now)
        self._show_state()

    # Checking

    def _check(self) -> None:
        if self._pack is None or not self._pack.editable:
            return
        if self._checking:
            self._check_again = True
            return
        self._checking = True
        key = self._pack.key
        work = partial(self._drafts.check, key)
        self._tasks.aside(work, done=partial(self._checked, key), failed=partial(self._not_checked, key))

    def _checked(self, key: PackKey, checked: Checked) -> None:
        if self._done_checking(key):
            self._problems = checked.problems
            self._view.show_proposal(checked.proposal)
            self._show_state()

    def _not_checked(self, key: PackKey, error: GreenAuditError) -> None:
        if self._done_checking(key):
            self._view.show_error(error)

    def _done_checking(self, key: PackKey) -> bool:
        """Whether the result is still wanted; what changed meanwhile is checked again."""
        self._checking = False
        if self._check_again:
            self._check_again = False
            self._check()
        return self._pack is not None and self._pack.key == key

    def _show_state(self) -> None:
        refused = [DraftProblem(spot, path, said) for (spot, path), (_, said) in self._refused.items()]
        listed = (*refused, *self._problems)
        marks = Counter(problem.spot for problem in listed)
        for problem in listed:  # a section and its module show that there is something below
            if problem.spot.id:
                marks[Spot(problem.spot.file)] += 1
        self._view.show_problems(listed, marks)
        if self._at is not None and self._at in self._sheets:
            self._view.show_marks(self._shown(self._at))

    @property
    def problems(self) -> tuple[DraftProblem, ...]:
        """What is wrong, in the order of the pack."""
        by_spot: dict[Spot, list[DraftProblem]] = defaultdict(list)
        for (spot, path), (_, said) in self._refused.items():
            by_spot[spot].append(DraftProblem(spot, path, said))
        for problem in self._problems:
            by_spot[problem.spot].append(problem)
        order = [*self._sheets, *(spot for spot in by_spot if spot not in self._sheets)]
        return tuple(problem for spot in order for problem in by_spot.get(spot, ()))

    def next_problem(self) -> DraftProblem | None:
        """Shows the next sheet with a problem, and gives the problem; None when there is none."""
        spots = list(self._sheets)
        here = spots.index(self._at) if self._at in spots else -1
        known = [problem for problem in self.problems if problem.spot in self._sheets]
        after = [problem for problem in known if spots.index(problem.spot) > here]
        found = next(iter([*after, *known]), None)
        if found is not None:
            self.choose(found.spot)
        return found

    # Forms of other tools, and drafts that nobody wants

    def take_in(self, workbook: Path) -> None:
        """Makes a draft of a form's workbook, opens it, and says what could not be carried."""
        work = partial(self._drafts.take_in, workbook)
        self._tasks.run(work, done=self._taken_in, failed=self._view.show_error)

    def discard(self) -> None:
        """Puts the open draft away."""
        if self._pack is not None and self.editable:
            work = partial(self._drafts.discard, self._pack.key)
            self._tasks.run(work, done=self._discarded, failed=self._view.show_error)

    def _taken_in(self, taken: TakenIn) -> None:
        if taken.key is None:
            if taken.not_carried:
                self._view.show_not_carried(taken.said, taken.not_carried)
            else:
                self._view.show_error(KnownError("form_wrong", taken.said))
            return
        self.open(taken.key)
        if taken.not_carried:
            self._view.show_not_carried(taken.said, taken.not_carried)
        else:
            self._notices.done(taken.said)

    def _discarded(self, folder: Path) -> None:
        self._notices.done(msg("The draft is put away. It lies in {path}.", path=str(folder)))
        self.shelf()

    # Publishing

    def publish(self) -> None:
        """Publishes the draft under its next version."""
        if self._pack is not None and self.editable:
            work = partial(self._drafts.publish, self._pack.key)
            self._tasks.run(work, done=self._published, failed=self._view.show_error)

    def _published(self, published: Published) -> None:
        self._notices.done(
            msg(
                "Version {version} is on this device, not signed by the programme. Its folder: {path}",
                version=published.version,
                path=str(published.path),
            )
        )
        if self._pack is not None:
            key, self._wanted, self._pack = self._pack.key, self._at, None
            self.open(key, self._wanted)

    def export(self, folder: Path) -> None:
        """Writes the open pack into a folder, to be handed on."""
        if self._pack is not None:
            work = partial(self._drafts.export, self._pack.key, folder)
            self._tasks.run(work, done=self._exported, failed=self._view.show_error)

    def export_workbook(self, file: Path) -> None:
        """Writes the open pack as a workbook that other tools read."""
        if self._pack is not None:
            work = partial(self._drafts.export_workbook, self._pack.key, file)
            done = partial(self._workbook_written, file)
            self._tasks.run(work, done=done, failed=self._view.show_error)

    def _workbook_written(self, file: Path, unknown: int) -> None:
        self._notices.done(
            msgs(
                "The workbook is {path}. It carries everything; {n} thing in it other tools won't know.",
                "The workbook is {path}. It carries everything; {n} things in it other tools won't know.",
                unknown,
                path=str(file),
            )
        )

    def _exported(self, path: Path) -> None:
        self._notices.done(msg("The checklist is in {path}.", path=str(path)))


def value_of(sheet: Sheet, path: str) -> str:
    """What a sheet says at a path."""
    if path in sheet.facts:
        return sheet.facts[path]
    place, _, language = path.rpartition(".")
    entry = sheet.text(place)
    return entry.in_(language) if entry else ""


def with_value(sheet: Sheet, path: str, text: str) -> Sheet:
    """A sheet that says something else at a path."""
    if path in sheet.facts:
        return replace(sheet, facts={**sheet.facts, path: text})
    place, _, language = path.rpartition(".")
    texts = tuple(_said(entry, language, text) if entry.path == place else entry for entry in sheet.texts)
    return replace(sheet, texts=texts)


def _said(entry: TextEntry, language: str, text: str) -> TextEntry:
    en, es, fr = (text if name == language else entry.in_(name) for name in TEXT_LANGUAGES)
    return replace(entry, en=en, es=es, fr=fr)
