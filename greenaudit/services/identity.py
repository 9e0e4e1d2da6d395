"""The device's signing identity, as services need it: loaded once, and what stands in the way of signing."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.paths import Home
from greenaudit.services.context import Context
from greenaudit.services.public_trust import PublicTrust, keep_trust, kept_trust
from greenaudit.signing.certificates import DeviceCertificates
from greenaudit.signing.identities import CERTIFICATES_FILE, KEYS_FILE, Certified, Identity
from greenaudit.signing.lists import kept_lists
from greenaudit.signing.names import certificate_name
from greenaudit.signing.revocation import judge, read_lists
from greenaudit.store.files import plain_refusals, read_known, sync_folder
from greenaudit.sync.enrolment import has_new_name, is_enrolled

STAMP_ROOT = "timestamp-root.pem"


def kept_stamp_roots(home: Home) -> tuple[bytes, ...]:
    """The roots of time stamp authorities that a home trusts (PEM); needs no key."""
    file = home.root / STAMP_ROOT
    return (read_known(file),) if file.exists() else ()


class Identities:
    """Makes, loads and certifies the keys of this device. They never leave it, not even in a backup."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._loaded: Identity | None = None

    def identity(self) -> Identity:
        """This device's identity; KnownError when it has none yet."""
        if self._loaded is None:
            self.use_enrolled()
            self._loaded = Identity.load(self._context.home.identity, self._key())
        return self._loaded

    def made(self) -> Identity:
        """This device's identity, made now when there is none."""
        try:
            return self.identity()
        except KnownError as error:
            if error.code != "identity_absent":
                raise
        self._loaded = Identity.create(self._context.home.identity, self._key())
        return self._loaded

    def to_enrol(self) -> Identity:
        """The keys to enrol with: this device's; new ones where it was enrolled under another name, since whoever has
        that name, or had it, has the old ones. They lie beside the others until `use_enrolled` puts them in their place.
        """
        if not has_new_name(self._context.store):
            return self.made()
        load = Identity.load if (self._next / KEYS_FILE).exists() else Identity.create
        return load(self._next, self._key())

    def use_enrolled(self) -> None:
        """Uses the keys that were certified now; called again when that was cut off."""
        self._loaded = None
        if not (self._next / CERTIFICATES_FILE).exists() or not is_enrolled(self._context.store):
            return
        identity = self._context.home.identity
        with plain_refusals(identity):
            left = identity.with_name("identity.left")
            if identity.exists():
                shutil.rmtree(left, ignore_errors=True)
                os.replace(identity, left)
            os.replace(self._next, identity)
            sync_folder(identity.parent)
            shutil.rmtree(left, ignore_errors=True)

    @property
    def _next(self) -> Path:
        return self._context.home.identity.with_name("identity.next")

    def install(self, certificates: DeviceCertificates) -> Identity:
        """Keeps the certificates that the programme gave for this device's keys."""
        self._loaded = self.made().install(certificates)
        return self._loaded

    def forget(self) -> None:
        """Reads the identity again at the next use: its certificates have changed on the disk."""
        self._loaded = None

    def roots(self) -> tuple[bytes, ...]:
        """The programme's root that this device trusts, as PEM: of its own certificates, else as a backup brought it.

        None before it was ever enrolled.
        """
        try:
            certificates = self.identity().certificates
        except KnownError as error:
            if error.code not in ("identity_absent", "identity_damaged"):
                raise
            certificates = None
        if certificates:
            return (certificates.root.encode("ascii"),)
        return _files(kept_trust(self._context.store).roots)

    def lists(self) -> tuple[bytes, ...]:
        """The programme's revocation lists as they came with the last synchronisation, or with a backup."""
        kept = kept_lists(self._context.home.identity)
        return kept.files if kept else _files(kept_trust(self._context.store).lists)

    def keep_public(self) -> None:
        """Keeps in the store what is public and needed to judge reports, for backups to carry."""
        found = (self.roots(), self.lists(), self.stamp_roots())
        roots, lists, stamps = (tuple(file.decode("utf-8") for file in files) for files in found)
        keep_trust(self._context.store, PublicTrust(roots=roots, lists=lists, stamp_roots=stamps))

    @property
    def stamp_root_file(self) -> Path:
        """Where the root of the time stamp authority lies that this device trusts."""
        return self._context.home.root / STAMP_ROOT

    def stamp_roots(self) -> tuple[bytes, ...]:
        """The roots of time stamp authorities that this device trusts beside its programme's, as PEM."""
        return kept_stamp_roots(self._context.home) or _files(kept_trust(self._context.store).stamp_roots)

    def trouble(self, moment: datetime, lead: str) -> Message | None:
        """Why this device can't sign now, as a sentence; None when it can."""
        try:
            certified = self.identity().certified(moment)
        except KnownError as error:
            return error.message
        if certified.name != certificate_name(lead):
            return msg(
                "This device signs for {owner}; the visit's lead is {lead}.", owner=certified.name, lead=lead
            )
        return self._revoked(certified, moment)

    def _revoked(self, certified: Certified, moment: datetime) -> Message | None:
        chain = (certified.root, certified.issuing, certified.assessor.certificate)
        found = judge(chain, read_lists(self.lists()), moment, None)
        if found.state != "revoked" or found.at is None:
            return None
        return msg(
            "This device's certificate was revoked on {date}: what it signs isn't accepted. Ask the programme for a new "
            "code and enrol it again.",
            date=found.at.date().isoformat(),
        )

    def _key(self) -> bytes:
        return self._context.master.derive("identity")


def _files(texts: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(text.encode("utf-8") for text in texts)
