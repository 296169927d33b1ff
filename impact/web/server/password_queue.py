"""Requests that check a password: they wait without a thread, so that pages and programs are answered meanwhile."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from fastapi import HTTPException
from starlette.concurrency import run_in_threadpool

from impact.review.authentication.limits import SignInOrigin
from impact.review.values.passwords import AT_ONCE

Answer = TypeVar("Answer")
MOST_WAITING = 200
"""Requests that wait at a time. Source: project judgment; a password takes 0.1 to 0.3 s."""
MOST_OF_NETWORK = 100
"""Of these, requests from one network, as delays count it. Source: project judgment; an office may have one address."""


class PasswordQueue:
    """Lets as many requests check passwords as hashes are computed at a time; the others wait for their turn."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._waiting: Counter[str] = Counter()

    async def run(self, address: str, check: Callable[[], Answer]) -> Answer:
        """Return what a check returns, when it is its turn.

        Raises:
            HTTPException: If too many wait, in all or from the network of this address.
        """
        network = SignInOrigin(address).network
        if self._waiting.total() >= MOST_WAITING or self._waiting[network] >= MOST_OF_NETWORK:
            detail = "many people are signing in at the moment; try again in a few seconds"
            raise HTTPException(503, detail, {"Retry-After": "10"})
        self._waiting[network] += 1
        try:
            async with self._turn:
                return await run_in_threadpool(check)
        finally:
            self._waiting[network] -= 1
            self._waiting += Counter()  # forgets the networks of which none waits
