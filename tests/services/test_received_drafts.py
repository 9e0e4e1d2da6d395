"""What came by synchronisation is read on the checklist page, and drafts are made of it."""

from __future__ import annotations

from greenaudit.domain.packs import Pack
from greenaudit.ids import new_id
from greenaudit.packs import checklist_to_bytes
from greenaudit.services.drafts import PackKey
from greenaudit.services.opening import App
from tests.helpers.apps import NOW


def test_a_received_checklist_is_listed_read_and_copied(app: App) -> None:
    shipped = app.packs.shipped()
    later = shipped.model_copy(update={"version": "1.4"})
    blob = checklist_to_bytes(later)
    pack = Pack(
        id=new_id(),
        programme_id=app.visits.plants()[0].programme_id,
        pack_id=later.id,
        version=later.version,
        title=later.title,
        questions=len(later.questions),
        sha256=app.context.blobs.put(blob),
        size=len(blob),
        published_at=NOW,
        published_by=app.context.author_id,
    )
    with app.context.store.unit(app.context.author_id) as unit:
        unit.save(pack)
    line = next(line for line in app.drafts.list() if line.key.kind == "received")
    assert (line.version, line.standing, line.questions) == ("1.4", "unsigned", len(later.questions))
    opened = app.drafts.open(line.key)
    assert (opened.version, opened.standing, opened.editable) == ("1.4", "unsigned", False)
    draft = app.drafts.make(line.key)
    assert draft == PackKey("draft", later.id)
    assert app.drafts.open(draft).version == "1.4"
