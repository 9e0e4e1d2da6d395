"""What stands beside an answer, and what a person does about it: proof, note, mark, photos, findings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from greenaudit.domain.findings import Finding, FindingKind
from greenaudit.errors import GreenAuditError
from greenaudit.services.views import QuestionState, Saved, Visit
from ui.i18n import language
from ui.pages.walk.place import Place
from ui.pages.walk.services import EvidenceService, WalkService
from ui.pages.walk.values import ProofChange, WalkView
from ui.ports import Tasks


class Proving:
    """The part of the walk's presenter that is about proof; each edit goes to the services at once."""

    def __init__(self, walk: WalkService, evidence: EvidenceService, tasks: Tasks, view: WalkView) -> None:
        self._walk, self._evidence = walk, evidence
        self._tasks, self._view = tasks, view
        self.place = Place()

    def _save(self, work: Callable[..., Saved]) -> None:
        """Does an edit of the visit that is open and shows what came of it."""
        raise NotImplementedError

    @property
    def visit(self) -> Visit:
        """The visit that is open."""
        return self.place.visit

    def state(self) -> QuestionState:
        """The question that is shown, as it stands."""
        return self.place.state()

    def _expect(self, question_id: str, **edit: object) -> None:
        """Notes what is on its way to the disk, so that the next quick edit builds on it. Nothing says saved yet."""
        visit = self.visit
        state = visit.states[question_id]
        expected = state.model_copy(update={"answer": state.answer.model_copy(update=edit)})
        self.place.see(visit.model_copy(update={"states": {**visit.states, question_id: expected}}))

    def prove(self, change: ProofChange) -> None:
        """Says what the answer is based on, and for how many months there is a record."""
        state = self.state()
        proof = change(state.answer.proof)
        if proof != state.answer.proof and not self.visit.closed:
            self._expect(state.question.id, proof=proof)
            self._save(partial(self._walk.prove, question_id=state.question.id, proof=proof))

    def note(self, question_id: str, text: str) -> None:
        """Keeps what is being written."""
        if not self.visit.closed:
            work = partial(self._walk.note, question_id=question_id, text=text, language=language())
            self._save(work)

    def flag(self, *, flagged: bool) -> None:
        """Marks the question to come back to."""
        self._save(partial(self._walk.flag, question_id=self.state().question.id, flagged=flagged))

    def add_photo_file(self, path: Path) -> None:
        """Adds a photo from a file."""
        here = self.place.here()
        work = partial(self._evidence.add_file, question_id=here.question_id, path=path, area=here.area_id)
        self._save(work)

    def add_photo(self, data: bytes) -> None:
        """Adds a photo that was just taken."""
        here = self.place.here()
        self._save(partial(self._evidence.add, question_id=here.question_id, data=data, area=here.area_id))

    def remove_photo(self, photo_id: UUID) -> None:
        """Takes a photo off the answer."""
        self._save(partial(self._evidence.remove, photo_id=photo_id))

    def caption(self, photo_id: UUID, text: str) -> None:
        """Writes under a photo what it shows."""
        work = partial(self._evidence.caption, photo_id=photo_id, text=text, language=language())
        self._save(work)

    def picture(self, sha256: str, longest: int, show: Callable[[bytes | None], None]) -> None:
        """Reads a photo in a size for the screen; pictures never hold up the store."""
        work = partial(self._evidence.scaled, sha256, longest)
        self._tasks.aside(work, done=show, failed=partial(_no_picture, show))

    def find(self, kind: FindingKind, what: str, told_to: str) -> None:
        """Writes a finding; a stop-and-tell records who was told, and when."""
        question_id = self.state().question.id
        if kind == "stop_and_tell":
            tell = partial(self._walk.tell, question_id=question_id, what=what, told_to=told_to)
            self._save(partial(tell, language=language()))
        else:
            find = partial(self._walk.find, question_id=question_id, kind=kind, what=what)
            self._save(partial(find, language=language()))

    def correct_finding(self, found: Finding, kind: FindingKind, what: str, told_to: str) -> None:
        """Saves a finding as it now is."""
        work = partial(self._walk.correct_finding, finding_id=found.id, kind=kind, what=what, told_to=told_to)
        self._save(partial(work, language=language()))

    def withdraw_finding(self, finding_id: UUID) -> None:
        """Takes a finding off the visit; undo brings it back."""
        self._save(partial(self._walk.withdraw_finding, finding_id=finding_id))

    def danger_gone(self, finding_id: UUID, what: str) -> None:
        """Records that a danger was seen to be gone."""
        self._save(partial(self._walk.resolve_danger, finding_id=finding_id, what=what))


def _no_picture(show: Callable[[bytes | None], None], _error: GreenAuditError) -> None:
    """A picture that can't be read is shown as missing; its original is untouched."""
    show(None)
