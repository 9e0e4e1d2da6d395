"""Two opened homes that give each other all their changes, as an endpoint or a stick would."""

from __future__ import annotations

from greenaudit.services.opening import App


def exchange(one: App, two: App) -> None:
    """Both get what the other has."""
    for source, target in ((one, two), (two, one)):
        with source.context.store.read() as reader:
            changes = reader.changes()
        target.context.store.receive(changes)
        target.desk.forget()
