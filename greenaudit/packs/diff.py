"""What changed between two checklists, in an assessor's words, and whether scores can still be compared.

A change is *major* when the same plant, seen by the same eyes, could score differently: a scored question comes or
goes, or its weight, mark, gate, condition, cuts, levels or anchors change. An anchor that was rewritten in every
language says something else; one rewritten in some is a better translation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from greenaudit.domain.checklists import Answering, Area, Checklist, Column, Option, Question, Section
from greenaudit.domain.text import Text
from greenaudit.i18n import LANGUAGES, Language
from greenaudit.messages import Message, msg
from greenaudit.packs.problems import LANGUAGE_NAMES

Needs = Literal["nothing", "minor", "major"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `where` is a question, section or area, `languages` those in which a text changed."""

    kind: str
    where: str
    what: Message
    major: bool = False
    languages: tuple[Language, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes, what they ask of the version, and whether the new version says so."""

    changes: tuple[Change, ...]
    needs: Needs
    enough: bool
    verdict: Message


def difference(old: Checklist, new: Checklist) -> Difference:
    """What changed from the old checklist to the new one."""
    changes = (*_whole(old, new), *_questions(old, new))
    needs: Needs = "nothing"
    if changes:
        needs = "major" if any(change.major for change in changes) else "minor"
    enough = _enough(old, new, needs)
    return Difference(changes, needs, enough, _verdict(old, new, needs, enough=enough))


def _enough(old: Checklist, new: Checklist, needs: Needs) -> bool:
    before, after = ([int(part) for part in pack.version.split(".")] for pack in (old, new))
    if needs == "nothing":
        return after >= before
    return after > before if needs == "minor" else after[0] > before[0]


def _verdict(old: Checklist, new: Checklist, needs: Needs, *, enough: bool) -> Message:
    versions = {"old": old.version, "new": new.version}
    if needs == "nothing":
        return msg("Nothing changed for an assessor ({old} → {new}).", **versions)
    if needs == "major" and enough:
        return msg("A major change ({old} → {new}): scores of the two can't be compared.", **versions)
    if needs == "major":
        return msg(
            "A major change, but {old} → {new} says it is none: raise the number before the point.",
            **versions,
        )
    if enough:
        return msg("A minor change ({old} → {new}): scores of the two can be compared.", **versions)
    return msg(
        "A minor change, but {old} → {new} doesn't say so: raise the number after the point.", **versions
    )


def _whole(old: Checklist, new: Checklist) -> Iterator[Change]:
    if old.id != new.id:
        yield Change("id", "", msg("Another checklist: {old} → {new}.", old=old.id, new=new.id), major=True)
    yield from _reworded("title", "", msg("The title"), old.title, new.title)
    yield from _parts("section", old.sections, new.sections)
    yield from _parts("area", old.areas, new.areas)
    for area in new.areas:
        before = next((other for other in old.areas if other.id == area.id), None)
        if before is None:
            continue
        yield from _reworded("cue", area.id, msg("What to look for first"), before.cue, area.cue)
        if before.minutes != area.minutes:
            what = msg("Minutes: {old} → {new}", old=before.minutes, new=area.minutes)
            yield Change("minutes", area.id, what)


def _parts(
    kind: Literal["section", "area"], old: Iterable[Section | Area], new: Iterable[Section | Area]
) -> Iterator[Change]:
    before, after = {part.id: part for part in old}, {part.id: part for part in new}
    for name, part in before.items():
        if name not in after:
            yield Change(f"{kind}_removed", name, msg("Removed: {title}", title=part.title))
        else:
            yield from _reworded(f"{kind}_title", name, msg("The title"), part.title, after[name].title)
    for name, part in after.items():
        if name not in before:
            yield Change(f"{kind}_added", name, msg("Added: {title}", title=part.title))
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before]:
        yield Change(f"{kind}_order", "", msg("The order of the walk changed."))


def _questions(old: Checklist, new: Checklist) -> Iterator[Change]:
    for question in old.questions:
        if question.id not in new.by_id:
            what = msg("Removed: {title}", title=question.text)
            yield Change("removed", question.id, what, major=question.scored)
    for question in new.questions:
        before = old.by_id.get(question.id)
        if before is None:
            yield Change(
                "added", question.id, msg("Added: {title}", title=question.text), major=question.scored
            )
        elif before != question:
            yield from _question(before, question)
    kept = [q.id for q in old.questions if q.id in new.by_id]
    if kept != [q.id for q in new.questions if q.id in old.by_id]:
        yield Change("order", "", msg("Questions are asked in another order."))


def _question(old: Question, new: Question) -> Iterator[Change]:
    """The changes of one question."""
    yield from _reworded("reworded", new.id, msg("The question"), old.text, new.text)
    yield from _figures(old, new)
    yield from _answer(old, new)
    yield from _anchors(old, new)
    for kind, what, before, after in (
        ("why", msg("Why it matters"), old.why, new.why),
        ("test", msg("How to test"), old.test.steps, new.test.steps),
        ("test", msg("The tool"), old.test.tool, new.test.tool),
        ("evidence", msg("The evidence to look for"), old.evidence, new.evidence),
        ("mistake", msg("The common mistake"), old.mistake, new.mistake),
        ("photo", msg("The photo hint"), old.photo, new.photo),
        ("safety", msg("The safety note"), old.safety, new.safety),
    ):
        yield from _reworded(kind, new.id, what, before, after)
    if old.remarks != new.remarks:
        yield Change("remarks", new.id, msg("The notes around it changed."))


def _figures(old: Question, new: Question) -> Iterator[Change]:
    """Fields that are shown as they are."""
    scored = old.scored or new.scored
    for kind, what, before, after, major in (
        ("weight", msg("Weight: {old} → {new}"), old.weight, new.weight, True),
        ("critical", msg("Critical: {old} → {new}"), _yes(old.critical), _yes(new.critical), scored),
        ("gate", msg("Evidence gate: {old} → {new}"), old.gate, new.gate, scored),
        ("condition", msg("Asked when: {old} → {new}"), _when(old.when), _when(new.when), scored),
        ("areas", msg("Areas: {old} → {new}"), _list(old.areas), _list(new.areas), False),
        ("section", msg("Section: {old} → {new}"), old.section, new.section, scored),
        ("minutes", msg("Minutes: {old} → {new}"), old.test.minutes, new.test.minutes, False),
        ("metrics", msg("Metrics: {old} → {new}"), _list(old.metrics), _list(new.metrics), False),
        (
            "opportunity",
            msg("Opportunity: {old} → {new}"),
            old.opportunity or "–",
            new.opportunity or "–",
            False,
        ),
        ("references", msg("References: {old} → {new}"), _rules(old), _rules(new), False),
        ("rapid", msg("In the rapid set: {old} → {new}"), _yes(old.rapid), _yes(new.rapid), False),
        ("required", msg("Required: {old} → {new}"), _yes(old.required), _yes(new.required), False),
    ):
        if before != after:
            yield Change(kind, new.id, Message(what.text, {"old": before, "new": after}), major=major)


def _answer(old: Question, new: Question) -> Iterator[Change]:
    scored = old.scored or new.scored
    if old.answer.kind != new.answer.kind:
        what = msg("Answered by: {old} → {new}", old=old.answer.kind, new=new.answer.kind)
        yield Change("answer", new.id, what, major=scored)
        return
    yield from _options(new.id, _offered(old.answer), _offered(new.answer), scored=scored)
    yield from _columns(new.id, _recorded(old.answer), _recorded(new.answer))
    before, after = _bare(old.answer), _bare(new.answer)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            what = msg(
                "{field}: {old} → {new}",
                field=name,
                old=_shown(before.get(name)),
                new=_shown(after.get(name)),
            )
            kind = name if name in {"cuts", "points", "unit"} else "answer"
            yield Change(kind, new.id, what, major=scored and name != "confirm_4")
    yield from _reworded(
        "confirm_4", new.id, msg("What level 4 needs confirmed"), _confirm(old.answer), _confirm(new.answer)
    )


def _options(where: str, old: dict[str, Option], new: dict[str, Option], *, scored: bool) -> Iterator[Change]:
    for name, option in old.items():
        after = new.get(name)
        if after is None:
            yield Change("options", where, msg("Choice removed: {title}", title=option.label), major=scored)
            continue
        yield from _reworded(
            "options", where, msg("The choice '{name}'", name=name), option.label, after.label
        )
        if option.level != after.level:
            what = msg(
                "Choice '{name}': level {old} → {new}",
                name=name,
                old=_shown(option.level),
                new=_shown(after.level),
            )
            yield Change("options", where, what, major=scored)
        if option.flag != after.flag:
            what = msg("Choice '{name}' switches other questions: {old} → {new}", name=name)
            filled = {**what.params, "old": option.flag or "–", "new": after.flag or "–"}
            yield Change("options", where, Message(what.text, filled), major=True)
    for name, option in new.items():
        if name not in old:
            yield Change("options", where, msg("Choice added: {title}", title=option.label), major=scored)


def _columns(where: str, old: dict[str, Column], new: dict[str, Column]) -> Iterator[Change]:
    for name, column in old.items():
        if name not in new:
            yield Change("columns", where, msg("Column removed: {title}", title=column.label))
        elif new[name] != column:
            yield Change("columns", where, msg("Column changed: {title}", title=new[name].label))
    for name, column in new.items():
        if name not in old:
            yield Change("columns", where, msg("Column added: {title}", title=column.label))


def _anchors(old: Question, new: Question) -> Iterator[Change]:
    for level in range(5):
        before = old.levels[level] if old.levels else None
        after = new.levels[level] if new.levels else None
        for change in _reworded("anchors", new.id, msg("Anchor {level}", level=level), before, after):
            everywhere = len(change.languages) == len(LANGUAGES)
            yield Change(change.kind, new.id, change.what, everywhere and new.scored, change.languages)


def _reworded(kind: str, where: str, what: Message, old: Text | None, new: Text | None) -> Iterator[Change]:
    """A text that changed, with the languages in which it did, shown as it was and as it is."""
    languages = tuple(
        language for language in LANGUAGES if (old and old.in_(language)) != (new and new.in_(language))
    )
    if not languages:
        return
    if old is None or new is None:
        sentence = (
            msg("{what} added: {new}", what=what, new=new)
            if new
            else msg("{what} removed: {old}", what=what, old=old)
        )
    elif len(languages) == len(LANGUAGES):
        sentence = msg("{what}: “{old}” → “{new}”", what=what, old=old, new=new)
    else:
        shown = {"old": old.in_(languages[0]), "new": new.in_(languages[0])}
        sentence = msg(
            "{what}, in {languages}: “{old}” → “{new}”", what=what, languages=_joined(languages), **shown
        )
    yield Change(kind, where, sentence, languages=languages)


def _joined(languages: tuple[Language, ...]) -> Message:
    """One or two languages by name."""
    first, *rest = (LANGUAGE_NAMES[language] for language in languages)
    return msg("{first} and {second}", first=first, second=rest[0]) if rest else first


def _offered(answer: Answering) -> dict[str, Option]:
    found: tuple[Option, ...] = getattr(answer, "options", ()) or getattr(answer, "instead", ())
    return {option.id: option for option in found}


def _recorded(answer: Answering) -> dict[str, Column]:
    found: tuple[Column, ...] = getattr(answer, "columns", ()) or getattr(answer, "also", ())
    return {column.id: column for column in found}


def _confirm(answer: Answering) -> Text | None:
    found: Text | None = getattr(answer, "confirm_4", None)
    return found


def _bare(answer: Answering) -> dict[str, object]:
    """What an answer says besides options, columns and texts."""
    aside = {"options", "instead", "columns", "also", "confirm_4"}
    return {name: value for name, value in answer.model_dump(mode="json").items() if name not in aside}


def _shown(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, list):
        return " ".join(":".join(part) if isinstance(part, list) else str(part) for part in value)
    return str(value)


def _yes(said: bool) -> Message:
    return msg("yes") if said else msg("no")


def _when(condition: str) -> Message | str:
    return condition or msg("always")


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) or "–"


def _rules(question: Question) -> str:
    # By country's name: a pack that was kept as canonical JSON has its countries in that order.
    return _list(rule for _, ids in sorted(question.references.items()) for rule in ids)
