"""What the events of reviewers come to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.records import ClauseKind, ReviewVerdict, Span, Strength
from impact.records.report import ReportClause
from impact.review.decide.status import effective_events, last_effective, next_undecided, own_statuses
from impact.review.values.decision import Action, Correction, Decision, Event, SubjectKind, from_row, to_row
from impact.review.values.subject import Subject

NOW = datetime(2025, 1, 2, tzinfo=UTC)
DIGEST = "0" * 64
BLANK = Decision("p", DIGEST, 1, "Ann", NOW, Action.DONE)


def say(action: Action, subject: str = "f", reviewer: str = "Ann", **more: Any) -> Decision:
    defaults = {"text": "Because."} if action in {Action.REJECT, Action.NOTE} else {}
    if action is Action.CORRECT:
        defaults["correction"] = Correction(severity=(1, 2, 3))
    about = {"kind": SubjectKind.FINDING, "subject": subject, "clause": "1", "label": "shut-off"}
    return replace(BLANK, action=action, reviewer=reviewer, **{**about, **defaults, **more})


def undo(seq: int, reviewer: str = "Ann") -> Decision:
    return replace(BLANK, action=Action.UNDO, reviewer=reviewer, undoes=seq)


def events(*said: Decision) -> tuple[Event, ...]:
    return tuple(Event(seq, "", "", one) for seq, one in enumerate(said, 1))


SAID = st.builds(
    say,
    st.sampled_from([Action.ACCEPT, Action.REJECT, Action.CORRECT, Action.NOTE, Action.ADD]),
    st.sampled_from("fgh"),
    st.sampled_from(["Ann", "Bob"]),
)


@given(st.lists(SAID, max_size=8), SAID, st.lists(SAID, max_size=4))
def test_undo_inverts(before: list[Decision], one: Decision, after: list[Decision]) -> None:
    with_it = events(*before, one, *after, undo(len(before) + 1, one.reviewer))
    without = events(*before, *after)

    for name in ("Ann", "Bob"):
        assert own_statuses(with_it, name) == own_statuses(without, name)


@given(st.lists(SAID, max_size=10), st.randoms())
def test_the_order_of_reviewers_does_not_matter(said: list[Decision], random: Any) -> None:
    queues = {name: [one for one in said if one.reviewer == name] for name in ("Ann", "Bob")}
    names = [one.reviewer for one in said]
    random.shuffle(names)
    mixed = [queues[name].pop(0) for name in names]

    for name in ("Ann", "Bob"):
        assert own_statuses(events(*said), name) == own_statuses(events(*mixed), name)


@given(st.lists(SAID, min_size=1, max_size=8))
def test_taking_everything_back_leaves_nothing(said: list[Decision]) -> None:
    all_ = list(said)
    while last := last_effective(events(*all_), "Ann"):
        all_.append(undo(last.seq))

    assert own_statuses(events(*all_), "Ann") == {}


@given(SAID)
def test_a_decision_comes_back_from_its_row(one: Decision) -> None:
    assert from_row(to_row(one)) == one


def test_the_last_verdict_holds_and_notes_gather() -> None:
    said = events(
        say(Action.NOTE, text="One."), say(Action.ACCEPT), say(Action.NOTE, text="Two."), say(Action.REJECT, text="No.")
    )

    found = own_statuses(said, "Ann")["f"]

    assert (found.verdict, found.text, found.notes) == (
        ReviewVerdict.REJECTED,
        "No.",
        (("Ann", "One."), ("Ann", "Two.")),
    )


def test_accepting_after_a_correction_takes_the_correction_away() -> None:
    found = own_statuses(events(say(Action.CORRECT), say(Action.ACCEPT)), "Ann")["f"]

    assert found.verdict is ReviewVerdict.ACCEPTED
    assert not found.correction


def test_nobody_takes_back_what_another_said() -> None:
    said = events(say(Action.ACCEPT), undo(1, "Bob"))

    assert [one.seq for one in effective_events(said)] == [1]


def test_next_undecided_goes_on_after_the_last_and_then_from_the_top() -> None:
    listed = tuple(_subject(name) for name in "abcd")
    decided = own_statuses(events(say(Action.ACCEPT, "b"), say(Action.NOTE, "c")), "Ann")

    def following(after: str) -> str:
        found = next_undecided(listed, decided, after)
        return found.id if found else ""

    assert [following(after) for after in ("", "a", "c", "d")] == ["a", "c", "d", "a"]
    assert next_undecided(listed[1:2], decided) is None


def _subject(name: str) -> Subject:
    clause = ReportClause(
        id="1",
        number="1",
        headings=(),
        kind=ClauseKind.STATEMENT,
        page=1,
        boxes=(),
        span=Span(0, 4),
        text="text",
        strength=Strength.MUST,
        assessed=True,
        findings=(),
        safeguards=(),
        context=(),
    )
    return Subject(name, SubjectKind.FINDING, clause, "shut-off")


@pytest.mark.parametrize(
    "make",
    [
        lambda: say(Action.REJECT, text=" "),
        lambda: say(Action.NOTE, text=""),
        lambda: say(Action.CORRECT, correction=Correction()),
        lambda: say(Action.ACCEPT, correction=Correction(label="shut-off")),
        lambda: say(Action.ACCEPT, ""),
        lambda: say(Action.ACCEPT, clause=""),
        lambda: say(Action.ACCEPT, text="x" * 10_001),
        lambda: say(Action.CORRECT, kind=SubjectKind.SAFEGUARD),
        lambda: undo(0),
        lambda: replace(BLANK, undoes=1),
        lambda: replace(BLANK, reviewer=" Ann"),
        lambda: replace(BLANK, time=datetime(2025, 1, 1)),  # noqa: DTZ001
        lambda: Correction(severity=(0, 1, 1)),
        lambda: Correction(severity=(1, 1)),
    ],
)
def test_a_decision_that_lacks_something_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        make()


@pytest.mark.parametrize(
    "change", [{"seq": 1}, {"time": "now"}, {"action": "judge"}, {"analysis": "1"}, {"correction": None}, {"text": 3}]
)
def test_a_row_that_is_no_decision_is_refused(change: dict[str, object]) -> None:
    row = {**to_row(say(Action.ACCEPT)), **change}
    if "seq" in change:
        del row["subject"]

    with pytest.raises(ValueError, match=r"."):
        from_row(row)
