"""A batch with a second reader: nothing is lost, nothing invented gets in, and nothing is asked twice."""

import csv
import json
import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from chat import ChatServer, serving
from click.testing import CliRunner
from terms import FAULTS, INVENTED, by_fault, first_of, terms_of

from impact.batch.job import BatchJob, Failed, Setup, Ticket
from impact.batch.naming import folder_of
from impact.batch.record import Record, RecordOutcome, record_in, to_json
from impact.batch.run import _Results
from impact.batch.store import keep
from impact.batch.work import _done, versions_of
from impact.cli import main
from impact.extract import Options, read_bytes
from impact.provenance import provenance
from impact.reader.budget import ReaderBudget
from impact.reader.door import BY_FILE
from impact.reader.points.vocabulary import vocabulary
from impact.reader.reasons import UnreadReason
from impact.reader.settings import KEY
from tests.batch.conftest import NOW

WHOLES = 1 + len(vocabulary().themes)
"""Questions on a short document as a whole: for passages and for points."""

Go = Callable[..., dict[str, Any]]
Tree = Callable[[Path], dict[str, bytes]]


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serving(by_fault) as running:
        yield running


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for what the faulty documents give without a second reader."""
    return tmp_path_factory.mktemp("first") / "out"


def second_reading(out: Path, name: str) -> dict[str, Any]:
    """Return what a report says of the second reader."""
    report = json.loads((out / folder_of(name) / "report.json").read_bytes())
    return dict(report["second_reading"])


@pytest.mark.long
@pytest.mark.parametrize("engine", ["local", "dask"])
def test_every_fault_of_a_server_is_survived(  # noqa: PLR0913, PLR0917 (fixtures)
    engine: str,
    server: ChatServer,
    folder: Callable[..., Path],
    go: Go,
    first: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    names = [f"{fault}.txt" for fault in FAULTS]
    root, out = folder(*names, "honest.txt"), tmp_path / "twice"
    if not first.exists():
        go(root, out=first)
    scheduler = request.getfixturevalue("cluster").scheduler_address if engine == "dask" else ""

    entries = go(root, out=out, engine=engine, scheduler=scheduler, terms=terms_of(server, tmp_path))

    assert {entry.outcome for entry in entries.values()} == {"done"}
    for fault, (_, reason) in FAULTS.items():
        made = second_reading(out, f"{fault}.txt")
        assert {clause["reason"] for clause in made["unread"]} == ({reason} if reason else set()), fault
        files = ((where / folder_of(f"{fault}.txt") / "report.json").read_bytes() for where in (first, out))
        assert first_of(next(files)) == first_of(next(files)), fault
    assert second_reading(out, f"{INVENTED}.txt")["dropped"] > 0
    honest = json.loads((out / folder_of("honest.txt") / "report.json").read_bytes())
    assert [finding["second"] for clause in honest["clauses"] for finding in clause["findings"]] == ["agrees"]
    pending = {name for name in entries if (record := record_in(out, folder_of(name))) and record.pending}
    passing = {UnreadReason.LATE, UnreadReason.FAILED, UnreadReason.UNREACHABLE}
    assert pending == {f"{fault}.txt" for fault, (_, reason) in FAULTS.items() if reason in passing}


def test_nothing_is_asked_twice_and_the_same_answers_give_the_same_bytes(
    server: ChatServer, folder: Callable[..., Path], go: Go, tree: Tree, tmp_path: Path
) -> None:
    root, terms = folder("a.txt", "b.txt"), terms_of(server, tmp_path, timeout=20.0)
    go(root, terms=terms)
    before, asked = tree(tmp_path / "out"), len(server.requests)

    again = go(root, terms=terms)
    anew = go(root, terms=terms, fresh=True)

    assert asked
    assert {entry.outcome for entry in again.values()} == {"unchanged"}
    assert {entry.outcome for entry in anew.values()} == {"done"}
    assert len(server.requests) == asked
    assert tree(tmp_path / "out") == before


def test_the_budget_is_that_of_the_run_and_the_next_run_goes_on(
    server: ChatServer, folder: Callable[..., Path], go: Go, tmp_path: Path
) -> None:
    names = [f"{number}.txt" for number in range(4)]
    root, terms = folder(*names), terms_of(server, tmp_path, timeout=20.0, requests=1)

    go(root, terms=terms, workers=2)
    short = [clause["reason"] for name in names for clause in second_reading(tmp_path / "out", name)["unread"]]
    asked = len(server.requests)
    entries = go(root, terms=replace(terms, door=replace(terms.door, requests=100)))

    assert asked == 1
    assert set(short) == {UnreadReason.BUDGET}
    assert {entry.outcome for entry in entries.values()} == {"done"}  # each still had its questions as a whole open
    assert len(server.requests) == len(short) + WHOLES * len(names)
    assert not any(second_reading(tmp_path / "out", name)["unread"] for name in names)


def test_a_batch_names_its_second_reader(server: ChatServer, folder: Callable[..., Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ["--reader", server.address, "--reader-model", "small", "--by", "cues", "--workers", "1"]

    result = CliRunner().invoke(main, ["batch", str(folder("a.txt")), "--out", str(out), *options])

    assert result.exit_code == 0, result.output
    assert list((out / "answers").glob("??/*.json"))
    made = second_reading(out, "a.txt")
    page = (out / "index.html").read_text(encoding="utf-8")
    read = sum(not (request.for_points or request.for_passages) for request in server.requests)
    clauses = f"{read} clause{'s' * (read != 1)}"
    assert f"<bdi>small</bdi> at <bdi>{server.address[7:-3]}</bdi>: {clauses} of 1 document read, none unread" in page
    assert made["prompt"][:12] in page
    row = next(csv.DictReader((out / "portfolio.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert (row["second_reader"], row["second_reader_prompt"]) == ("small", made["prompt"])
    assert (row["clauses_read_twice"], row["clauses_unread_twice"], row["quotes_dropped"]) == (str(read), "0", "0")


@pytest.fixture
def job(text: Callable[[object], str]) -> BatchJob:
    return BatchJob(Ticket("a.txt", "a.txt-1", ""), text("a").encode(), ReaderBudget(9, 90_000))


def setup_with(terms: Any) -> Setup:
    """Return what holds for a batch of cues alone."""
    made = provenance(Options(), ("cues",), NOW)
    return Setup(Options(), ("cues",), NOW, versions_of(made, terms), 600, 1 << 30, "", terms)


def test_no_more_is_asked_when_the_time_of_a_document_ends(server: ChatServer, job: BatchJob, tmp_path: Path) -> None:
    server.script = lambda _: lambda _line: sleep(5)
    document = read_bytes(job.data, "a.txt", jailed=False)
    setup = setup_with(terms_of(server, tmp_path, timeout=20.0, answers=tmp_path))
    began = monotonic()

    done = _done(document, job, setup, began + 0.5)

    (unread,) = json.loads(done.files["report.json"])["second_reading"]["unread"]
    assert unread["reason"] == UnreadReason.TIME
    assert done.pending == 3  # the clause, and why no question for passages or for points was answered


def test_answers_of_a_worker_that_does_not_see_the_results_are_brought_home(
    server: ChatServer, job: BatchJob, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere" / "answers"
    setup = setup_with(terms_of(server, tmp_path, timeout=20.0, answers=elsewhere))

    done = _done(read_bytes(job.data, "a.txt", jailed=False), job, setup, monotonic() + 60)

    assert len(done.answers) == done.spent.requests == len(server.requests) == 1 + WHOLES
    assert not elsewhere.parent.exists()


def test_a_result_depends_on_who_reads_and_by_which_rule(server: ChatServer, tmp_path: Path) -> None:
    made, terms = provenance(Options(), ("cues",), NOW), terms_of(server, tmp_path)
    others = [
        None,
        terms,
        replace(terms, door=replace(terms.door, model="large")),
        replace(terms, door=replace(terms.door, address=BY_FILE)),
        replace(terms, calibration=replace(terms.calibration, firm=0.5)),
    ]

    assert len({versions_of(made, other) for other in others}) == len(others)
    assert versions_of(made, replace(terms, door=replace(terms.door, requests=7))) == versions_of(made, terms)


def test_a_key_does_not_travel(server: ChatServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "sesame-of-the-harbor")
    setup = setup_with(terms_of(server, tmp_path))

    sent = pickle.dumps(setup)

    assert b"sesame" not in sent
    assert pickle.loads(sent) == setup  # noqa: S301 (our own)


@pytest.mark.parametrize(("pending", "stays"), [(1, True), (0, False)])
def test_a_result_stays_where_only_its_second_reading_was_to_be_finished(
    pending: int, *, stays: bool, tmp_path: Path
) -> None:
    ticket = Ticket("a.txt", "a.txt-1", "0" * 64)
    keep(tmp_path, Record("a.txt", "a.txt-1", "0" * 64, "v", RecordOutcome.DONE, pending=pending), {})

    _Results(tmp_path, "v", lambda _: None).fail(ticket, Failed("analyze", "it took too long", "Wait"))

    record = record_in(tmp_path, "a.txt-1")
    assert record
    assert (record.outcome is RecordOutcome.DONE) == stays


def test_a_record_without_open_clauses_says_nothing_of_them() -> None:
    record = Record("a.txt", "a.txt-1", "0" * 64, "v", RecordOutcome.DONE)

    assert "pending" not in to_json(record)
    assert "pending" in to_json(replace(record, pending=2))
