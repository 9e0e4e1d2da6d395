"""How the key is kept, changing that, and recovery codes that wait to be confirmed."""

from __future__ import annotations

import keyring
import pytest
from keyring.backends import fail

from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.services.opening import open_home, set_up
from greenaudit.services.protecting import no_keyring
from greenaudit.store.keys import KeyFileProtector, unlock_with_code


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("device") / "home")


def test_a_passphrase_takes_the_place_of_the_key_file_and_back(home: Home) -> None:
    app = set_up(home, person_name="Ana", language="es", protector=KeyFileProtector(home.root)).app
    chosen = app.protecting.choose("passphrase", "seis palabras al viento")
    assert chosen.kind == "passphrase"
    assert not list(home.root.glob("device-*.key"))
    app.close()
    with pytest.raises(KnownError, match="passphrase"):
        open_home(home)
    app = open_home(home, passphrase="seis palabras al viento")
    assert app.protecting.choose("file").kind == "file"
    app.close()
    open_home(home).close()


def test_the_words_are_the_same_at_set_up_and_afterwards(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())
    made = set_up(home, person_name="Ana", language="es")
    assert made.protection == made.app.protecting.current().message == made.app.status.protection()
    assert made.protection in {check.message for check in made.app.backups.examine()}
    made.app.close()


def test_a_machine_without_a_keyring_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())
    assert "no keyring" in str(no_keyring())


def test_a_code_waits_until_somebody_confirms_it(home: Home) -> None:
    made = set_up(
        home, person_name="Ana", language="es", protector=KeyFileProtector(home.root), code_pending=True
    )
    app = made.app
    assert app.protecting.code_pending
    code = app.protecting.new_code()
    assert code != made.recovery_code
    app.protecting.confirm_code()
    assert not app.protecting.code_pending
    app.close()
    unlock_with_code(home.keys, code)
    with pytest.raises(KnownError):
        unlock_with_code(home.keys, made.recovery_code)
