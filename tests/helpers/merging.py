"""Builders for changes and for whole histories, without a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from greenaudit.domain.journal import GENESIS, Change
from greenaudit.rules import merging

SCOPE = "programme:test"
RECORD = UUID(int=500)


def device(number: int) -> UUID:
    """The id of the n-th device."""
    return UUID(int=1000 + number)


@dataclass
class Desk:
    """A device that knows some changes and makes more, in memory."""

    number: int
    known: dict[UUID, Change] = field(default_factory=dict)
    chain: list[Change] = field(default_factory=list)

    def make(
        self,
        fields: dict[str, Any],
        *,
        hlc: int = 1,
        bases: dict[str, tuple[UUID, ...]] | None = None,
        record: UUID = RECORD,
    ) -> Change:
        """Makes the next change of this device's chain; unless told, it has seen what is shown here."""
        if bases is None:
            heads = merging.heads(self.known.values())
            keys = {name: ("answer", record, name) for name in fields}
            seen = {n: merging.agreeing(n, heads[key]) for n, key in keys.items() if key in heads}
            bases = {name: tuple(change.id for change in changes) for name, changes in seen.items()}
        change = Change(
            id=UUID(int=self.number * 10_000 + len(self.chain) + 1),
            record_type="answer",
            record_id=record,
            fields=fields,
            bases=bases,
            hlc=hlc,
            device_id=device(self.number),
            author_id=UUID(int=1),
            scope=SCOPE,
            seq=len(self.chain) + 1,
            prev_hash=self.chain[-1].hash if self.chain else GENESIS,
        )
        self.chain.append(change)
        self.known[change.id] = change
        return change

    def take(self, changes: Sequence[Change]) -> None:
        """Learns of changes, as far as they can be applied."""
        together = {**self.known, **{change.id: change for change in changes}}
        self.known = {change.id: change for change in merging.applied(together.values())}


@st.composite
def histories(draw: st.DrawFn) -> list[Change]:
    """What up to four devices made while they heard of each other now and then."""
    desks = [Desk(number) for number in range(draw(st.integers(1, 4)))]
    for _ in range(draw(st.integers(1, 12))):
        desk = draw(st.sampled_from(desks))
        if draw(st.booleans()):
            desk.take(list(draw(st.sampled_from(desks)).known.values()))
        name, value = draw(st.sampled_from("abc")), draw(st.integers(0, 2))
        desk.make({name: value}, hlc=draw(st.integers(1, 5)))
    return [change for desk in desks for change in desk.chain]
