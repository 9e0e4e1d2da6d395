"""Journeys begin like tests of the window: no screen needed, the product's fonts, and nothing left behind."""

from __future__ import annotations

from tests.ui.conftest import _fonts, _same_beginning

__all__ = ["_fonts", "_same_beginning"]
