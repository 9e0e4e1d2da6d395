"""The two kinds of error.

GreenAuditError
├── KnownError    the world's fault: bad file, wrong key, no network. A sentence says what, where, what to do.
│   └── …         each floor derives its own where a caller must tell them apart
└── BugError      ours. The front end saves the work first, then shows it.

Each carries a stable `code` for scripts and tests, and a `Message` for people.
"""

from __future__ import annotations

from typing import Any

from greenaudit.messages import Message


class GreenAuditError(Exception):
    """Base of everything this product raises on purpose."""

    def __init__(self, code: str, message: Message, **details: Any) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.details = details


class KnownError(GreenAuditError):
    """The world's fault; its message tells a person what to do. Nothing was half done."""


class BugError(GreenAuditError):
    """Our fault; never shown as if it were the person's."""

    def __init__(self, what: str, **details: Any) -> None:
        super().__init__(
            "bug", Message("Something went wrong inside GreenAudit: {what}", {"what": what}), **details
        )
