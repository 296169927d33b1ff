"""How uvicorn runs the application."""

from typing import TYPE_CHECKING

from impact.web.app import make_app
from impact.web.server.state import ServerState

if TYPE_CHECKING:
    from uvicorn import Config

IDLE = 15
"""Seconds for which a line is kept open for another request."""

GRACE = 5
"""Seconds for which answers may be finished when the server stops."""

LINES = 400
"""Open lines at a time; more are answered with 503. Source: project judgement; each takes some 100 kB."""

HEAD = 65_536
"""Bytes of the head of a request at the most."""


def config_of(server: ServerState) -> "Config":
    """Return the settings for uvicorn; proxies are believed as the settings of the site have it."""
    from uvicorn import Config

    return Config(
        make_app(server),
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
