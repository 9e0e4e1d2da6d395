"""Edits of a register's rows, as work for the store's thread: there they run one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from greenaudit.services.views import Saved
from ui.pages.walk.services import WalkService
from ui.pages.walk.values import RowDraft


def keep_row(
    walk: WalkService, draft: RowDraft, cells: Mapping[str, str], locale: str, *, assessment_id: UUID
) -> Saved:
    """Saves cells as they were typed. The first begins the row; a quick second one then finds it begun."""
    if draft.row_id is not None:
        return walk.change_row(
            assessment_id=assessment_id, row_id=draft.row_id, cells=cells, locale=locale, unfinished=True
        )
    saved = walk.add_row(
        assessment_id=assessment_id,
        question_id=draft.question_id,
        cells=cells,
        locale=locale,
        unfinished=True,
    )
    draft.row_id = saved.changed[draft.question_id].rows[-1].id
    return saved


def remove_row(walk: WalkService, draft: RowDraft, assessment_id: UUID) -> Saved | None:
    """Takes a row off; None where its first cell was refused, so that there is no row."""
    if draft.row_id is None:
        return None
    return walk.remove_row(assessment_id=assessment_id, row_id=draft.row_id)
