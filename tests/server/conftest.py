"""An endpoint runs for a whole module here, so its worker threads outlive single tests; they end when it stops."""

from __future__ import annotations

from tests.helpers.running import MakeLaptop, _no_thread_left, endpoint, laptop

__all__ = ["MakeLaptop", "_no_thread_left", "endpoint", "laptop"]
