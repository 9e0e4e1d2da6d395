"""Signed reports are judged everywhere: on a restored device that has no keys yet, and where no root is known."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

from greenaudit.paths import Home
from greenaudit.services.backups import restore_backup
from greenaudit.services.opening import App, open_home, set_up
from greenaudit.services.public_trust import PUBLIC_TRUST
from greenaudit.services.sample import Played, sign_visit
from greenaudit.store.keys import KeyFileProtector


def restored(app: App, place: Path) -> App:
    code = app.backups.new_recovery_code()
    backup = app.backups.make(place / "stick")
    home = Home(place / "restored")
    restore_backup(backup.folder, code, home, passphrase="a long passphrase for tests")
    return open_home(home, passphrase="a long passphrase for tests", clock=app.context.clock)


def test_a_restored_device_judges_signed_reports_without_keys(app: App, ready: UUID, tmp_path: Path) -> None:
    sign_visit(app, Played(ready, 0, 0, None))
    again = restored(app, tmp_path)
    try:
        assert not again.context.home.identity.exists()
        assert again.closing.verified(ready).status == "genuine"
        report = tmp_path / "report.pdf"
        report.write_bytes(again.closing.signed_pdf(ready))
        assert again.verification.verify(report, again.identities.roots()).accepted
    finally:
        again.close()


def test_a_backup_of_a_restored_device_carries_the_root_on(app: App, tmp_path: Path) -> None:
    first = restored(app, tmp_path)
    (tmp_path / "next").mkdir()
    second = restored(first, tmp_path / "next")
    assert second.identities.roots() == app.identities.roots() != ()
    first.close()
    second.close()


def test_what_a_backup_carries_is_public(app: App) -> None:
    app.backups.make()
    kept = app.context.store.meta(PUBLIC_TRUST)
    assert kept is not None
    assert "PRIVATE" not in kept
    assert all(root.startswith("-----BEGIN CERTIFICATE") for root in json.loads(kept)["roots"])


def test_spoilt_trust_counts_as_none(app: App, tmp_path: Path) -> None:
    again = restored(app, tmp_path)
    again.context.store.set_meta(PUBLIC_TRUST, "{")
    assert again.identities.roots() == ()
    again.close()


def test_a_device_that_knows_no_root_answers_all_the_same(app: App, ready: UUID, tmp_path: Path) -> None:
    sign_visit(app, Played(ready, 0, 0, None))
    report = tmp_path / "report.pdf"
    report.write_bytes(app.closing.signed_pdf(ready))
    home = Home(tmp_path / "fresh")
    fresh = set_up(home, person_name="Ana", language="es", protector=KeyFileProtector(home.root)).app
    verdict = fresh.verification.verify(report, fresh.identities.roots())
    fresh.close()
    assert str(verdict.summary) == "Signed, but no programme root is known here."
    assert "Unchanged" in str(verdict.unchanged)
    assert verdict.by_whom
    assert verdict.times
    assert not verdict.accepted
