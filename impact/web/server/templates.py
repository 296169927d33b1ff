"""Templates, and the pages made of them."""

from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from impact.present import templates
from impact.present.cleaning import plain
from impact.review.values.users import User
from impact.web.server.session import cookie_of, set_cookie, token
from impact.web.server.state import server_of

if TYPE_CHECKING:
    from jinja2 import Template


def page(request: Request, name: str, visitor: User | None, status: int = 200, /, **parts: Any) -> HTMLResponse:
    """Return a page of the template `name`; `parts` are what it needs beside `visitor`, `csrf`, `path` and the like."""
    server = server_of(request)
    cookie = cookie_of(request, server)
    text = template(name).render(
        visitor=visitor,
        accounts=server.settings.accounts,
        csrf=token(request, server),
        path=request.url.path,
        static=static,
        sent_to=server.settings.sent_to,
        reader=server.settings.terms.door if server.settings.terms else None,
        **parts,
    )
    answer = HTMLResponse(text.encode("utf-8", "replace"), status)
    if request.state.fresh:
        set_cookie(answer, server, cookie)
    return answer


def template(name: str) -> "Template":
    """Return a template of the web application with the filters that it needs beside those of all pages."""
    return templates.template(
        f"web/{name}", {"calendar_day": day, "figure": figure, "moment": moment, "moment_or_text": moment_or_text}
    )


@cache
def static(name: str) -> str:
    """Return the address of a file of `impact/web/static`, which changes with its content."""
    digest = sha256(files("impact.web").joinpath("static", name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


def day(time: date) -> str:
    """Return a day, or the day of a time, as 3 May 2026."""
    return f"{time.day}\N{NO-BREAK SPACE}{time:%B}\N{NO-BREAK SPACE}{time:%Y}"


def moment(time: datetime) -> str:
    """Return a time as 3 May 2026, 14:05 UTC."""
    return f"{day(time)}, {time:%H:%M}\N{NO-BREAK SPACE}UTC"


def moment_or_text(time: str) -> str:
    """Return the time of a provenance as `moment` does, or as it stands where it is none."""
    try:
        return moment(datetime.fromisoformat(time).astimezone(UTC))
    except ValueError:
        return plain(time)


def figure(number: float | None) -> str:
    """Return a number with two decimals, or that it is not defined."""
    return "not defined" if number is None else f"{number:.2f}".replace("-", "\N{MINUS SIGN}")
