"""Making signed reports last: a copy with validation data and, where an authority is named, a time stamp that proves when.

The signed report itself is never touched: its bytes and its hash stay those of the closing. The copy is derived, lies among
the evidence under a name of its own, and can be made again at any time.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from greenaudit.domain.assessments import Revision, SignedReport
from greenaudit.domain.values import Sha256
from greenaudit.errors import KnownError
from greenaudit.log import logger
from greenaudit.messages import Message, msg
from greenaudit.services.context import Context
from greenaudit.services.desk import Desk
from greenaudit.services.identity import Identities
from greenaudit.services.preferences import Preferences
from greenaudit.signing.extending import extend
from greenaudit.signing.sign import device_crl
from greenaudit.signing.stamping import PostedStamper
from greenaudit.signing.trust import Roots
from greenaudit.store.files import write_whole
from greenaudit.store.store import Store
from greenaudit.sync.report import held_blobs
from greenaudit.sync.stamping import asking, check_address

_PASSING = frozenset({"stamp_unanswered"})
"""Failures that are said and tried again at the next synchronisation."""


class Extending:
    """Extends reports, by hand or after a synchronisation."""

    def __init__(
        self, context: Context, desk: Desk, identities: Identities, preferences: Preferences
    ) -> None:
        self._context = context
        self._desk = desk
        self._identities = identities
        self._preferences = preferences
        self._given_up: set[str] = set()

    @property
    def authority(self) -> str:
        """The address of the time stamp authority; empty while none is named."""
        return self._preferences.load().timestamp_url

    def use_authority(self, url: str, root: bytes) -> None:
        """Names the time stamp authority and the root (PEM) that its certificate leads to."""
        check_address(url)
        if not Roots.read((root,)).programme:
            raise KnownError("root_unreadable", msg("The authority's root holds no certificate."))
        write_whole(self._identities.stamp_root_file, root)
        self._set(url)
        self._given_up.clear()

    def use_none(self) -> None:
        """No authority is asked any more; its root stays trusted for the stamps that it has made."""
        self._set("")

    def extended(self, assessment_id: UUID) -> bytes:
        """The copy of a closed visit's report; made now where there is none yet, or none with a time stamp."""
        report = self._desk.visit(assessment_id).revision.report
        if report is None:
            raise KnownError("not_signed", msg("This visit is not signed yet."))
        return self._copy(report)

    def has_stamped(self, assessment_id: UUID) -> bool:
        """Whether a time-stamped copy of a closed visit's report lies here."""
        return bool(self._stamped(assessment_id))

    def stamped(self, assessment_id: UUID) -> bytes | None:
        """That copy; none is made, and nobody is asked for anything."""
        found = self._stamped(assessment_id)
        return self._context.blobs.read(found) if found else None

    def _stamped(self, assessment_id: UUID) -> Sha256 | None:
        report = self._desk.visit(assessment_id).revision.report
        known = _known(self._context.store, report) if report is not None else {}
        return known["sha256"] if known.get("stamped") and self._context.blobs.has(known["sha256"]) else None

    def make_due(self) -> tuple[Message, ...]:
        """Stamps what was signed here and has arrived at the endpoint; what can't be done now, in words."""
        try:
            return self._stamp_due() if self.authority else ()
        except (
            KnownError
        ) as error:  # the settings can't be read, say: what was synchronised stands all the same
            return (error.message,)

    def _stamp_due(self) -> tuple[Message, ...]:
        held = held_blobs(self._context.store)
        troubles: list[Message] = []
        with self._context.store.read() as reader:
            revisions = reader.where(Revision)
        for report in self._own(revisions):
            if report.sha256 not in held or report.sha256 in self._given_up:
                continue
            try:
                self._copy(report)
            except KnownError as error:
                logger("services").info("a report was not extended: %s", error.code)
                if error.code in _PASSING:
                    return (*troubles, error.message)  # the next report would wait for the same authority
                troubles.append(error.message)
                self._given_up.add(report.sha256)
        return tuple(troubles)

    def _own(self, revisions: tuple[Revision, ...]) -> list[SignedReport]:
        mine = self._context.author_id
        return [
            revision.report
            for revision in revisions
            if revision.report and revision.closing and revision.closing.closed_by == mine
        ]

    def _copy(self, report: SignedReport) -> bytes:
        store, blobs = self._context.store, self._context.blobs
        known = _known(store, report)
        if known and blobs.has(known["sha256"]) and (known["stamped"] or not self.authority):
            return blobs.read(known["sha256"])
        pdf = self._made(report)
        body = {"sha256": blobs.put(pdf), "stamped": bool(self.authority)}
        store.set_meta(_kept_as(report), json.dumps(body))
        return pdf

    def _made(self, report: SignedReport) -> bytes:
        context, url = self._context, self.authority
        return extend(
            context.blobs.read(report.sha256),
            PostedStamper(asking(url)) if url else None,
            self._identities.roots(),
            (*self._identities.lists(), *self._device_lists(report)),
            context.clock.now(),
            stamp_roots=self._identities.stamp_roots(),
        )

    def _device_lists(self, report: SignedReport) -> tuple[bytes, ...]:
        """The list of the device that signed: the one made then, and a new one where it was this device."""
        blobs = self._context.blobs
        kept = (blobs.read(report.crl),) if report.crl and blobs.has(report.crl) else ()
        return (*kept, device_crl(self._identities.identity(), self._context.clock.now()))

    def _set(self, url: str) -> None:
        self._preferences.save(self._preferences.load().model_copy(update={"timestamp_url": url}))


def copies(store: Store) -> frozenset[Sha256]:
    """The copies that this device has made: files that no record names, and that can be made again."""
    with store.read() as reader:
        reports = [revision.report for revision in reader.where(Revision, deleted=True) if revision.report]
    return frozenset(known["sha256"] for known in (_known(store, report) for report in reports) if known)


def _known(store: Store, report: SignedReport) -> dict[str, Any]:
    """What is noted of a report's copy; empty where none was made."""
    noted: dict[str, Any] = json.loads(store.meta(_kept_as(report)) or "{}")
    return noted


def _kept_as(report: SignedReport) -> str:
    return f"extended {report.sha256}"
