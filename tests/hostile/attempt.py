"""Analyze files as `impact analyze` does, in a process that may not use the network.

Run as a program: takes a path a line, answers a line of JSON each.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

NETWORK = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.sendto"})
SHOWN = 200
"""Clauses up to which the reports as HTML and CSV are made too, for the sake of time."""


def refuse_network(event: str, _arguments: tuple[Any, ...]) -> None:
    if event in NETWORK:
        message = f"{event} was called"
        raise AssertionError(message)


def attempt(path: Path) -> dict[str, Any]:
    """Return the refusal of a file, or what became of it; another exception leaves."""
    from impact.errors import ImpactError
    from impact.pipeline import analyze, render

    try:
        found = analyze(path)
    except ImpactError as error:
        return {"refusal": type(error).__name__, "message": error.message, "hint": error.hint}
    document = found.proposal.document
    return {
        "format": document.format,
        "text": document.text[:5000],
        "json": render(found, "json")[:200_000],
        "html": render(found, "html") if len(found.clauses) <= SHOWN else "",
        "csv": render(found, "csv") if len(found.clauses) <= SHOWN else "",
    }


def peak() -> int:
    """Return the most memory used since the last call, in bytes; 0 where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text()
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def main() -> None:
    sys.addaudithook(refuse_network)
    for line in sys.stdin:
        peak()
        start = time.process_time()
        answer = attempt(Path(json.loads(line)))
        used = {"memory": peak(), "seconds": time.process_time() - start}
        print(json.dumps(answer | used), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
