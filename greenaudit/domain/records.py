"""Every type of record that the journal knows, by name. A new noun is entered here."""

from __future__ import annotations

from greenaudit.domain.assessments import Answer, Assessment, Revision
from greenaudit.domain.evidence import Photo
from greenaudit.domain.findings import Finding
from greenaudit.domain.inventory import RegisterRow
from greenaudit.domain.packs import Pack
from greenaudit.domain.programmes import Link, Programme
from greenaudit.domain.suppliers import Organisation, Person, Plant
from greenaudit.domain.values import Record

RECORD_CLASSES: tuple[type[Record], ...] = (
    Organisation,
    Plant,
    Person,
    Programme,
    Link,
    Assessment,
    Revision,
    Answer,
    Photo,
    Finding,
    RegisterRow,
    Pack,
)
RECORDS: dict[str, type[Record]] = {cls.record_type: cls for cls in RECORD_CLASSES}
