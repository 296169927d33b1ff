"""The application: its parts in the order in which a request meets them, and how uvicorn runs it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.staticfiles import StaticFiles

from impact import __version__
from impact.review.store import jobs
from impact.web.api import discussions, downloads, endpoints, joint_review, searches
from impact.web.api import folders as folder_endpoints
from impact.web.desk import routes
from impact.web.pages import account, folders, library, proposal, search, second_factor, submit
from impact.web.server import responses
from impact.web.server.compression import CompressionMiddleware
from impact.web.server.connection import ConnectionLimits
from impact.web.server.middleware import SecurityMiddleware
from impact.web.server.state import ServerState
from impact.web.server.worker import Sweeper, Worker

if TYPE_CHECKING:
    from uvicorn import Config

SILENT = TelemetryConfig(tracing=False, metrics=False, logs=False, auto_configure=False)
"""For FastAPI, which could be told by the environment to report to others."""

IDLE = 15
"""Seconds for which a line is kept open for another request."""

GRACE = 5
"""Seconds for which answers may be finished when the server stops."""

LINES = 400
"""Open lines at a time; more are answered with 503. Source: project judgment; each takes some 100 kB."""

HEAD = 65_536
"""Bytes of the head of a request at the most."""


def make_app(server: ServerState) -> SecurityMiddleware:
    """Return the application of a server, behind its guard; its workers run while it does."""
    app = FastAPI(
        title="impact",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
        redirect_slashes=False,
        telemetry=SILENT,
    )
    app.state.server = server
    responses.install(app)
    for part in (
        library,
        search,
        folders,
        submit,
        proposal,
        routes,
        account,
        second_factor,
        endpoints,
        downloads,
        joint_review,
        searches,
        folder_endpoints,
        discussions,
    ):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=str(files("impact.web") / "static")), name="static")
    return SecurityMiddleware(CompressionMiddleware(app, server.settings), server.settings)


def config_of(server: ServerState) -> "Config":
    """Return the settings for uvicorn; proxies are believed as the settings of the server have it."""
    from uvicorn import Config

    limits = ConnectionLimits(server.settings.head, server.settings.idle)
    return Config(
        make_app(server),
        http=limits.connection,  # type: ignore[arg-type]  # a class, says uvicorn; it calls whatever it gets
        proxy_headers=bool(server.settings.url),
        forwarded_allow_ips=server.settings.proxies,
        server_header=False,
        access_log=False,
        log_level="warning",
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=GRACE,
        limit_concurrency=LINES,
        h11_max_incomplete_event_size=HEAD,
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Put back into the queue what was at work when this server stopped, and run its workers."""
    server: ServerState = app.state.server
    jobs.queue_again(server.store, server.now(), f"{server.settings.server}/")
    parts: list[Sweeper | Worker] = [
        Sweeper(server),
        *(Worker(server, number) for number in range(server.settings.workers)),
    ]
    for part in parts:
        part.start()
    yield
    for part in parts:
        part.stop()
