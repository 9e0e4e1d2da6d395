"""What every part of the report has at hand: the content, the language, the styles; and how text gets on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from greenaudit.domain.text import Note, Text
from greenaudit.formats import Formats
from greenaudit.i18n import Translator, translator
from greenaudit.messages import Message, msg
from greenaudit.reports import fonts, words
from greenaudit.reports.blocks import Heading, Ruled
from greenaudit.reports.content import PhotoSource, ReportContent
from greenaudit.reports.figures import Figures
from greenaudit.reports.palette import Palette, palette
from greenaudit.reports.styles import WIDTH, Styles
from greenaudit.reports.text import markup, portions


@dataclass(frozen=True)
class Desk:
    """The tools of one rendering. `text` escapes whatever it is given: there is no other way onto the paper."""

    content: ReportContent
    photos: PhotoSource
    fingerprint: str
    say: Translator
    formats: Formats
    palette: Palette
    styles: Styles
    figures: Figures
    width: float = WIDTH

    def text(self, value: Message | Text | str) -> str:
        """A sentence, a pack's text or somebody's words as paragraph markup."""
        if isinstance(value, Message):
            value = self.say(value)
        elif isinstance(value, Text):
            value = value.in_(self.content.language)
        return markup(value)

    def para(self, value: Message | Text | str, style: ParagraphStyle | None = None) -> Paragraph:
        """A paragraph of text."""
        return Paragraph(self.text(value), style or self.styles.body)

    def title(self, value: Message | Text | str) -> Heading:
        """A part's title, in the outline."""
        return Heading(self.text(value), self.styles.title, self._plain(value))

    def heading(self, value: Message | Text | str, level: int = 1) -> Heading:
        """A heading inside a part, in the outline too."""
        return Heading(self.text(value), self.styles.heading, self._plain(value), level)

    def fact(self, label: Message, value: Message | Text | str) -> Paragraph:
        """A label with its value, which may run over several lines."""
        return Paragraph(self.text(value), self.styles.fact, bulletText=self._plain(label))

    def points(self, values: Iterable[Message | Text | str]) -> list[Flowable]:
        """A list with dots."""
        return [Paragraph(self.text(value), self.styles.point, bulletText="•") for value in values]

    def note(
        self, note: Note, label: Message | None = None, style: ParagraphStyle | None = None
    ) -> list[Flowable]:
        """What a person wrote, in its own language, which is named when it isn't the report's."""
        said = [self.text(label)] if label else []
        if note.language != self.content.language:
            said.append(self.text(words.WRITTEN[note.language]))
        first = f'<font name="{fonts.SEMI}" size="7.8">{" · ".join(said)}</font><br/>' if said else ""
        style = style or self.styles.note
        following = style.clone(f"{style.name}_on", spaceBefore=0)
        return [
            Ruled(f"{'' if number else first}{markup(part)}", following if number else style)
            for number, part in enumerate(portions(note.text))
        ]

    def number(self) -> str:
        """The report's number with its revision."""
        return self.say(msg("{number} · revision {n}", number=self.content.number, n=self.content.revision))

    def text_of(self, text: Text) -> str:
        """A pack's text in the report's language, not yet escaped."""
        return text.in_(self.content.language)

    def _plain(self, value: Message | Text | str) -> str:
        """Text for the outline and for bullets, which take no markup."""
        text = self.text(value).replace("<br/>", " ")
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def desk_for(content: ReportContent, photos: PhotoSource, fingerprint: str) -> Desk:
    """The tools for one report: print is the light theme."""
    colours = palette("light")
    say, formats = translator(content.language), Formats(content.locale)
    return Desk(
        content,
        photos,
        fingerprint,
        say,
        formats,
        colours,
        Styles(colours),
        Figures(content.score, say, formats, colours),
    )


__all__ = ["Desk", "desk_for"]
