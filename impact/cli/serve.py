"""`impact serve`."""

import getpass
import platform
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from impact.cli.installed import check_installed
from impact.cli.messages import complain
from impact.cli.options import WAYS, files_option, reader_options, store_option, terms_behind
from impact.errors import ImpactError

if TYPE_CHECKING:
    import socket

    from impact.reader import Door
    from impact.reader.opinion import ReaderTerms
    from impact.review.store.store import Store
    from impact.web.server.settings import Settings


class _ServerOptions(TypedDict):
    """Options of the command, but for the store."""

    host: str
    port: int
    url: str
    proxies: str
    person: str
    workers: int
    largest: int
    together: int
    rate: int
    keep: int
    server: str
    by: str


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8642, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 selects a free port."
)
@click.option("--url", default="", help="Public address behind a proxy, such as https://impact.example.org.")
@click.option("--proxies", default="127.0.0.1,::1", show_default=True, help="Trusted proxies, separated by commas.")
@store_option
@files_option
@click.option("--as", "person", default="", help="Your name, if the server has no accounts.  [default: your login]")
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(0, 64),
    help="Number of analyses to run at the same time.",
)
@click.option(
    "--largest", default=100, show_default=True, type=click.IntRange(1, 200), help="Maximum size of a file in MB."
)
@click.option(
    "--together", default=500, show_default=True, type=click.IntRange(1), help="Maximum size of an upload in MB."
)
@click.option(
    "--rate",
    default=600,
    show_default=True,
    type=click.IntRange(0),
    help="Maximum number of requests per minute from one address; 0 sets no limit.",
)
@click.option(
    "--keep", default=0, type=click.IntRange(0, 36_500), help="Days after which submitted proposals are erased."
)
@click.option(
    "--name", "server", default=platform.node(), help="Name of this server, if several servers share a store."
)
@click.option(
    "--by",
    type=click.Choice(WAYS, case_sensitive=False),
    default="model",
    show_default=True,
    help="How clauses are judged, as for `impact analyze`.",
)
@click.option(
    "--allow-weaker-sandbox",
    "weaker",
    is_flag=True,
    help="Open documents even if this system cannot fully confine the processes that read them.",
)
@reader_options
def serve(
    place: str | None, files: Path | None, door: "Door | None", *, weaker: bool, **options: Unpack[_ServerOptions]
) -> None:
    """Start the web server for reviewing proposals.

    On its pages, people submit, read and review proposals.

    A server that only this machine can reach needs no accounts. On any other address, or with --url, it starts only if
    an account exists. Create one with: impact user add NAME --role administrator.

    With --reader, a language model that you trust reads clauses a second time. If it runs on another host, the page
    says, before anything is submitted, that clauses are sent there.

    The server opens documents of other people in a sandbox. It does not start if a test shows that the sandbox is
    incomplete on this system. `impact doctor` explains what is missing.
    """
    check_installed("the web server", "web")
    from impact.review.store.accounts import users
    from impact.review.store.store import default_place, open_store
    from impact.web.server.settings import is_everywhere, is_loopback

    host = options["host"]
    if is_everywhere(host) and not options["url"]:
        raise ImpactError(
            f"{host or 'an empty address'} is not an address that people can type", "Also give --url https://NAME"
        )
    with closing(open_store(place or default_place(), files)) as store:
        accounts = any(user.password and user.active for user in users(store))
        settings = _settings(options, terms_behind(door), accounts=accounts)
        if not is_loopback(host) and not settings.secure:
            complain("passwords will be sent unencrypted. Put a TLS proxy in front of the server (docs/server.md)")
        if settings.sent_to:
            complain(f"clauses of submitted proposals will be sent to {settings.sent_to}; the page says so")
        _check_sandbox(weaker=weaker)
        _run(store, settings)


def _settings(options: _ServerOptions, terms: "ReaderTerms | None", *, accounts: bool) -> "Settings":
    """Return what holds for this run of the server; an error if it could not work, or would let strangers in."""
    from impact.web.server.settings import Settings

    try:
        chosen: _ServerOptions = {
            **options,
            "url": options["url"].rstrip("/"),
            "person": options["person"] or _who(),
            "largest": options["largest"] * 1_000_000,
            "together": max(options["together"], options["largest"]) * 1_000_000,
            "rate": options["rate"] if accounts else 0,
            "server": options["server"] or "server",
        }
        return Settings(**chosen, accounts=accounts, terms=terms)
    except ValueError as error:
        hint = "impact user add NAME --role administrator" if not accounts else ""
        raise ImpactError(str(error), hint) from error


def _run(store: "Store", settings: "Settings") -> None:
    import logging
    from dataclasses import replace
    from datetime import UTC, datetime

    import uvicorn

    from impact.web.app import config_of
    from impact.web.server.state import ServerState, key_of

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    with _listen(settings) as listening:
        settings = replace(settings, port=listening.getsockname()[1])
        state = ServerState(store, settings, key_of(store.files), lambda: datetime.now(UTC))
        click.echo(f"impact is running at {settings.address} (press Ctrl-C to stop)", err=True)
        sys.stderr.flush()
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config_of(state)).run(sockets=[listening])


def _check_sandbox(*, weaker: bool) -> None:
    """Refuse to start where documents of others could do harm, unless that is accepted; then say it once."""
    from impact.sandbox.trial import checked

    trial = checked(weaker=weaker)
    if trial.is_whole:
        return
    if not weaker:
        raise ImpactError(
            f"the server was not started because {trial.meaning}",
            "Run impact doctor for details. To accept the risk, add --allow-weaker-sandbox",
        )
    complain(f"the sandbox is incomplete on this system: {trial.meaning}")


def _listen(settings: "Settings") -> "socket.socket":
    """Return the socket, taken before anything else so that a second server does not touch the first one's work."""
    import socket

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=512)
    except OSError as error:
        message = f"{settings.host}:{settings.port} is not available: {error.strerror}"
        raise ImpactError(message, "Choose another --port; another server may already be running") from error


def _who() -> str:
    try:
        return getpass.getuser()[:64] or "me"
    except (OSError, KeyError):
        return "me"
