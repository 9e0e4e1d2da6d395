"""Enrolling with a programme's endpoint, and bringing everything there and back."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import replace

from greenaudit.errors import KnownError
from greenaudit.log import logger
from greenaudit.messages import Message, msg, msgs
from greenaudit.services.context import CLOCK_WRONG, ENDPOINT, Context
from greenaudit.services.desk import Desk
from greenaudit.services.extending import Extending
from greenaudit.services.identity import Identities
from greenaudit.services.views import OnlyHere, View
from greenaudit.signing.identities import Identity
from greenaudit.store import keys
from greenaudit.sync.engine import synchronise
from greenaudit.sync.enrolment import Enrolled, credentials_of, enrol
from greenaudit.sync.forks import FORKED, must_enrol_again
from greenaudit.sync.http import HttpLink
from greenaudit.sync.link import Link, LinkError, ends_all
from greenaudit.sync.report import Progress, SyncReport
from greenaudit.sync.revocations import fetch_lists

CLOCK_OFF = "clock_off"
"""The endpoint's refusal of a device whose clock is minutes away from its own."""


class SyncSummary(View):
    """What came of a synchronisation, in counts and in words."""

    message: Message
    pushed: int
    pulled: int
    photos_sent: int
    photos_received: int
    confirmed_changes: int
    confirmed_photos: int
    only_here: OnlyHere
    troubles: tuple[Message, ...]
    complete: bool


class Syncing:
    """The laptop's end. It never blocks a person: front ends run it beside everything else."""

    def __init__(self, context: Context, desk: Desk, identities: Identities, extending: Extending) -> None:
        self._context = context
        self._desk = desk
        self._identities = identities
        self._extending = extending

    @property
    def endpoint(self) -> str:
        """The endpoint's address; empty before this device is enrolled."""
        return self._context.store.meta(ENDPOINT) or ""

    def enrol(self, *, endpoint_url: str, code: str) -> Message:
        """Enrols this device with a one-time code; its keys never leave it. Gives a confirmation."""
        link = HttpLink(endpoint_url)
        try:
            enrolled = self._enrolled(link, code)
        except LinkError as error:
            if error.code != "device_exists":
                raise
            # Another copy of this home was enrolled first, or this device was ended: it begins again by another name.
            self._context.store.become_new_device()
            enrolled = self._enrolled(link, code)
        finally:
            link.close()
        self._identities.use_enrolled()
        if enrolled.recovery_key is not None:
            pem = enrolled.recovery_key.encode("utf-8")
            keys.add_programme_wrap(self._context.home, self._context.master, pem)
        self._context.store.set_meta(ENDPOINT, endpoint_url)
        self._context.belong_to(enrolled.person)
        names = {"person": enrolled.person.name, "programme": enrolled.programme_name}
        if enrolled.recovery_key is None:
            return msg("This device now belongs to {person} in {programme}.", **names)
        return msg(
            "This device now belongs to {person} in {programme}. With its recovery key the programme can open this device's "
            "data, too, if the recovery code is lost.",
            **names,
        )

    def _enrolled(self, link: Link, code: str) -> Enrolled:
        return enrol(
            link,
            self._context.store,
            self._identities.to_enrol(),
            code,
            device_name=platform.node(),
            person=self._context.owner.name,
            known_as=self._context.author_id,
        )

    def _note_clock(self, report: SyncReport) -> None:
        """Remembers that the endpoint found this device's clock wrong, until it finds it right: signing asks for it."""
        wrong = any(error.code == CLOCK_OFF for error in report.errors)
        unheard = any(ends_all(error) for error in report.errors)
        noted = "1" if wrong else ""
        if (wrong or not unheard) and (self._context.store.meta(CLOCK_WRONG) or "") != noted:
            self._context.store.set_meta(CLOCK_WRONG, noted)

    @property
    def enrol_again(self) -> Message | None:
        """Why this device must be enrolled again before it can send, as a sentence: its home was copied. Mostly None."""
        return must_enrol_again(self._context.store)

    def run(
        self,
        progress: Callable[[Progress], None] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> SyncSummary:
        """Exchanges everything with the endpoint; may be cut off anywhere and run again."""
        again = self.enrol_again
        if again is not None:
            raise KnownError(FORKED, again)
        identity = self._identities.identity()
        credentials = credentials_of(self._context.store, identity)
        if credentials is None or not self.endpoint:
            raise KnownError(
                "not_enrolled",
                msg("This device is not enrolled yet: enter the endpoint's address and your code."),
            )
        link = HttpLink(self.endpoint, credentials)
        try:
            report = synchronise(
                self._context.store, self._context.blobs, identity, link, progress=progress, stopped=stopped
            )
            report = _with_lists(report, link, identity)
            self._note_clock(report)
        finally:
            link.close()
            self._desk.forget()
        _log_run(report)
        return _summary(report, () if report.errors else self._extending.make_due())


def _log_run(report: SyncReport) -> None:
    """Numbers and codes alone: sentences may name people."""
    logger("sync").info(
        "sent %s changes and %s files, received %s and %s; %s changes still only here; troubles: %s",
        report.pushed,
        report.photos_sent,
        report.pulled,
        report.photos_received,
        report.only_here.changes,
        ", ".join(error.code for error in report.errors) or "none",
    )


def _with_lists(report: SyncReport, link: HttpLink, identity: Identity) -> SyncReport:
    """Brings the revocation lists too, while the line holds: a device that was shut out needs them most."""
    if any(ends_all(error) for error in report.errors):
        return report
    try:
        fetch_lists(link, identity)
    except KnownError as error:
        return replace(report, errors=(*report.errors, error))
    return report


def _summary(report: SyncReport, beside: tuple[Message, ...]) -> SyncSummary:
    """In words. What could not be done `beside` the synchronisation is said, and leaves it complete."""
    here = report.only_here
    if report.errors:
        message = report.errors[0].message
    elif here.nothing:
        message = msg("Everything is at the endpoint.")
    else:
        message = msgs("{n} change is still only here.", "{n} changes are still only here.", here.changes)
    return SyncSummary(
        message=message,
        pushed=report.pushed,
        pulled=report.pulled,
        photos_sent=report.photos_sent,
        photos_received=report.photos_received,
        confirmed_changes=report.confirmed_changes,
        confirmed_photos=report.confirmed_photos,
        only_here=OnlyHere(answers=here.answers, photos=here.photos, changes=here.changes),
        troubles=(*(error.message for error in report.errors), *beside),
        complete=report.complete,
    )
