"""The checklist page over real packs in a folder of the test's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from greenaudit.paths import Home
from greenaudit.services.drafts import Drafts, PackKey
from greenaudit.services.packs import Packs
from greenaudit.store.blobs import BlobStore
from tests.helpers.checklists import raw_question, write_pack
from tests.helpers.ui import InlineTasks, KeptNotices
from ui.pages.checklist.page import ChecklistPage
from ui.pages.checklist.presenter import ChecklistPresenter

TINY = PackKey("draft", "tiny")
_PACKS: list[Packs] = []


def drafts_in(folder: Path) -> Drafts:
    """The packs of a home in a folder; the shipped one is read once a run."""
    if not _PACKS:
        _PACKS.append(Packs(BlobStore(folder / "blobs", bytes(32))))
    return Drafts(Home(folder), _PACKS[0])


def write_tiny(folder: Path) -> PackKey:
    """A draft of two questions, as a person might have written it."""
    write_pack(folder / "drafts" / "tiny", raw_question(), raw_question("CHEM-STO-02", weight=1))
    return TINY


@dataclass
class Desk:
    """A page with what stands behind it."""

    page: ChecklistPage
    drafts: Drafts
    notices: KeptNotices
    folder: Path


def checklist_page(folder: Path) -> Desk:
    """The page over real services, its work done at once; exports go to `folder/out`."""
    notices, drafts = KeptNotices(), drafts_in(folder)
    page = ChecklistPage(
        notices,
        lambda _parent: folder / "out",
        lambda _parent, name: folder / name,
        lambda _parent: folder / "form.xlsx",
    )
    page.use(ChecklistPresenter(drafts, InlineTasks(), notices, page))
    return Desk(page, drafts, notices, folder)
