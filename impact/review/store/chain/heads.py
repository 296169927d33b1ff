"""Ends of a chain that were noted elsewhere: only they show a chain that was cut or made anew by somebody who could."""

import json
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from impact.review.store.chain.links import ChainHead
from impact.review.values import timestamps
from impact.review.values.refusals import RefusedError

_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")
_LINE = re.compile(rf"(\S+) ([0-9a-f-]+) {_HEAD.pattern}")
_HINT = "Give NUMBER:HASH, a file of `impact review head --append`, or a signed version"
_LINES_ONLY = "Give a new file, or one of `impact review head --append`"


@dataclass(frozen=True, slots=True)
class NotedHead:
    """Where the chain of a store ended at some time.

    Attributes:
        store: Id of the store; empty where it was not noted.
    """

    head: ChainHead
    store: str = ""

    def line(self, now: datetime) -> str:
        """Return it as a line of a file of heads, without its end."""
        return f"{timestamps.to_text(now)} {self.store} {self.head.seq}:{self.head.hash}"


def noted(text: str) -> tuple[NotedHead, ...]:
    """Return the heads that a person gives: one as text, or all those of a file.

    Raises:
        RefusedError: If it is neither, or the file holds anything else.
    """
    alone = _HEAD.fullmatch(text)
    if alone:
        return (NotedHead(_head(*alone.groups())),)
    try:
        content = Path(text).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or "it is no text"
        raise RefusedError(
            f"{text!r} is no end of a chain and cannot be read as a file of them: {why}", _HINT
        ) from error
    return _signed(text, content) if content.lstrip().startswith("{") else _lines(text, content)


def appended(path: Path) -> tuple[NotedHead, ...]:
    """Return the heads of a file to which `append` may add one; none where it is absent or empty.

    Raises:
        RefusedError: If it holds anything but lines of `append`, or cannot be read.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or "it is no text"
        raise RefusedError(f"{path} cannot be read as a file of ends of a chain: {why}", _LINES_ONLY) from error
    return _lines(str(path), content, _LINES_ONLY) if content else ()


def append(path: Path, head: NotedHead, now: datetime) -> None:
    """Add a head to a file as a line of its own; the file is made if absent, and on the disk when this returns."""
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    with os.fdopen(descriptor, "a+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 1, 0))
        start = "" if file.read() in {b"", b"\n"} else "\n"
        file.write(f"{start}{head.line(now)}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def _lines(name: str, content: str, hint: str = _HINT) -> tuple[NotedHead, ...]:
    heads = []
    for number, line in enumerate(content.splitlines(), 1):
        found = _LINE.fullmatch(line.strip())
        if found:
            heads.append(NotedHead(_head(found[3], found[4]), found[2]))
        elif line.strip():
            raise RefusedError(f"line {number} of {name} is no end of a chain", hint)
    if not heads:
        raise RefusedError(f"{name} holds no end of a chain", hint)
    return tuple(heads)


def _signed(name: str, content: str) -> tuple[NotedHead, ...]:
    try:
        chain: Any = json.loads(content)["chain"]
        found = _HEAD.fullmatch(f"{chain['seq']}:{chain['hash']}")
    except (ValueError, LookupError, TypeError):
        found = None
    if not found:
        raise RefusedError(
            f"{name} holds no end of a chain: it was signed before versions held one, or is no signed version", _HINT
        )
    return (NotedHead(_head(*found.groups()), str(chain.get("store", ""))),)


def _head(seq: str, hash_: str) -> ChainHead:
    return ChainHead(int(seq), hash_)
