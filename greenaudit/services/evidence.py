"""Photos: judged before they are opened, kept untouched, scaled once for every use."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from greenaudit.domain.evidence import Photo
from greenaudit.domain.text import Note
from greenaudit.errors import BugError, KnownError
from greenaudit.i18n import Language
from greenaudit.ids import new_id
from greenaudit.messages import msg
from greenaudit.services.context import Context
from greenaudit.services.desk import Desk
from greenaudit.services.files import refuse_pipe
from greenaudit.services.views import Saved
from greenaudit.store import photos

MOST_BYTES = 60_000_000


class Evidence:
    """Adds photos to answers and gives them back in the size that is asked for."""

    def __init__(self, context: Context, desk: Desk) -> None:
        self._context = context
        self._desk = desk

    def add_file(self, *, assessment_id: UUID, question_id: str, path: Path, area: str = "") -> Saved:
        """Adds a photo from a file. KnownError for what is no photo, torn, too large or not readable."""
        try:
            refuse_pipe(path)
            with path.open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
        except OSError as error:
            raise KnownError(
                "photo_unreadable",
                msg(
                    "{path} can't be read: {reason}. Copy it to this device and add it again.",
                    path=path.name,
                    reason=error.strerror or "",
                ),
            ) from error
        if len(data) > MOST_BYTES:
            raise KnownError(
                "photo_too_large",
                msg(
                    "{path} is larger than {megabytes} MB. Take it with a smaller setting.",
                    path=path.name,
                    megabytes=MOST_BYTES // 1_000_000,
                ),
            )
        return self.add(assessment_id=assessment_id, question_id=question_id, data=data, area=area)

    def add(self, *, assessment_id: UUID, question_id: str, data: bytes, area: str = "") -> Saved:
        """Adds a photo's bytes: the original is on the disk, encrypted and flushed, before the row names it."""
        facts = photos.judge(data)
        visit = self._desk.opened(assessment_id)
        state = self._desk.state(assessment_id, question_id)
        sha256 = self._context.blobs.put(data)
        if any(photo.sha256 == sha256 for photo in state.photos):
            raise KnownError("photo_repeated", msg("This photo is already there."))
        photo = Photo(
            id=new_id(),
            programme_id=visit.assessment.programme_id,
            assessment_id=assessment_id,
            question_id=question_id,
            sha256=sha256,
            media_type=facts.media_type,
            size=len(data),
            taken_at=facts.taken_at(ZoneInfo(visit.plant.timezone)) or self._context.clock.now(),
            order=1 + max((photo.order for photo in state.photos), default=0),
            area=area or state.question.areas[0],
        )
        with self._context.store.unit(self._context.author_id) as unit:
            unit.save(photo)
        return self._desk.photographed(assessment_id, photo)

    def caption(self, *, assessment_id: UUID, photo_id: UUID, text: str, language: Language) -> Saved:
        """Writes under a photo what it shows."""
        with self._context.store.unit(self._context.author_id) as unit:
            photo = unit.get(Photo, photo_id)
            if photo is None:
                raise BugError(f"no photo {photo_id}")
            note = Note(text=text.strip(), language=language) if text.strip() else None
            unit.save(photo.model_copy(update={"caption": note}))
        return self._desk.reload(assessment_id)

    def remove(self, *, assessment_id: UUID, photo_id: UUID) -> Saved:
        """Takes a photo off the answer; the journal and the file stay."""
        with self._context.store.unit(self._context.author_id) as unit:
            photo = unit.get(Photo, photo_id)
            if photo is None:
                raise BugError(f"no photo {photo_id}")
            unit.delete(photo)
        return self._desk.reload(assessment_id)

    def scaled(self, sha256: str, longest: int) -> bytes | None:
        """A photo as a JPEG whose longest side is at most that many pixels; None when it isn't on this device."""
        blobs, variant = self._context.blobs, f"w{longest}"
        if not blobs.has(sha256):
            return None
        known = blobs.derived(sha256, variant)
        if known is not None:
            return known
        small = photos.scaled(blobs.read(sha256), longest)
        blobs.put_derived(sha256, variant, small)
        return small
