"""A document of our own, a server that reads it, and what joins them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from chat import ChatServer, serving
from harbor import CHANCES, document

from impact.pipeline import prepare
from impact.reader import Door, read_again
from impact.records import SecondReading
from impact.taxonomy import load


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serving() as running:
        yield running


@pytest.fixture
def door(server: ChatServer, tmp_path: Path) -> Door:
    return Door(server.address, "small", tmp_path / "answers", timeout=20.0)


@pytest.fixture
def naps() -> list[float]:
    return []


@pytest.fixture
def read(door: Door, tmp_path: Path, naps: list[float]) -> Callable[..., SecondReading]:
    """Return what reads a text a second time; each of its clauses is likely to propose any of five labels."""

    def reading(text: str = "", *, first: bool = True, **changes: Any) -> SecondReading:
        path = tmp_path / "harbor.txt"
        path.write_text(text or document(), encoding="utf-8")
        proposal, clauses = prepare(path, jailed=False)
        likely = {(place, label): chance for place in range(len(clauses)) for label, chance in CHANCES.items()}
        chosen = replace(door, **changes)
        return read_again(proposal, clauses, likely if first else None, load(), chosen, sleep=naps.append)

    return reading
