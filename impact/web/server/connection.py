"""A connection that ends where nothing comes, where too little comes, or where nobody takes what is sent."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

MOST_WAITING = 200
"""Connections without a request at work; of more, the one that waits longest is closed. Source: project judgment."""

SLOWEST = 1000
"""Bytes a second that a client sends or takes at the least, in the long run. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """Limits of the connections of a server, and those of them that have no request at work, longest waiting first.

    Attributes:
        head: Seconds from the first byte of the head of a request (or from the connection) to its last.
        stalled: Seconds in which a client takes some of what is sent to it.
    """

    head: float
    stalled: float
    waiting: "OrderedDict[LimitedConnection, None]" = field(default_factory=OrderedDict)

    def connection(self, **parts: Any) -> "LimitedConnection":
        """Return a new connection; uvicorn calls this for each."""
        return LimitedConnection(self, **parts)


class LimitedConnection(H11Protocol):
    """A connection of uvicorn with limits that uvicorn lacks.

    uvicorn waits for ever for the head of a request that comes a byte at a time, and for a client that takes no more of
    its answer; both count as connections until others are refused (`limit_concurrency`).
    """

    def __init__(self, limits: ConnectionLimits, **parts: Any) -> None:
        super().__init__(**parts)
        self._limits = limits
        self._head_timer: asyncio.TimerHandle | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._unsent = self._resumed = self._resumed_before = 0

    @property
    def _at_work(self) -> bool:
        """Whether a request is being received or answered."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._time_head()
        self._watch = self.loop.call_later(self._limits.stalled, self._look)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take bytes; the first of a head starts its time, the last ends it."""
        if self._head_timer is None and not self._at_work:
            self._time_head()
        super().data_received(data)
        if self._at_work:
            self._stop_timing()
            self._limits.waiting.pop(self, None)

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        if not self._at_work and not self.transport.is_closing():
            self._wait()

    def resume_writing(self) -> None:
        """Note that the client takes what is sent."""
        self._resumed += 1
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stop_timing()
        if self._watch:
            self._watch.cancel()
        self._limits.waiting.pop(self, None)
        super().connection_lost(exc)

    def _wait(self) -> None:
        waiting = self._limits.waiting
        waiting[self] = None
        if len(waiting) > MOST_WAITING:
            oldest, _ = waiting.popitem(last=False)
            oldest.transport.close()

    def _time_head(self) -> None:
        self._head_timer = self.loop.call_later(self._limits.head, self._end_head)

    def _stop_timing(self) -> None:
        if self._head_timer:
            self._head_timer.cancel()
            self._head_timer = None

    def _end_head(self) -> None:
        """Answer a head that is not whole in time, if an answer is possible, and close."""
        if self.transport.is_closing():
            return
        if self.conn.our_state is h11.IDLE and self.conn.trailing_data[0]:
            headers = [("Connection", "close"), ("Content-Length", "0")]
            self.transport.write(self.conn.send(h11.Response(status_code=408, headers=headers)) or b"")
        self.transport.close()

    def _look(self) -> None:
        """Cut a connection whose client took too little of what was sent since the last look, then look again later."""
        unsent = self.transport.get_write_buffer_size()
        taken = self._unsent - unsent >= SLOWEST * self._limits.stalled or self._resumed > self._resumed_before
        if unsent and self._unsent and not taken:
            self.transport.abort()
            return
        self._unsent, self._resumed_before = unsent, self._resumed
        self._watch = self.loop.call_later(self._limits.stalled, self._look)
