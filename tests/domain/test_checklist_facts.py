"""What a checklist, a pack and a drawn name say of themselves."""

from __future__ import annotations

from uuid import UUID

import pytest

from greenaudit.domain.packs import Pack, PackSignature, pack_record_id
from greenaudit.domain.programmes import Programme
from greenaudit.domain.signatures import Drawn
from greenaudit.domain.suppliers import Organisation
from greenaudit.domain.values import REGISTRY, programme_scope
from tests.helpers.checklists import NOON, PROGRAMME, checklist, question, text


def test_a_symbol_reads_as_it_is_and_a_unit_of_words_in_each_language() -> None:
    pack = checklist(question()).model_copy(update={"units": {"drums": text("drums")}})
    assert pack.unit_label("drums", "es") == "drums (es)"
    assert pack.unit_label("kWh", "es") == "kWh"


def test_a_checklist_that_lacks_a_text_or_a_language_is_a_draft() -> None:
    pack = checklist(question())
    assert not pack.draft
    assert pack.model_copy(update={"missing": ("questions.Q1.why",)}).draft
    assert pack.model_copy(update={"languages": ("en", "es")}).draft


def test_a_checklist_is_known_by_all_it_says() -> None:
    assert checklist(question()).sha256 == checklist(question()).sha256
    assert checklist(question()).sha256 != checklist(question(weight=2)).sha256


def test_scores_compare_within_a_major_version_and_sections_are_found_by_id() -> None:
    pack = checklist(question("CHEM-STO-01"), version="12.3")
    assert pack.major == 12
    assert pack.section("CHEM-STO").module == "CHEM"
    with pytest.raises(KeyError):
        pack.section("WAST-STO")


def test_a_pack_s_signature_covers_all_but_itself_and_the_deletion() -> None:
    pack = Pack(
        id=pack_record_id(PROGRAMME, "ab" * 32),
        programme_id=PROGRAMME,
        pack_id="core",
        version="1.0",
        title=text(),
        questions=3,
        sha256="ab" * 32,
        size=10,
        published_at=NOON,
        published_by=UUID(int=4),
    )
    signed = pack.model_copy(
        update={"signature": PackSignature(signature="s", certificate="c", issuing="i"), "deleted_at": NOON}
    )
    assert signed.signed_facts == pack.signed_facts
    assert pack.model_copy(update={"size": 11}).signed_facts != pack.signed_facts
    assert pack_record_id(PROGRAMME, "ab" * 32) != pack_record_id(UUID(int=7), "ab" * 32)


def test_a_drawn_name_is_known_by_its_strokes() -> None:
    drawn = Drawn(width=300, height=100, strokes=(((1, 2, 0.5), (3, 4, 0.5)), ((5, 6, 1),)))
    assert drawn.fingerprint == drawn.model_copy().fingerprint
    assert drawn.fingerprint != drawn.model_copy(update={"strokes": drawn.strokes[:1]}).fingerprint
    hardly = drawn.model_copy(update={"width": 300.0001})
    assert hardly.fingerprint == drawn.fingerprint


def test_records_travel_in_the_registry_or_in_their_programme() -> None:
    oem = Organisation(id=UUID(int=1), name="OEM", kind="oem", country="US")
    programme = Programme.model_construct(id=UUID(int=5), programme_id=UUID(int=5))
    assert oem.scope == REGISTRY
    assert programme.scope == programme_scope(UUID(int=5)) == f"programme:{UUID(int=5)}"
    assert set(oem.field_names()) == set(oem.field_values()) == {"deleted_at", "name", "kind", "country"}
