"""Sign in and out, the tokens of a person's programs, and what administrators see of accounts."""

from datetime import timedelta
from functools import partial
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from impact.review.authentication.second_factor import codes_left
from impact.review.authentication.sign_in import check_code, check_password, complete
from impact.review.authentication.sign_in import sign_in as reenter
from impact.review.store import accounts
from impact.review.values.refusals import ConflictError, DelayError, SignInError
from impact.review.values.users import User
from impact.web.server.middleware import FORGET
from impact.web.server.session import (
    SESSION,
    AccountOwner,
    Administrator,
    Form,
    OpenForm,
    OwnerForm,
    Person,
    Visitor,
    cookie_name,
    cookie_of,
    note,
    origin_of,
    remember_browser,
    secret_text,
    set_cookie,
    source_of,
    text,
)
from impact.web.server.state import Server, ServerState
from impact.web.server.templates import page
from impact.web.server.ticket import open_ticket, ticket

router = APIRouter(include_in_schema=False)
LONGEST_LABEL = 80
LIFETIMES = {"7": "a week", "30": "a month", "90": "three months", "365": "a year"}
"""Days for which a token may work; there is none without an end."""
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
async def sign_in(request: Request, server: Server, form: OpenForm) -> Response:
    """Check name and password, and go on to where the person wanted to go, or to the code of the second factor."""
    return await server.passwords.run(source_of(request), partial(_sign_in, request, server, form))


def _sign_in(request: Request, server: ServerState, form: FormData) -> Response:
    name, after = text(form, "name"), within(text(form, "next"))
    origin = origin_of(request, server, name)
    try:
        user = check_password(server.store, name, secret_text(form, "password"), origin, server.now())
    except SignInError as error:
        _note_refusal(request, name[:64] or "nobody", "sign-in refused", error)
        parts = {"after": after, "name": name[:64], "problem": error.message, "hint": error.hint}
        return page(request, "sign_in.html", None, 401, **parts)
    if user.second_factor:
        return _code_page(request, ticket(request, server, user), after)
    return _welcome(request, server, complete(server.store, user, origin, server.now()), after)


@router.post("/sign-in/code")
async def sign_in_by_code(request: Request, server: Server, form: OpenForm) -> Response:
    """Check the code of the second factor."""
    return await server.passwords.run(source_of(request), partial(_check_code, request, server, form))


def _check_code(request: Request, server: ServerState, form: FormData) -> Response:
    carried, after = text(form, "ticket"), within(text(form, "next"))
    try:
        user, _ = open_ticket(request, server, carried)
    except SignInError as error:
        parts = {"after": after, "name": "", "problem": error.message, "hint": error.hint}
        return page(request, "sign_in.html", None, 401, **parts)
    try:
        check_code(server.store, user, text(form, "code"), origin_of(request, server, user.name), server.now())
    except SignInError as error:
        _note_refusal(request, user, "code refused", error)
        return _code_page(request, carried, after, error)
    return _welcome(request, server, user, after)


def _code_page(request: Request, carried: str, after: str, error: SignInError | None = None) -> Response:
    problem, hint = (error.message, error.hint) if error else ("", "")
    parts = {"after": after, "ticket": carried, "problem": problem, "hint": hint}
    return page(request, "sign_in_code.html", None, 401 if error else 200, **parts)


def _welcome(request: Request, server: ServerState, user: User, after: str) -> Response:
    """Start a session."""
    answer = RedirectResponse(after, 303)
    secret = accounts.start_session(server.store, user, server.now(), server.settings.lasting)
    set_cookie(answer, server, SESSION + secret)
    remember_browser(answer, request, server, user)
    note(request, user, "sign in")
    return answer


@router.post("/sign-out")
def sign_out(request: Request, server: Server, person: AccountOwner, _form: OwnerForm) -> Response:
    """End the session."""
    accounts.end_session(server.store, cookie_of(request, server).removeprefix(SESSION))
    note(request, person, "sign out")
    answer = RedirectResponse("/sign-in", 303, FORGET)
    answer.delete_cookie(cookie_name(server), httponly=True, samesite="lax", secure=server.settings.secure)
    return answer


@router.get("/account")
def account(request: Request, server: Server, person: Person) -> HTMLResponse:
    """Show a person their account and the tokens of their programs."""
    return _account_page(request, server, person)


@router.post("/account/tokens")
async def add_token(request: Request, server: Server, person: Person, form: Form) -> Response:
    """Make a token for who gives the password, and show its secret, this once."""
    return await server.passwords.run(source_of(request), partial(_add_token, request, server, person, form))


def _add_token(request: Request, server: ServerState, person: User, form: FormData) -> Response:
    label = text(form, "label")[:LONGEST_LABEL] or "program"
    days = text(form, "days")
    lasting = timedelta(days=int(days)) if days in LIFETIMES else accounts.TOKEN_LASTING
    try:
        confirm_person(request, server, person, form)
    except SignInError as error:
        return _account_page(request, server, person, problem=str(error))
    token, secret = accounts.add_token(server.store, person, label, server.now(), lasting)
    note(request, person, "make token", str(token.id))
    return _account_page(request, server, person, secret=secret)


@router.post("/account/tokens/{number}/revoke")
def revoke_token(request: Request, server: Server, person: Person, _form: Form, number: int) -> Response:
    """Take a token away."""
    accounts.revoke_token(server.store, person, min(number, 2**31 - 1))
    note(request, person, "revoke token", str(number))
    return RedirectResponse("/account", 303)


@router.post("/account/password")
async def password(request: Request, server: Server, person: Person, form: Form) -> Response:
    """Change the password, which signs the person out everywhere and ends all tokens."""
    return await server.passwords.run(source_of(request), partial(_change_password, request, server, person, form))


def _change_password(request: Request, server: ServerState, person: User, form: FormData) -> Response:
    try:
        confirm_person(request, server, person, form, "old")
        accounts.change_user(server.store, person.name, password=secret_text(form, "new") or " ")
    except SignInError as error:
        return _account_page(request, server, person, problem=str(error))
    note(request, person, "change password")
    return RedirectResponse("/sign-in", 303, FORGET)


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


def confirm_person(
    request: Request, server: ServerState, person: User, form: FormData, field: str = "password"
) -> None:
    """Ask who is signed in for their password once more, and for a code if they have a second factor.

    Raises:
        SignInError: As `impact.review.authentication.sign_in.sign_in`.
        ConflictError: If this server has no accounts.
    """
    if not server.settings.accounts:
        raise ConflictError("this server has no accounts", "Create one with: impact user add")
    password, code = secret_text(form, field), text(form, "code")
    try:
        reenter(server.store, person.name, password, origin_of(request, server, person.name), server.now(), code)
    except SignInError as error:
        _note_refusal(request, person, "password refused", error)
        raise


def _note_refusal(request: Request, who: User | str, action: str, error: SignInError) -> None:
    """Write a refused attempt into the audit log, unless the delay refused it: those cost nothing and have no end."""
    if not isinstance(error, DelayError):
        note(request, who, action)


def _account_page(
    request: Request, server: ServerState, person: User, *, secret: str = "", problem: str = ""
) -> HTMLResponse:
    parts = {
        "tokens": accounts.tokens(server.store, person),
        "lifetimes": LIFETIMES,
        "codes": codes_left(server.store, person),
        "secret": secret,
        "problem": problem,
    }
    return page(request, "account.html", person, 422 if problem else 200, **parts)
