"""The frame's own pages fit five sizes in three languages and three themes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from greenaudit.errors import KnownError
from greenaudit.ids import natural_id
from greenaudit.messages import msg
from greenaudit.services.opening import App
from greenaudit.services.views import OnlyHere
from tests.helpers.ui import InlineTasks, assert_fits
from tests.helpers.ui_cards import FakeStatus, FakeVisits
from tests.helpers.ui_pages import (
    code_page,
    full_home,
    home_page,
    key_page,
    new_code_page,
    new_visit_page,
    offering_home,
    passphrase_page,
    restoring_page,
    settings_page,
    setup_page,
    unsigned_page,
)
from ui.pages.unlock.page import build as build_unlock
from ui.ports import Frame
from ui.routes import Home, NewVisit, Route, Settings, SetUp, Unlock
from ui.widgets.page import Page

VISIT = Frame(
    natural_id("test assessment"), "Recubrimientos Industriales de Saltillo Norte", msg("In progress"),
    "sign", "10:42:07", 1243,
)  # fmt: skip


class Locked:
    """A home that stays closed, with a long reason."""

    def unlock(self, passphrase: str) -> App:
        raise KnownError(
            "wrong",
            msg(
                "Plants come with your programme: enrol this device in the settings and send and receive once."
            ),
        )

    def go_on(self, app: App) -> None:
        """Never comes."""


def empty_home() -> Page:
    return home_page(FakeVisits(), FakeStatus(only=OnlyHere(answers=0, photos=0, changes=0)))


def locked_page() -> Page:
    """Set-up's fakes don't unlock, but the page needs nobody who does to be looked at."""
    page = build_unlock(Locked(), InlineTasks())
    page.presenter.unlock("wrong")  # type: ignore[attr-defined]
    return page


def lost_page() -> Page:
    """The key file is gone: only the recovery code opens the data."""
    reason = msg(
        "The key file {path} is missing. Put it back, or open the data with the recovery code.",
        path="/home/ana/.local/share/greenaudit/device-61f7f6dd.key",
    )
    return build_unlock(Locked(), InlineTasks(), reason)


@pytest.mark.parametrize(
    ("make_page", "route", "frame"),
    [
        pytest.param(home_page, Home(), None, id="home"),
        pytest.param(empty_home, Home(), None, id="home without a visit"),
        pytest.param(full_home, Home(), None, id="home with everything"),
        pytest.param(offering_home, Home(), None, id="home with a later checklist"),
        pytest.param(unsigned_page, NewVisit(), None, id="new visit with an unsigned checklist"),
        pytest.param(home_page, Home(), VISIT, id="visit bar"),
        pytest.param(new_visit_page, NewVisit(), None, id="new visit"),
        pytest.param(setup_page, SetUp(), None, id="set-up"),
        pytest.param(passphrase_page, SetUp(), None, id="set-up with a passphrase"),
        pytest.param(code_page, SetUp(), None, id="recovery code"),
        pytest.param(locked_page, Unlock(), None, id="unlock"),
        pytest.param(lost_page, Unlock(), None, id="unlock with the recovery code"),
        pytest.param(settings_page, Settings(), None, id="settings"),
        pytest.param(key_page, Settings(), None, id="settings with what keeps the key"),
        pytest.param(new_code_page, Settings(), None, id="settings with a new recovery code"),
        pytest.param(restoring_page, SetUp(), None, id="set-up with a backup"),
    ],
)
def test_page_fits(make_page: Callable[[], Page], route: Route, frame: Frame | None) -> None:
    assert_fits(make_page, route, frame)
