"""How Home puts its sentences together: dates in the plant's zone, counts, states."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from greenaudit.messages import Message, msg, msgs
from greenaudit.services.views import VisitCard
from ui.i18n import tr
from ui.i18n.formatting import formats


def day_of(moment: datetime, zone: str) -> date:
    """The civil day of a moment at a place."""
    return moment.astimezone(ZoneInfo(zone)).date()


def heading(day: date) -> str:
    """Today, as a heading begins: with a capital."""
    text = formats().long_date(day)
    return text[:1].upper() + text[1:]


def where(card: VisitCard) -> str:
    """Where the visit goes on: area and place in it."""
    if card.resume_area is None or card.resume_place is None:
        return tr(msg("Every question has an answer."))
    number, total = card.resume_place
    return tr(
        msg(
            "{area} · question {number} of {total}",
            area=tr(card.resume_area), number=number, total=total,
        )
    )  # fmt: skip


def about(card: VisitCard) -> str:
    """The second line of a visit in the list; of one that can't be opened now, why."""
    if card.trouble is not None:
        return tr(card.trouble)
    zone = card.plant.timezone
    if card.state == "signed" and card.closed_at is not None:
        parts: list[Message | str] = [
            msg("Signed on {day}", day=formats().date(day_of(card.closed_at, zone)))
        ]
        parts.append(card.report_number)
    elif card.state == "prepared":
        parts = [msg("Prepared"), card.supplier]
    else:
        parts = [msg("Started on {day}", day=formats().date(day_of(card.started_at, zone))), card.supplier]
    if card.kind == "rapid":
        parts.append(msg("rapid"))
    if card.conflicts:
        parts.append(msgs("1 conflict", "{n} conflicts", card.conflicts))
    if card.newer is not None:
        parts.append(msg("checklist {version} is here", version=card.newer.version))
    return " · ".join(tr(part) for part in parts if part)
