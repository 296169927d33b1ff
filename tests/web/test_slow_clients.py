"""Clients that send or take a byte at a time: the server ends their connections and answers others meanwhile."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from impact.review.store import proposals
from impact.review.store.store import open_store
from impact.review.values.proposal import Submission
from impact.web.app import LINES
from impact.web.server.settings import Settings

HEAD = b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n"
SLOW = 450
"""Slow clients at a time: more than the connections that the server takes."""


@pytest.fixture
def strict(served: Callable[..., Any], tmp_path: Path) -> Iterator[Any]:
    """Return a server with short limits."""
    store = open_store(tmp_path)
    with served(store, Settings(person="petra", workers=0, head=1.5, idle=1.5)) as server:
        yield server
    store.close()


def _connect(server: Any, buffer: int = 0) -> socket.socket:
    host, port = server.url.removeprefix("http://").split(":")
    line = socket.socket()
    if buffer:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    line.settimeout(60)
    line.connect((host, int(port)))
    return line


def _drip(line: socket.socket, text: bytes, pause: float) -> bytes:
    """Send a byte at a time and return what comes back until the server closes; fail where it never does."""
    line.settimeout(pause)
    got = b""
    for place in range(60):
        with suppress(BrokenPipeError, ConnectionResetError):
            line.sendall(text[place % len(text) :][:1])
        try:
            piece = line.recv(65536)
        except TimeoutError:
            continue
        except ConnectionResetError:
            return got
        if not piece:
            return got
        got += piece
    pytest.fail("the server still waits")


def test_a_head_that_comes_a_byte_at_a_time_is_ended(strict: Any) -> None:
    began = time.monotonic()
    with _connect(strict) as line:
        answer = _drip(line, HEAD + b"X-A: " + b"b" * 60, 0.3)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - began < 15


def test_a_connection_that_sends_nothing_is_closed(strict: Any) -> None:
    with _connect(strict) as line:
        assert line.recv(1000) == b""


def test_a_second_head_on_a_kept_connection_has_the_same_limit(strict: Any) -> None:
    with _connect(strict) as line:
        line.sendall(HEAD + b"\r\n")
        assert line.recv(65536).startswith(b"HTTP/1.1 303 ")
        _drip(line, HEAD + b"X-A: " + b"b" * 60, 0.3)


def test_a_body_that_comes_a_byte_at_a_time_is_ended(strict: Any) -> None:
    head = b"POST /submit HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n"
    with _connect(strict) as line:
        line.sendall(head + b"Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n")
        answer = _drip(line, b"x" * 60, 0.3)
    assert b" 408 " in answer[:20]


def test_a_client_that_takes_nothing_of_its_answer_is_cut(strict: Any, petra: Any) -> None:
    state, data = strict.state, b"The quay opens at noon. " * 800_000
    one, _ = proposals.submit(state.store, petra, Submission("quay.txt", data), state.now())
    got = 0
    with _connect(strict, 4096) as line:
        line.sendall(f"GET /p/{one.id}/files/original HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        time.sleep(6)
        with suppress(ConnectionResetError):
            while piece := line.recv(1 << 20):
                got += len(piece)
    assert got < len(data)


def test_a_client_that_takes_an_answer_slowly_gets_all_of_it(strict: Any, petra: Any) -> None:
    state, data = strict.state, b"The quay opens at ten. " * 800_000
    one, _ = proposals.submit(state.store, petra, Submission("ten.txt", data), state.now())
    got = b""
    with _connect(strict, 65536) as line:
        line.sendall(
            f"GET /p/{one.id}/files/original HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
        )
        while piece := line.recv(1 << 18):
            got += piece
            time.sleep(0.05)
    assert got.endswith(data)


def test_an_honest_visitor_is_answered_beside_more_slow_clients_than_there_are_connections(
    served: Callable[..., Any], tmp_path: Path
) -> None:
    store, ends = open_store(tmp_path), Event()
    with served(store, Settings(person="petra", workers=0)) as server, ExitStack() as stack:
        lines = [stack.enter_context(_connect(server)) for _ in range(SLOW)]

        def drip() -> None:
            for place in range(len(HEAD)):
                for line in lines:
                    with suppress(OSError):
                        line.sendall(HEAD[place : place + 1])
                if ends.wait(1):
                    return

        thread = Thread(target=drip)
        thread.start()
        try:
            with server.client() as client:
                began = time.monotonic()
                statuses = [client.get("/").status_code for _ in range(5)]
                took = time.monotonic() - began
        finally:
            ends.set()
            thread.join()
    store.close()
    assert SLOW > LINES
    assert statuses == [200] * 5
    assert took < Settings().head
