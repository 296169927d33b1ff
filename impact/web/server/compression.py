"""Smaller answers: compressed where that gives nothing away, and none at all where the client has the same already."""

from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from impact.web.server.settings import Settings

LEVEL = 4
"""Of gzip. Source: measured; 1.8 MB of a desk take 25 ms, and 9 gains 10 % for four times as long."""

SMALLEST = 1000
"""Bytes that are worth it. Source: project judgment; less fits into one packet."""

PACKED = (
    *DEFAULT_EXCLUDED_CONTENT_TYPES,
    "application/octet-stream",  # the original, of whatever kind
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
"""Media types that are compressed in themselves, or not ours."""

UNKEPT = ("/account", "/log", "/sign-in")
"""Beginnings of paths whose answers no browser keeps."""

UNKEPT_TYPES = ("application/octet-stream", "image/")
"""Beginnings of media types that no browser keeps: the original, and images of its pages."""

KEPT = "private, no-cache"
"""For answers that a browser keeps for its user alone and shows after the server has said that they still hold."""

STATIC = "private, max-age=31536000, immutable"
"""For files of the program whose address changes with their content."""


class CompressionMiddleware:
    """Compresses answers by gzip, and answers 304 where a client names what it has.

    A network observer who can have a victim's browser ask for pages with words of his choice learns from the lengths of
    compressed answers what else the pages contain: the token of forms, or words of documents (BREACH,
    https://www.breachattack.com). Pages here contain both. Therefore an answer is compressed only where no other site
    made the browser ask: Sec-Fetch-Site says "same-origin" (a page of ours) or "none" (the person), or it is a program,
    which sends neither this header nor a cookie. Browsers that do not send Sec-Fetch-Site, as all do without TLS to
    hosts other than loopback, get answers uncompressed.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = _ValidationMiddleware(app, settings)
        self._gzip = GZipMiddleware(self._app, SMALLEST, LEVEL, exclude_content_types=PACKED)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        safe = scope["type"] == "http" and _of_own_accord(Headers(scope=scope))
        await (self._gzip if safe else self._app)(scope, receive, send)


class _ValidationMiddleware:
    """Gives answers to GET an ETag of their content, and answers 304 where the client has that content."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._may_forget = settings.secure or settings.is_local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        starts: list[Message] = []

        async def validated(message: Message) -> None:
            if message["type"] == "http.response.start" and self._is_kept(scope["path"], message):
                starts.append(message)
                return
            if starts and message["type"] == "http.response.body":
                await _send_validated(starts.pop(), message, scope, send)
                return
            await send(message)

        await self._app(scope, receive, validated)

    def _is_kept(self, path: str, start: Message) -> bool:
        """Return whether a browser may keep an answer; of pages only one that heeds `FORGET`, as with TLS.

        Source: W3C, Clear Site Data, section 3 (browsers obey the header of trustworthy origins alone).
        """
        return (self._may_forget or path.startswith("/static/")) and _is_kept(path, start)


async def _send_validated(start: Message, body: Message, scope: Scope, send: Send) -> None:
    headers = MutableHeaders(scope=start)
    named = scope["path"].startswith("/static/") and scope["query_string"].startswith(b"v=")
    headers["Cache-Control"] = STATIC if named else KEPT
    if "etag" in headers:
        headers["ETag"] = f"W/{headers['etag'].removeprefix('W/')}"  # the same for it compressed
    elif not body.get("more_body", False):
        headers["ETag"] = etag = f'W/"{sha256(body.get("body", b"")).hexdigest()[:32]}"'
        if etag in {part.strip() for part in Headers(scope=scope).get("if-none-match", "").split(",")}:
            for name in ("content-length", "content-type"):
                del headers[name]
            start, body = {**start, "status": 304}, {**body, "body": b""}
    await send(start)
    await send(body)


def _of_own_accord(headers: Headers) -> bool:
    """Return whether no other site made a browser send a request with a cookie."""
    site = headers.get("sec-fetch-site")
    return site in {"same-origin", "none"} or (site is None and "cookie" not in headers)


def _is_kept(path: str, start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return (
        start["status"] == 200
        and not path.startswith(UNKEPT)
        and not headers.get("content-type", "").startswith(UNKEPT_TYPES)
        and "set-cookie" not in headers
        and "cache-control" not in headers
    )
