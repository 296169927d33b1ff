"""What every answer needs: the store, the settings, the key, the clock."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Annotated

from fastapi import Depends, Request

from impact.review.store.adoption import KEY
from impact.review.store.store import Store
from impact.review.values.refusals import StoreError
from impact.web.server.password_queue import PasswordQueue
from impact.web.server.settings import Settings

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class ServerState:
    """One running server.

    Attributes:
        key: What signs cookies; the same for all servers of a store.
        queued: Set when something waits for a worker.
        passwords: Where requests wait that check a password.
    """

    store: Store
    settings: Settings
    key: bytes = field(repr=False)
    now: Callable[[], datetime]
    queued: Event = field(default_factory=Event)
    passwords: PasswordQueue = field(default_factory=PasswordQueue)


def key_of(folder: Path) -> bytes:
    """Return the key beside the files of a store; make it where there is none.

    Raises:
        StoreError: If it cannot be read or made, or is too short.
    """
    path = folder / KEY
    try:
        with suppress(FileExistsError):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(KEY_BYTES))
        key = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path} cannot be read or made: {error.strerror}", "Change its permissions") from error
    if len(key) < KEY_BYTES:
        raise StoreError(f"{path} is damaged", "Remove it; everybody has to sign in again")
    return key


def server_of(request: Request) -> ServerState:
    """Return the server that answers."""
    server: ServerState = request.app.state.server
    return server


async def current_server(request: Request) -> ServerState:
    """Return `server_of`, without a thread of its own."""
    return server_of(request)


Server = Annotated[ServerState, Depends(current_server)]
