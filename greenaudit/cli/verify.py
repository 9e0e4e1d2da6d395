"""`greenaudit verify FILE`: is this report genuine?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from greenaudit.cli.language import spoken
from greenaudit.cli.output import FAILED, show, show_json
from greenaudit.clock import SystemClock
from greenaudit.messages import msg
from greenaudit.paths import default_home
from greenaudit.services.identity import kept_stamp_roots
from greenaudit.services.verification import Verification, read_file
from greenaudit.signing.identities import installed_root
from greenaudit.signing.lists import kept_lists
from greenaudit.signing.verdict import SignerFact, Verdict

MOST_ROOT_BYTES = 1_000_000
MOST_LIST_BYTES = 50_000_000


def verify(
    file: Annotated[Path, typer.Argument(help="The report, a PDF.")],
    trust: Annotated[
        list[Path] | None, typer.Option("--trust", help="A programme's root certificate (PEM).")
    ] = None,
    lists: Annotated[
        list[Path] | None, typer.Option("--crl", help="A revocation list (PEM or DER) to check against.")
    ] = None,
    stamp_trust: Annotated[
        list[Path] | None,
        typer.Option("--stamp-trust", help="The root certificate (PEM) of a time stamp authority."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
) -> None:
    """Says whether a report is unchanged, who signed it under which root, and when. Exit code 0: genuine.

    Without --trust the root of this device's own programme is trusted, where there is one. The revocation lists that came
    with the last synchronisation are looked at too.
    """
    roots = [read_file(path, MOST_ROOT_BYTES) for path in trust or []] or own_roots()
    known = [read_file(path, MOST_LIST_BYTES) for path in lists or []]
    verdict = Verification(SystemClock(), own_lists, lambda: _stamp_roots(stamp_trust or [])).verify(
        file, roots, known
    )
    if as_json:
        show_json(verdict_to_json(verdict))
    else:
        show(verdict_lines(verdict))
    if not verdict.accepted:
        raise typer.Exit(FAILED)


def own_roots() -> list[bytes]:
    """The root of the programme that this device belongs to; none before it is enrolled."""
    root = installed_root(default_home().identity)
    return [root] if root else []


def own_lists() -> tuple[bytes, ...]:
    """The revocation lists that this device got with its last synchronisation."""
    kept = kept_lists(default_home().identity)
    return kept.files if kept else ()


def _stamp_roots(named: list[Path]) -> tuple[bytes, ...]:
    """The authorities that are trusted for the time: those named, and this device's own."""
    return (*(read_file(path, MOST_ROOT_BYTES) for path in named), *kept_stamp_roots(default_home()))


def verdict_lines(verdict: Verdict) -> list[str]:
    """The verdict in words, in the caller's language: the result, then one answer to each question, nothing twice."""
    say = spoken()
    lines = [say(msg("Result: {what}", what=verdict.summary))]
    for question, answers in (
        (msg("Unchanged?"), (verdict.unchanged,)),
        (msg("By whom?"), verdict.by_whom),
        (msg("When?"), verdict.times),
        (msg("Revoked?"), (verdict.revocation,)),
    ):
        lines += [say(question), *(f"  {say(answer)}" for answer in answers)]
    return lines


def verdict_to_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict for scripts; sentences in the caller's language."""
    say = spoken()
    return {
        "accepted": verdict.accepted,
        "status": verdict.status,
        "code": verdict.code,
        "summary": say(verdict.summary),
        "unchanged": say(verdict.unchanged),
        "signed": say(verdict.signed),
        "when": say(verdict.when),
        "revocation": say(verdict.revocation),
        "signers": [_signer(signer) for signer in verdict.signers],
    }


def _signer(signer: SignerFact) -> dict[str, Any]:
    say = spoken()
    return {
        "role": signer.role,
        "name": signer.name,
        "position": signer.position,
        "standing": signer.standing,
        "root": signer.root,
        "claimed_at": signer.claimed_at.isoformat() if signer.claimed_at else None,
        "proved_at": signer.proved_at.isoformat() if signer.proved_at else None,
        "text": say(signer.text),
    }
