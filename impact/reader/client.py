"""Ask a server of chat completions several questions at a time, and survive whatever it does."""

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from impact.reader.answer import LARGEST
from impact.reader.completion import content_of, tokens_of
from impact.reader.door import Door
from impact.reader.reasons import UnreadReason

if TYPE_CHECKING:
    from openai import OpenAI

Body = Mapping[str, Any]
Claimed = TypeVar("Claimed")
"""What an answer of one kind of question claims."""

LARGEST_BYTES = 8 * LARGEST
"""Most bytes of an answer: its characters escaped, and what a server puts around them."""

GIVES_UP = 3
"""Failed questions in a row after which no more are asked. Source: project judgment."""

_FIRST_WAIT, _LONGEST_WAIT = 0.5, 20.0
"""Seconds to wait before the second attempt, doubled for each further one, and the longest wait."""

_PASSING = frozenset({408, 409, 425, 429})
_MALFORMED = frozenset({400, 422})
_FOR_ALL = frozenset({401, 402, 403, 404, 405})
"""Answers of HTTP after which it helps to wait; after which it helps to ask for less; which hold for all questions."""

_AGAIN = frozenset({UnreadReason.UNREACHABLE, UnreadReason.LATE, UnreadReason.FAILED, UnreadReason.FORM})
_BROKEN = frozenset({UnreadReason.UNREACHABLE, UnreadReason.LATE, UnreadReason.FAILED})
_CHOICES = frozenset({"temperature", "response_format", "max_tokens"})
"""What a server may refuse of a body; the question stands without it, and the answer is checked by us in any case."""

_UNASKED = ("x-stainless-", "openai-", "idempotency-")
"""Beginnings of headers on the user's machine and accounts that the client would send along."""

_NEEDED = "x-stainless-raw-response"
"""The one of them that the client goes by itself; it says nothing of the machine."""


@dataclass(frozen=True, slots=True)
class Reply(Generic[Claimed]):
    """The outcome of a question.

    Attributes:
        outcome: What the answer claims, or why there is none.
        tokens: What it cost, as the server counted or, failing that, as estimated.
        sent: Whether it was sent at all.
    """

    outcome: Claimed | UnreadReason
    tokens: int = 0
    sent: bool = False


class _StatusError(Exception):
    """An answer of HTTP that is none, seen before a byte of its body is read."""

    def __init__(self, status: int, wait: str) -> None:
        super().__init__(str(status))
        self.status = status
        self.wait = float(wait) if wait.isdigit() else 0.0


@dataclass(slots=True)
class _Tally:
    """What all threads go by."""

    lock: Lock
    tokens: int = 0
    broken: int = 0
    over: UnreadReason | None = None
    plain: bool = False


