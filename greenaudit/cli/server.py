"""`greenaudit server`: the endpoint of a programme, what is entered in it, and its start."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from greenaudit.cli import people
from greenaudit.cli.endpoints import HomeOption, endpoint_home, given_password, opened_endpoint
from greenaudit.cli.helping import Commands
from greenaudit.cli.language import spoken
from greenaudit.cli.naming import device_meant
from greenaudit.cli.options import JsonOption, PackArgument
from greenaudit.cli.output import FAILED, show, show_json
from greenaudit.cli.plants import NewPlant, plant_records, refuse_twice
from greenaudit.domain.suppliers import Organisation, Plant
from greenaudit.errors import KnownError
from greenaudit.log import log_to_file
from greenaudit.messages import msg
from greenaudit.paths import Home
from greenaudit.server.keeping import is_endpoint
from greenaudit.server.lasting import lasting_copy, reports
from greenaudit.server.opening import Founded, Setup, found, renew_programme_key
from greenaudit.server.run import LOOPBACK, PORT, serve
from greenaudit.services import checklists
from greenaudit.services.files import save_file
from greenaudit.services.verification import read_file
from greenaudit.signing.stamping import PostedStamper
from greenaudit.store.files import plain_refusals, write_whole
from greenaudit.store.keys import ProgrammeKey
from greenaudit.sync.stamping import asking

MOST_ROOT_BYTES = 1_000_000
KEY_FILE = "programme-recovery-key.json"
ROOT_FILE = "programme-ca.pem"
COUNTRIES = ("US", "CA", "MX")

app = Commands("The endpoint of a programme.")
app.command("code")(people.code)
app.command("person")(people.person)
app.command("people")(people.people)
app.command("close")(people.close)
KeyFileOption = Annotated[
    Path | None, typer.Option("--key-file", help="Where the programme's recovery key goes, e.g. on a stick.")
]


@app.callback()
def endpoint() -> None:
    """The endpoint of a programme."""


@app.command()
def init(
    programme: Annotated[str, typer.Option(help="The programme's name.")],
    administrator: Annotated[str, typer.Option(help="The administrator's name.")],
    country: Annotated[str, typer.Option(help="US, CA or MX.")] = "US",
    login: Annotated[str, typer.Option(help="The administrator's login for the pages.")] = "admin",
    key_file: KeyFileOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Sets an endpoint up. The password comes from GREENAUDIT_ADMIN_PASSWORD, or is asked for."""
    if country not in COUNTRIES:
        raise KnownError("country", msg("{country} is not US, CA or MX.", country=country))
    place = endpoint_home(home)
    _refuse_founded(place)
    password = given_password()
    _refuse_unfit(key_file or place.root / KEY_FILE, probed=key_file is not None)
    setup = Setup(
        programme_name=programme,
        country="US" if country == "US" else "CA" if country == "CA" else "MX",
        administrator=administrator,
        password=password,
        login=login,
    )
    founded = _found(place, setup, key_file)
    key_place, root = key_file or place.root / KEY_FILE, place.root / ROOT_FILE
    if as_json:
        show_json(
            {
                "home": str(place.root),
                "root": str(root),
                "recovery_code": founded.recovery_code,
                "programme_key": str(key_place),
                "programme_key_code": founded.programme_key.code.text,
            }
        )
    else:
        show(_about_endpoint(founded, str(place.root), str(root), key_place))


