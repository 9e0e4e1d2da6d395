"""What was certified and what is revoked: kept in the endpoint's database, given out as lists that are always fresh.

A command line may revoke while the service runs: so nothing is remembered here, and each list is made under the database's
write lock. Numbers grow with the time, so that an endpoint that was set back to an older copy soon overtakes itself.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from cryptography import x509
from sqlalchemy import Connection, insert, select, update

from greenaudit.clock import Clock, milliseconds
from greenaudit.server.database import Database, put_in
from greenaudit.server.tables import certificate, meta
from greenaudit.signing import certificates as certs
from greenaudit.signing.authority import Authority
from greenaudit.signing.certificates import DeviceCertificates
from greenaudit.wire.revocation import RevocationLists

FRESH = timedelta(days=1)
"""How old the list may be that a device gets: it is then good for some five weeks more without a network."""

_KEPT = "revocation_lists"


class Revocations:
    """Enters certificates, revokes them, and gives the lists."""

    def __init__(self, database: Database, clock: Clock, authority: Authority) -> None:
        self._database = database
        self._clock = clock
        self._authority = authority

    def enter(self, connection: Connection, device_id: UUID, given: DeviceCertificates) -> None:
        """Notes which certificates a device has: those before them may be in force too, and go with it."""
        serials = {str(certs.from_pem(text).serial_number) for text in (given.assessor, given.sub_ca)}
        known = set(
            connection.execute(
                select(certificate.c.serial).where(certificate.c.serial.in_(serials))
            ).scalars()
        )
        for serial in sorted(serials - known):
            connection.execute(insert(certificate).values(serial=serial, device_id=device_id))

    def revoke(self, connection: Connection, device_id: UUID, since: datetime) -> None:
        """Revokes every certificate that a device was ever given, and makes the list that says so."""
        connection.execute(
            update(certificate)
            .where(certificate.c.device_id == device_id, certificate.c.revoked_at.is_(None))
            .values(revoked_at=milliseconds(since))
        )
        self._issue(connection)

    def lists(self) -> RevocationLists:
        """The lists to hand out; new ones when the last are a day old."""
        kept = self._database.get(_KEPT)
        if kept is not None:
            found = RevocationLists.model_validate_json(kept)
            if abs(self._clock.now() - _read(found.issuing).last_update_utc) < FRESH:
                return found
        with self._database.writing() as connection:
            return self._issue(connection)

    def _issue(self, connection: Connection) -> RevocationLists:
        before = connection.execute(select(meta.c.value).where(meta.c.name == _KEPT)).scalar_one_or_none()
        last = RevocationLists.model_validate_json(before) if before else None
        above = _number(_read(last.issuing)) + 1 if last else 0
        rows = connection.execute(
            select(certificate.c.serial, certificate.c.revoked_at).where(
                certificate.c.revoked_at.is_not(None)
            )
        )
        revoked = {int(row.serial): datetime.fromtimestamp(row.revoked_at / 1000, UTC) for row in rows}
        number = max(above, int(self._clock.now().timestamp()))
        roots, ours = (x509.load_der_x509_crl(one) for one in self._authority.crls(revoked, number))
        if last is not None:  # the root's key may be in a safe, and its file older than what was given out
            roots = max(roots, _read(last.root), key=_number)
        made = RevocationLists(root=certs.list_to_pem(roots), issuing=certs.list_to_pem(ours))
        put_in(connection, _KEPT, made.model_dump_json())
        return made


def _read(text: str) -> x509.CertificateRevocationList:
    return x509.load_pem_x509_crl(text.encode("ascii"))


def _number(found: x509.CertificateRevocationList) -> int:
    return found.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
