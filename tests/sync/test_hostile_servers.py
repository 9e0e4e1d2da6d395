"""Whatever answers in the endpoint's place gets a sentence, in bounded time, and the visit stays safe."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.sync.engine import synchronise
from greenaudit.sync.enrolment import enrol
from greenaudit.sync.http import HttpLink
from greenaudit.sync.transport import Patience
from greenaudit.wire.packing import LARGE, MAX_PACKED, MEDIA_TYPE, pack
from tests.helpers.endpoint import Laptop

QUICK = Patience(connect=2, read=0.3, message=0.5, pauses=(0,), wait=lambda _: None)
Answer = Callable[[BaseHTTPRequestHandler], None]


def saying(
    body: bytes, *, status: int = 200, kind: str = MEDIA_TYPE, length: int | None = None, **headers: str
) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def nothing(handler: BaseHTTPRequestHandler) -> None:
    """Closes the connection without a word."""
    handler.close_connection = True


def silence(handler: BaseHTTPRequestHandler) -> None:
    """Never answers: waits until the client gives up."""
    handler.rfile.read(1)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """Sends a byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", MEDIA_TYPE)
    handler.end_headers()
    stop: threading.Event = handler.server.stop  # type: ignore[attr-defined]
    try:
        while not stop.wait(0.05):
            handler.wfile.write(b"x")
            handler.wfile.flush()
    except OSError:
        return


def dripping_its_head(handler: BaseHTTPRequestHandler) -> None:
    """Begins an answer, and never comes to its body."""
    stop: threading.Event = handler.server.stop  # type: ignore[attr-defined]
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not stop.wait(0.05):
            handler.wfile.write(b"x")
            handler.wfile.flush()
    except OSError:
        return


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    answer: Answer
    stop: threading.Event

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no error here."""


class _Handler(BaseHTTPRequestHandler):
    def _any(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.answer(self)  # type: ignore[attr-defined]

    do_GET = do_POST = do_HEAD = do_PATCH = _any

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def hostile() -> Iterator[Callable[[Answer], str]]:
    """Starts a server that answers everything one way, and gives its address."""
    started: list[tuple[_Server, threading.Thread]] = []

    def start(answer: Answer) -> str:
        server = _Server(("127.0.0.1", 0), _Handler)
        server.answer, server.stop = staticmethod(answer), threading.Event()  # type: ignore[assignment]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        started.append((server, thread))
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server, thread in started:
        server.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    made = Laptop(Home(tmp_path / "laptop"))
    made.store.set_meta("endpoint audience", "greenaudit:test")
    yield made
    made.close()


BOMB = gzip.compress(bytes(LARGE * 2), compresslevel=9)

CASES: dict[str, tuple[Answer, str]] = {
    "a captive portal's page": (saying(b"<html>Log in</html>", kind="text/html"), "not_the_endpoint"),
    "a portal's redirect": (saying(b"", status=302, Location="https://portal.example/"), "redirected"),
    "a redirect of ours to another host": (
        saying(b"", status=307, Location="http://elsewhere.example/v1/token"),
        "redirected",
    ),
    "500": (saying(b"oops", status=500, kind="text/plain"), "endpoint_failed"),
    "503": (saying(b"", status=503, kind="text/plain"), "endpoint_busy"),
    "404 of another server": (saying(b"no", status=404, kind="text/html"), "not_the_endpoint"),
    "garbage of our type": (saying(b"\x00\xff\x13garbage"), "message_damaged"),
    "an empty answer of our type": (saying(b""), "message_damaged"),
    "torn gzip": (saying(pack(b'{"version": 1}')[:-6]), "message_damaged"),
    "a bomb": (saying(BOMB), "message_too_big"),
    "more than a message may have": (saying(bytes(MAX_PACKED + 1)), "message_too_big"),
    "an answer that is cut off": (saying(b"half", length=4000), "connection_lost"),
    "another message of ours": (saying(pack(b'{"version": 1, "held": [], "missing": []}')), "message_wrong"),
    "a message from the future": (saying(pack(b'{"version": 99}')), "message_newer"),
    "a garbled refusal": (saying(b"garbage", status=403), "message_damaged"),
    "a refusal with hostile places": (
        saying(pack(b'{"version":1,"code":"x","text":"{a.__class__}","params":{"a":"b"}}'), status=403),
        "message_wrong",
    ),
    "a refusal with a huge width": (
        saying(pack(b'{"version":1,"code":"x","text":"{a:>999999999}","params":{"a":"b"}}'), status=403),
        "message_wrong",
    ),
    "nothing": (nothing, "endpoint_unreachable"),
    "silence": (silence, "endpoint_unreachable"),
    "a slow drip of its head": (dripping_its_head, "endpoint_unreachable"),
    "a slow drip": (dripping, "endpoint_slow"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_server_that_is_not_the_endpoint_gets_a_sentence(
    case: str, hostile: Callable[[Answer], str], laptop: Laptop
) -> None:
    answer, code = CASES[case]
    link = laptop.link(hostile(answer), QUICK)
    report = synchronise(laptop.store, laptop.blobs, laptop.identity, link)
    link.close()
    assert [error.code for error in report.errors] == [code]
    assert str(report.errors[0].message).endswith(".")
    assert (report.pushed, report.pulled) == (0, 0)


@pytest.mark.parametrize("case", ["a captive portal's page", "garbage of our type", "nothing"])
def test_enrolling_with_it_changes_nothing(
    case: str, hostile: Callable[[Answer], str], laptop: Laptop
) -> None:
    answer, code = CASES[case]
    link = HttpLink(hostile(answer), patience=QUICK)
    with pytest.raises(KnownError) as caught:
        enrol(link, laptop.store, laptop.identity, "ABCD-EFGH-JKMN")
    link.close()
    assert caught.value.code == code
    assert laptop.identity.certificates is None


def test_nobody_listening_gets_a_sentence(laptop: Laptop) -> None:
    link = laptop.link("http://127.0.0.1:9", QUICK)
    report = synchronise(laptop.store, laptop.blobs, laptop.identity, link)
    link.close()
    assert [error.code for error in report.errors] == ["endpoint_unreachable"]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("greenaudit.example", "address_wrong"),
        ("ftp://greenaudit.example", "address_wrong"),
        ("https://", "address_wrong"),
        ("https://user:word@greenaudit.example", "address_wrong"),
        ("http://greenaudit.example", "address_insecure"),
    ],
)
def test_an_address_that_would_not_do_is_refused_before_anything_is_sent(address: str, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        HttpLink(address)
    assert caught.value.code == code
