"""Findings of a visit: written, corrected, withdrawn; each durably, and each undone like any other edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from greenaudit.domain.findings import Finding, FindingKind, Resolved, Told
from greenaudit.domain.text import Note
from greenaudit.errors import BugError, KnownError
from greenaudit.i18n import Language
from greenaudit.ids import new_id
from greenaudit.messages import msg
from greenaudit.services.context import Context
from greenaudit.services.desk import Desk
from greenaudit.services.views import Saved


class Findings:
    """Edits of findings. Use them through `Walk`."""

    def __init__(self, context: Context, desk: Desk) -> None:
        self._context = context
        self._desk = desk

    def write(
        self,
        assessment_id: UUID,
        question_id: str,
        kind: FindingKind,
        what: str,
        language: Language,
        told_to: str = "",
    ) -> Saved:
        """Writes a finding; a danger's records who was told, now."""
        _check(kind, what, told_to)
        visit = self._desk.opened(assessment_id)
        question = visit.checklist.by_id[question_id]
        finding = Finding(
            id=new_id(),
            programme_id=visit.assessment.programme_id,
            assessment_id=assessment_id,
            question_id=question_id,
            module=question.module,
            area=question.areas[0],
            kind=kind,
            what=Note(text=what.strip(), language=language),
            told=self._told(kind, told_to),
        )
        with self._context.store.unit(self._context.author_id) as unit:
            unit.save(finding)
        return self._desk.reload(assessment_id)

    def correct(
        self,
        assessment_id: UUID,
        finding_id: UUID,
        kind: FindingKind,
        what: str,
        language: Language,
        told_to: str = "",
    ) -> Saved:
        """Corrects a finding; when the plant was told of a danger stays as it was recorded."""
        _check(kind, what, told_to)

        def corrected(finding: Finding) -> Mapping[str, object]:
            told = self._told(kind, told_to, finding.told)
            text = what.strip()
            note = finding.what if text == finding.what.text else Note(text=text, language=language)
            resolved = finding.resolved if kind == "stop_and_tell" else None
            return {"kind": kind, "what": note, "told": told, "resolved": resolved}

        return self._edit(assessment_id, finding_id, corrected)

    def withdraw(self, assessment_id: UUID, finding_id: UUID) -> Saved:
        """Takes a finding off the visit; the journal keeps it."""
        return self._edit(assessment_id, finding_id, lambda _: {"deleted_at": self._context.clock.now()})

    def resolve(self, assessment_id: UUID, finding_id: UUID, what: str) -> Saved:
        """Records that a danger was seen to be gone, and what was done."""
        resolved = Resolved(at=self._context.clock.now(), what=what.strip())
        return self._edit(assessment_id, finding_id, lambda _: {"resolved": resolved})

    def _told(self, kind: FindingKind, to: str, before: Told | None = None) -> Told | None:
        if kind != "stop_and_tell":
            return None
        return Told(at=before.at if before else self._context.clock.now(), to=to.strip())

    def _edit(
        self, assessment_id: UUID, finding_id: UUID, edit: Callable[[Finding], Mapping[str, object]]
    ) -> Saved:
        with self._context.store.unit(self._context.author_id) as unit:
            finding = unit.get(Finding, finding_id)
            if finding is None:
                raise BugError(f"no finding {finding_id}")
            unit.save(finding.model_copy(update=edit(finding)))
        return self._desk.reload(assessment_id)


def _check(kind: FindingKind, what: str, told_to: str) -> None:
    if kind == "stop_and_tell" and not (what.strip() and told_to.strip()):
        raise KnownError("tell_incomplete", msg("Say what the danger is and who was told."))
    if not what.strip():
        raise KnownError("finding_empty", msg("Write what was found."))
