"""Report numbers that two reports bear: two copies of one home both gave them before the copy was found.

Nothing is refused for it: both reports are signed. Whoever runs the programme has one of them revised, so it is shown
where a number is looked up, and by `greenaudit doctor`. It is read from the journal, since of two closings of one visit only
one is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from greenaudit.domain.assessments import Revision
from greenaudit.domain.journal import Change
from greenaudit.log import logger
from greenaudit.messages import Message, msg, msgs
from greenaudit.store.doctor import Check
from greenaudit.store.reader import Reader

CHECK = "report_numbers"
"""What the doctor calls it."""


def number_in(change: Change) -> str | None:
    """The report number that a change gives; None for every change that closes nothing."""
    closing = change.fields.get("closing") if change.record_type == Revision.record_type else None
    number = closing.get("number") if isinstance(closing, Mapping) else None
    return number if isinstance(number, str) else None


def given_twice(reader: Reader) -> dict[str, frozenset[str]]:
    """The fingerprints under each number that more than one visit's report bears.

    A closing that is said once more is one; a later revision keeps the number of the first, which alone counts here.
    """
    changes = reader.changes_of(Revision)
    first = {change.record_id for change in changes if change.fields.get("number") == 1}
    found: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        number = number_in(change)
        if number is not None and change.record_id in first:
            found[number].add(str(change.fields["closing"].get("fingerprint")))
    return {number: frozenset(prints) for number, prints in sorted(found.items()) if len(prints) > 1}


def note_arrivals(changes: Iterable[Change], reader: Reader) -> None:
    """Puts into the log which of the numbers that arrived another report bears too."""
    arrived = {number for number in map(number_in, changes) if number is not None}
    for number in arrived & given_twice(reader).keys() if arrived else ():
        logger("server").warning("two reports bear the number %s: a home was copied", number)


def check(reader: Reader) -> Check:
    """Whether each number stands for one report."""
    twice = given_twice(reader)
    return Check(CHECK, ok=not twice, message=_said(tuple(twice)))


def _said(numbers: tuple[str, ...]) -> Message:
    if not numbers:
        return msg("Each report number stands for one report.")
    return msgs(
        "{n} report number was given twice, by two copies of one device: {numbers}. Have one of the two reports revised.",
        "{n} report numbers were given twice, by two copies of one device: {numbers}. Have one of each two reports revised.",
        len(numbers),
        numbers=", ".join(numbers),
    )
