"""A signed report that lasts: a derived copy with lists and a time stamp, made after it has been sent; the original stays."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from greenaudit.canonical import sha256_hex
from greenaudit.cli.commands import run
from greenaudit.clock import SystemClock
from greenaudit.errors import KnownError
from greenaudit.services import sample_records as records
from greenaudit.signing.verdict import Verdict
from greenaudit.signing.verifying import verify
from greenaudit.sync.stamping import MOST_BYTES, asking
from tests.helpers.tsa import Stamping, stamping
from tests.helpers.visits import Sent, sent_visit


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sent]:
    """A signed visit at its endpoint."""
    with sent_visit(tmp_path_factory.mktemp("programme")) as made:
        yield made


@pytest.fixture
def authority() -> Iterator[Stamping]:
    """A time stamp authority on loopback."""
    with stamping() as running:
        yield running


def judged(sent: Sent, pdf: bytes, *, stamps: tuple[bytes, ...] = ()) -> Verdict:
    """What somebody says of a file who has nothing but the roots."""
    return verify(pdf, sent.app.identities.roots(), SystemClock().now(), stamp_roots=stamps)


def test_without_an_authority_the_copy_brings_its_lists_and_the_original_stays(
    sent: Sent, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sent.app.closing.signed_pdf(sent.visit)
    target = tmp_path / "copy.pdf"
    home = str(sent.app.context.home.root)
    asked = ["report", sent.number, "--extended", "--out", str(target), "--home", home, "--json"]
    assert run(asked) == 0
    assert json.loads(capsys.readouterr().out)["signed"]
    alone, copy = judged(sent, before), judged(sent, target.read_bytes())
    assert alone.accepted
    assert copy.accepted
    assert "was not checked" in str(alone.revocation)
    assert "checked against the list of" in str(copy.revocation)
    assert "only time stamps and validation data were added" in str(copy.unchanged)
    assert "Claimed" in str(copy.when)
    assert target.read_bytes().startswith(before)
    assert sent.app.closing.signed_pdf(sent.visit) == before
    assert sent.app.syncing.run().complete
    assert "orphans" not in {check.name for check in sent.app.backups.examine()}


def test_settings_that_cant_be_read_are_said_and_spoil_no_synchronisation(sent: Sent) -> None:
    settings = sent.app.context.home.settings
    settings.write_text("{")
    summary = sent.app.syncing.run()
    assert summary.complete
    assert "can't be read" in str(summary.troubles[0])
    settings.unlink()


def test_an_open_visits_report_cant_be_extended(sent: Sent) -> None:
    opened = sent.app.visits.start(
        plant_id=records.SALTILLO.id, checklist_sha=sent.app.packs.shipped().sha256
    )
    with pytest.raises(KnownError, match="not_signed"):
        sent.app.extending.extended(opened)


@pytest.mark.parametrize(
    "said",
    [(500, b""), (200, b"<html>"), (302, b""), (200, b"x" * (MOST_BYTES + 1))],
    ids=["fault", "a web page", "redirect", "endless"],
)
def test_a_silent_authority_is_said_and_asked_again_next_time(
    sent: Sent, authority: Stamping, said: tuple[int, bytes]
) -> None:
    sent.app.extending.use_authority(authority.url, authority.root)
    authority.says = said
    summary = sent.app.syncing.run()
    assert summary.complete
    assert "does not answer" in str(summary.troubles[0])
    sent.app.extending.use_none()


def test_a_stamp_that_leads_to_another_root_is_refused_and_said_once(sent: Sent, authority: Stamping) -> None:
    with stamping() as other:
        sent.app.extending.use_authority(authority.url, other.root)
    with pytest.raises(KnownError, match="stamp_untrusted"):
        sent.app.extending.extended(sent.visit)
    assert "name the authority's own root" in str(sent.app.syncing.run().troubles[0])
    assert sent.app.syncing.run().troubles == ()
    sent.app.extending.use_none()


def test_the_endpoint_stamps_what_has_arrived(
    sent: Sent, authority: Stamping, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, out = tmp_path / "stamps.pem", tmp_path / "lasting"
    root.write_bytes(authority.root)
    home = ["--home", str(sent.running_home.root), "--json"]
    asked = ["server", "stamp", authority.url, "--root", str(root), "--out", str(out), *home]
    authority.says = (500, b"")
    assert run(asked) == 1
    assert "does not answer" in json.loads(capsys.readouterr().out)["troubles"][0]
    authority.says = None
    assert run(asked) == 0
    copies = json.loads(capsys.readouterr().out)["copies"]
    signed = sent.app.closing.signed_pdf(sent.visit)
    assert copies == [str(out / f"{sent.number}-1-{sha256_hex(signed)[:8]}-extended.pdf")]
    copy = Path(copies[0]).read_bytes()
    assert copy.startswith(signed)
    verdict = judged(sent, copy, stamps=(authority.root,))
    assert (verdict.accepted, str(verdict.when)[:6]) == (True, "Proved")
    assert run(asked) == 0
    assert json.loads(capsys.readouterr().out) == {"copies": [], "troubles": []}


def test_a_synchronisation_has_the_report_stamped_and_the_time_is_proved(
    sent: Sent,
    authority: Stamping,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, root = sent.app.closing.signed_pdf(sent.visit), tmp_path / "stamps.pem"
    root.write_bytes(authority.root)
    home = str(sent.app.context.home.root)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert run(["timestamps", authority.url, "--root", str(root), "--home", home]) == 0
    assert authority.url in capsys.readouterr().out
    sent.app.extending.use_authority(authority.url, authority.root)
    assert not sent.app.extending.has_stamped(sent.visit)
    assert sent.app.extending.stamped(sent.visit) is None
    assert sent.app.syncing.run().troubles == ()
    asked = len(authority.asked)
    assert asked
    assert max(map(len, authority.asked)) < 100, "only a hash goes out"
    assert sent.app.syncing.run().complete
    copy = sent.app.extending.extended(sent.visit)
    assert sent.app.extending.has_stamped(sent.visit)
    assert sent.app.extending.stamped(sent.visit) == copy
    assert len(authority.asked) == asked, "it is kept"
    assert copy.startswith(before)
    assert sha256_hex(sent.app.closing.signed_pdf(sent.visit)) == sha256_hex(before)
    assert str(judged(sent, copy, stamps=(authority.root,)).when).startswith("Proved")
    stranger = judged(sent, copy)
    assert stranger.accepted
    assert str(stranger.when).startswith("Claimed"), "a stamp that isn't trusted here proves nothing"
    verified_by_command(sent, copy, root, tmp_path, capsys, monkeypatch)
    valid_to_another_reader(copy, tmp_path)
    in_the_next_second()
    sent.running.endpoint.revoke(sent.device)
    sent.app.syncing.run()
    lists = sent.app.identities.lists()
    now, roots = SystemClock().now(), sent.app.identities.roots()
    assert verify(before, roots, now, lists).status == "revoked"
    assert verify(copy, roots, now, lists, stamp_roots=(authority.root,)).accepted, "proved to be older"
    assert run(["timestamps", "--off", "--home", home]) == 0
    assert run(["timestamps", authority.url, "--home", home]) == 1


def in_the_next_second() -> None:
    """Stamps and revocation lists tell whole seconds: within one, nothing is proved to be the older."""
    second = int(SystemClock().now().timestamp())
    while int(SystemClock().now().timestamp()) == second:
        pass


def verified_by_command(
    sent: Sent,
    copy: bytes,
    root: Path,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a device that knows neither programme nor authority until they are named."""
    report, trust = folder / "copy.pdf", folder / "root.pem"
    report.write_bytes(copy)
    trust.write_bytes(sent.app.identities.roots()[0])
    monkeypatch.setenv("GREENAUDIT_HOME", str(folder / "nobody"))
    capsys.readouterr()
    assert run(["verify", str(report), "--trust", str(trust), "--stamp-trust", str(root)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Result: Genuine")
    assert sum("Proved: signed before" in line for line in lines) == 1
    assert len(lines) == len(set(lines)), "nothing is said twice"


def valid_to_another_reader(copy: bytes, folder: Path) -> None:
    """poppler's pdfsig, where it is installed, takes both signatures for valid, too."""
    if shutil.which("pdfsig") is None:
        return
    (folder / "again.pdf").write_bytes(copy)
    said = subprocess.run(
        ["pdfsig", str(folder / "again.pdf")], capture_output=True, text=True, check=False, timeout=60
    ).stdout
    assert said.count("Signature is Valid.") == 2


@pytest.mark.parametrize("address", ["", "ftp://x.example", "https://", "https://user@x.example"])
def test_only_addresses_are_asked(sent: Sent, address: str) -> None:
    with pytest.raises(KnownError, match="stamp_address"):
        sent.app.extending.use_authority(address, b"")


def test_a_root_that_is_none_is_refused(sent: Sent) -> None:
    with pytest.raises(KnownError, match="root_unreadable"):
        sent.app.extending.use_authority("https://stamps.example", b"hello")
    assert sent.app.extending.authority == ""


def test_a_dead_line_is_an_answer_that_never_came() -> None:
    with pytest.raises(requests.ConnectionError):
        asking("http://127.0.0.1:9", 2)(b"x")
