"""A server of `impact serve` on a free port of loopback, for measurements."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import psutil

ADDRESS = re.compile(r"https?://\S+")
PATIENCE = 30
"""Seconds that a server has to stop."""


@contextmanager
def serving(store: Path | str, *options: str) -> Iterator[tuple[str, psutil.Process]]:
    """Run a server that judges by the cues, and give its address and its process."""
    words = [sys.executable, "-m", "impact", "serve", "--store", str(store), "--port", "0", "--by", "cues", *options]
    words += ["--allow-weaker-sandbox"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        line = next((line for line in process.stderr or () if ADDRESS.search(line)), "")
        Thread(target=_pass_on, args=(process,), daemon=True).start()
        try:
            yield ADDRESS.search(line)[0], psutil.Process(process.pid)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)


def _pass_on(process: "subprocess.Popen[str]") -> None:
    """Print what else the server says, which would wait for ever if nobody took it."""
    for line in process.stderr or ():
        sys.stderr.write(line)
