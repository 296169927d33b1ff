"""Who asks: one signed cookie, the person behind it, and the token that forms carry against forgery."""

import hmac
import secrets
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, HTTPException, Request, Response
from itsdangerous import BadSignature, Signer
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from impact.review.authentication.limits import USUAL, SignInOrigin
from impact.review.store import accounts
from impact.review.values.refusals import ForbiddenError, SignInError
from impact.review.values.users import AuditEntry, Role, User, key
from impact.web.server.state import Server, ServerState, server_of

FIELD, HEADER = "csrf", "X-CSRF-Token"
"""Where the token against forgery stands: a field of each form, or a header of a script's request."""

SESSION, VISIT = "s.", "v."
"""Beginnings of a cookie's content: the secret of a session, or a random name of a browser that is not signed in."""

FORM_LIMITS = {"max_files": 500, "max_fields": 500, "max_part_size": 100_000}
"""Of one form, and bytes of a field that is no file. Source: project judgment; a meeting has hundreds of documents."""


def cookie_name(server: ServerState) -> str:
    """Return the name of the cookie; the prefix keeps other hosts of a domain from setting it (RFC 6265bis 4.1.3)."""
    return "__Host-impact" if server.settings.secure else "impact"


def cookie_of(request: Request, server: ServerState) -> str:
    """Return the content of the cookie; a new one of a visit where there is none or it was forged."""
    if not hasattr(request.state, "cookie"):
        request.state.fresh = False
        try:
            cookie = request.cookies.get(cookie_name(server), "")
            request.state.cookie = _signer(server).unsign(cookie.encode("utf-8", "replace")).decode()
        except (BadSignature, UnicodeDecodeError):
            request.state.cookie, request.state.fresh = VISIT + secrets.token_urlsafe(24), True
    content: str = request.state.cookie
    return content


def set_cookie(response: Response, server: ServerState, content: str) -> None:
    """Give the browser a cookie that lasts as long as a session may."""
    response.set_cookie(
        cookie_name(server),
        _signer(server).sign(content).decode(),
        max_age=int(server.settings.lasting.total_seconds()) if content.startswith(SESSION) else None,
        httponly=True,
        samesite="lax",
        secure=server.settings.secure,
    )


def token(request: Request, server: ServerState) -> str:
    """Return the token that a form of this visitor carries."""
    return Signer(server.key, salt="impact.csrf").get_signature(cookie_of(request, server)).decode()


def origin_of(request: Request, server: ServerState, name: str) -> SignInOrigin:
    """Return where an attempt to sign in comes from; another person's browser is none of this one."""
    try:
        cookie = request.cookies.get(f"{cookie_name(server)}-device", "")
        device, _, owner = _device_signer(server).unsign(cookie.encode("utf-8", "replace")).decode().partition(".")
    except (BadSignature, UnicodeDecodeError):
        device = owner = ""
    return SignInOrigin(source_of(request), device if owner == _owner(name) else "")


