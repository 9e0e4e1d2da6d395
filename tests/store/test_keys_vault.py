"""The master key of a home: made, opened every way, protected anew; every refusal is a sentence."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.store import keys
from greenaudit.store.keys import KeyFileProtector, MasterKey, PassphraseProtector, RecoveryCode, vault
from greenaudit.store.keys.wraps import KeysFile, write_keys
from tests.helpers.keys import cheap_passphrase, new_home


def code_of(call: object, *args: object) -> str:
    with pytest.raises(KnownError) as caught:
        call(*args)  # type: ignore[operator]
    return caught.value.code


def test_one_master_key_opens_every_way(tmp_path: Path) -> None:
    home, master, code = new_home(tmp_path / "home")
    private, public = keys.new_programme_key()
    keys.add_programme_wrap(home, master, public)

    assert keys.unlock(home, cheap_passphrase()) == master
    assert keys.unlock_with_code(home.keys, code.text) == master
    assert keys.unlock_with_programme_key(home.keys, private) == master


def test_an_enrolment_beside_a_new_code_loses_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one comes after the first has read the file, and before it has written it."""
    home, master, _ = new_home(tmp_path / "home")
    private, public = keys.new_programme_key()
    began = threading.Event()

    def slow(path: Path, written: KeysFile) -> None:
        if not began.is_set():
            began.set()
            enrolment.append(pool.submit(keys.add_programme_wrap, home, master, public))
            with contextlib.suppress(TimeoutError):  # without a lock it gets through here
                enrolment[0].result(timeout=0.2)
        write_keys(path, written)

    enrolment: list[Future[None]] = []
    monkeypatch.setattr(vault, write_keys.__name__, slow)
    with ThreadPoolExecutor(1) as pool:
        code = keys.renew_code(home, master)
    enrolment[0].result()
    assert keys.unlock(home, cheap_passphrase()) == master
    assert keys.unlock_with_code(home.keys, code.text) == master
    assert keys.unlock_with_programme_key(home.keys, private) == master


def test_the_key_lies_nowhere_bare(tmp_path: Path) -> None:
    home, master, code = new_home(tmp_path / "home")
    text = home.keys.read_text()
    assert master.secret.hex() not in text
    assert code.characters not in text
    assert master.secret.hex() not in repr(master)
    assert stat.S_IMODE(home.keys.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.root.stat().st_mode) == 0o700


def test_derived_keys_differ_and_stay_the_same() -> None:
    master = MasterKey(bytes(range(32)))
    derived = {master.derive("database"), master.derive("blobs"), master.derive("identity")}
    assert len(derived) == 3
    # Pinned: another derivation would lock every home there is.
    assert master.derive("database").hex() == PINNED_DATABASE
    assert master.check() == PINNED_CHECK


def test_a_wrong_passphrase_and_a_wrong_code_are_told_apart(tmp_path: Path) -> None:
    home, _, _ = new_home(tmp_path / "home")
    assert code_of(keys.unlock, home, cheap_passphrase("another one")) == "wrong_passphrase"
    assert code_of(keys.unlock_with_code, home.keys, RecoveryCode.generate()) == "wrong_code"
    assert code_of(keys.unlock_with_code, home.keys, "ABC") == "code_mistyped"


def test_a_passphrase_is_the_same_on_every_keyboard(tmp_path: Path) -> None:
    home, master, _ = new_home(tmp_path / "home", cheap_passphrase("pinturería"))
    assert keys.unlock(home, cheap_passphrase("pinturería")) == master


def test_a_short_passphrase_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert code_of(keys.create, home, PassphraseProtector("short")) == "passphrase_short"
    assert not home.keys.exists()


def test_a_home_in_use_gets_no_second_key(tmp_path: Path) -> None:
    home, _, _ = new_home(tmp_path / "home")
    assert code_of(keys.create, home, cheap_passphrase()) == "home_in_use"
    other = Home(tmp_path / "other").create()
    other.database.write_bytes(b"somebody's data")
    assert code_of(keys.create, other, cheap_passphrase()) == "home_in_use"


def test_protecting_anew_drops_the_old_way_and_keeps_the_code(tmp_path: Path) -> None:
    home, master, code = new_home(tmp_path / "home")
    keys.rewrap(home, master, KeyFileProtector(home.root))
    assert keys.unlock(home, KeyFileProtector(home.root)) == master
    assert code_of(keys.unlock, home, cheap_passphrase()) == "wrap_missing"
    assert keys.unlock_with_code(home.keys, code) == master

    first = set(home.root.glob("*.key"))
    keys.rewrap(home, master, KeyFileProtector(home.root))
    assert len(list(home.root.glob("*.key"))) == 1
    assert set(home.root.glob("*.key")) != first

    keys.rewrap(home, master, cheap_passphrase("a new passphrase"))
    assert not list(home.root.glob("*.key"))


def test_a_home_that_cannot_be_written_keeps_its_old_way_and_no_new_key(tmp_path: Path) -> None:
    home, master, _ = new_home(tmp_path / "home")
    before = home.keys.read_bytes()
    protector = ForgetfulKeyFile(home.root)
    assert code_of(keys.rewrap, home, master, protector) == "key_file_wrong"
    assert home.keys.read_bytes() == before
    assert not list(home.root.glob("*.key"))
    assert keys.unlock(home, cheap_passphrase()) == master


