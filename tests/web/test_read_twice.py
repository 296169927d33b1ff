"""The page with a second reader: who is told what, and what a server that fails costs."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chat import ChatServer
from chat import serving as chatting
from terms import FAULTS, INVENTED, by_fault, first_of, terms_of

from impact.pipeline import analyze, render
from impact.review.store import analyses, blobs, erasing, proposals
from impact.review.store.store import open_store
from impact.review.values.users import User
from impact.web.server.settings import Settings

PATIENCE = 240
"""Seconds; other processes may keep the machine busy."""

TEXT = "1. Requirements\n\n1.1 The quay master of the {} shall shut off any subscriber in arrears.\n"
JSON = {"Accept": "application/json"}


@pytest.fixture
def reader() -> Iterator[ChatServer]:
    with chatting(by_fault) as running:
        yield running


@pytest.mark.long
def test_every_fault_of_a_server_is_survived_and_told(
    reader: ChatServer, served: Any, asked: Callable[..., Any], petra: User, tmp_path: Path
) -> None:
    store = open_store(tmp_path / "store")
    settings = Settings(person="petra", by="cues", terms=terms_of(reader, tmp_path))
    texts = {name: TEXT.format(name) for name in (*FAULTS, "honest")}
    with served(store, settings) as server, server.client() as client:
        files = [("files", (f"{name}.txt", text.encode())) for name, text in texts.items()]
        told = asked(client, "/submit", files=files, headers=JSON).json()["files"]
        ids = dict(zip(texts, (row["id"] for row in told), strict=True))
        end = time.monotonic() + PATIENCE
        while {proposals.get(store, petra, one).state.value for one in ids.values()} != {"done"}:
            assert time.monotonic() < end
            time.sleep(0.1)
        pages = {name: client.get(f"/p/{one}").text for name, one in ids.items()}

    for name, text in texts.items():
        made = json.loads(analyses.read_file(store, petra, ids[name], analyses.REPORT))
        reason = FAULTS[name][1] if name in FAULTS else None
        assert {clause["reason"] for clause in made["second_reading"]["unread"]} == ({reason} if reason else set()), (
            name
        )
        assert not reason or reason in pages[name]
        assert f"small at {reader.address[7:-3]}" in pages[name]
        if name in FAULTS:
            path = tmp_path / f"{name}.txt"
            path.write_text(text, encoding="utf-8")
            first = render(analyze(path, by=("cues",), jailed=False), "json").encode()
            assert first_of(json.dumps(made).encode()) == first_of(first), name
    assert "do not appear verbatim in the clause" in pages[INVENTED]
    kept = blobs.answers_of(store.files, proposals.get(store, petra, ids["honest"]).digest)
    assert list(kept.glob("??/*.json"))
    erasing.erase(store, petra, ids["honest"], server.state.now())
    assert not kept.exists()
    assert blobs.answers_of(store.files, proposals.get(store, petra, ids[INVENTED]).digest).exists()
    store.close()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://127.0.0.1:11434/v1", ""),
        ("https://llm.example.org/v1", "are sent to"),
        ("http://llm.example.org/v1", "are sent without encryption to"),
    ],
)
def test_before_anything_is_submitted_the_page_says_where_clauses_go(  # noqa: PLR0913, PLR0917 (fixtures)
    address: str, sentence: str, served: Any, analyzed: Callable[..., Any], petra: User, tmp_path: Path
) -> None:
    terms = terms_of(ChatServer(address, by_fault), tmp_path, hosts=("llm.example.org",))
    store = open_store(tmp_path / "store")
    with served(store, Settings(person="petra", workers=0, terms=terms)) as server, server.client() as client:
        first = client.get("/").text
        proposal = client.get(f"/p/{analyzed(server, petra, 'east').id}").text
    store.close()

    place = "<strong><bdi>llm.example.org</bdi></strong>"
    assert (f"{sentence} {place}" in first) == bool(sentence)
    assert (f"{sentence} {place}" in proposal) == bool(sentence)
    assert ("Nothing is sent to anyone else" in first) == (not sentence)