@app.command()
def plant(
    name: Annotated[str, typer.Option(help="The plant's name.")],
    supplier: Annotated[str, typer.Option(help="The supplier's name; a new one is entered.")],
    oem: Annotated[str, typer.Option(help="The car maker that mentors it; a new one is entered.")],
    country: Annotated[str, typer.Option(help="US, CA or MX.")],
    region: Annotated[str, typer.Option(help="State or province.")],
    timezone: Annotated[str, typer.Option(help="The place's zone, e.g. America/Monterrey.")],
    city: Annotated[str, typer.Option(help="The town.")] = "",
    language: Annotated[str, typer.Option(help="en, es or fr.")] = "en",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Enters a plant in the programme, with its supplier and car maker; devices get it with their next sync."""
    with opened_endpoint(home) as place:
        with place.store.read() as reader:
            known = reader.where(Organisation)
            there = reader.where(Plant)
        records = plant_records(
            NewPlant(name, supplier, oem, country, region, city, timezone, language),
            place.facts.programme_id,
            known,
        )
        entered = next(record for record in records if isinstance(record, Plant))
        refuse_twice(entered, there)
        place.write(*records)
    if as_json:
        show_json({"plant": name, "id": str(entered.id)})
    else:
        show([spoken()(msg("{plant} is entered: devices get it with their next sync.", plant=name))])


@app.command("recovery-key")
def recovery_key(
    key_file: KeyFileOption = None, home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Makes a new recovery key for the programme. Devices take it when they enrol; the old one still opens the others."""
    place = endpoint_home(home)
    target = key_file or place.root / KEY_FILE
    _refuse_unfit(target, probed=True)
    made = renew_programme_key(place, lambda key: write_whole(target, key.file))
    if as_json:
        show_json({"programme_key": str(target), "programme_key_code": made.code.text})
    else:
        show(_about_key(made, target))


@app.command()
def devices(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Lists the devices that are enrolled."""
    with opened_endpoint(home) as place:
        names = {account.person_id: account.name for account in place.accounts.all()}
        rows = [
            {
                "id": str(device.device_id),
                "code": device.code,
                "person": names.get(device.person_id, ""),
                "name": device.name,
                "revoked": device.revoked,
            }
            for device in place.devices.all()
        ]
    if as_json:
        show_json(rows)
    else:
        say = spoken()
        show(
            f"{row['id']}  {row['code']}  {row['person']}  {row['name']}"
            + (f"  {say(msg('revoked'))}" if row["revoked"] else "")
            for row in rows
        )


@app.command()
def revoke(
    device: Annotated[str, typer.Argument(help="The device's code or id, from `devices`.")],
    since: Annotated[
        datetime | None,
        typer.Option(help="When it was lost (UTC): what a time stamp proves to be older stays good."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Ends a lost device's access, and revokes its certificates."""
    with opened_endpoint(home) as place:
        place.revoke(device_meant(place, device).device_id, since.replace(tzinfo=UTC) if since else None)
    show(
        [
            spoken()(
                msg(
                    "The device {device} has no access any more; its certificates are revoked.", device=device
                )
            )
        ]
    )


@app.command()
def stamp(
    url: Annotated[str, typer.Argument(help="The time stamp authority's address (RFC 3161).")],
    root: Annotated[Path, typer.Option("--root", help="The root certificate (PEM) of the authority.")],
    out: Annotated[Path, typer.Option("--out", help="The folder for the copies; those that are there stay.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Writes a time-stamped copy of each signed report that has arrived. Exit code 0: each has one."""
    authority, ask = read_file(root, MOST_ROOT_BYTES), PostedStamper(asking(url))
    done: list[str] = []
    troubles: list[str] = []
    with plain_refusals(out):
        out.mkdir(parents=True, exist_ok=True)
    with opened_endpoint(home) as place:
        for report in reports(place):
            target = out / f"{report.name}-extended.pdf"
            made = None if target.exists() else lasting_copy(place, report, ask, authority)
            if isinstance(made, bytes):
                save_file(target, made)
                done.append(str(target))
            elif made is not None:
                troubles.append(f"{report.name}: {spoken()(made.message)}")
    if as_json:
        show_json({"copies": done, "troubles": troubles})
    else:
        show([*done, *troubles])
    if troubles:
        raise typer.Exit(FAILED)


@app.command()
def publish(
    pack: PackArgument,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Signs a checklist in the programme's name; devices get it with their next sync."""
    checklist = checklists.read(pack)
    with opened_endpoint(home) as place:
        published = place.publish(checklist)
    if as_json:
        show_json({"id": published.pack_id, "version": published.version, "sha256": published.sha256})
        return
    done = msg(
        "{name} {version} is published: devices get it with their next sync.",
        name=published.pack_id,
        version=published.version,
    )
    show([spoken()(done), published.sha256])


@app.command()
def start(
    home: HomeOption = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = LOOPBACK,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any free one.")] = PORT,
) -> None:
    """Runs the endpoint until it is told to stop (Ctrl+C)."""
    place = endpoint_home(home)
    log_to_file(place)
    serve(place, host=host, port=port, started=_listening)


def _listening(address: str) -> None:
    show([spoken()(msg("The endpoint listens at {address}", address=address))])


def _refuse_founded(place: Home) -> None:
    """KnownError over an endpoint that stands: nobody shall move its key or its folder away for a second one."""
    if is_endpoint(place):
        raise KnownError(
            "endpoint_exists",
            msg(
                "An endpoint is set up in {path} already; nothing was changed. Start it with {command}, or name another "
                "folder for a new one.",
                path=str(place.root),
                command=f"greenaudit server start --home {place.root}",
            ),
        )


def _refuse_unfit(path: Path, *, probed: bool) -> None:
    """A recovery key is written once: one that is there opens devices that no other does.

    Whether it can be written there is tried (`probed`) before there is a key that would be lost.
    """
    if path.exists():
        raise KnownError(
            "file_exists",
            msg("{path} is already there. Move it to a safe place, or name another file.", path=str(path)),
        )
    if probed:
        write_whole(path, b"")
        path.unlink()


def _found(place: Home, setup: Setup, key_file: Path | None) -> Founded:
    """Founds the endpoint when its key is kept: if the stick has gone, there is none, and no code that nobody saw."""
    written: list[Path] = []

    def keep(made: Founded, staged: Home) -> None:
        write_whole(key_file or staged.root / KEY_FILE, made.programme_key.file)
        written.extend([key_file] if key_file else [])
        save_file(staged.root / ROOT_FILE, made.root_pem)

    try:
        return found(place, setup, keep=keep)
    except BaseException:
        for path in written:  # the key of nothing would only be in the way of the next one
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def _about_endpoint(founded: Founded, where: str, root: str, key_place: Path) -> list[str]:
    say = spoken()
    return [
        say(msg("The endpoint is in {path}.", path=where)),
        say(msg("The programme's root certificate: {path}", path=root)),
        say(msg("Recovery code, shown once; write it down: {code}", code=founded.recovery_code)),
        *_about_key(founded.programme_key, key_place),
        say(msg("Next, let a device enrol, then start:")),
        f"  greenaudit server code --person NAME --home {where}",
        f"  greenaudit server start --home {where}",
    ]


def _about_key(made: ProgrammeKey, path: Path) -> list[str]:
    say = spoken()
    return [
        say(msg("The programme's recovery key: {path}", path=str(path))),
        say(msg("Its code, shown once; write it down: {code}", code=made.code.text)),
        say(
            msg(
                "Move this file off this machine now, to a stick in a safe, and keep the code elsewhere: together they open "
                "the data of every device that enrols."
            )
        ),
    ]
