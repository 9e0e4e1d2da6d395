"""Where photos come from: a port, so that the walk needs no camera and tests need no device."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

Taken = Callable[[bytes], None]
"""Gets a photo's bytes, as the camera or the file gave them."""


class Camera(Protocol):
    """A camera of this device."""

    def is_there(self) -> bool:
        """Whether a photo can be taken at all."""

    def take(self, parent: object, taken: Taken) -> None:
        """Lets the person take a photo; `taken` isn't called when they don't. `parent` is the window beneath."""


class NoCamera:
    """A device without a camera, or without what it needs to be read."""

    def is_there(self) -> bool:
        """There is none."""
        return False

    def take(self, parent: object, taken: Taken) -> None:
        """Takes nothing."""


class LazyCamera:
    """A camera that is looked for when somebody wants a photo: what reads it is slow to load."""

    def __init__(self, find: Callable[[], Camera]) -> None:
        self._find = find
        self._found: Camera | None = None

    def _camera(self) -> Camera:
        if self._found is None:
            self._found = self._find()
        return self._found

    def is_there(self) -> bool:
        """Looks for it, once."""
        return self._camera().is_there()

    def take(self, parent: object, taken: Taken) -> None:
        """Takes a photo with the one that was found."""
        self._camera().take(parent, taken)


class FileCamera:
    """A camera that takes the photos of some files, one after the other."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = list(paths)

    def is_there(self) -> bool:
        """There is one while it has files left."""
        return bool(self._paths)

    def take(self, parent: object, taken: Taken) -> None:
        """Takes the next file."""
        taken(self._paths.pop(0).read_bytes())
