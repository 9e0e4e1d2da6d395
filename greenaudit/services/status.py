"""Where this device stands: what is only here, what it is ready for, how its data are protected."""

from __future__ import annotations

import shutil
from datetime import date, datetime

from greenaudit.domain.programmes import Programme
from greenaudit.errors import KnownError
from greenaudit.formats import spoken_date
from greenaudit.messages import Message, msg, msgs
from greenaudit.services.context import Context
from greenaudit.services.counting import count_only_here
from greenaudit.services.identity import Identities
from greenaudit.services.packs import Packs
from greenaudit.services.sample_records import PROGRAMME as SAMPLE
from greenaudit.services.views import Fact, OnlyHere
from greenaudit.store import keys
from greenaudit.sync.forks import must_enrol_again

LOW_SPACE = 2_000_000_000


class Status:
    """Facts about this device."""

    def __init__(self, context: Context, identities: Identities, packs: Packs) -> None:
        self._context = context
        self._identities = identities
        self._packs = packs

    def only_here(self) -> OnlyHere:
        """What exists on this device and nowhere else."""
        return count_only_here(self._context)

    def protection(self) -> Message:
        """How the data are protected, in words."""
        return keys.protection_of(self._context.home).message

    def sample(self) -> bool:
        """Whether this device holds the sample programme: nothing in it is of a real plant."""
        with self._context.store.read() as reader:
            return reader.get(Programme, SAMPLE.id) is not None

    def readiness(self) -> tuple[Fact, ...]:
        """'Ready without a network': each a fact, with what to do where it is not."""
        again = must_enrol_again(self._context.store)
        name = () if again is None else (Fact(ok=False, text=again),)
        return (*name, self._checklist(), self._signing(), self._space(), self._backup())

    def _checklist(self) -> Fact:
        pack = self._packs.shipped()
        return Fact(
            ok=True,
            text=msg(
                "Checklist {version} in 3 languages, {questions} questions",
                version=pack.version,
                questions=len(pack.questions),
            ),
        )

    def _signing(self) -> Fact:
        now = self._context.clock.now()
        try:
            certified = self._identities.identity().certified(now)
        except KnownError as error:
            return Fact(ok=False, text=error.message)
        until = certified.assessor.certificate.not_valid_after_utc.date()
        return Fact(ok=True, text=msg("Your signature key, until {day}", day=spoken_date(until)))

    def _space(self) -> Fact:
        free = shutil.disk_usage(self._context.home.root).free
        gigabytes = free // 1_000_000_000
        if free < LOW_SPACE:
            return Fact(ok=False, text=msg("Only {gb} GB free: make room before the visit", gb=gigabytes))
        return Fact(ok=True, text=msg("{gb} GB free", gb=gigabytes))

    def _backup(self) -> Fact:
        newest = self._context.store.meta("backup_at")
        if not newest:
            return Fact(ok=False, text=msg("No backup yet: make one in the settings"))
        days = max((self._context.clock.now().date() - _day(newest)).days, 0)  # a clock may be put back
        text = msgs("Backup {n} day old", "Backup {n} days old", days) if days else msg("Backup made today")
        return Fact(ok=days <= 7, text=text)


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()
