"""Every noun is frozen, validates, and is known to the journal."""

from __future__ import annotations

import importlib
import pkgutil
from uuid import UUID

import pytest
from pydantic import BaseModel, ValidationError

import greenaudit.domain
from greenaudit.domain.assessments import Answer, answer_id, revision_id
from greenaudit.domain.journal import GENESIS, Change
from greenaudit.domain.records import RECORDS
from greenaudit.domain.suppliers import Plant
from greenaudit.domain.text import Text
from greenaudit.domain.values import REGISTRY, Record, Value


def domain_classes() -> list[type[BaseModel]]:
    """Every pydantic class that the domain defines."""
    classes: dict[str, type[BaseModel]] = {}
    for module in pkgutil.iter_modules(greenaudit.domain.__path__, "greenaudit.domain."):
        for item in vars(importlib.import_module(module.name)).values():
            if (
                isinstance(item, type)
                and issubclass(item, BaseModel)
                and item.__module__.startswith("greenaudit.domain")
            ):
                classes[f"{item.__module__}.{item.__qualname__}"] = item
    return list(classes.values())


@pytest.mark.parametrize("cls", domain_classes(), ids=lambda c: c.__name__)
def test_a_domain_class_is_frozen_and_refuses_unknown_fields(cls: type[BaseModel]) -> None:
    assert issubclass(cls, Value)
    assert cls.model_config.get("frozen") is True
    assert cls.model_config.get("extra") == "forbid"


def test_every_record_is_entered_in_the_list() -> None:
    nouns = {c for c in domain_classes() if issubclass(c, Record) and hasattr(c, "record_type")}
    assert nouns == set(RECORDS.values())


def test_two_people_who_answer_apart_meet_in_one_record() -> None:
    assessment = UUID(int=7)
    assert answer_id(assessment, "CHEM-STO-02") == answer_id(assessment, "CHEM-STO-02", 0)
    assert answer_id(assessment, "CHEM-STO-02", 1) != answer_id(assessment, "CHEM-STO-02")
    assert revision_id(assessment, 1) != revision_id(assessment, 2)


def test_scopes_follow_from_the_record() -> None:
    programme = UUID(int=1)
    answer = Answer(
        id=UUID(int=2), programme_id=programme, assessment_id=UUID(int=3), question_id="CHEM-STO-02"
    )
    assert answer.scope == f"programme:{programme}"
    assert REGISTRY == "registry"
    assert set(answer.field_values()) == set(Answer.field_names())


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd"])
def test_a_plant_needs_a_known_time_zone(zone: str) -> None:
    with pytest.raises(ValidationError):
        Plant(
            id=UUID(int=1), organisation_id=UUID(int=2), name="P", country="MX", region="Coahuila", timezone=zone,
            language="es", currency="MXN",
        )  # fmt: skip


def test_a_text_needs_all_three_languages() -> None:
    assert Text(en="a", es="b", fr="c").in_("fr") == "c"
    with pytest.raises(ValidationError):
        Text(en="a", es="", fr="c")


def test_a_change_is_known_by_all_it_says() -> None:
    change = Change(
        id=UUID(int=1), record_type="plant", record_id=UUID(int=2), fields={"name": "A"}, bases={}, hlc=1,
        device_id=UUID(int=3), author_id=UUID(int=4), scope=REGISTRY, seq=1, prev_hash=GENESIS,
    )  # fmt: skip
    assert change.hash == change.model_copy().hash
    assert change.hash != change.model_copy(update={"fields": {"name": "B"}}).hash
