"""What a browser carries between a right password and a code of the second factor."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from fastapi import Request
from itsdangerous import BadData, URLSafeSerializer

from impact.review.store import accounts
from impact.review.values.refusals import SignInError, UnknownError
from impact.review.values.users import User
from impact.web.server.session import token
from impact.web.server.state import ServerState

LASTING = timedelta(minutes=5)
"""Time in which the code is to be entered. Source: project judgment."""


def ticket(request: Request, server: ServerState, user: User, content: str = "") -> str:
    """Return a ticket for who gave the right password, good for this browser alone; it may carry a secret of theirs."""
    until = (server.now() + LASTING).isoformat()
    text: str = _serializer(server).dumps([user.name, until, content, _stamp(request, server, user)])
    return text


def open_ticket(request: Request, server: ServerState, written: str) -> tuple[User, str]:
    """Return whose ticket this is, and what it carries.

    Raises:
        SignInError: If it is forged, too old or of another browser, or the password was changed since.
    """
    expired = SignInError("this took too long", "Enter your password again")
    try:
        name, until, content, stamp = _serializer(server).loads(written)
        user = accounts.get_user(server.store, name)
        late = server.now() > datetime.fromisoformat(until)
    except (BadData, UnknownError, TypeError, ValueError) as error:
        raise expired from error
    if late or not user.active or not hmac.compare_digest(stamp, _stamp(request, server, user)):
        raise expired
    return user, content


def _stamp(request: Request, server: ServerState, user: User) -> str:
    return sha256(f"{token(request, server)} {user.password}".encode()).hexdigest()


def _serializer(server: ServerState) -> URLSafeSerializer:
    return URLSafeSerializer(server.key, salt="impact.ticket")
