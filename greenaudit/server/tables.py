"""What the endpoint knows and no laptop may: accounts, devices, one-time codes, sessions.

These tables are a database of their own (`endpoint.db`), beside the journal's and encrypted with the same key.
Rights and passwords are never taken from the journal, which every device writes to; the journal's migrations and
backups stay those of a laptop; and the accounts can move to PostgreSQL on a day of their own. Times are
milliseconds since 1970, so that every database keeps them alike.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Uuid
from sqlalchemy import Text as LongText

metadata = MetaData()

meta = Table(
    "meta", metadata, Column("name", String(40), primary_key=True), Column("value", LongText, nullable=False)
)

account = Table(
    "account",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("login", String(80), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("oem_id", Uuid, nullable=True),
    Column("password", LongText, nullable=False, default=""),
    Column("closed_at", BigInteger, nullable=True),
)

account_programme = Table(
    "account_programme",
    metadata,
    Column("person_id", Uuid, ForeignKey("account.person_id"), primary_key=True),
    Column("programme_id", Uuid, primary_key=True),
)

enrolment_code = Table(
    "enrolment_code",
    metadata,
    Column("selector", String(8), primary_key=True),
    Column("secret_hash", String(64), nullable=False),
    Column("person_id", Uuid, ForeignKey("account.person_id"), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("used_by", Uuid, nullable=True),
    Column("used_for", String(64), nullable=False, default=""),
)

device = Table(
    "device",
    metadata,
    Column("device_id", Uuid, primary_key=True),
    Column("person_id", Uuid, ForeignKey("account.person_id"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("code", String(8), nullable=False, unique=True),
    Column("public_key", LongText, nullable=False),
    Column("certificates", LongText, nullable=False),
    Column("enrolled_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger, nullable=True),
)

certificate = Table(
    "certificate",
    metadata,
    Column("serial", String(60), primary_key=True),
    Column("device_id", Uuid, nullable=False),
    Column("revoked_at", BigInteger, nullable=True),
)
"""Every certificate that a device was given: renewed or not, a lost device's are all revoked."""

device_author = Table(
    "device_author",
    metadata,
    Column("device_id", Uuid, primary_key=True),
    Column("author_id", Uuid, primary_key=True),
)
"""In whose name a device may write: those it was enrolled for, and the id that its person had on it before."""

used_assertion = Table(
    "used_assertion",
    metadata,
    Column("jti", String(64), primary_key=True),
    Column("until", BigInteger, nullable=False),
)

web_session = Table(
    "web_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person_id", Uuid, ForeignKey("account.person_id"), nullable=False),
    Column("until", BigInteger, nullable=False),
)

Index("device_person", device.c.person_id)
Index("certificate_device", certificate.c.device_id)
Index("device_author_person", device_author.c.author_id)
