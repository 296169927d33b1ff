"""A server of chat completions on this machine: it reads by a few words, or fails in whatever way a test asks for."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

WORDS = {
    "shut off": "shut-off",
    "position": "location-tracking",
    "encrypt": "encryption",
    "record": "logging-retention",
    "court": "redress",
}
TOKENS = 321


@dataclass(frozen=True)
class Request:
    """What the server was asked."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def question(self) -> str:
        """What the user's message says."""
        return str(self.body["messages"][-1]["content"])

    @property
    def document(self) -> str:
        """The text of the document in it, without the lines of its fence."""
        fenced = self.question[self.question.index(f"\n{self.marker} ") : self.question.rindex(f"\n{self.marker} ")]
        return "\n".join(line for line in fenced.splitlines() if not line.startswith(self.marker))

    @property
    def marker(self) -> str:
        """The word that its fence is made of."""
        found = re.search(r"marker (#[0-9a-f]{16}),", self.question)
        assert found
        return found[1]

    @property
    def clause(self) -> str:
        """The clause that it is about."""
        return self.question.partition(f"{self.marker} THE CLAUSE to decide on\n")[2].partition(f"\n{self.marker} ")[0]

    @property
    def for_points(self) -> bool:
        """Whether it asks for points on many clauses."""
        form = self.body.get("response_format", {}).get("json_schema", {})
        return form.get("name") == "points_of_document" or '"points": [' in self.body["messages"][0]["content"]

    @property
    def for_passages(self) -> bool:
        """Whether it asks which of many clauses a brief should quote."""
        form = self.body.get("response_format", {}).get("json_schema", {})
        return form.get("name") == "passages_of_document" or '"passages": [' in self.body["messages"][0]["content"]

    @property
    def clauses(self) -> dict[str, str]:
        """The clauses that points or passages are asked of, by name."""
        pieces = self.question.split(f"\n{self.marker} clause ")[1:]
        parts = (piece.partition(f"\n{self.marker} ")[0].partition("\n") for piece in pieces)
        return {name: text for name, _, text in parts}


Script = Callable[[Request], str | bytes | Callable[[BaseHTTPRequestHandler], None]]
"""Gives the content of an answer as text, the whole body of a response as bytes, or does as it likes."""


def by_words(request: Request) -> str:
    """Answer as an honest reader who knows a few words."""
    if request.for_points:
        return points_by_words(request)
    if request.for_passages:
        return passages_by_words(request)
    return answer(*((label, "proposes", [word]) for word, label in WORDS.items() if word in request.clause))


def answer(*labels: tuple[str, str, list[str]]) -> str:
    """Return an answer in the form asked for, of a reader who is sure."""
    entries = [{"label": label, "stance": stance, "readers": 9, "quotes": quotes} for label, stance, quotes in labels]
    return json.dumps({"affected": "a person", "act": "something happens", "labels": entries})


def points_by_words(request: Request) -> str:
    """Raise a point on each clause that may shut somebody off, as an honest reader does."""
    cutting = (name for name, text in request.clauses.items() if "shut off" in text)
    return raised(*(point(quotes=[(name, "shut off")]) for name in cutting))


def passages_by_words(request: Request) -> str:
    """Choose each clause that may shut somebody off, as an honest reader does."""
    cutting = (name for name, text in request.clauses.items() if "shut off" in text)
    return chosen(*(passage(name, "shut off") for name in cutting))


def passage(clause: str, words: str, **choices: object) -> dict[str, object]:
    """Return a passage in the form asked for."""
    return {"clause": clause, "grade": "first", "kind": "power", "words": words, **choices}


def chosen(*passages: dict[str, object]) -> str:
    """Return passages as an answer in the form asked for."""
    return json.dumps({"matters": "who is cut off", "passages": passages})


def point(quotes: list[tuple[str, str]], **choices: object) -> dict[str, object]:
    """Return a point in the form asked for."""
    chosen = {"guideline": "4.16", "kind": "scenario", "matter": "cut-off", "actor": "operator", "affected": "poor"}
    spoken = {"quotes": [{"clause": name, "words": words} for name, words in quotes], "change": "redress"}
    return {**chosen, **spoken, **choices}


def raised(*points: dict[str, object]) -> str:
    """Return points as an answer in the form asked for."""
    return json.dumps({"points": points})


def completion(content: object, **choice: object) -> bytes:
    """Return the body of a response with an answer."""
    chosen = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop", **choice}
    made = {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [chosen]}
    return json.dumps(
        made | {"usage": {"prompt_tokens": 300, "completion_tokens": 21, "total_tokens": TOKENS}}
    ).encode()


def status(code: int, body: bytes = b'{"error": {"message": "no"}}', **headers: str) -> Callable[..., None]:
    """Return what answers with a status of HTTP."""

    def act(line: BaseHTTPRequestHandler) -> None:
        line.send_response(code)
        for name, value in headers.items():
            line.send_header(name.replace("_", "-"), value)
        line.send_header("Content-Length", str(len(body)))
        line.end_headers()
        line.wfile.write(body)

    return act


@dataclass
class ChatServer:
    """The server, while it runs.

    Attributes:
        script: What it does; may be changed at any time.
        requests: What came, in the order of arrival.
    """

    address: str
    script: Script
    requests: list[Request] = field(default_factory=list)
    together: int = 0
    most_together: int = 0
    lock: Lock = field(default_factory=Lock)


@contextmanager
def serving(script: Script = by_words) -> Iterator[ChatServer]:
    """Run a server on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            request = Request(self.path, dict(self.headers), json.loads(content))
            with server.lock:
                server.requests.append(request)
                server.together += 1
                server.most_together = max(server.most_together, server.together)
            try:
                said = server.script(request)
                act = said if callable(said) else status(200, completion(said) if isinstance(said, str) else said)
                act(self)
            except ConnectionError:
                self.close_connection = True
            finally:
                with server.lock:
                    server.together -= 1

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, *_: object) -> None:
            """Print nothing of clients that have left."""

    with Quiet(("127.0.0.1", 0), Handler) as listening:
        server = ChatServer(f"http://127.0.0.1:{listening.server_address[1]}/v1", script)
        thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()
