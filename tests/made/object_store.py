"""An S3-compatible store on this machine: moto's server in a process of its own, with a log of what is asked of it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

PATIENCE = 60
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
_REQUEST = re.compile(r'"(?:\x1b\[\d+m)*(GET|PUT|HEAD|POST|DELETE) /([^ ?]*)')


@dataclass(frozen=True)
class ObjectStore:
    """The address of the store, where it logs each request, and its process."""

    endpoint: str
    log: Path
    process: int

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which clients find it."""
        return ENVIRONMENT | {"AWS_ENDPOINT_URL": self.endpoint}

    def requests(self, method: str, below: str) -> list[str]:
        """Return the paths below "bucket/prefix" that were asked for by a method so far."""
        asked = _REQUEST.findall(self.log.read_text(encoding="utf-8"))
        return [path for verb, path in asked if verb == method and path.startswith(below)]


@contextmanager
def object_store(folder: Path) -> Iterator[ObjectStore]:
    """Start a store on a free port of this machine and end it."""
    log = folder / "store.log"
    command = [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", "0"]
    with log.open("wb") as file:
        server = subprocess.Popen(command, stdout=file, stderr=file, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    try:
        end = monotonic() + PATIENCE
        while not (told := re.search(r"http://127\.0\.0\.1:\d+", log.read_text(encoding="utf-8"))):
            assert server.poll() is None, log.read_text(encoding="utf-8")
            assert monotonic() < end
            sleep(0.1)
        yield ObjectStore(told[0], log, server.pid)
    finally:
        server.kill()
        server.wait()
