"""The queue outlasts restarts, and gives each job to one worker."""

import json
import multiprocessing
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from impact.review.decide import reading, record
from impact.review.decide.record import DecisionDraft
from impact.review.store import analyses, chain_links, jobs, proposals
from impact.review.store.store import Store, open_store
from impact.review.values.decision import Action
from impact.review.values.proposal import ProposalQuery, State, StoredProposal, Submission
from impact.review.values.refusals import ConflictError, StoreError
from impact.review.values.users import User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
Person = Callable[..., User]
WORKERS, EACH = 2, 12


def submit(store: Store, by: User, number: int) -> StoredProposal:
    return proposals.submit(store, by, Submission(f"{number}.txt", str(number).encode()), NOW)[0]


def test_jobs_are_taken_oldest_first_and_once(store: Store, person: Person) -> None:
    ann = person(store, "Ann")
    made = [submit(store, ann, number).id for number in range(2)]

    taken = [jobs.claim(store, "w", NOW) for _ in range(3)]

    assert [one.proposal if one else None for one in taken] == [*made, None]
    assert proposals.get(store, ann, made[0]).state is State.RUNNING


def test_what_was_running_at_a_restart_waits_again(place: str, store: Store, person: Person) -> None:
    ann = person(store, "Ann")
    made = submit(store, ann, 1)
    lost = jobs.claim(store, "server-1/a", NOW)
    store.close()

    again = open_store(place, store.files.parent)
    assert jobs.queue_again(again, NOW, "server-2/") == 0
    assert jobs.queue_again(again, NOW, "server-1/") == 1
    job = jobs.claim(again, "server-1/b", NOW)

    assert job is not None
    assert (job.proposal, job.attempts) == (made.id, 2)
    assert lost is not None
    with pytest.raises(ConflictError, match="no longer"):
        jobs.fail(again, lost, "late", "", NOW)
    again.close()


def test_a_job_that_never_ends_fails_in_the_end(store: Store, person: Person) -> None:
    ann = person(store, "Ann")
    made = submit(store, ann, 1)
    for _ in range(jobs.MOST_ATTEMPTS):
        assert jobs.claim(store, "w", NOW)
        jobs.queue_again(store, NOW)

    found = proposals.get(store, ann, made.id)

    assert jobs.claim(store, "w", NOW) is None
    assert found.state is State.FAILED
    assert "3 times" in found.reason


def test_a_failed_job_says_why_and_may_be_tried_again(store: Store, person: Person) -> None:
    ann = person(store, "Ann")
    made = submit(store, ann, 1)
    job = jobs.claim(store, "w", NOW)
    assert job
    jobs.report_stage(store, job, "segment")
    shown = jobs.latest_of(store, made.id)
    assert shown
    assert shown.stage == "segment"

    jobs.fail(store, job, "It is encrypted", "Save it without a password", NOW)

    found = proposals.get(store, ann, made.id)
    assert (found.state, found.reason, found.hint) == (State.FAILED, "It is encrypted", "Save it without a password")
    assert proposals.analyze_again(store, ann, made.id, {}, NOW).state is State.QUEUED
    assert proposals.find(store, ann, ProposalQuery(state=State.QUEUED)).total == 1


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"schema": "other/1"}', b'{"schema": "impact-report/1"}'])
def test_what_is_no_report_of_the_document_is_not_kept(light: Store, person: Person, data: bytes) -> None:
    submit(light, person(light, "Ann"), 1)
    job = jobs.claim(light, "w", NOW)
    assert job

    with pytest.raises(StoreError):
        analyses.save(light, job, {"report.json": data}, NOW)

    assert jobs.latest_of(light, job.proposal) == job


def test_the_report_of_another_document_is_not_kept(
    light: Store, person: Person, report: Callable[..., dict[str, Any]]
) -> None:
    submit(light, person(light, "Ann"), 1)
    job = jobs.claim(light, "w", NOW)
    assert job

    with pytest.raises(StoreError, match="another document"):
        analyses.save(light, job, {"report.json": json.dumps(report(b"other")).encode()}, NOW)


def _take_all(place: str, files: Path, name: str, start: Any, said: Any) -> None:
    store = open_store(place, files)
    start.wait()
    taken = []
    while job := jobs.claim(store, name, NOW):
        taken.append(job.id)
    said.put(taken)
    store.close()


def _decide_all(place: str, files: Path, user: User, proposal: str, start: Any, said: Any) -> None:  # noqa: PLR0913, PLR0917
    store = open_store(place, files)
    start.wait()
    for number in range(EACH):
        word = DecisionDraft(
            Action.NOTE, reading.open_desk(store, user, proposal).subjects[0].id, f"{user.name} {number}"
        )
        record.decide(store, user, proposal, word, NOW)
    said.put(user.name)
    store.close()


def _at_once(store: Store, work: Callable[..., None], arguments: list[tuple[Any, ...]]) -> list[Any]:
    """Run a function in processes that begin together; return what they said."""
    store.close()
    spawn = multiprocessing.get_context("spawn")
    start, said = spawn.Barrier(len(arguments)), spawn.Queue()
    processes = [spawn.Process(target=work, args=(*argument, start, said)) for argument in arguments]
    for process in processes:
        process.start()
    answers = [said.get(timeout=300) for _ in processes]
    for process in processes:
        process.join(120)
        assert process.exitcode == 0
    return answers


def test_two_processes_never_take_the_same_job_and_leave_none(place: str, store: Store, person: Person) -> None:
    ann = person(store, "Ann")
    for number in range(EACH):
        submit(store, ann, number)

    taken = _at_once(store, _take_all, [(place, store.files.parent, f"w{number}") for number in range(WORKERS)])

    assert sorted(job for each in taken for job in each) == sorted(set().union(*taken))
    assert len(set().union(*taken)) == EACH


def test_two_processes_that_decide_at_once_lose_nothing(
    place: str, store: Store, person: Person, submitted: Callable[..., StoredProposal]
) -> None:
    people = [person(store, name) for name in ("Ann", "Bob")]
    made = submitted(store, people[0])
    before, _ = chain_links.verify(store)

    _at_once(store, _decide_all, [(place, store.files.parent, user, made.id) for user in people])

    head, faults = chain_links.verify(store)
    assert (head.seq - before.seq, faults) == (WORKERS * EACH, ())
    for user in people:
        notes = [event.decision.text for event in reading.open_desk(store, user, made.id).events]
        assert notes == [f"{user.name} {number}" for number in range(EACH)]
