"""Search pages over HTTP: Furet's server in some processes, clients that keep their connections in another."""

from __future__ import annotations

import os
import random
import re
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlsplit

from tests.benchmarks.engines.furet_engine import write_for_furet
from tests.benchmarks.queries import Operator, Query
from tests.benchmarks.timing import percentile

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@contextmanager
def serving(index: Path, checkout: Path) -> Iterator[tuple[str, int]]:
    """Serve an index on a free port, a process for each core; give the address and the first process."""
    processes = str(os.cpu_count() if hasattr(os, "fork") else 1)
    command = [sys.executable, "-m", "web", "--index", str(index), "--port", "0", "--processes", processes]
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "FURET_LANGUAGE": "fr"}
    with subprocess.Popen(command, cwd=checkout, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            told = re.search(r"https?://[^/\s]+", server.stdout.readline() if server.stdout else "")
            if told is None:
                raise RuntimeError("the server does not start")
            yield told.group(), server.pid
        finally:
            server.terminate()


@dataclass
class _Client:
    """A connection that asks for one page at a time."""

    connection: socket.socket
    received: bytearray = field(default_factory=bytearray)
    asked: float = 0.0

    def ask(self, request: bytes) -> None:
        """Send a request."""
        self.received.clear()
        self.asked = time.perf_counter()
        self.connection.sendall(request)

    def receive(self) -> bool:
        """Read what has come; tell whether it is the whole answer. Raises RuntimeError unless it is a page."""
        block = self.connection.recv(1 << 18)
        self.received += block
        head = self.received.find(b"\r\n\r\n")
        if head < 0:
            return False
        length = _LENGTH.search(self.received, 0, head)
        if not self.received.startswith(b"HTTP/1.1 200") or length is None or not block:
            raise RuntimeError(bytes(self.received[:60]))
        return len(self.received) >= head + 4 + int(length.group(1))


def ask_pages(address: str, queries: Sequence[Query], clients: int, seconds: float) -> dict[str, Any]:
    """Ask for search pages for some seconds after a second of warm-up, each client as soon as it has its page.

    Returns pages per second, and the milliseconds that a page took, median and 95th percentile. Raises
    RuntimeError for an answer that is not a page.
    """
    host = urlsplit(address)
    requests = [_request(query, host.netloc) for query in queries if query.operator is not Operator.FUZZY]
    random.Random(len(requests)).shuffle(requests)
    waited, began = _exchange((host.hostname or "", host.port or 80), requests, clients, seconds)
    return {
        "clients": clients,
        "pages": len(waited),
        "per_second": len(waited) / (time.perf_counter() - began),
        "p50": 1000 * percentile(waited, 50),
        "p95": 1000 * percentile(waited, 95),
    }


def _exchange(
    place: tuple[str, int], requests: Sequence[bytes], clients: int, seconds: float
) -> tuple[list[float], float]:
    """Return the seconds that each page took and when counting began."""
    waited: list[float] = []
    sent = 0
    began = time.perf_counter() + 1
    with selectors.DefaultSelector() as ready:
        for _ in range(clients):
            client = _Client(socket.create_connection(place))
            ready.register(client.connection, selectors.EVENT_READ, client)
            client.ask(requests[sent % len(requests)])
            sent += 1
        while time.perf_counter() < began + seconds:
            for key, _ in ready.select(timeout=1):
                client = key.data
                if client.receive():
                    if time.perf_counter() > began:
                        waited.append(time.perf_counter() - client.asked)
                    client.ask(requests[sent % len(requests)])
                    sent += 1
        for key in list(ready.get_map().values()):
            key.data.connection.close()
    return waited, began


def _request(query: Query, host: str) -> bytes:
    """Return the request of a reader who types the query in the search field."""
    text = quote_plus(write_for_furet(query))
    return f"GET /?q={text} HTTP/1.1\r\nHost: {host}\r\nAccept-Language: fr\r\n\r\n".encode()
