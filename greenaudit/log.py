"""Named loggers, one a room; the log never holds answers, names or keys."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from greenaudit.paths import Home

# Without a handler of ours Python would print warnings and tracebacks on the person's terminal.
logging.getLogger("greenaudit").addHandler(logging.NullHandler())


def logger(room: str) -> logging.Logger:
    """The logger of a room, e.g. `logger("store")`."""
    return logging.getLogger(f"greenaudit.{room}")


def log_to_file(home: Home) -> RotatingFileHandler:
    """Sends the product's log to a rotating file in the home; gives the handler for whoever must close it."""
    home.logs.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        home.logs / "greenaudit.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("greenaudit")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler
