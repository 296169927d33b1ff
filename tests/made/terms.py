"""How a second reader is asked in tests of what reads many documents."""

import json
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from chat import ChatServer, Request, answer, by_words, completion, status

from impact.reader import Door
from impact.reader.calibration import calibration_of
from impact.reader.opinion import ReaderTerms
from impact.reader.reasons import UnreadReason


def _slow(line: BaseHTTPRequestHandler) -> None:
    time.sleep(2)
    status(200, completion(answer()))(line)


def _hanging_up(line: BaseHTTPRequestHandler) -> None:
    line.close_connection = True


INVENTED = "invented quotes"
FAULTS: dict[str, tuple[Any, UnreadReason | None]] = {
    "slow": (_slow, UnreadReason.LATE),
    "wrong JSON": ('{"labels": [{"label": "shut-off", ', UnreadReason.FORM),
    "refusal": (completion("", finish_reason="content_filter"), UnreadReason.DECLINED),
    "truncated": (completion('{"labels": [', finish_reason="length"), UnreadReason.CUT),
    "ignored schema": ('{"powers": ["remote-control"]}', UnreadReason.FORM),
    "wrong labels": (answer(("mind-reading", "proposes", ["shall"])), UnreadReason.LABEL),
    INVENTED: (
        answer(("shut-off", "proposes", ["switch off at will"]), ("remote-control", "proposes", ["steer each ship"])),
        None,
    ),
    "server error": (status(500), UnreadReason.FAILED),
    "connection lost": (_hanging_up, UnreadReason.UNREACHABLE),
}
"""What a server does with questions on a document whose text names the fault, and why clauses are unread then."""


def by_fault(request: Request) -> Any:
    """Fail as the document says, or answer honestly."""
    return next((script for name, (script, _) in FAULTS.items() if name in request.document), by_words(request))


def terms_of(server: ChatServer, folder: Path, **changes: Any) -> ReaderTerms:
    """Return terms for a server that has a second for each answer and is asked once, four questions at a time."""
    chosen = {"answers": folder / "unused", "timeout": 1.0, "retries": 0, **changes}
    return ReaderTerms(Door(server.address, "small", **chosen), calibration_of("small"))


def first_of(report: bytes) -> dict[str, Any]:
    """Return what a report.json says beside who read a second time and what it was made by."""
    values: dict[str, Any] = json.loads(report)
    return {name: value for name, value in values.items() if name not in {"second_reading", "provenance"}}
