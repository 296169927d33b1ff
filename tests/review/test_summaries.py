"""What lists need of the decisions on proposals: it says what the chain says, and is kept with it."""

import json
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, text

from impact.review.decide import count, reading, record, summary
from impact.review.decide.blinding import blinding_of, visible_events
from impact.review.decide.conflict import outcomes
from impact.review.decide.count import statuses_for
from impact.review.decide.reading import may_compare
from impact.review.decide.record import DecisionDraft
from impact.review.decide.status import effective_events, own_statuses
from impact.review.decide.summary import ReviewSummary, summarize
from impact.review.find import articles
from impact.review.store.store import Store, open_store
from impact.review.team import comments, news
from impact.review.values.decision import Action, Correction, Decision, Event, Signature, SubjectKind
from impact.review.values.proposal import StoredProposal
from impact.review.values.users import Role, User

NOW = datetime(2025, 5, 6, 7, 8, 9, tzinfo=UTC)
BLANK = Decision("p", "0" * 64, 1, "Ann", NOW, Action.DONE)
NAMES = ("Ann", "Bob", "Eve")
VIEWERS = (*(User(name, Role.REVIEWER) for name in NAMES), User("Olga", Role.OFFICER))
Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]

ACTIONS = st.sampled_from([Action.ACCEPT, Action.REJECT, Action.CORRECT, Action.NOTE, Action.ADD, Action.DONE])


@st.composite
def histories(draw: st.DrawFn) -> tuple[Event, ...]:
    """Return decisions as the store would take them, with some taken back."""
    events: list[Event] = []
    for seq in range(1, draw(st.integers(1, 14)) + 1):
        name = draw(st.sampled_from(NAMES))
        mine = [known.seq for known in effective_events(events) if known.decision.reviewer == name]
        if mine and draw(st.integers(0, 3)) == 0:
            made = replace(BLANK, reviewer=name, action=Action.UNDO, undoes=draw(st.sampled_from(mine)))
        else:
            made = _decision(draw(ACTIONS), name, draw(st.sampled_from("fgh")), events)
        events.append(Event(seq, "", "", made))
    return tuple(events)


def _decision(action: Action, name: str, subject: str, before: list[Event]) -> Decision:
    if action is Action.DONE:
        return replace(BLANK, reviewer=name)
    correction = Correction(label="location-tracking") if action is Action.CORRECT else Correction()
    about = {"kind": SubjectKind.FINDING, "subject": subject, "clause": "1", "label": "shut-off"}
    settles = name in blinding_of(before, 2, signed=False).opened
    return replace(
        BLANK, reviewer=name, action=action, **about, text="Because.", correction=correction, settles=settles
    )


def kept(events: tuple[Event, ...], signed: int) -> ReviewSummary:
    """Return a summary as it comes back from the store."""
    signatures = (Signature("p", 1, "Ann", NOW, 1, "0" * 64, signed),) if signed else ()
    made = summarize(2, events, signatures)
    return ReviewSummary(**json.loads(json.dumps({name: getattr(made, name) for name in ReviewSummary.__slots__})))


@given(histories(), st.integers(0, 1), st.sampled_from(VIEWERS))
def test_a_summary_says_of_items_what_the_chain_says(events: tuple[Event, ...], signed: int, viewer: User) -> None:
    blinding = blinding_of(events, 2, signed=signed > 0)
    visible = visible_events(events, viewer, blinding)
    finals = outcomes(visible, blinding) if may_compare(viewer, blinding) else {}
    known = statuses_for(viewer, blinding, own_statuses(visible, viewer.name), finals)

    made = kept(events, len(events) + 1 if signed else 0)

    wordless = {
        name: replace(status, text="", notes=(), by="", time=None) for name, status in known.items() if status.decided
    }
    assert {status.subject: status for status in made.statuses(viewer, SubjectKind.FINDING)} == wordless
    assert made.decided(viewer) == wordless.keys()
    additions = [said.decision for said in effective_events(visible) if said.decision.action is Action.ADD]
    assert set(made.added(viewer)) == {(added.subject, added.clause) for added in additions}


@given(histories(), st.integers(0, 15), st.integers(0, 15), st.sampled_from(VIEWERS))
def test_a_summary_counts_as_new_what_could_not_be_read_before(
    events: tuple[Event, ...], signed: int, seen: int, viewer: User
) -> None:
    before = tuple(said for said in events if said.seq <= seen)
    blind = blinding_of(before, 2, signed=0 < signed <= seen)
    known = {said.seq for said in visible_events(before, viewer, blind)}
    visible = visible_events(events, viewer, blinding_of(events, 2, signed=signed > 0))
    fresh = [
        said
        for said in effective_events(visible)
        if said.seq not in known and said.decision.reviewer != viewer.name and said.decision.subject
    ]

    made = kept(events, signed)

    assert made.fresh(viewer, seen) == len(fresh)
    assert made.blinding(seen) == blind


