"""Names of a form as ids of a checklist: made fit and unique, with a note wherever one had to change."""

from __future__ import annotations

import re
import unicodedata

from greenaudit.messages import msg
from greenaudit.packs.codes import is_id
from greenaudit.packs.xlsform.notes import Notes

_LONGEST = 60


class Names:
    """Gives ids, each once; two that differ in case only would be one file on some disks."""

    def __init__(self, notes: Notes, taken: tuple[str, ...] = ()) -> None:
        self._notes = notes
        self._taken = {name.casefold() for name in taken}

    def give(self, wanted: str, sheet: str, row: int, spare: str) -> str:
        """The id for a name; `spare` is what it is made of when the form gives none."""
        fit = wanted if is_id(wanted) else fitting(wanted) or fitting(spare)
        found, count = fit, 1
        while found.casefold() in self._taken:
            count += 1
            found = f"{fit[: _LONGEST - 5]}_{count}"
        self._taken.add(found.casefold())
        if found != wanted:
            self._notes.add(sheet, row, wanted or "name", msg("It is called '{name}' here.", name=found))
        return found


def fitting(name: str) -> str:
    """The part of a name that an id may hold."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", plain).strip("_.-")[:_LONGEST]


def as_word(name: str) -> str:
    """An id as one word, as conditions name registers."""
    word = re.sub(r"[^A-Za-z0-9_]", "_", name)
    return word if re.match(r"[A-Za-z_]", word) else f"_{word}"
