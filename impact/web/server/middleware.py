"""What stands before every answer: names, origins, sizes, slowness, rates, and the headers of every answer."""

import asyncio
import math
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from impact.web.server.connection import SLOWEST
from impact.web.server.settings import Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
UPLOADS = frozenset({"/submit", "/api/v1/proposals"})
"""Paths that take files."""

SMALL = 2_000_000
"""Bytes of a request without files at the most. Source: project judgment."""

LONGEST = 1800.0
"""Seconds in which a whole request must come. Source: project judgment; 500 MB take them at 2.3 Mbit/s."""

ADDRESSES = 10_000
"""Addresses whose requests are counted at a time."""

BURST = 2.0
"""Minutes of the rate that an address may use at once. Source: project judgment."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SANDBOXED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox"
)
"""For what a stranger's document made: no script, no request, an origin of its own; its style stands within it."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # "no-referrer" would make the Origin of our own forms "null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


FORGET = {"Clear-Site-Data": '"cache"'}
"""For answers after which a browser must not keep pages: it drops what it has of this server, also for going back."""


class SecurityMiddleware:
    """The door: refuses what no page of ours sends, and puts the headers on all answers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._rate = RateLimit(settings.rate, monotonic)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if self._settings.secure:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        refusal = self._refusal(scope)
        if refusal:
            status, why = refusal
            headers = {"Retry-After": "60", "Connection": "close"} if status == 429 else {"Connection": "close"}
            await self._let_finish(scope, receive)
            await PlainTextResponse(f"{why}.\n", status, headers)(scope, receive, sealed)
            return
        await self._app(scope, self._measured(scope, receive), sealed)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if not _host_fits(headers, self._settings):
            return 421, "This server does not answer to that name"
        if not _origin_fits(scope["method"], headers, self._settings):
            return 403, "This request was sent by another site"
        if not self._rate.admits(scope["client"][0] if scope.get("client") else ""):
            return 429, "Too many requests; wait a minute"
        if _length(headers) > self._most(scope):
            return 413, f"More than {self._most(scope) / 1e6:g} MB; send less at once"
        return None

    async def _let_finish(self, scope: Scope, receive: Receive) -> None:
        """Take what a refused request still sends, if it is small: a connection closed before may lose the answer.

        Source: RFC 9112, section 9.6 (a server that closes while data arrive resets the connection).
        """
        if _length(Headers(scope=scope)) > SMALL:
            return
        measured, more, size = self._measured(scope, receive), True, 0
        with suppress(HTTPException):
            while more and size <= SMALL:
                message = await measured()
                more, size = message.get("more_body", False), size + len(message.get("body", b""))

    def _most(self, scope: Scope) -> int:
        return self._settings.together if scope["path"] in UPLOADS else SMALL

    def _measured(self, scope: Scope, receive: Receive) -> Receive:
        """Return a `receive` that ends a request that is too large or comes too slowly."""
        most, size, done, begin, idle = self._most(scope), 0, False, monotonic(), self._settings.idle

        async def measured() -> Message:
            nonlocal size, done
            if done:
                return await receive()
            end = begin + min(LONGEST, 2 * idle + size / SLOWEST)
            try:
                message = await asyncio.wait_for(receive(), min(idle, max(end - monotonic(), 0)))
            except TimeoutError as error:
                raise HTTPException(408, "the request took too long", {"Connection": "close"}) from error
            size += len(message.get("body", b""))
            done = not message.get("more_body", False)
            if size > most:
                raise HTTPException(413, f"more than {most / 1e6:g} MB", {"Connection": "close"})
            return message

        return measured


@dataclass(slots=True)
class RateLimit:
    """A bucket of requests for each address, filled at a rate, that may run full to `BURST` minutes of it.

    Attributes:
        rate: Requests a minute; 0 for no limit.
        clock: Seconds.
    """

    rate: int
    clock: Callable[[], float]
    _left: "OrderedDict[str, tuple[float, float]] | None" = None

    def admits(self, address: str) -> bool:
        """Return whether an address may make one more request now, and count it."""
        if not self.rate:
            return True
        buckets = self._left = self._left if self._left is not None else OrderedDict()
        now, full = self.clock(), self.rate * BURST
        left, since = buckets.pop(address, (full, now))
        left = min(full, left + (now - since) * self.rate / 60)
        buckets[address] = (max(left - 1, 0), now)
        if len(buckets) > ADDRESSES:
            buckets.popitem(last=False)
        return left >= 1


def _host_fits(headers: Headers, settings: Settings) -> bool:
    """Return whether the Host header is a name of ours, so that no other name can be made to lead here."""
    hosts = headers.getlist("host")
    return len(hosts) == 1 and _name(f"//{hosts[0]}") in settings.names


def _origin_fits(method: str, headers: Headers, settings: Settings) -> bool:
    """Return whether a request comes from our own pages, from no page, or only leads a person here.

    Source: Fetch Metadata, https://www.w3.org/TR/fetch-metadata/; browsers that do not send it send Origin.
    """
    fetch_site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
    if (
        fetch_site is not None
        and fetch_site not in {"same-origin", "none"}
        and not (method in SAFE and mode == "navigate")
    ):
        return False
    origin = headers.get("origin")
    if origin is None or method in SAFE:
        return True
    origins = {settings.address} | {f"http://{headers['host']}"} if not settings.secure else {settings.address}
    return origin in origins


def _name(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _length(headers: Headers) -> float:
    length = headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() else math.inf
