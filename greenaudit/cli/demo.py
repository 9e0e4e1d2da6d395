"""`greenaudit demo`: the sample visit, whole, without a window.

It has a home and a root of its own under the output folder, and an endpoint that it starts on loopback and enrols with.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from greenaudit.cli.language import spoken
from greenaudit.cli.options import JsonOption
from greenaudit.cli.output import FAILED, show, show_json
from greenaudit.cli.verify import verdict_lines, verdict_to_json
from greenaudit.domain.scores import ModuleScore, OverallScore, Score
from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.paths import Home
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.opening import Setup, found
from greenaudit.server.run import started_in_thread
from greenaudit.services import sample_records as records
from greenaudit.services.files import save_file
from greenaudit.services.opening import App, set_up
from greenaudit.services.sample import Played, play_visit, sign_visit
from greenaudit.services.syncing import SyncSummary
from greenaudit.signing.verdict import Verdict
from greenaudit.store.files import plain_refusals
from greenaudit.store.keys import KeyFileProtector

REPORT, ROOT, HOME, ENDPOINT = "report.pdf", "programme-ca.pem", "home", "endpoint"
MARK = ".greenaudit-demo"
"""Says that a folder is a demo's, so that its `home` is nobody's and may be made anew."""


@dataclass(frozen=True)
class Result:
    """What the demo came to."""

    report: Path
    root: Path
    home: Path
    number: str
    played: Played
    score: Score
    verdict: Verdict
    sync: SyncSummary
    recovery_code: str


def demo(
    out: Annotated[Path, typer.Option("--out", help="The folder for everything the demo leaves.")] = Path(
        "demo"
    ),
    as_json: JsonOption = False,
    no_screen: Annotated[bool, typer.Option("--no-screen", hidden=True)] = False,
) -> None:
    """Does the sample visit: answers, photos, score, both signatures, verification, sync with its own endpoint."""
    if no_screen:
        _shown(msg("There is no screen here: the sample visit runs without a window."))
    result = run_demo(out, (lambda _: None) if as_json else _shown)
    if as_json:
        show_json(_to_json(result))
    else:
        show(_lines(result))
    if not (result.verdict.accepted and result.sync.complete):
        raise typer.Exit(FAILED)


def run_demo(out: Path, say: Callable[[Message], None]) -> Result:
    """Plays the sample visit in a fresh folder; an earlier demo's folder is replaced, any other is left alone."""
    _clear(out)
    home, endpoint_home = Home(out / HOME), Home(out / ENDPOINT)
    say(msg("Setting up an endpoint on this machine …"))
    found(
        endpoint_home,
        Setup(
            programme_name=records.PROGRAMME.name,
            country="MX",
            administrator="Sample administrator",
            password=secrets.token_urlsafe(18),
            programme_id=records.PROGRAMME.id,
        ),
    )
    with started_in_thread(endpoint_home) as running:
        say(msg("The endpoint listens at {address}", address=running.address))
        running.endpoint.write(*(record for record in records.RECORDS if record != records.ASSESSOR))
        newcomer = Newcomer(name=records.ASSESSOR.name, role="assessor", login="elena")
        account = running.endpoint.add_person(newcomer, person=records.ASSESSOR)
        code = running.endpoint.new_code(account.person_id)
        made = set_up(
            home,
            person_name=records.ASSESSOR.name,
            language="es",
            protector=KeyFileProtector(home.root, msg("The sample keeps its key in a file.")),
        )
        try:
            return _visit(made.app, made.recovery_code, running.address, code, out, say)
        finally:
            made.app.close()


def _visit(
    app: App, recovery_code: str, address: str, code: str, out: Path, say: Callable[[Message], None]
) -> Result:
    app.syncing.enrol(endpoint_url=address, code=code)
    app.syncing.run()
    say(msg("Enrolled, and the programme's plants are here. Walking the plant …"))
    played = play_visit(app)
    say(msg("{answers} answers, {photos} photos. Signing …", answers=played.answers, photos=played.photos))
    played = sign_visit(app, played)
    report, root = out / REPORT, out / ROOT
    save_file(report, app.closing.signed_pdf(played.assessment_id))
    save_file(root, app.identities.roots()[0])
    verdict = app.verification.verify(report, [root.read_bytes()])
    say(msg("Syncing …"))
    summary = app.syncing.run()
    return Result(
        report=report,
        root=root,
        home=out / HOME,
        number=played.closing.number if played.closing else "",
        played=played,
        score=app.visits.open(played.assessment_id).score,
        verdict=verdict,
        sync=summary,
        recovery_code=recovery_code,
    )


def _clear(out: Path) -> None:
    ours = {REPORT, ROOT, HOME, ENDPOINT, MARK}
    with plain_refusals(out):
        names = {path.name for path in out.iterdir()} if out.exists() else set()
        if names and (MARK not in names or not names <= ours):
            raise KnownError(
                "demo_folder",
                msg("{path} holds other things. Name an empty folder with --out.", path=str(out)),
            )
        for path in (out / name for name in names - {MARK}):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        out.mkdir(parents=True, exist_ok=True)
        (out / MARK).touch()


def _shown(line: Message) -> None:
    show([spoken()(line)])


def _lines(result: Result) -> list[str]:
    say, sync = spoken(), result.sync
    modules = ", ".join(f"{name} {_scored(module)}" for name, module in result.score.modules.items())
    confirmed = msg(
        "The endpoint confirmed {changes} changes and {photos} photos.",
        changes=sync.confirmed_changes,
        photos=sync.confirmed_photos,
    )
    return [
        "",
        say(msg("Report {number}: {path}", number=result.number, path=str(result.report))),
        say(msg("The programme's root certificate: {path}", path=str(result.root))),
        say(msg("The laptop's data: {path}", path=str(result.home))),
        say(msg("Score: {overall}; {modules}", overall=_scored(result.score.overall), modules=modules)),
        *verdict_lines(result.verdict),
        f"{say(sync.message)} {say(confirmed)}",
    ]


def _scored(part: ModuleScore | OverallScore) -> str:
    return "–" if part.score is None else f"{part.score} ({part.rating or '…'})"


def _to_json(result: Result) -> dict[str, Any]:
    overall = result.score.overall
    return {
        "report": str(result.report),
        "root": str(result.root),
        "home": str(result.home),
        "number": result.number,
        "answers": result.played.answers,
        "photos": result.played.photos,
        "score": {
            "overall": None if overall.score is None else str(overall.score),
            "rating": overall.rating,
            "modules": {
                name: {"score": None if m.score is None else str(m.score), "rating": m.rating}
                for name, m in result.score.modules.items()
            },
        },
        "verification": verdict_to_json(result.verdict),
        "confirmed_changes": result.sync.confirmed_changes,
        "confirmed_photos": result.sync.confirmed_photos,
        "complete": result.sync.complete,
        "recovery_code": result.recovery_code,
    }
