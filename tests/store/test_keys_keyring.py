"""The system's keyring: only real ones, read back after writing, and what is said where there is none."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend

from greenaudit.errors import KnownError
from greenaudit.i18n import translator
from greenaudit.paths import Home
from greenaudit.store import keys
from greenaudit.store.keys import KeyFileProtector, KeyringProtector, PassphraseProtector
from tests.helpers.keys import (
    BrokenKeyring,
    ForgetfulKeyring,
    MemoryKeyring,
    cheap_passphrase,
    keyring_protector,
    new_home,
)


class PlaintextKeyring(MemoryKeyring):
    """Stands for the plain-text file that the keyring library would take without a word."""


class Chain(ChainerBackend):
    """A chain of given backends."""

    backends = ()  # type: ignore[assignment]


def refused(backend: KeyringBackend) -> str:
    with pytest.raises(KnownError) as caught:
        KeyringProtector(backend)
    return caught.value.code


def test_only_the_operating_systems_keyrings_are_taken() -> None:
    chain = Chain()
    chain.backends = [PlaintextKeyring(), null.Keyring()]
    for backend in (fail.Keyring(), null.Keyring(), PlaintextKeyring(), chain):
        assert refused(backend) == "keyring_none"


def test_of_a_chain_only_the_real_keyring_is_used(tmp_path: Path) -> None:
    plain, real, chain = PlaintextKeyring(), MemoryKeyring(), Chain()
    chain.backends = [plain, real]
    home = Home(tmp_path / "home")
    master, _ = keys.create(home, keyring_protector(chain))
    assert not plain.entries
    assert len(real.entries) == 1
    assert keys.unlock(home, keyring_protector(chain)) == master


def test_the_keyring_opens_the_home_and_holds_no_master_key(tmp_path: Path) -> None:
    backend, home = MemoryKeyring(), Home(tmp_path / "home")
    master, _ = keys.create(home, keyring_protector(backend))
    assert keys.unlock(home, keyring_protector(backend)) == master
    assert master.secret.hex() not in backend.entries.values()


def test_a_keyring_that_forgets_is_noticed_at_once(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with pytest.raises(KnownError) as caught:
        keys.create(home, keyring_protector(ForgetfulKeyring()))
    assert caught.value.code == "keyring_forgets"
    assert not home.keys.exists()


def test_what_a_keyring_can_do_wrong_gets_a_sentence(tmp_path: Path) -> None:
    backend, home = MemoryKeyring(), Home(tmp_path / "home")
    keys.create(home, keyring_protector(backend))

    def code() -> str:
        with pytest.raises(KnownError) as caught:
            keys.unlock(home, keyring_protector(backend))
        return caught.value.code

    backend.locked = True
    assert code() == "keyring_locked"
    backend.locked = False
    (entry,) = backend.entries
    for wrong in ("00" * 32, "not hex", "00"):
        backend.entries[entry] = wrong
        assert code() == "keyring_wrong"
    backend.entries.clear()
    assert code() == "keyring_entry_missing"
    backend = BrokenKeyring()
    assert code() == "keyring_failed"


def test_forgetting_asks_nothing_of_a_keyring_that_refuses() -> None:
    backend = MemoryKeyring()
    protector = keyring_protector(backend)
    _, params = protector.make()
    backend.locked = True
    protector.forget(params)
    backend.locked = False
    protector.forget(params)
    protector.forget(params)
    assert not backend.entries


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_a_key_file_is_used_and_said(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    protector = keys.best_protector(home)
    assert isinstance(protector, KeyFileProtector)
    said = protector.protection()
    assert said.kind == "file"
    sentence = translator("en")(said.message)
    assert sentence.startswith("This machine has no keyring. The key lies in a file that only this account")
    keys.create(home, protector)
    assert keys.protection_of(home).kind == "file"
    assert isinstance(keys.usual_protector(home), KeyFileProtector)


@pytest.fixture
def secret_service(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """A machine whose keyring has a name that is known."""
    cls = type("Keyring", (MemoryKeyring,), {"__module__": "keyring.backends.SecretService"})
    backend: MemoryKeyring = cls()
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend)
    return backend


def test_where_there_is_a_keyring_it_is_used(secret_service: MemoryKeyring, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    protector = keys.best_protector(home)
    assert protector.kind == "keyring"
    assert not secret_service.entries, "the trial left nothing"
    master, _ = keys.create(home, protector)
    assert keys.unlock(home, keys.usual_protector(home)) == master
    assert keys.protection_of(home) == protector.protection()
    keys.rewrap(home, master, cheap_passphrase())
    assert not secret_service.entries, "what nothing names any more is dropped"


def test_a_locked_or_broken_keyring_is_said_when_the_key_goes_into_a_file(
    secret_service: MemoryKeyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret_service.locked = True
    sentence = str(keys.best_protector(Home(tmp_path)).protection().message)
    assert sentence.startswith("This machine's keyring is locked. The key lies in a file")
    secret_service.locked = False
    monkeypatch.setattr(type(secret_service), "get_password", BrokenKeyring.get_password)
    sentence = str(keys.best_protector(Home(tmp_path)).protection().message)
    assert sentence.startswith("This machine's keyring doesn't work. The key lies in a file")


@pytest.mark.usefixtures("no_keyring")
def test_a_keyring_that_is_gone_does_not_hold_up_a_new_protection(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    master, _ = keys.create(home, keyring_protector(MemoryKeyring()))
    keys.rewrap(home, master, cheap_passphrase())
    assert keys.unlock(home, cheap_passphrase()) == master


def test_a_home_says_how_it_opens(tmp_path: Path) -> None:
    home, master, _ = new_home(tmp_path / "home")
    with pytest.raises(KnownError) as caught:
        keys.usual_protector(home)
    assert caught.value.code == "passphrase_needed"
    assert isinstance(keys.usual_protector(home, "anything"), PassphraseProtector)
    assert keys.protection_of(home).kind == "passphrase"
    keys.rewrap(home, master, keyring_protector(MemoryKeyring()))
    assert keys.protection_of(home) == keyring_protector(MemoryKeyring()).protection()
    keys.rewrap(home, master, cheap_passphrase())
    assert keys.protection_of(home).kind == "passphrase"
