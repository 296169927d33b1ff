"""Sign in and out, the tokens of a person's programs, and what administrators see of accounts."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from impact.review.store import accounts
from impact.review.values.refusals import SignInError
from impact.review.values.users import User
from impact.web.server.session import (
    SESSION,
    Administrator,
    Form,
    OpenForm,
    Person,
    Visitor,
    cookie_name,
    cookie_of,
    note,
    set_cookie,
    source_of,
    text,
)
from impact.web.server.state import Server, ServerState
from impact.web.server.templates import page

router = APIRouter(include_in_schema=False)
LONGEST_LABEL = 80
A_PAGE = 100


@router.get("/sign-in")
def ask(
    request: Request, visitor: Visitor, after: Annotated[str, Query(alias="next", max_length=2000)] = "/"
) -> Response:
    """Ask for name and password."""
    if visitor is not None:
        return RedirectResponse(within(after), 303)
    return page(request, "sign_in.html", None, after=within(after), name="", problem="", hint="")


@router.post("/sign-in")
def sign_in(request: Request, server: Server, form: OpenForm) -> Response:
    """Sign in, and go on to where the person wanted to go."""
    name, after = text(form, "name"), within(text(form, "next"))
    try:
        user = accounts.sign_in(server.store, name, _secret(form, "password"), source_of(request), server.now())
    except SignInError as error:
        note(request, name[:64] or "nobody", "sign-in refused")
        parts = {"after": after, "name": name[:64], "problem": error.message, "hint": error.hint}
        return page(request, "sign_in.html", None, 401, **parts)
    answer = RedirectResponse(after, 303)
    secret = accounts.start_session(server.store, user, server.now(), server.settings.lasting)
    set_cookie(answer, server, SESSION + secret)
    note(request, user, "sign in")
    return answer


@router.post("/sign-out")
def sign_out(request: Request, server: Server, person: Person, _form: Form) -> Response:
    """End the session."""
    accounts.end_session(server.store, cookie_of(request, server).removeprefix(SESSION))
    note(request, person, "sign out")
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(cookie_name(server), httponly=True, samesite="lax", secure=server.settings.secure)
    return answer


@router.get("/account")
def account(request: Request, server: Server, person: Person) -> HTMLResponse:
    """Show a person their account and the tokens of their programs."""
    return _account_page(request, server, person)


@router.post("/account/tokens")
def add_token(request: Request, server: Server, person: Person, form: Form) -> HTMLResponse:
    """Make a token and show its secret, this once."""
    label = text(form, "label")[:LONGEST_LABEL] or "program"
    token, secret = accounts.add_token(server.store, person, label, server.now())
    note(request, person, "make token", str(token.id))
    return _account_page(request, server, person, secret=secret)


@router.post("/account/tokens/{number}/revoke")
def revoke_token(request: Request, server: Server, person: Person, _form: Form, number: int) -> Response:
    """Take a token away."""
    accounts.revoke_token(server.store, person, min(number, 2**31 - 1))
    note(request, person, "revoke token", str(number))
    return RedirectResponse("/account", 303)


@router.post("/account/password")
def password(request: Request, server: Server, person: Person, form: Form) -> Response:
    """Change the password, which signs the person out everywhere."""
    try:
        accounts.sign_in(server.store, person.name, _secret(form, "old"), source_of(request), server.now())
        accounts.change_user(server.store, person.name, password=_secret(form, "new") or " ")
    except SignInError as error:
        return _account_page(request, server, person, problem=str(error))
    note(request, person, "change password")
    return RedirectResponse("/sign-in", 303)


@router.get("/log")
def log(
    request: Request, server: Server, person: Administrator, before: Annotated[int, Query(ge=0, lt=2**31)] = 0
) -> HTMLResponse:
    """Show administrators who did what."""
    entries = accounts.audit_log(server.store, before, A_PAGE)
    return page(request, "log.html", person, entries=entries, users=accounts.users(server.store), full=A_PAGE)


def within(after: str) -> str:
    """Return a path of this server to go on to; "/" for anything that could lead elsewhere."""
    try:
        parts = urlsplit(after)
    except ValueError:
        return "/"
    leads_here = after.startswith("/") and not after.startswith("//") and not (parts.scheme or parts.netloc)
    return after if leads_here and after.isascii() and after.isprintable() and "\\" not in after else "/"


def _secret(form: FormData, name: str) -> str:
    """Return a field with the spaces at its ends."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _account_page(
    request: Request, server: ServerState, person: User, *, secret: str = "", problem: str = ""
) -> HTMLResponse:
    parts = {"tokens": accounts.tokens(server.store, person), "secret": secret, "problem": problem}
    return page(request, "account.html", person, 422 if problem else 200, **parts)
