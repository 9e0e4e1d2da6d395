"""Where "Go to…" leads from the walk: areas and questions, found by their words and by their notes."""

from __future__ import annotations

from ui.pages.walk.place import Place
from ui.pages.walk.values import ProgressState
from ui.ports import Destination
from ui.routes import Walk


def places(place: Place, progress: ProgressState) -> tuple[Destination, ...]:
    """The areas and questions of the visit that is open."""
    visit = place.visit
    assessment_id = visit.assessment.id
    areas = [
        Destination(
            area.area.title, "path", Walk(assessment_id, "", area.area.id), sub=area.area.id,
            words=area.area.id, mark=f"{area.progress.done}/{area.progress.total}",
        )
        for area in progress.areas
    ]  # fmt: skip
    questions = []
    for question in place.asked():
        note = visit.states[question.id].answer.note
        words = note.text if note is not None else ""
        route = Walk(assessment_id, question.id)
        questions.append(Destination(question.text, "question", route, sub=question.id, words=words))
    return (*areas, *questions)
