"""Copied homes: a chain that two laptops wrote on, told in a sentence, and what the endpoint's branch makes of ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn
from uuid import UUID

from greenaudit.domain.journal import Change
from greenaudit.errors import BugError, KnownError
from greenaudit.messages import Message, msg, msgs
from greenaudit.store.errors import BrokenChainError
from greenaudit.store.forking import Forks
from greenaudit.store.store import FORKED_FROM, Store
from greenaudit.sync.enrolment import is_enrolled
from greenaudit.sync.link import LinkError

FORKED = "device_forked"
"""The code of the error that says: enrol this device anew."""

_NOT_TAKEN = frozenset({"author_unknown", "chain_forked", "chain_broken", "chain_unsigned"})
"""Refusals of a chain that will not be taken back: who made it must say it under another name."""


def must_enrol_again(store: Store) -> Message | None:
    """What to do when this device's home was found to be copied, until that is done; None on every other day."""
    if not store.meta(FORKED_FROM) or is_enrolled(store):
        return None
    return msg(
        "This device's data had been copied to another one, and both went on under one name. Nothing is lost, but what is "
        "only here can be sent only when this device has a name of its own: ask whoever runs the programme for a one-time "
        "code, and enrol this device again with it."
    )


def leave(store: Store, forks: Forks) -> NoReturn:
    """Leaves our own branch for the endpoint's. Always raises: nothing can be sent before this device enrols again."""
    step_aside(store, forks)
    raise BugError("a device that left its name is still enrolled")


def step_aside(store: Store, forks: Forks) -> int:
    """Leaves branches; gives how many changes of others are kept aside. KnownError when this device must enrol again."""
    count = store.step_aside(forks)
    sentence = must_enrol_again(store)
    if sentence is not None:
        raise KnownError(FORKED, sentence)
    return count


def own_fork(error: LinkError, sent: Sequence[Change], own: UUID, scope: str) -> Forks:
    """Where our own chain forks, if that is why the endpoint refused what we sent."""
    if error.code != "chain_forked" or error.message.params.get("device") != str(own):
        return {}
    numbers = [change.seq for change in sent if change.device_id == own]
    told = error.message.params.get("number")
    first = told if isinstance(told, int) and told in numbers else min(numbers, default=1)
    return {(own, scope): first}


def to_take_over(error: LinkError, refused: Sequence[Change], unsent: Forks, own: UUID) -> Forks:
    """Of what we wrote under earlier names the part that the endpoint doesn't take under them, and never will."""
    if error.code not in _NOT_TAKEN:
        return {}
    sent = {(change.device_id, change.scope) for change in refused if change.device_id != own}
    return {chain: first for chain, first in unsent.items() if chain in sent}


def set_aside(device: UUID, count: int) -> KnownError:
    """Some changes of another device are kept, but not shown, since the endpoint has others in their place."""
    return KnownError(
        "branch_set_aside",
        msgs(
            "Device {device} had been copied, and both copies went on under one name. {n} change of it that only this device "
            "had is kept aside; it comes again when that device is enrolled anew.",
            "Device {device} had been copied, and both copies went on under one name. {n} changes of it that only this device "
            "had are kept aside; they come again when that device is enrolled anew.",
            count,
            device=str(device)[:8],
        ),
    )


def told_apart(error: BrokenChainError, store: Store, changes: Sequence[Change]) -> Forks:
    """Where what came is another branch than what is here; raises the error again when that is not its reason."""
    forks = store.forks(changes)
    if not forks:
        raise error
    return forks
