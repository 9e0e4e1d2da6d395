"""What a moment and a zone may be: what no zone has a date for, and what no list names, is refused."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from greenaudit.domain.suppliers import Zone
from greenaudit.domain.values import Moment


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "1899-12-31T23:59:59Z", "9999-12-31T23:59:59Z"])
def test_moments_at_the_ends_of_the_calendar_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Moment).validate_python(text)


def test_a_clock_that_was_reset_gives_a_moment_still() -> None:
    assert TypeAdapter(Moment).validate_python("1970-01-01T00:00:00Z").year == 1970


@pytest.mark.parametrize("name", ["America", "../../etc/passwd", "A" * 5000, "Mars/Base", "a\0b"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Zone).validate_python(name)
