"""Uploads, spoken to over bare HTTP: resumed after a cut, refused when they are not what they say, never half taken."""

from __future__ import annotations

import base64
import hashlib
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from greenaudit.server.run import Running
from greenaudit.wire.evidence import BLOB_LIMIT, PresenceAnswer
from tests.helpers.endpoint import Laptop, photo_bytes, take_photo, visit
from tests.server.conftest import MakeLaptop


class Bare:
    """A device that speaks HTTP itself."""

    def __init__(self, endpoint: Running, laptop: Laptop) -> None:
        self.address = endpoint.address
        link = laptop.link(endpoint.address)
        token = link.login().token
        link.close()
        self.headers = {"Authorization": f"Bearer {token}", "Tus-Resumable": "1.0.0"}

    def begin(self, sha256: str, length: int, **headers: str) -> requests.Response:
        name = base64.b64encode(sha256.encode()).decode()
        named = {"Upload-Length": str(length), "Upload-Metadata": f"sha256 {name}", **headers}
        return requests.post(f"{self.address}/v1/uploads", headers={**self.headers, **named}, timeout=10)

    def append(self, sha256: str, offset: int, data: bytes) -> requests.Response:
        return requests.patch(
            f"{self.address}/v1/uploads/{sha256}",
            data=data,
            headers={
                **self.headers,
                "Upload-Offset": str(offset),
                "Content-Type": "application/offset+octet-stream",
            },
            timeout=10,
        )

    def offset(self, sha256: str) -> int | None:
        answer = requests.head(f"{self.address}/v1/uploads/{sha256}", headers=self.headers, timeout=10)
        return int(answer.headers["Upload-Offset"]) if answer.status_code == 200 else None

    def get(self, sha256: str, **headers: str) -> requests.Response:
        return requests.get(
            f"{self.address}/v1/evidence/{sha256}", headers={**self.headers, **headers}, timeout=10
        )


@pytest.fixture
def photo(endpoint: Running, laptop: MakeLaptop, tmp_path: Path) -> tuple[Bare, bytes, str]:
    """A device whose changes name a photo that the endpoint lacks; its bytes and its name."""
    ana = laptop("ana")
    data = photo_bytes(str(tmp_path), 300_000)
    take_photo(ana, visit(ana, photos=0), "Q-0", data)
    ana.blobs.path(hashlib.sha256(data).hexdigest()).unlink()  # so that synchronising sends only the changes
    assert ana.sync(endpoint.address).absent > 0
    bare, name = Bare(endpoint, ana), hashlib.sha256(data).hexdigest()
    listed = requests.get(f"{endpoint.address}/v1/evidence/missing", headers=bare.headers, timeout=10)
    assert name in PresenceAnswer.from_bytes(listed.content).missing
    return bare, data, name


def test_a_blob_in_three_parts_is_held_only_when_it_is_whole(
    photo: tuple[Bare, bytes, str], endpoint: Running
) -> None:
    bare, data, name = photo
    assert bare.begin(name, len(data)).headers["Upload-Offset"] == "0"
    for start, end in ((0, 100_000), (100_000, 200_000)):
        answer = bare.append(name, start, data[start:end])
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(end))
        assert bare.get(name).status_code == 404
    assert bare.append(name, 200_000, data[200_000:]).status_code == 204
    assert bare.get(name).content == data
    assert bare.get(name, Range="bytes=250000-").content == data[250_000:]
    assert bare.get(name, Range="bytes=250000-").status_code == 206
    assert bare.get(name, Range="bytes=999999999-").content == data
    assert bare.begin(name, len(data)).headers["Upload-Offset"] == str(len(data))  # held: nothing to send
    assert endpoint.endpoint.evidence.blobs.sound(name)


