"""Templates, and the pages made of them."""

from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from impact.present.cleaning import plain
from impact.review.values.users import User
from impact.web.server.session import cookie_of, set_cookie, token
from impact.web.server.state import site_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment


def page(request: Request, template: str, visitor: User | None, status: int = 200, /, **parts: Any) -> HTMLResponse:
    """Return a page.

    Args:
        request: What it answers.
        template: Its name.
        visitor: Who is signed in, if anybody.
        status: HTTP status.
        **parts: What the template needs beside: `visitor`, `accounts`, `csrf` and `path` it always has.
    """
    site = site_of(request)
    cookie = cookie_of(request, site)
    text = (
        environment()
        .get_template(template)
        .render(
            visitor=visitor,
            accounts=site.settings.accounts,
            csrf=token(request, site),
            path=request.url.path,
            **parts,
        )
    )
    answer = HTMLResponse(text.encode("utf-8", "replace"), status)
    if request.state.fresh:
        set_cookie(answer, site, cookie)
    return answer


@cache
def environment() -> "Environment":
    """Return the templates with their filters."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    templates = Environment(
        loader=PackageLoader("impact.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    filters: dict[str, Callable[..., Any]] = {"plain": plain, "day": day, "moment": moment, "made": made}
    templates.filters.update(filters)
    templates.globals["static"] = static
    return templates


@cache
def static(name: str) -> str:
    """Return the address of a file of `impact/web/static`, which changes with its content."""
    digest = sha256(files("impact.web").joinpath("static", name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


def day(time: datetime) -> str:
    """Return a time as 3 May 2026."""
    return f"{time.day}\N{NO-BREAK SPACE}{time:%B}\N{NO-BREAK SPACE}{time:%Y}"


def moment(time: datetime) -> str:
    """Return a time as 3 May 2026, 14:05 UTC."""
    return f"{day(time)}, {time:%H:%M}\N{NO-BREAK SPACE}UTC"


def made(time: str) -> str:
    """Return the time of a provenance as `moment` does, or as it stands where it is none."""
    try:
        return moment(datetime.fromisoformat(time).astimezone(UTC))
    except ValueError:
        return plain(time)