def test_a_summary_is_kept_with_each_decision(light: Store, person: Person, submitted: Submitted) -> None:
    ann, made = _reviewed(light, person, submitted)
    subject = reading.open_desk(light, ann, made.id).subjects[2].id
    record.decide(light, ann, made.id, DecisionDraft(Action.ACCEPT, subject), NOW)
    record.undo(light, ann, made.id, NOW)

    with light.reading() as session:
        ends = dict(session.execute(text("SELECT proposal, max(seq) FROM links GROUP BY proposal")).all())
        versions = dict(session.execute(text("SELECT kind, version FROM extracts")).all())

    assert versions[summary.KIND] == ends[made.id]


def test_no_word_of_a_reviewer_is_in_a_summary(light: Store, person: Person, submitted: Submitted) -> None:
    ann, made = _reviewed(light, person, submitted)
    subject = reading.open_desk(light, ann, made.id).subjects[0].id
    record.decide(light, ann, made.id, DecisionDraft(Action.REJECT, subject, "A secret reason."), NOW)

    with light.reading() as session:
        contents = session.scalars(text("SELECT content FROM extracts")).all()

    assert contents
    assert not any("secret" in content for content in contents)


def test_lists_say_the_same_before_and_after_a_store_of_before_extracts_is_brought_up_to_date(
    place: str, store: Store, person: Person, submitted: Submitted, returned: Callable[..., None]
) -> None:
    ann, made = _reviewed(store, person, submitted)
    before = _lists(store, ann, made)
    with store.writing() as session:
        returned(session, "0009")
    store.close()

    again = open_store(place, store.files.parent)
    empty = _lists(again, ann, made)
    summary.keep_all(again)
    count.keep_items(again)
    filled = _lists(again, ann, made)
    with again.reading() as session:
        kinds = session.scalars(text("SELECT kind FROM extracts")).all()
    again.close()

    assert before == empty == filled
    assert len(kinds) == 2


def test_lists_ask_as_often_for_many_proposals_as_for_a_few(light: Store, person: Person, submitted: Submitted) -> None:
    ann, olga = person(light, "Ann"), person(light, "Olga", Role.OFFICER)
    news.arrive(light, olga, NOW.replace(year=2024))
    queries: list[str] = []
    event.listen(light.engine, "before_cursor_execute", lambda *given: queries.append(given[2]))
    lists: tuple[Callable[[list[str]], Collection[str]], ...] = (
        lambda ids: count.counts(light, olga, ids),
        lambda ids: news.of(light, olga, ids),
        lambda ids: articles.find(light, olga, "ICCPR 17", ids),
        lambda _: articles.proposals_with(light, olga, "ICCPR 17"),
    )
    ids: list[str] = []
    numbers = []
    for many in (1, 2):
        ids += [_decided(light, ann, submitted(light, ann, f"{many} {number}".encode())).id for number in range(many)]
        for ask in lists:
            queries.clear()
            found = ask(ids)
            numbers.append(len(queries))
            assert set(found) == set(ids)

    assert numbers[:4] == numbers[4:]
    assert min(numbers) > 0


def _reviewed(store: Store, person: Person, submitted: Submitted) -> tuple[User, StoredProposal]:
    ann = person(store, "Ann")
    return ann, _decided(store, ann, submitted(store, ann))


def _decided(store: Store, ann: User, made: StoredProposal) -> StoredProposal:
    first, second, *_ = (subject.id for subject in reading.open_desk(store, ann, made.id).subjects)
    drafts = [
        DecisionDraft(Action.CORRECT, first, correction=Correction(label="identity-binding")),
        DecisionDraft(Action.ACCEPT, second),
        DecisionDraft(Action.ADD, clause="1.2", mechanism="shut-off"),
    ]
    record.decide_all(store, ann, made.id, drafts, NOW)
    comments.add(store, ann, made.id, first, "Look here", NOW)
    record.finish(store, ann, made.id, NOW)
    return made


def _lists(store: Store, viewer: User, made: StoredProposal) -> tuple[Any, ...]:
    return count.counts(store, viewer, [made.id]), articles.find(store, viewer, "ICCPR 17"), news.of(store, viewer)
