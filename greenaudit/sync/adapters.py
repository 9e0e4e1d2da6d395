"""How requests reach the endpoint: with the system's certificates, and with an end to waiting for an answer's head.

A time limit of `requests` is for each piece that comes: a server that drips its head, a byte a minute, keeps us for
days. So the line is shut when the whole head isn't here in time.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import truststore
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class TimedAdapter(HTTPAdapter):
    """Gives the head of each answer so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._classes = _pools(seconds)
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> Any:
        """Makes the connections timed ones."""
        made = super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._classes
        return made


class SystemCertificates(TimedAdapter):
    """Trusts what the operating system trusts."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> Any:
        """Makes the connections ask the operating system."""
        kwargs["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return super().init_poolmanager(*args, **kwargs)


def _pools(seconds: float) -> dict[str, Any]:
    class Plain(HTTPConnection):
        def getresponse(self) -> Any:
            with _shut_after(seconds, self.sock):
                return super().getresponse()

    class Secure(HTTPSConnection):
        def getresponse(self) -> Any:
            with _shut_after(seconds, self.sock):
                return super().getresponse()

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


@contextmanager
def _shut_after(seconds: float, line: socket.socket | None) -> Iterator[None]:
    """Shuts a line when the block takes longer: whoever waits for it then hears that it broke."""
    late = threading.Event()
    timer = threading.Timer(seconds, _shut, [line, late])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
    if late.is_set():  # what came so far can look like a whole head
        raise TimeoutError("the head of the answer did not come in time")


def _shut(line: socket.socket | None, late: threading.Event) -> None:
    late.set()
    if line is not None:
        try:
            # Past TLS, whose state belongs to the thread that waits.
            socket.socket.shutdown(line, socket.SHUT_RDWR)
        except OSError:
            return  # it had ended meanwhile