class ForgetfulKeyFile(KeyFileProtector):
    """Its file is damaged once it was written."""

    def make(self) -> tuple[bytes, dict[str, str | int]]:
        key, params = super().make()
        (self.folder / str(params["name"])).write_text("00" * 32)
        return key, params


def test_another_key_is_never_wrapped_into_a_home(tmp_path: Path) -> None:
    home, _, _ = new_home(tmp_path / "home")
    assert code_of(keys.rewrap, home, MasterKey.generate(), cheap_passphrase()) == "keys_other"


def test_a_new_code_replaces_the_old(tmp_path: Path) -> None:
    home, master, old = new_home(tmp_path / "home")
    new = keys.renew_code(home, master)
    assert keys.unlock_with_code(home.keys, new) == master
    assert code_of(keys.unlock_with_code, home.keys, old) == "wrong_code"


def test_a_programme_key_that_is_none_is_refused(tmp_path: Path) -> None:
    home, master, _ = new_home(tmp_path / "home")
    private, public = keys.new_programme_key()
    assert code_of(keys.unlock_with_programme_key, home.keys, private) == "wrap_missing"
    assert code_of(keys.add_programme_wrap, home, master, b"<html>") == "programme_key"
    elliptic = ec.generate_private_key(ec.SECP256R1()).public_key()
    small_order = X25519PublicKey.from_public_bytes(bytes(32))
    for wrong in (elliptic, small_order):
        pem = wrong.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        assert code_of(keys.add_programme_wrap, home, master, pem) == "programme_key"
    keys.add_programme_wrap(home, master, public)
    stranger, _ = keys.new_programme_key()
    assert code_of(keys.unlock_with_programme_key, home.keys, stranger) == "programme_key_wrong"
    assert code_of(keys.unlock_with_programme_key, home.keys, public) == "programme_key"


def test_a_missing_newer_or_damaged_keys_file_gets_a_sentence(tmp_path: Path) -> None:
    home, _, _ = new_home(tmp_path / "home")
    good = json.loads(home.keys.read_text())
    for content, code in (
        (json.dumps({**good, "version": 2}), "keys_newer"),
        (json.dumps({**good, "check": "00" * 16}), "keys_damaged"),
        (json.dumps({**good, "wraps": []}), "wrap_missing"),
        ("{}", "keys_damaged"),
        ("[" * 100_000, "keys_damaged"),
        ("", "keys_damaged"),
    ):
        home.keys.write_text(content)
        assert code_of(keys.unlock, home, cheap_passphrase()) == code
    for wraps in ([], [{**wrap, "params": {}} for wrap in good["wraps"]]):
        home.keys.write_text(json.dumps({**good, "wraps": wraps}))
        assert code_of(keys.unlock_with_code, home.keys, RecoveryCode.generate()) == "keys_damaged"
    home.keys.write_text(json.dumps({**good, "wraps": []}))
    assert code_of(keys.usual_protector, home) == "keys_damaged"
    assert code_of(keys.protection_of, home) == "keys_damaged"
    home.keys.write_bytes(b"\xff\xfe\x00")
    assert code_of(keys.unlock, home, cheap_passphrase()) == "keys_damaged"
    home.keys.unlink()
    assert code_of(keys.unlock, home, cheap_passphrase()) == "keys_missing"


def test_a_keys_file_cannot_ask_for_all_the_memory(tmp_path: Path) -> None:
    home, _, _ = new_home(tmp_path / "home")
    content = json.loads(home.keys.read_text())
    content["wraps"][0]["params"]["n"] = 2**30
    home.keys.write_text(json.dumps(content))
    assert code_of(keys.unlock, home, cheap_passphrase()) == "keys_damaged"


@given(st.data())
def test_a_changed_keys_file_never_opens_to_another_key(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    home, master, code = new_home(tmp_path_factory.mktemp("keys") / "home")
    content = bytearray(home.keys.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    home.keys.write_bytes(content)
    for opened in (
        lambda: keys.unlock(home, cheap_passphrase()),
        lambda: keys.unlock_with_code(home.keys, code),
    ):
        with contextlib.suppress(KnownError):
            assert opened() == master


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    protector = KeyFileProtector(home.root)
    master, _ = keys.create(home, protector)
    (path,) = home.root.glob("*.key")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    assert code_of(keys.unlock, home, protector) == "key_file_open"
    path.chmod(0o600)
    assert keys.unlock(home, protector) == master


def test_a_key_file_that_is_gone_or_wrong_gets_a_sentence(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    protector = KeyFileProtector(home.root)
    keys.create(home, protector)
    (path,) = home.root.glob("*.key")
    for content in ("", "zz", "00" * 31, "00" * 32):
        path.write_text(content)
        assert code_of(keys.unlock, home, protector) == "key_file_wrong"
    path.unlink()
    assert code_of(keys.unlock, home, protector) == "key_file_missing"
    os.symlink(home.keys, path)
    assert code_of(keys.unlock, home, protector) == "key_file_open"


def test_a_keys_file_cannot_name_a_file_elsewhere(tmp_path: Path) -> None:
    protector = KeyFileProtector(tmp_path)
    assert code_of(protector.find, {"name": "../../etc/passwd"}) == "keys_damaged"


PINNED_DATABASE = "81b87557a9297361aaa4a17fcd9cf755ec8ffd5c8b2764ac51092e1df5a08ff4"
PINNED_CHECK = "7a78b7ff2866e3f526b97a22917330ae"
