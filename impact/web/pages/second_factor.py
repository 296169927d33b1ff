"""Set up, renew and remove the second factor of an account."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from impact.review.authentication import second_factor
from impact.review.values.refusals import ConflictError, SignInError
from impact.review.values.users import User
from impact.web.pages.account import confirm_person
from impact.web.server.session import AccountOwner, Form, OwnerForm, Person, note, source_of, text
from impact.web.server.state import Server, ServerState
from impact.web.server.templates import page
from impact.web.server.ticket import open_ticket, ticket

router = APIRouter(include_in_schema=False, prefix="/account/second-factor")


@router.get("")
def show(request: Request, server: Server, owner: AccountOwner) -> HTMLResponse:
    """Show whether it is on, and what can be done."""
    return _page(request, server, owner)


@router.post("")
async def begin(request: Request, server: Server, owner: AccountOwner, form: OwnerForm) -> Response:
    """Show the QR code to who gives the password."""
    return await _confirmed(request, server, owner, form, partial(_begin, request, server, owner))


def _begin(request: Request, server: ServerState, owner: User) -> Response:
    if owner.second_factor:
        raise ConflictError(f"{owner.name} already has a second factor", "Remove it first")
    return _page(request, server, owner, secret=second_factor.new_secret())


@router.post("/confirm")
def confirm(request: Request, server: Server, owner: AccountOwner, form: OwnerForm) -> Response:
    """Turn it on by a first code, and show the recovery codes, this once."""
    secret = ""
    try:
        secret = _secret_of(request, server, owner, text(form, "ticket"))
        codes = second_factor.confirm(server.store, owner, secret, text(form, "code"), server.now())
    except SignInError as error:
        return _page(request, server, owner, secret=secret, problem=str(error))
    note(request, owner, "set up second factor")
    return _page(request, server, owner, codes=codes)


def _secret_of(request: Request, server: ServerState, owner: User, carried: str) -> str:
    holder, secret = open_ticket(request, server, carried)
    if holder.name != owner.name or not secret:
        raise SignInError("this form is of another account", "Enter your password again")
    return secret


@router.post("/codes")
async def renew(request: Request, server: Server, person: Person, form: Form) -> Response:
    """Show new recovery codes in place of all earlier ones."""
    return await _confirmed(request, server, person, form, partial(_renew, request, server, person))


def _renew(request: Request, server: ServerState, person: User) -> Response:
    codes = second_factor.renew_codes(server.store, person)
    note(request, person, "new recovery codes")
    return _page(request, server, person, codes=codes)


@router.post("/remove")
async def remove(request: Request, server: Server, person: Person, form: Form) -> Response:
    """Turn it off, unless the administrator requires it."""
    return await _confirmed(request, server, person, form, partial(_remove, request, server, person))


def _remove(request: Request, server: ServerState, person: User) -> Response:
    if second_factor.is_required(server.store):
        raise ConflictError("this server requires a second factor", "Ask an administrator to remove a lost one")
    second_factor.remove(server.store, person.name)
    note(request, person, "remove second factor")
    return RedirectResponse("/account", 303)


async def _confirmed(
    request: Request, server: ServerState, person: User, form: FormData, act: Callable[[], Response]
) -> Response:
    """Do something for who gives the password and, if there is a second factor, a code; else say what was wrong."""

    def confirmed() -> Response:
        try:
            confirm_person(request, server, person, form)
        except SignInError as error:
            return _page(request, server, person, problem=str(error))
        return act()

    return await server.passwords.run(source_of(request), confirmed)


def _page(  # noqa: PLR0913 (all that the page may have to say)
    request: Request,
    server: ServerState,
    person: User,
    *,
    secret: str = "",
    codes: tuple[str, ...] = (),
    problem: str = "",
) -> HTMLResponse:
    host = urlsplit(server.settings.address).hostname or ""
    parts = {
        "enrolled": bool(codes) or person.second_factor,
        "required": second_factor.is_required(server.store),
        "codes": codes,
        "left": second_factor.codes_left(server.store, person),
        "secret": secret,
        "ticket": ticket(request, server, person, secret) if secret else "",
        "picture": second_factor.picture(second_factor.app_address(person.name, secret, host)) if secret else "",
        "problem": problem,
    }
    return page(request, "second_factor.html", person, 422 if problem else 200, **parts)
