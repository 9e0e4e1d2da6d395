"""Checklists that came to this device from elsewhere: by sync from the programme, or published here from a draft.

What the programme signed is trusted offline, by its root. Anything else can be used only by whoever accepts it.
"""

from __future__ import annotations

from pathlib import Path

from greenaudit.domain.checklists import Checklist
from greenaudit.domain.packs import Pack
from greenaudit.errors import KnownError
from greenaudit.log import logger
from greenaudit.messages import msg
from greenaudit.packs import PackError, checklist_from_bytes, load_checklist
from greenaudit.packs.characters import hidden_character
from greenaudit.packs.judging import judged
from greenaudit.services.context import Context
from greenaudit.services.identity import Identities
from greenaudit.services.views import ChecklistCard, PackStanding
from greenaudit.signing.packs import is_signed

PUBLISHED_HERE = "published"
"""The folder of the home in which drafts are published."""

_log = logger("packs")


class Shelf:
    """Lists those checklists and reads them, judged before anyone uses them."""

    def __init__(self, context: Context, identities: Identities) -> None:
        self._context = context
        self._identities = identities
        self._here: dict[str, Checklist | None] = {}

    def cards(self) -> tuple[ChecklistCard, ...]:
        """What is whole on this device, with its standing.

        A pack whose file has not come yet is left out, and one whose name holds what people can't see.
        """
        with self._context.store.read() as reader:
            packs = reader.where(Pack)
        roots = self._identities.roots()
        received = tuple(
            _received(pack, "signed" if is_signed(pack, roots) else "unsigned")
            for pack in packs
            if self._context.blobs.has(pack.sha256)
            and not hidden_character(pack.pack_id + pack.title.model_dump_json())
        )
        return received + tuple(card(checklist, "unsigned") for checklist in self._published())

    def checklist(self, sha256: str) -> Checklist:
        """The checklist of these bytes; KnownError when they are none, or something is wrong with it."""
        own = next((c for c in self._published() if c.sha256 == sha256), None)
        if own is not None:
            return own
        return sound(checklist_from_bytes(self._context.blobs.read(sha256), sha256=sha256))

    def _published(self) -> tuple[Checklist, ...]:
        """What was published here. A folder never changes again, so each is read once."""
        root = self._context.home.root / PUBLISHED_HERE
        folders = [path for path in root.iterdir() if _is_whole(path)] if root.is_dir() else []
        self._here = {
            path.name: self._here[path.name] if path.name in self._here else _loaded(path)
            for path in sorted(folders)
        }
        return tuple(checklist for checklist in self._here.values() if checklist is not None)


def sound(checklist: Checklist) -> Checklist:
    """The checklist, when every part of it can be used and read as it is written; KnownError says what is wrong."""
    hidden = hidden_character(checklist.model_dump_json())
    if hidden is not None:
        raise KnownError(
            "pack_hidden",
            msg("A text holds a character that hides or reorders text: {sign}.", sign=hidden.name),
        )
    problems = judged(checklist, checklist.id)
    if problems:
        first = problems[0]
        raise KnownError(
            "pack_wrong",
            msg(
                "Something is wrong with checklist {name} {version} ({question}: {problem}). Choose another, and tell "
                "whoever published it.",
                name=checklist.id,
                version=checklist.version,
                question=first.question or first.file,
                problem=first.message,
            ),
        )
    return checklist


def card(checklist: Checklist, standing: PackStanding = "shipped") -> ChecklistCard:
    """A checklist as a line to choose from."""
    return ChecklistCard(
        id=checklist.id,
        version=checklist.version,
        sha256=checklist.sha256,
        title=checklist.title,
        questions=len(checklist.questions),
        standing=standing,
    )


def _received(pack: Pack, standing: PackStanding) -> ChecklistCard:
    return ChecklistCard(
        id=pack.pack_id,
        version=pack.version,
        sha256=pack.sha256,
        title=pack.title,
        questions=pack.questions,
        standing=standing,
        published_at=pack.published_at,
    )


def _is_whole(path: Path) -> bool:
    """Whether a pack was published there: a folder in the making has a name that begins with a dot."""
    return path.is_dir() and not path.name.startswith(".")


def _loaded(folder: Path) -> Checklist | None:
    try:
        return load_checklist(folder)
    except PackError:
        _log.warning("a published checklist can't be read any more: %s", folder.name)
        return None
