"""Who may see and write what. Decided here and nowhere else; every route asks here.

An account's role and programmes come from the endpoint's own tables, never from the journal, to which devices
write. A feed is whole or not at all, since a chain with holes can't be applied: so only who may see all of a
programme pulls it. A mentor sees the plants that are linked to her car maker, an evaluator sees visits without
names; both do so on the pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from greenaudit.domain.assessments import Assessment
from greenaudit.domain.packs import Pack
from greenaudit.domain.programmes import Link
from greenaudit.domain.values import REGISTRY, programme_scope

Role = Literal["assessor", "mentor", "manager", "evaluator", "administrator"]
_WHOLE: frozenset[Role] = frozenset({"assessor", "manager", "administrator"})
LINKING: frozenset[Role] = frozenset({"manager", "administrator"})
"""Whose word it is that a plant is linked to a car maker: what a mentor sees follows from it."""


@dataclass(frozen=True)
class Account:
    """A person as the endpoint knows them. `oem_id` is the car maker that a mentor works for."""

    person_id: UUID
    login: str
    name: str
    role: Role
    programmes: frozenset[UUID] = field(default_factory=frozenset)
    oem_id: UUID | None = None


def scopes(account: Account) -> tuple[str, ...]:
    """The scopes whose feed the account's devices pull and push, the registry first (the rest refers to it)."""
    if account.role not in _WHOLE:
        return ()
    return (REGISTRY, *sorted(programme_scope(programme) for programme in account.programmes))


def may_pull(account: Account, scope: str) -> bool:
    """Whether the account's devices may have the feed of a scope, and its evidence."""
    return scope in scopes(account)


def may_push(account: Account, scope: str) -> bool:
    """Whether changes made on the account's devices are taken into a scope."""
    return scope in scopes(account)


def may_write(account: Account, record_type: str) -> bool:
    """Whether the account may write records of a kind at all: a programme's packs are handed out by those who run it."""
    return record_type != Pack.record_type or account.role in LINKING


def may_enrol(account: Account) -> bool:
    """Whether the account may have devices at all: not where they could neither pull nor push."""
    return bool(scopes(account))


def sees_names(account: Account) -> bool:
    """An evaluator judges figures, not firms."""
    return account.role != "evaluator"


def visible(
    account: Account, assessments: Iterable[Assessment], links: Iterable[Link]
) -> tuple[Assessment, ...]:
    """The assessments that the account may see on the pages. `links` are those that `LINKING` roles have made."""
    mine = {(link.programme_id, link.plant_id) for link in links if link.oem_id == account.oem_id}
    return tuple(
        assessment
        for assessment in assessments
        if assessment.programme_id in account.programmes
        and (account.role != "mentor" or (assessment.programme_id, assessment.plant_id) in mine)
    )
