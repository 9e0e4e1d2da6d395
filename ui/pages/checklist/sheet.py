"""The right side: where one is, the facts, the texts in their languages, the rules of each country."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from greenaudit.messages import msg
from greenaudit.services.pack_sheets import TEXT_LANGUAGES, Rule, Spot
from ui.i18n import Said, language, tr
from ui.pages.checklist.facts import FactFields, FactList
from ui.pages.checklist.texts import Texts
from ui.pages.checklist.values import Shown
from ui.pages.checklist.words import LANGUAGE_TITLES, title_of
from ui.theme import SizeClass
from ui.widgets.banners import Banner
from ui.widgets.boxes import clear, col, frame, pane, row, rule, scroll
from ui.widgets.choices import Segmented
from ui.widgets.flowing import Flowing
from ui.widgets.signs import MODULE_NAMES, ModuleTile, Symbol
from ui.widgets.texts import Label, pill


class SheetPane(QWidget):
    """A question, an area or a section.

    Signals:
        changed (Spot, str, str): where, the field's path, and what was typed.
    """

    changed = Signal(object, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._spot: Spot | None = None
        self._size: SizeClass = "wide"
        self._make_head()
        self.facts, self.fields, self.texts = FactList(), FactFields(), Texts()
        self.general = Banner("danger")
        self._rules = col(gap=10)
        self._rules_title = Label(msg("References"), "caption", "ink2")
        self._rules_box = pane(col(rule(), 8, self._rules_title, self._rules, gap=6))
        self._make_columns()
        content = col(
            self.general, self.fields, self.facts, self.texts, self._rules_box, None, gap=0
        )  # fmt: skip
        self.area: QScrollArea = scroll(Flowing(content, (24, 12, 24, 24)))
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayout(col(self._head, self._columns, (self.area, 1), gap=0))
        self.texts.changed.connect(self._tell)
        self.fields.changed.connect(self._tell)
        self.area.verticalScrollBar().rangeChanged.connect(self._keep_columns)

    def _make_head(self) -> None:
        self._tile = ModuleTile("CHEM", 28)
        self._crumb = Label("", "small", "ink2", wrap=True)
        self._star = Symbol("star", "danger", 16, cut="fill", name=msg("Critical"))
        self._id = Label("", "caption", "ink3", mono=True)
        self._head = pane(row(self._tile, (self._crumb, 1), self._star, self._id, gap=8), (24, 12, 24, 8))

    def _make_columns(self) -> None:
        self._names = {name: Label(title, "strong") for name, title in LANGUAGE_TITLES}
        self._titles = row(*((title, 1) for title in self._names.values()), gap=20, margins=(24, 8, 24, 8))
        self._side_by_side = pane(self._titles, (24, 8, 24, 8))
        self.language = Segmented(LANGUAGE_TITLES, msg("Language of the texts"))
        self.language.choose(language())
        self.language.chosen.connect(self._show_languages)
        self._tabs = pane(row((self.language, 1), None), (24, 4, 24, 8))
        self._columns = frame("bar", col(self._tabs, self._side_by_side, gap=0))

    def fit(self, size: SizeClass) -> None:
        """Three columns, or two: the language that is chosen above them, beside the window's own."""
        self._size = size
        self._tabs.setVisible(size != "wide")
        self.fields.fit(size)
        self.facts.set_columns(4 if size == "wide" else 3 if size == "medium" else 2)
        self._show_languages()
        if self._shown is not None:
            self.facts.show_sheet(self._shown)

    def show_sheet(self, shown: Shown) -> None:
        """Shows a sheet; another one than before from its top."""
        before = self._shown
        anew = before is None or before.sheet.spot != shown.sheet.spot or before.editable != shown.editable
        if anew:
            self.flush()  # as edits of what was shown until now
        self._shown, self._spot = shown, shown.sheet.spot
        self._show_head(shown)
        self.fields.show_sheet(shown, anew=anew)
        self.facts.show_sheet(shown)
        self.texts.show_sheet(shown, anew=anew)
        self._show_rules(shown.sheet.rules)
        self.show_marks(shown)
        if anew:
            self.area.verticalScrollBar().setValue(0)

    def show_marks(self, shown: Shown) -> None:
        """Shows what is wrong, field by field; what belongs to none stands above."""
        if shown.sheet.spot != self._spot:
            return
        self._shown = shown
        self.fields.show_marks(shown.marks)
        self.texts.show_marks(shown.marks)
        self._count_languages(shown)
        said = shown.marks.general
        more: Said = "\n".join(tr(message) for message in said[1:])
        self.general.say(said[0] if said else "", more)
        self._show_head(shown)

    def jump(self, path: str) -> None:
        """Gives a field the focus; a text that is missing whole by its first language."""
        shown = self._shown
        if shown is None:
            return
        place = path if path in shown.sheet.facts or path[-2:] in TEXT_LANGUAGES else f"{path}.en"
        if place[-3:-2] == "." and self._size != "wide":
            self.choose_language(place[-2:])
        field = self.fields.field(place) or self.texts.field(place)
        if field is not None:
            QTimer.singleShot(0, self, lambda: self._reach(field))

    def focus_first(self) -> None:
        """Goes on with the keyboard in what is shown."""
        first = self.texts.rows[0].cells["en"].edit if self.texts.rows else None
        target = first if self._shown is not None and self._shown.editable and first is not None else None
        (target or self.area).setFocus(Qt.FocusReason.TabFocusReason)

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        return [*self.language.buttons(), self.area, *self.fields.stops(), *self.texts.stops()]

    def flush(self) -> None:
        """Hands over what is still in a field."""
        self.texts.flush()
        self.fields.flush()

    def _reach(self, field: QWidget) -> None:
        field.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(field, 0, 80)

    def _show_head(self, shown: Shown) -> None:
        sheet = shown.sheet
        known = sheet.module in MODULE_NAMES
        self._tile.setVisible(known)
        if known:
            self._tile.show_module(sheet.module)
        kind = {"area": msg("Area"), "pack": msg("The checklist itself"), "section": msg("Section")}
        words: Said = kind.get(sheet.kind, "")
        if shown.section is not None and known:
            words = f"{tr(MODULE_NAMES[sheet.module])} › {title_of(shown.section)}"
        self._crumb.say(words)
        self._star.setVisible(sheet.facts.get("critical") == "true")
        self._id.say(sheet.spot.id or sheet.spot.file.removesuffix(".yaml"))

    def _count_languages(self, shown: Shown) -> None:
        """Where one language is shown at a time, each says how much is wrong in it."""
        for (name, title), button in zip(LANGUAGE_TITLES, self.language.buttons(), strict=True):
            count = sum(path.endswith(f".{name}") for path in shown.marks.fields)
            button.say(f"{title} · {count}" if count else title)

    def choose_language(self, name: str) -> None:
        """Shows this language where there is no room for all."""
        self.language.choose(name)
        self._show_languages()

    def _show_rules(self, rules: tuple[Rule, ...]) -> None:
        clear(self._rules)
        for found in rules:
            self._rules.addWidget(_rule_line(found))
        self._rules_box.setVisible(bool(rules))

    def _show_languages(self, _value: object = None) -> None:
        shown = TEXT_LANGUAGES if self._size == "wide" else self._pair()
        for name, title in self._names.items():
            title.setVisible(name in shown)
        self.texts.show_languages(shown)

    def _pair(self) -> tuple[str, str]:
        """The language that is chosen and one to read beside it: the window's, else English, else Spanish."""
        chosen = str(self.language.value() or "en")
        return chosen, next(name for name in (language(), "en", "es") if name != chosen)

    def _keep_columns(self, least: int, most: int) -> None:
        """Titles stand over their columns, also when a scroll bar takes its width."""
        taken = self.area.verticalScrollBar().sizeHint().width() if most > least else 0
        self._titles.setContentsMargins(24, 8, 24 + taken, 8)

    def _tell(self, path: str, text: str) -> None:
        if self._spot is not None:
            self.changed.emit(self._spot, path, text)

    def retranslate(self) -> None:
        """Shows anew what is put together from words."""
        self._show_languages()
        if self._shown is not None:
            self._show_head(self._shown)
            self.fields.name_areas(self._shown)
            self.facts.show_sheet(self._shown)
            self._show_rules(self._shown.sheet.rules)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 200)


def _rule_line(found: Rule) -> QWidget:
    """A country's rule: its text, its source and dates; unconfirmed ones say so."""
    country = Label(found.country, "caption", "ink2", mono=True)
    country.setFixedWidth(28)
    known = found.known
    if known is None:
        words = Label(
            msg("{name}: this pack has no such reference.", name=found.id), "body", "danger", wrap=True
        )
        return pane(row(country, (words, 1), gap=8))
    dates = " – ".join(date for date in (known.valid_from, known.valid_to) if date)
    source = Label(" · ".join(part for part in (known.source, dates) if part), "small", "ink2", wrap=True)
    words = Label(known.title, "body", wrap=True)
    parts = row(col(country, None, gap=0), (col(words, source, gap=0), 1), gap=8)
    if known.status == "unconfirmed":
        parts.addLayout(col(pill(msg("Unconfirmed"), "warn"), None, gap=0))
    return pane(parts)
