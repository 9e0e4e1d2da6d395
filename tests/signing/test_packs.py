"""A pack is the programme's word only with a signature that reaches the programme's root and covers every fact."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from greenaudit.domain.packs import Pack, PackSignature, pack_record_id
from greenaudit.domain.text import Text
from greenaudit.signing import certificates as certs
from greenaudit.signing import packs
from greenaudit.signing.authority import Authority
from greenaudit.signing.packs import is_signed, sign_pack
from tests.helpers.apps import NOW, clock


def authority() -> Authority:
    return Authority.create("Programme", "MX", clock())


def pack(**changes: Any) -> Pack:
    programme = UUID(int=1)
    values = {
        "id": pack_record_id(programme, "a" * 64),
        "programme_id": programme,
        "pack_id": "core",
        "version": "1.1",
        "title": Text(en="Core", es="Base", fr="Noyau"),
        "questions": 3,
        "sha256": "a" * 64,
        "size": 10,
        "published_at": NOW,
        "published_by": UUID(int=2),
    }
    return Pack.model_validate({**values, **changes})


def test_what_the_programme_signed_holds_under_its_root_and_no_other() -> None:
    ours = authority()
    signed = sign_pack(ours, pack())
    assert is_signed(signed, [ours.root_pem])
    assert is_signed(Pack.model_validate(signed.model_dump(mode="json")), [ours.root_pem])
    assert not is_signed(signed, [authority().root_pem])
    assert not is_signed(signed, [])
    assert not is_signed(pack(), [ours.root_pem])


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "b" * 64},
        {"version": "9.9"},
        {"questions": 4},
        {"published_at": NOW + timedelta(minutes=1)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_no_fact_can_be_changed(change: dict[str, Any]) -> None:
    ours = authority()
    assert not is_signed(sign_pack(ours, pack()).model_copy(update=change), [ours.root_pem])


def with_signature(signed: Pack, **changes: str) -> Pack:
    assert signed.signature is not None
    return signed.model_copy(update={"signature": signed.signature.model_copy(update=changes)})


@pytest.mark.parametrize("part", ["signature", "certificate", "issuing"])
@pytest.mark.parametrize(
    "forged", ["", "AAAA", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "é"]
)
def test_rubbish_is_no_signature_and_no_error(part: str, forged: str) -> None:
    ours = authority()
    assert not is_signed(with_signature(sign_pack(ours, pack()), **{part: forged}), [ours.root_pem])


def test_an_assessor_s_certificate_signs_no_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = authority()
    monkeypatch.setattr(packs, "PACKS", "Assessors")
    as_assessor = sign_pack(ours, pack())
    monkeypatch.undo()
    assert not is_signed(as_assessor, [ours.root_pem])


def test_a_device_s_sub_ca_certifies_no_publisher() -> None:
    ours = authority()
    key, sub_key = certs.new_key(), certs.new_key()
    name = certs.distinguished("MX", "Programme", common="Ana")
    device = ours.certify(certs.request(name, key), certs.request(name, sub_key), "Ana")
    rogue = authority()
    rogue.issuing = certs.Issuer(certs.from_pem(device.sub_ca), sub_key)
    assert not is_signed(sign_pack(rogue, pack()), [ours.root_pem])
    rogue.issuing = certs.Issuer(certs.from_pem(device.assessor), key)
    assert not is_signed(sign_pack(rogue, pack()), [ours.root_pem])


def test_a_certificate_is_judged_at_the_moment_of_publishing() -> None:
    ours = authority()
    late = pack(published_at=NOW + timedelta(days=20 * 365))
    assert not is_signed(sign_pack(ours, late), [ours.root_pem]), "the issuing CA is ten years old by then"
    assert isinstance(sign_pack(ours, late).signature, PackSignature)
