"""Photos, two or three a row, each with its number and caption."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from greenaudit.domain.evidence import Photo
from greenaudit.domain.text import Note
from greenaudit.messages import Message, msg
from greenaudit.reports import fonts, words
from greenaudit.reports.desk import Desk
from greenaudit.reports.text import lines

GAP = 10.0
MOST_PIXELS = 40_000_000
SHORT_CAPTION = 140


class Jpeg(ImageReader):
    """A JPEG that goes into the file as it is; named by its photo, so that nothing decodes it for a name."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(io.BytesIO(data))
        self._name, self._dataA = name.encode(), None

    def getRGBData(self) -> bytes:
        """reportlab only asks for these bytes to name the image."""
        return self._name


@dataclass(frozen=True)
class Picture:
    """A photo ready to be placed: its image, or the sentence that says why there is none."""

    image: Jpeg | None
    missing: Message | None
    caption: str
    stamp: str


class PhotoRow(Flowable):
    """Photos side by side, each in a box of 4:3 on which nothing is cropped, with its caption below."""

    def __init__(self, desk: Desk, pictures: list[Picture], columns: int, indent: float) -> None:
        super().__init__()
        self._desk, self._pictures = desk, pictures
        self._indent = indent
        self._cell = (desk.width - indent - GAP * (columns - 1)) / columns
        self._box = round(self._cell * 0.75)
        self._captions = [self._caption(picture) for picture in pictures]
        tallest = max(paragraph.wrap(self._cell, 400)[1] for paragraph in self._captions)
        self.width, self.height = desk.width, self._box + 3 + tallest
        self.spaceBefore, self.spaceAfter = 5, 4

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its own size."""
        return self.width, self.height

    def draw(self) -> None:
        for column, (picture, caption) in enumerate(zip(self._pictures, self._captions, strict=True)):
            x = self._indent + column * (self._cell + GAP)
            y = self.height - self._box
            self._outline(x, y)
            if picture.image is not None:
                self._image(picture.image, x, y)
            elif picture.missing is not None:
                self._sentence(picture.missing, x, y)
            caption.drawOn(self.canv, x, y - 3 - caption.height)

    def _caption(self, picture: Picture) -> Paragraph:
        paragraph = Paragraph(
            f'<font name="{fonts.SEMI}">{self._desk.text(picture.stamp)}</font> {self._desk.text(picture.caption)}',
            self._desk.styles.caption,
        )
        paragraph.wrap(self._cell, 400)
        return paragraph

    def _outline(self, x: float, y: float) -> None:
        self.canv.saveState()
        self.canv.setFillColor(self._desk.palette.colour("sunken"))
        self.canv.setStrokeColor(self._desk.palette.colour("line"))
        self.canv.setLineWidth(0.6)
        self.canv.rect(x, y, self._cell, self._box, stroke=1, fill=1)
        self.canv.restoreState()

    def _image(self, image: Jpeg, x: float, y: float) -> None:
        self.canv.drawImage(image, x, y, self._cell, self._box, preserveAspectRatio=True, anchor="c")

    def _sentence(self, sentence: Message, x: float, y: float) -> None:
        canvas: Canvas = self.canv
        broken = lines(self._desk.say(sentence), fonts.SANS, 8, self._cell - 16, most=6)
        canvas.saveState()
        canvas.setFillColor(self._desk.palette.colour("ink2"))
        canvas.setFont(fonts.SANS, 8)
        for number, line in enumerate(broken):
            canvas.drawString(x + 8, y + self._box - 16 - 11 * number, line)
        canvas.restoreState()


def photo_rows(desk: Desk, photos: tuple[Photo, ...], first: int, indent: float) -> list[Flowable]:
    """The photos of one answer, numbered from `first`; long captions run on below their row."""
    columns = 2 if len(photos) <= 2 else 3
    flow: list[Flowable] = []
    for start in range(0, len(photos), columns):
        chunk = photos[start : start + columns]
        numbers = range(first + start, first + start + len(chunk))
        pictures = [picture(desk, photo, n) for photo, n in zip(chunk, numbers, strict=True)]
        flow.append(PhotoRow(desk, pictures, columns, indent))
        for photo, number in zip(chunk, numbers, strict=True):
            if photo.caption and len(photo.caption.text) > SHORT_CAPTION:
                flow += desk.note(photo.caption, msg("Photo {n}", n=number))
    return flow


def picture(desk: Desk, photo: Photo, number: int) -> Picture:
    """A photo with its number, its time in the plant's zone, and its image when it can be read."""
    at = _taken(desk, photo)
    stamp = desk.say(msg("Photo {n} · {time}", n=number, time=at))
    place = partial(Picture, caption=_short(desk, photo.caption), stamp=stamp)
    data = desk.photos(photo.sha256)
    if data is None:
        return place(None, msg("This photo was not on the device when the report was made."))
    if not is_whole_jpeg(data):
        return place(None, msg("This photo’s file is damaged and cannot be shown. Its original is kept."))
    return place(Jpeg(data, photo.sha256), None)


def _short(desk: Desk, caption: Note | None) -> str:
    """A caption as it stands under its photo; a long one is only announced, and one in another language says so."""
    if caption is None or not caption.text.strip():
        return ""
    if len(caption.text) > SHORT_CAPTION:
        return desk.say(msg("(caption below)"))
    if caption.language == desk.content.language:
        return caption.text
    return f"{caption.text} ({desk.say(words.WRITTEN[caption.language])})"


def _taken(desk: Desk, photo: Photo) -> str:
    """The time in the plant's zone; with its date when it isn't the day on which the visit began."""
    zone = ZoneInfo(desk.content.plant.timezone)
    at = desk.formats.time(photo.taken_at, zone.key)
    day = photo.taken_at.astimezone(zone).date()
    if day == desk.content.assessment.started_at.astimezone(zone).date():
        return at
    return f"{desk.formats.date(day)} {at}"


def is_whole_jpeg(data: bytes) -> bool:
    """Whether the bytes are one JPEG of sane size that decodes to its end (at an eighth of its size, so quickly)."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            if image.width * image.height > MOST_PIXELS:
                return False
            image.draft("L", (image.width // 8, image.height // 8))
            image.load()
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return False
    return True