def remember_browser(response: Response, request: Request, server: ServerState, user: User) -> None:
    """Give the browser of who signed in a name, by which its failures count apart; it opens nothing."""
    device = origin_of(request, server, user.name).device or secrets.token_urlsafe(16)
    response.set_cookie(
        f"{cookie_name(server)}-device",
        _device_signer(server).sign(f"{device}.{_owner(user.name)}").decode(),
        max_age=int(USUAL.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=server.settings.secure,
    )


async def current_visitor(request: Request, server: Server) -> User | None:
    """Return who is signed in; None if nobody. Where there are no accounts, that takes no thread."""
    return (
        await run_in_threadpool(visitor_of, request, server)
        if server.settings.accounts
        else visitor_of(request, server)
    )


def visitor_of(request: Request, server: ServerState) -> User | None:
    """Return who is signed in; None if nobody."""
    if not server.settings.accounts:
        return User(server.settings.person, Role.ADMINISTRATOR)
    content = cookie_of(request, server)
    if not content.startswith(SESSION):
        return None
    try:
        return accounts.session_user(server.store, content.removeprefix(SESSION), server.now())
    except SignInError:
        return None


async def account_owner(visitor: Annotated[User | None, Depends(current_visitor)]) -> User:
    """Return who is signed in, also if they have to set up a second factor.

    Raises:
        SignInError: If nobody is.
    """
    if visitor is None:
        raise SignInError("you are not signed in", "Sign in")
    return visitor


async def person(user: Annotated[User, Depends(account_owner)]) -> User:
    """Return who is signed in and may work.

    Raises:
        SignInError: If nobody is.
        EnrollmentError: If they have to set up a second factor first.
    """
    accounts.check_enrolled(user)
    return user


async def administrator(user: Annotated[User, Depends(person)]) -> User:
    """Return who is signed in and administers.

    Raises:
        SignInError: If nobody is signed in.
        ForbiddenError: If this person does not administer.
    """
    if not user.administers:
        raise ForbiddenError("only administrators can see this page", "Ask an administrator")
    return user


async def open_form(request: Request) -> AsyncIterator[FormData]:
    """Give the form of a request that carries the visitor's token, from whoever sends it.

    Files are kept on the disk while it is open.

    Raises:
        HTTPException: If the token is missing or wrong.
    """
    server = server_of(request)
    wanted = token(request, server)
    async with request.form(**FORM_LIMITS) as data:
        sent = request.headers.get(HEADER) or data.get(FIELD) or ""
        fits = isinstance(sent, str) and hmac.compare_digest(sent.encode("utf-8", "replace"), wanted.encode())
        if not fits:
            detail = "this form has expired; reload the page and try again"
            raise HTTPException(403, detail)
        yield data


async def form(request: Request, _person: Annotated[User, Depends(person)]) -> AsyncIterator[FormData]:
    """Give the form of a person who is signed in; see `open_form`."""
    async for data in open_form(request):
        yield data


async def owner_form(request: Request, _owner: Annotated[User, Depends(account_owner)]) -> AsyncIterator[FormData]:
    """Give the form of a person who is signed in, also if they have to set up a second factor; see `open_form`."""
    async for data in open_form(request):
        yield data


def note(request: Request, user: User | str, action: str, about: str = "") -> None:
    """Write into the audit log what somebody did with what; ids only."""
    server = server_of(request)
    name = user.name if isinstance(user, User) else user
    accounts.audit(server.store, AuditEntry(0, server.now(), name, action, about, source_of(request)))


def note_read(request: Request, user: User, action: str, about: str) -> None:
    """Write into the audit log what somebody read; where one person is alone, nobody asks who read it."""
    if server_of(request).settings.accounts:
        note(request, user, action, about)


def source_of(request: Request) -> str:
    """Return the address that a request comes from."""
    return request.client.host if request.client else "unknown"


def text(data: FormData, name: str) -> str:
    """Return a field of a form without spaces at its ends; empty where it is absent or a file."""
    value = data.get(name)
    return value.strip() if isinstance(value, str) else ""


def secret_text(data: FormData, name: str) -> str:
    """Return a field of a form with the spaces at its ends, as a password may have them."""
    value = data.get(name)
    return value if isinstance(value, str) else ""


def _signer(server: ServerState) -> Signer:
    return Signer(server.key, salt="impact.cookie")


def _device_signer(server: ServerState) -> Signer:
    return Signer(server.key, salt="impact.device")


def _owner(name: str) -> str:
    return sha256(key(name).encode("utf-8", "replace")).hexdigest()


Visitor = Annotated[User | None, Depends(current_visitor)]
AccountOwner = Annotated[User, Depends(account_owner)]
Person = Annotated[User, Depends(person)]
Administrator = Annotated[User, Depends(administrator)]
Form = Annotated[FormData, Depends(form)]
OwnerForm = Annotated[FormData, Depends(owner_form)]
OpenForm = Annotated[FormData, Depends(open_form)]
