"""The programme's authority: profiles of its certificates, what it refuses, and how it is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from greenaudit.clock import FixedClock
from greenaudit.errors import KnownError
from greenaudit.signing.authority import ROOT_KEY_FILE, Authority
from greenaudit.signing.certificates import DOCUMENT_SIGNING, ON_SITE, DeviceCertificates, from_pem
from tests.helpers.pki import SIGNED_AT, Programme, programme


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return programme(tmp_path_factory.mktemp("authority") / "identity")


def certificates(made: Programme) -> DeviceCertificates:
    assert made.identity.certificates is not None
    return made.identity.certificates


def test_every_key_is_p256(made: Programme) -> None:
    given = certificates(made)
    for text in (given.assessor, given.sub_ca, given.issuing, given.root):
        key = from_pem(text).public_key()
        assert isinstance(key, ec.EllipticCurvePublicKey)
        assert key.curve.name == "secp256r1"


def test_assessor_may_sign_and_not_certify(made: Programme) -> None:
    one = from_pem(certificates(made).assessor)
    usage = one.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    purposes = one.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert set(purposes) == {DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION}
    assert one.not_valid_after_utc - SIGNED_AT == timedelta(days=730)


def test_device_may_only_certify_on_site_signers(made: Programme) -> None:
    one = from_pem(certificates(made).sub_ca)
    basic = one.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)
    names = one.extensions.get_extension_for_class(x509.NameConstraints)
    assert names.critical
    permitted = names.value.permitted_subtrees
    assert permitted is not None
    (subtree,) = permitted
    assert isinstance(subtree, x509.DirectoryName)
    assert subtree.value.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)[0].value == ON_SITE
    assert one.not_valid_after_utc - SIGNED_AT == timedelta(days=1130)


def test_issuing_ca_may_have_one_level_under_it(made: Programme) -> None:
    basic = from_pem(certificates(made).issuing).extensions.get_extension_for_class(x509.BasicConstraints)
    assert (basic.critical, basic.value.path_length) == (True, 1)


def test_request_without_its_key_is_refused(made: Programme) -> None:
    asked = made.identity.csrs("Eva Soto", "MX", "Laboratory")
    forged = asked.assessor.splitlines()
    forged[3] = forged[3][:-4] + ("AAAA" if not forged[3].endswith("AAAA") else "BBBB")
    for bad in ("hello", "\n".join(forged), _rsa_request()):
        with pytest.raises(KnownError, match="request_refused"):
            made.authority.certify(bad, asked.sub_ca, "Eva Soto")


def test_names_are_the_authoritys_not_the_requests(made: Programme) -> None:
    asked = made.identity.csrs("President", "US", "Government")
    subject = from_pem(made.authority.certify(asked.assessor, asked.sub_ca, "Eva Soto").assessor).subject
    assert "CN=Eva Soto" in subject.rfc4514_string()
    assert "President" not in subject.rfc4514_string()


@pytest.mark.parametrize("secret", ["correct horse battery", b"k" * 32])
def test_authority_comes_back_from_its_files(secret: str | bytes, made: Programme, tmp_path: Path) -> None:
    clock = FixedClock(SIGNED_AT)
    first = Authority.create("Kept", "CA", clock)
    asked = made.identity.csrs("Eva Soto", "MX", "Laboratory")
    first.revoke(first.certify(asked.assessor, asked.sub_ca, "Eva Soto"))
    first.to_files(tmp_path, secret)
    again = Authority.from_files(tmp_path, secret, clock)
    assert again.root_pem == first.root_pem == (tmp_path / "programme-ca.pem").read_bytes()
    assert again.revoked == first.revoked
    assert len(again.revoked) == 2
    assert b"PRIVATE KEY" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_authority_goes_on_without_its_root_key(made: Programme, tmp_path: Path) -> None:
    made.authority.to_files(tmp_path, "passphrase")
    (tmp_path / ROOT_KEY_FILE).unlink()
    again = Authority.from_files(tmp_path, "passphrase", made.clock)
    asked = made.identity.csrs("Eva Soto", "MX", "Laboratory")
    assert again.certify(asked.assessor, asked.sub_ca, "Eva Soto").root == certificates(made).root
    root_list, _ = again.crls()
    assert root_list == made.authority.root_list


def test_wrong_passphrase_and_absent_folder_get_a_sentence(made: Programme, tmp_path: Path) -> None:
    made.authority.to_files(tmp_path, "passphrase")
    with pytest.raises(KnownError, match="authority_unopened"):
        Authority.from_files(tmp_path, "another", made.clock)
    with pytest.raises(KnownError, match="authority_absent"):
        Authority.from_files(tmp_path / "nothing", "passphrase", made.clock)


def _rsa_request() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    asked = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, hashes.SHA256())
    return asked.public_bytes(serialization.Encoding.PEM).decode("ascii")
