"""What is answered when something does not go: a page for people, a problem (RFC 9457) for programs."""

import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException

from impact.errors import ImpactError, LimitError, UnreadableError
from impact.present.cleaning import plain
from impact.review.store.blobs import FULL
from impact.review.values.refusals import (
    ConflictError,
    DamagedError,
    EnrollmentError,
    ForbiddenError,
    FullError,
    LostError,
    RefusedError,
    SignInError,
    StoreError,
    UnknownError,
)
from impact.web.server.session import visitor_of
from impact.web.server.state import server_of
from impact.web.server.templates import page

LOG = logging.getLogger("impact.web")
STATUS: dict[type[ImpactError], int] = {
    UnknownError: 404,
    ForbiddenError: 403,
    ConflictError: 409,
    SignInError: 401,
    FullError: 507,
    LostError: 503,
    StoreError: 500,
    LimitError: 413,
    RefusedError: 422,
    UnreadableError: 422,
}
PROBLEM = "application/problem+json"
WORDS = {404: "there is no page at this address", 405: "this address does not accept that method"}
FAILURES = {
    DamagedError: (
        "a part of the store is missing or damaged, and the server log names it",
        "Other proposals may be whole. Tell the administrator of the server, who can restore it from a backup",
    ),
    FullError: (
        "the server has no disk space left, so nothing was stored",
        "Tell the administrator of the server, and try again when there is space",
    ),
    LostError: (
        "the server cannot reach its database at the moment",
        "Try again in a minute; what was completed is stored",
    ),
}
"""What a person is told of a store that fails; the message of the error has paths, and is for the log."""

BROKEN = "an error occurred on the server and was logged"


def install(app: FastAPI) -> None:
    """Have an application answer errors so."""
    app.add_exception_handler(ImpactError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(OSError, _system)
    app.add_exception_handler(Exception, _broken)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ImpactError)  # noqa: S101 (says to mypy what `install` says to the application)
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)
    if status >= 500:
        LOG.error("%s: %s", request.url.path, error)
        failure = next((FAILURES[kind] for kind in type(error).__mro__ if kind in FAILURES), None)
        headers = {"Retry-After": "60"} if status == 503 else None
        return _answer(request, status, *(failure or (BROKEN, "Tell the administrator of the server")), headers)
    if status == 401 and not _for_programs(request):
        path = request.url.path if request.method == "GET" else "/"
        return RedirectResponse(f"/sign-in?next={quote(path, safe='')}", 303)
    if isinstance(error, EnrollmentError) and not _for_programs(request):
        return RedirectResponse("/account/second-factor", 303)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return _answer(request, status, error.message, error.hint, headers)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 (as above)
    is_default = error.detail == HTTPStatus(error.status_code).phrase
    detail = WORDS.get(error.status_code, error.detail) if is_default else error.detail
    return _answer(request, error.status_code, detail, "", dict(error.headers or {}))


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 (as above)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    return _answer(request, 422, f"{where or 'the request'}: {first['msg']}", "See /api/v1/openapi.json")


def _system(request: Request, error: Exception) -> Response:
    """Answer what the operating system refuses: a full disk is said."""
    if isinstance(error, OSError) and error.errno in FULL:
        return _refused(
            request, FullError(f"{error.filename or 'a temporary file'} cannot be written: {error.strerror}")
        )
    return _broken(request, error)


def _broken(request: Request, error: Exception) -> Response:
    LOG.error("%s", request.url.path, exc_info=error)
    return _answer(request, 500, BROKEN, "Tell the administrator of the server")


def _answer(request: Request, status: int, detail: str, hint: str, headers: dict[str, str] | None = None) -> Response:
    parts: dict[str, Any] = {"title": HTTPStatus(status).phrase, "detail": plain(detail), "hint": plain(hint)}
    if _for_programs(request):
        body = {"type": "about:blank", "title": parts["title"], "status": status, **parts}
        return JSONResponse(body, status, headers, PROBLEM)
    visitor = visitor_of(request, server_of(request)) if status < 500 else None
    answer = page(request, "error.html", visitor, status, **parts)
    answer.headers.update(headers or {})
    return answer


def _for_programs(request: Request) -> bool:
    wanted = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or wanted.startswith("application/json")