class Questioner(Generic[Claimed]):
    """Asks a server all questions on one document."""

    def __init__(
        self,
        door: Door,
        key: str,
        understand: Callable[[str], Claimed | UnreadReason],
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._door, self._understand, self._clock, self._sleep = door, understand, clock, sleep
        self._tally = _Tally(Lock())
        self._end = clock() + door.seconds
        self._client = _client(door, key)

    def ask(self, bodies: Sequence[Body], receive: Callable[[int, Claimed], None]) -> list[Reply[Claimed]]:
        """Return the replies, in the order of the questions.

        Args:
            bodies: The questions, as `prompt.body_of` returns them.
            receive: Called from any thread, as soon as an answer is there, with the 0-based place of its question and
                what it claims.
        """

        def work(place: int) -> Reply[Claimed]:
            reply = self._reply_to(bodies[place])
            if not isinstance(reply.outcome, UnreadReason):
                receive(place, reply.outcome)
            return reply

        with self._client, ThreadPoolExecutor(self._door.together, "second-reader") as threads:
            return list(threads.map(work, range(len(bodies))))

    def _reply_to(self, body: Body) -> Reply[Claimed]:
        """Return the reply to one question, asked as often as need be."""
        tokens, sent = 0, False
        outcome: Claimed | UnreadReason = UnreadReason.TIME
        for attempt in range(self._door.retries + 1):
            over = self._end_reason()
            if over:
                ended = over is UnreadReason.TIME or not sent
                return Reply(over if ended else outcome, tokens, sent)
            outcome, spent, wait = self._attempt(body)
            tokens, sent = tokens + spent, True
            with self._tally.lock:
                self._tally.tokens += spent
            if outcome not in _AGAIN or attempt == self._door.retries:
                break
            pause = min(max(wait, _FIRST_WAIT * 2**attempt), _LONGEST_WAIT)
            self._sleep(max(0.0, min(pause, self._end - self._clock())))
        self._count(outcome)
        ended = outcome is UnreadReason.LATE and self._clock() >= self._end
        return Reply(UnreadReason.TIME if ended else outcome, tokens, sent)

    def _end_reason(self) -> UnreadReason | None:
        """Return why no more may be asked, if so."""
        with self._tally.lock:
            if self._tally.over:
                return self._tally.over
            if self._tally.tokens >= self._door.tokens:
                return UnreadReason.BUDGET
        return UnreadReason.TIME if self._clock() >= self._end else None

    def _count(self, outcome: Claimed | UnreadReason) -> None:
        """Stop all where question after question comes to nothing."""
        with self._tally.lock:
            self._tally.broken = self._tally.broken + 1 if outcome in _BROKEN else 0
            if self._tally.broken >= GIVES_UP and isinstance(outcome, UnreadReason):
                self._tally.over = self._tally.over or outcome

    def _attempt(self, body: Body) -> tuple[Claimed | UnreadReason, int, float]:
        """Return what one request came to, what it cost, and how many seconds the server asks to wait."""
        chosen = {name: value for name, value in body.items() if not (self._tally.plain and name in _CHOICES)}
        try:
            content = self._send(chosen)
        except Exception as error:  # noqa: BLE001 (a server can break the connection at any byte, in any library)
            status = error if isinstance(error, _StatusError) else error.__cause__  # the client may wrap it
            if isinstance(status, _StatusError):
                return self._refused(status, body, plain=len(chosen) < len(body))
            return _reason(error), 0, 0.0
        return *self._understood(content, body), 0.0

    def _refused(self, error: _StatusError, body: Body, *, plain: bool) -> tuple[Claimed | UnreadReason, int, float]:
        """Return what follows from a status of HTTP; what a server may not know is left out, and asked once more."""
        if error.status in _MALFORMED and not plain:
            self._tally.plain = True
            return self._attempt(body)
        if error.status in _FOR_ALL:
            with self._tally.lock:
                self._tally.over = UnreadReason.REFUSED
        passing = error.status >= 500 or error.status in _PASSING
        return UnreadReason.FAILED if passing else UnreadReason.REFUSED, 0, error.wait

    def _send(self, body: Body) -> bytes:
        """Send a request; return the bytes of the answer, read no further and no longer than they may go on."""
        begun = self._clock()
        until = min(begun + self._door.timeout, self._end)
        fields = dict(body)
        completions = self._client.with_options(timeout=max(0.1, until - begun)).chat.completions
        pieces, size = [], 0
        with completions.with_streaming_response.create(**fields) as response:
            for piece in response.iter_bytes():
                pieces.append(piece)
                size += len(piece)
                if size > LARGEST_BYTES:
                    raise _LongError
                if self._clock() > until:
                    raise _LateError
        return b"".join(pieces)

    def _understood(self, content: bytes, body: Body) -> tuple[Claimed | UnreadReason, int]:
        """Return what an answer claims and what it cost."""
        estimate = estimated(body) + len(content) // 3
        try:
            completion = json.loads(content)
        except (ValueError, RecursionError):
            return UnreadReason.FORM, estimate
        text = content_of(completion)
        outcome = text if isinstance(text, UnreadReason) else self._understand(text)
        return outcome, tokens_of(completion) or estimate


class _LateError(Exception):
    """An answer that still comes when its time is over."""


class _LongError(Exception):
    """An answer that is larger than any honest one."""


def _reason(error: Exception) -> UnreadReason:
    """Return what an error of the client, or of the libraries below it, says of the server."""
    if isinstance(error, _LongError):
        return UnreadReason.TOO_LONG
    late = isinstance(error, _LateError) or "timeout" in type(error).__name__.lower()
    return UnreadReason.LATE if late else UnreadReason.UNREACHABLE


def estimated(body: Body) -> int:
    """Return roughly how many tokens the messages of a question have.

    Source: project judgment; three bytes of UTF-8 a token is on the high side for English and about right for Chinese.
    """
    return sum(len(message["content"].encode()) for message in body["messages"]) // 3


def load(door: Door) -> None:
    """Load the libraries that asking needs, which takes about a second; nothing is sent.

    Raises:
        ImportError: If they are not installed.
    """
    with _client(door, "") as client:
        _ = client.chat.completions


def _client(door: Door, key: str) -> "OpenAI":
    """Return a client that sends nothing but the question, to this one host.

    It goes by no variables of the environment, follows no redirections, and on this machine uses no proxy.
    """
    from openai import DefaultHttpxClient, OpenAI

    def bare(request: Any) -> None:
        for name in {name.lower() for name in request.headers} - {_NEEDED}:
            if name.startswith(_UNASKED):
                del request.headers[name]

    def refuse(response: Any) -> None:
        packed = response.headers.get("content-encoding", "identity") != "identity"  # it may unpack to any size
        if response.status_code != 200 or packed:
            raise _StatusError(502 if packed else response.status_code, response.headers.get("retry-after", ""))

    web = DefaultHttpxClient(
        trust_env=not door.local,
        follow_redirects=False,
        timeout=door.timeout,
        event_hooks={"request": [bare], "response": [refuse]},
    )
    headers = {"User-Agent": "impact", "Accept-Encoding": "identity"}
    return OpenAI(api_key=key or "none", base_url=door.address, max_retries=0, http_client=web, default_headers=headers)
