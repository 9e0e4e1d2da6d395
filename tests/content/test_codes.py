"""What a question names exists: metrics, opportunities, references; and what nobody confirmed says so."""

from __future__ import annotations

import re
from functools import cache

import yaml

from greenaudit.packs.codes import METRICS, is_opportunity
from greenaudit.paths import resource
from tests.content.core import core, outline

FROM_MEMORY = (
    *("us.261", "us.262-15", "us.262-16", "us.262-17", "us.e-manifest", "us.260-43", "us.261-4-b-18"),
    *("us.433", "us.403", "us.msgp", "us.tri-pfas", "us.tsca-8a7", "us.tsca-751"),
    *("us.1910-1000", "us.1910-1026", "us.1910-1052", "us.1910-1053"),
    *("ca.nfc", "ca.nfc-4", "ca.tdg", "ca.sor-2009-162", "ca.sor-2003-283", "ca.ghgrp", "ca.pressure"),
    *("mx.n053", "mx.n054", "mx.n161", "mx.n001", "mx.n002", "mx.n005", "mx.n010", "mx.n020", "mx.n022"),
    *("mx.nom-002-stps", "mx.n043", "mx.n085", "mx.n121", "mx.n123", "mx.n133", "mx.n138", "mx.generator"),
    *("mx.lau", "mx.aar", "mx.immex-return", "mx.la-paz", "mx.records-5y"),
)
"""What the research could not verify: it ships unconfirmed until somebody has read the text of the rule."""


@cache
def known_opportunities() -> frozenset[str]:
    """The published recommendation list, and the programme's own codes."""
    listed = yaml.safe_load(resource("checklists", "opportunity_codes.yaml").read_text(encoding="utf-8"))
    return frozenset([*listed["own"], *(code for line in listed["codes"] for code in line)])


def test_the_list_of_opportunities_is_whole() -> None:
    assert len(known_opportunities()) == 805 + 8
    assert all(is_opportunity(code) for code in known_opportunities())


def test_every_opportunity_of_a_question_is_on_the_list() -> None:
    named = {question.id: question.opportunity for question in core().questions if question.opportunity}
    assert {key: code for key, code in named.items() if code not in known_opportunities()} == {}


def test_every_metric_of_a_question_is_one_of_the_programme() -> None:
    assert {metric for question in core().questions for metric in question.metrics} <= METRICS


def test_what_a_country_rules_is_named_for_that_country() -> None:
    missing = [
        f"{question.id}: {country}"
        for question in core().questions
        for country in outline()[question.id]["countries"]
        if not question.references.get(country)
    ]
    assert missing == []


def test_every_reference_resolves_and_has_a_source() -> None:
    used = {ref for question in core().questions for ids in question.references.values() for ref in ids}
    assert used == core().references.keys()
    assert [ref.id for ref in core().references.values() if not ref.source.strip()] == []


def test_what_could_not_be_verified_is_marked_unconfirmed() -> None:
    used = core().references
    wrong = [ref for ref in FROM_MEMORY if ref in used and used[ref].status != "unconfirmed"]
    assert wrong == []


def test_a_confirmed_reference_that_gives_a_date_gives_it_as_a_date() -> None:
    dates = re.compile(r"\d{4}-\d{2}-\d{2}|")
    for reference in core().references.values():
        assert dates.fullmatch(reference.valid_from), reference.id
        assert dates.fullmatch(reference.valid_to), reference.id
