"""Running the endpoint: in the foreground as a service, or in a thread for the demonstration and for tests."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from greenaudit.clock import Clock
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.paths import Home
from greenaudit.server.app import create_app
from greenaudit.server.endpoint import Endpoint
from greenaudit.server.opening import endpoint_of
from greenaudit.services.holding import HomeHold

LOOPBACK = "127.0.0.1"
PORT = 8722
LOCK_FILE = "endpoint.lock"
_AT_ONCE = 128
_GRACE = 10


def serve(
    home: Home,
    *,
    host: str = LOOPBACK,
    port: int = PORT,
    started: Callable[[str], None] = lambda address: None,
    clock: Clock | None = None,
) -> None:
    """Serves until it is told to stop (SIGINT, SIGTERM); requests under way are finished first.

    Loopback by default: before a network sees it, put a proxy with TLS in front (docs/operations.md).
    `started` hears the address.
    """
    with endpoint_of(home, clock=clock) as endpoint, _alone(home), _listening(host, port) as listener:
        server = _server(endpoint)
        started(_address(listener))
        with _ending_normally():
            server.run(sockets=[listener])


class Running:
    """An endpoint that runs in a thread. `stop` ends it, within bounds."""

    def __init__(
        self, endpoint: Endpoint, address: str, server: uvicorn.Server, thread: threading.Thread
    ) -> None:
        self.endpoint = endpoint
        self.address = address
        self._server = server
        self._thread = thread

    def stop(self) -> None:
        """Finishes what is under way and stops."""
        self._server.should_exit = True
        self._thread.join(timeout=_GRACE + 5)


@contextmanager
def started_in_thread(home: Home, *, port: int = 0, clock: Clock | None = None) -> Iterator[Running]:
    """The endpoint on loopback for as long as the block runs; port 0 takes any free one."""
    with endpoint_of(home, clock=clock) as endpoint, _listening(LOOPBACK, port) as listener:
        server = _server(endpoint)
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listener]}, name="endpoint", daemon=True
        )
        running = Running(endpoint, _address(listener), server, thread)
        thread.start()
        try:
            yield running
        finally:
            running.stop()


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """KnownError where another process serves this home: failed log-ins and limits are counted in one process."""
    hold = HomeHold(home, LOCK_FILE)
    try:
        hold.take()
    except KnownError as error:
        raise KnownError(
            "endpoint_runs",
            msg(
                "The endpoint in {path} runs already. Stop that one first, or name another folder.",
                path=str(home.root),
            ),
        ) from error
    try:
        yield
    finally:
        hold.release()


@contextmanager
def _ending_normally() -> Iterator[None]:
    """Being told to stop is a normal end: uvicorn repeats the signal when it is done, which would kill us unclosed."""
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _server(endpoint: Endpoint) -> uvicorn.Server:
    config = uvicorn.Config(
        create_app(endpoint),
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=_AT_ONCE,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_GRACE,
        h11_max_incomplete_event_size=64 * 1024,
    )
    return uvicorn.Server(config)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A listening socket: bound before anything is said, so that the address that is printed is true."""
    try:
        listener = _bound(host, port)
    except OSError as error:
        raise KnownError(
            "port_taken",
            msg(
                "The endpoint can't listen on {host}:{port} ({reason}). Choose another port.",
                host=host,
                port=port,
                reason=error.strerror or type(error).__name__,
            ),
        ) from error
    with listener:
        yield listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{host}:{port}"


def _bound(host: str, port: int) -> socket.socket:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    # The protocol must be named: only then asyncio turns off the 40 ms wait between an answer's head and its body.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_AT_ONCE)
    except OSError:
        listener.close()
        raise
    return listener
