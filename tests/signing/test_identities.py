"""The device's keys: kept sealed, certified once, and clear words for what is wrong with them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from greenaudit.errors import KnownError
from greenaudit.signing.chains import check_head, sign_head
from greenaudit.signing.identities import CERTIFICATES_FILE, KEYS_FILE, Identity
from greenaudit.signing.sealing import NotOpenedError, seal, unseal
from tests.helpers.pki import SIGNED_AT, programme
from tests.signing.conftest import Signed

DEVICE = UUID(int=7)
HASH = "a" * 64


def test_identity_comes_back_with_its_keys_and_certificates(tmp_path: Path) -> None:
    key = os.urandom(32)
    made = Identity.create(tmp_path / "identity", key)
    again = Identity.load(tmp_path / "identity", key)
    assert again.public_key_pem == made.public_key_pem
    assert again.certificates is None


def test_keys_are_not_readable_on_disk(tmp_path: Path) -> None:
    Identity.create(tmp_path / "identity", os.urandom(32))
    file = tmp_path / "identity" / KEYS_FILE
    assert b"PRIVATE" not in file.read_bytes()
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


def test_identity_is_never_replaced(tmp_path: Path) -> None:
    Identity.create(tmp_path, os.urandom(32))
    with pytest.raises(KnownError, match="identity_exists"):
        Identity.create(tmp_path, os.urandom(32))


def test_absent_identity_says_to_enrol(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="identity_absent"):
        Identity.load(tmp_path, os.urandom(32))


@pytest.mark.parametrize("damage", ["key", "keys", "certificates", "foreign certificates"])
def test_damaged_identity_gets_a_sentence(damage: str, tmp_path: Path, signed: Signed) -> None:
    key = os.urandom(32)
    Identity.create(tmp_path, key)
    if damage == "key":
        key = os.urandom(32)
    elif damage == "keys":
        raw = (tmp_path / KEYS_FILE).read_bytes()
        (tmp_path / KEYS_FILE).write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    elif damage == "certificates":
        (tmp_path / CERTIFICATES_FILE).write_text("{}")
    else:
        theirs = signed.who.identity.folder / CERTIFICATES_FILE
        (tmp_path / CERTIFICATES_FILE).write_bytes(theirs.read_bytes())
    with pytest.raises(KnownError, match="identity_damaged"):
        Identity.load(tmp_path, key)


def test_identity_without_certificates_does_not_sign(tmp_path: Path) -> None:
    made = Identity.create(tmp_path, os.urandom(32))
    with pytest.raises(KnownError, match="identity_uncertified"):
        made.certified(SIGNED_AT)


def test_certificates_of_another_device_are_refused(tmp_path: Path, signed: Signed) -> None:
    made = Identity.create(tmp_path, os.urandom(32))
    assert signed.who.identity.certificates is not None
    with pytest.raises(KnownError, match="certificates_foreign"):
        made.install(signed.who.identity.certificates)


def test_expired_certificate_names_its_dates_and_the_clock(signed: Signed) -> None:
    for moment in (SIGNED_AT + timedelta(days=731), SIGNED_AT - timedelta(days=2)):
        with pytest.raises(KnownError, match="identity_expired") as caught:
            signed.who.identity.certified(moment)
        assert moment.date().isoformat() in str(caught.value.message)


def test_chain_head_is_proved_by_its_device_alone(signed: Signed) -> None:
    identity = signed.who.identity
    head = sign_head(identity, DEVICE, "registry", 12, HASH)
    assert check_head(head, identity.public_key_pem)
    assert not check_head(head, signed.stranger.identity.public_key_pem)
    for changed in ({"seq": 13}, {"scope": "programme:x"}, {"hash": "b" * 64}, {"device_id": UUID(int=8)}):
        assert not check_head(head.model_copy(update=changed), identity.public_key_pem)


@pytest.mark.parametrize("signature", ["", "hello", "AAAA", "é"])
def test_garbage_is_no_signature(signature: str, signed: Signed) -> None:
    head = sign_head(signed.who.identity, DEVICE, "registry", 1, HASH)
    bad = head.model_copy(update={"signature": signature})
    assert not check_head(bad, signed.who.identity.public_key_pem)
    assert not check_head(head, "no key")


@settings(max_examples=40, deadline=None)
@given(data=some.binary(max_size=200), at=some.integers(min_value=0, max_value=10_000))
def test_sealed_bytes_open_only_whole_and_with_their_label(data: bytes, at: int) -> None:
    key = b"k" * 32
    sealed = seal(key, "keys", data)
    assert unseal(key, "keys", sealed) == data
    place = at % len(sealed)
    broken = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
    if not 8 <= place < 24:  # the salt is only used with a passphrase
        with pytest.raises(NotOpenedError):
            unseal(key, "keys", broken)
    with pytest.raises(NotOpenedError):
        unseal(key, "other", sealed)
    with pytest.raises(NotOpenedError):
        unseal(key, "keys", sealed[:-1])


def test_key_work_does_not_import_pyhanko() -> None:
    code = (
        "import sys; import greenaudit.signing.authority, greenaudit.signing.identities, greenaudit.signing.chains; "
        "sys.exit('pyhanko' in sys.modules or 'asn1crypto' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_one_programme_does_not_certify_for_another(tmp_path: Path) -> None:
    first, second = programme(tmp_path / "a", "First"), programme(tmp_path / "b", "Second")
    assert first.identity.certified(SIGNED_AT).root != second.identity.certified(SIGNED_AT).root
