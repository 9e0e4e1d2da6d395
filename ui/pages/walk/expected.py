"""What a number should be: said before it is typed, and pointed out where it isn't so. It warns and never blocks."""

from __future__ import annotations

from decimal import Decimal

from greenaudit.domain.checklists import Limits
from greenaudit.messages import Message, msg
from ui.i18n.formatting import formats


def expected(limits: Limits) -> Message | None:
    """What is sensible, as a sentence; None where anything is."""
    least, most = (_shown(bound) for bound in (limits.least, limits.most))
    if limits.whole:
        return _whole(least, most)
    if least and most:
        return msg("From {least} to {most}.", least=least, most=most)
    if least:
        return msg("{least} or more.", least=least)
    return msg("{most} at most.", most=most) if most else None


def _whole(least: str, most: str) -> Message:
    if least and most:
        return msg("A whole number from {least} to {most}.", least=least, most=most)
    if least:
        return msg("A whole number, {least} or more.", least=least)
    return msg("A whole number, {most} at most.", most=most) if most else msg("A whole number.")


def outside(limits: Limits, value: Decimal) -> Message | None:
    """What is odd about a number; None where it is as expected."""
    if limits.expects(value):
        return None
    shown = formats().number(value)
    if limits.least is not None and value < limits.least:
        return msg(
            "{value} is less than {least}. It is kept as it is.", value=shown, least=_shown(limits.least)
        )
    if limits.most is not None and value > limits.most:
        return msg("{value} is more than {most}. It is kept as it is.", value=shown, most=_shown(limits.most))
    return msg("{value} is not a whole number. It is kept as it is.", value=shown)


def _shown(bound: Decimal | None) -> str:
    return "" if bound is None else formats().number(bound)
