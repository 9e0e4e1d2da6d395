"""Names in certificates: whatever a person is called, the certificate can be made and checked."""

from __future__ import annotations

import pytest
from asn1crypto.core import UTF8String
from asn1crypto.x509 import NameTypeAndValue
from hypothesis import example, given
from hypothesis import strategies as st

from greenaudit.signing.authority import Authority
from greenaudit.signing.names import MOST_BYTES, certificate_name
from tests.helpers.apps import clock


@given(st.text(st.characters(codec=None), max_size=90))
@example("\u202eA")
@example("מפעל ABC צבע")
@example("מפעל 3")
@example("🏭")
@example("\ud800")
@example("e" + "\u0301" * 90)
def test_every_name_can_be_prepared_and_fits(text: str) -> None:
    name = certificate_name(text)
    assert len(name.encode("utf-8")) <= MOST_BYTES
    assert certificate_name(name) == name
    assert (
        isinstance(NameTypeAndValue({"type": "common_name", "value": UTF8String(name)}).prepped_value, str)
        or not name
    )


@pytest.mark.parametrize(
    "name", ["Elena Ruiz Calderón", "Siân Łukasz Žižek", "Renée L’Écuyer", "山田 太郎", "מפעל צבע"]
)
def test_ordinary_names_stay_as_they_are(name: str) -> None:
    assert certificate_name(name) == name


def test_accents_count_as_the_bytes_they_are() -> None:
    position = "Coordinación de Seguridad, Higiene y Protección Ambiental, Línea Ñ"
    assert certificate_name(position) == "Coordinación de Seguridad, Higiene y Protección Ambiental, Lí"
    assert certificate_name("Ñ" * 40) == "Ñ" * 32


def test_a_programme_with_a_long_name_has_a_root_that_is_not_its_issuing_ca() -> None:
    authority = Authority.create(
        "Programme d’écologisation des chaînes d’approvisionnement automobile", "CA", clock()
    )
    assert authority.root.subject != authority.issuing.certificate.subject