def test_what_came_before_the_line_broke_is_kept(photo: tuple[Bare, bytes, str]) -> None:
    bare, data, name = photo
    bare.begin(name, len(data))
    place = urlsplit(bare.address)
    with socket.create_connection((place.hostname, place.port), timeout=10) as line:
        head = (
            f"PATCH /v1/uploads/{name} HTTP/1.1\r\nHost: x\r\nUpload-Offset: 0\r\nTus-Resumable: 1.0.0\r\n"
            f"Authorization: {bare.headers['Authorization']}\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        line.sendall(head.encode() + data[:150_000])
    while (answer := bare.append(name, bare.offset(name) or 0, b"")).status_code == 423:
        pass  # the endpoint has not noticed yet that the line is gone
    assert answer.status_code in (204, 409)
    reached = bare.offset(name)
    assert reached is not None
    assert 0 < reached <= 150_000
    assert bare.append(name, reached, data[reached:]).status_code == 204
    assert bare.get(name).content == data


def test_bytes_that_do_not_match_the_hash_are_never_held(photo: tuple[Bare, bytes, str]) -> None:
    bare, data, name = photo
    bare.begin(name, len(data))
    wrong = bytes(reversed(data))
    assert bare.append(name, 0, wrong).status_code == 422
    assert bare.get(name).status_code == 404
    assert bare.offset(name) is None  # it begins again from nothing
    bare.begin(name, len(data))
    assert bare.append(name, 0, data).status_code == 204


def test_more_than_was_announced_is_refused(photo: tuple[Bare, bytes, str]) -> None:
    bare, data, name = photo
    bare.begin(name, 10)
    assert bare.append(name, 0, data).status_code == 422


def test_a_wrong_offset_is_told(photo: tuple[Bare, bytes, str]) -> None:
    bare, data, name = photo
    bare.begin(name, len(data))
    assert bare.append(name, 5, data).status_code == 409
    assert bare.append("0" * 64, 0, data).status_code == 404


def test_a_device_cant_spoil_anothers_upload(
    photo: tuple[Bare, bytes, str], endpoint: Running, laptop: MakeLaptop
) -> None:
    bare, data, name = photo
    luis = Bare(endpoint, laptop("luis"))
    luis.begin(name, len(data))
    luis.append(name, 0, b"poison")
    assert bare.begin(name, len(data)).headers["Upload-Offset"] == "0"
    assert bare.append(name, 0, data).status_code == 204


def test_an_upload_that_had_come_whole_is_checked_after_a_crash(
    photo: tuple[Bare, bytes, str], endpoint: Running
) -> None:
    """All bytes were on the disk, and the endpoint was killed before it looked at them."""
    bare, data, name = photo
    bare.begin(name, len(data))
    (part,) = list(endpoint.endpoint.uploads.folder.glob(f"*/{name}.part"))
    part.write_bytes(data)
    assert bare.begin(name, len(data)).headers["Upload-Offset"] == str(len(data))
    assert bare.get(name).content == data


def test_head_and_options_say_what_there_is(photo: tuple[Bare, bytes, str]) -> None:
    bare, data, name = photo
    address = f"{bare.address}/v1/evidence/{name}"
    assert requests.head(address, headers=bare.headers, timeout=10).status_code == 404
    bare.begin(name, len(data))
    bare.append(name, 0, data)
    assert requests.head(address, headers=bare.headers, timeout=10).headers["Content-Length"] == str(
        len(data)
    )
    spoken = requests.options(f"{bare.address}/v1/uploads", timeout=10).headers
    assert spoken["Tus-Version"] == "1.0.0"


def test_what_no_record_names_is_refused(endpoint: Running, laptop: MakeLaptop) -> None:
    bare = Bare(endpoint, laptop("ana"))
    assert bare.begin("0" * 64, 10).status_code == 403
    assert bare.get("0" * 64).status_code == 403


@pytest.mark.parametrize(
    ("length", "headers", "status"),
    [
        (0, {}, 413),
        (BLOB_LIMIT + 1, {}, 413),
        (10, {"Upload-Metadata": "sha256 !!!"}, 400),
        (10, {"Upload-Metadata": ""}, 400),
        (10, {"Tus-Resumable": "9.9"}, 400),
    ],
)
def test_an_upload_that_makes_no_sense_is_refused(
    photo: tuple[Bare, bytes, str], length: int, headers: dict[str, str], status: int
) -> None:
    bare, _, name = photo
    assert bare.begin(name, length, **headers).status_code == status


def test_an_upload_may_be_given_up(photo: tuple[Bare, bytes, str]) -> None:
    bare, data, name = photo
    bare.begin(name, len(data))
    bare.append(name, 0, data[:10])
    assert (
        requests.delete(f"{bare.address}/v1/uploads/{name}", headers=bare.headers, timeout=10).status_code
        == 204
    )
    assert bare.offset(name) is None


def test_nothing_is_given_without_a_token(endpoint: Running) -> None:
    for method, path in (
        ("GET", "/v1/feed/registry"),
        ("POST", "/v1/changes"),
        ("GET", "/v1/evidence/missing"),
        ("POST", "/v1/evidence/presence"),
        ("GET", f"/v1/evidence/{'0' * 64}"),
        ("POST", "/v1/uploads"),
        ("PATCH", f"/v1/uploads/{'0' * 64}"),
    ):
        headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Upload-Length": "1"}
        answer = requests.request(method, endpoint.address + path, headers=headers, data=b"", timeout=10)
        assert answer.status_code == 401, path
