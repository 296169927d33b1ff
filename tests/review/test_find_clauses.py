"""Words find clauses, of what a person may see and of nothing else, in SQLite and in PostgreSQL alike."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import text

from impact.review.find import clauses
from impact.review.find.marking import marks_in
from impact.review.store import erasing, proposals
from impact.review.store.clause_search import terms_of
from impact.review.store.store import Store
from impact.review.values.proposal import ProposalQuery, StoredProposal
from impact.review.values.users import Role, User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]


def test_a_clause_is_found_by_its_words_in_any_order_and_by_their_beginnings(
    store: Store, person: Person, submitted: Submitted
) -> None:
    made = submitted(store, ann := person(store, "Ann"))

    total, hits = clauses.find(store, ann, "harbor BOAT posit")

    assert (total, [(hit.proposal, hit.clause, hit.position) for hit in hits]) == (1, [(made.id, "1.2", 1)])
    assert [hits[0].text[start:end] for start, end in hits[0].marks] == ["position", "boat", "harbor"]


def test_a_phrase_in_quotation_marks_is_found_verbatim(store: Store, person: Person, submitted: Submitted) -> None:
    submitted(store, ann := person(store, "Ann"))

    assert clauses.find(store, ann, '"shut off a subscriber"')[0] == 1
    assert clauses.find(store, ann, "\u201cthe quay master\u201d")[0] == 2
    assert clauses.find(store, ann, '"off shut"')[0] == 0
    assert clauses.find(store, ann, '"shut off a subscrib"')[0] == 0


def test_the_list_goes_by_phrases_too_and_finds_them_in_titles(
    store: Store, person: Person, submitted: Submitted
) -> None:
    made = submitted(store, ann := person(store, "Ann"), title="Requirements for quays")

    found = {
        asked: [proposal.id for proposal in proposals.find(store, ann, ProposalQuery(asked)).proposals]
        for asked in ('"for quays"', '"quays for"', '"shut off" "is late"', '"shut off" "late is"')
    }

    assert found == {
        '"for quays"': [made.id],
        '"quays for"': [],
        '"shut off" "is late"': [made.id],
        '"shut off" "late is"': [],
    }
    assert clauses.find(store, ann, '"for quays"') == (0, ())


def test_what_a_person_may_not_see_is_neither_shown_nor_counted(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann, bob = person(store, "Ann"), person(store, "Bob")
    hidden = submitted(store, ann, restricted_to=())
    shown = submitted(store, ann, b"two")

    total, hits = clauses.find(store, bob, "quay master")

    assert (total, {hit.proposal for hit in hits}) == (2, {shown.id})
    assert clauses.find(store, bob, "quay master", hidden.id) == (0, ())
    assert clauses.find_within(store, bob, "quay master", [hidden.id, shown.id], 3).keys() == {shown.id}
    assert clauses.find(store, ann, "quay master")[0] == 4
    assert clauses.find(store, person(store, "Root", Role.ADMINISTRATOR), "quay master")[0] == 4


def test_each_proposal_shows_its_first_clauses_and_how_many_there_are(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann = person(store, "Ann")
    one, two = submitted(store, ann), submitted(store, ann, b"two")

    found = clauses.find_within(store, ann, "shall", [one.id, two.id], 2)

    assert {proposal: (hits.total, [hit.clause for hit in hits.hits]) for proposal, hits in found.items()} == {
        one.id: (3, ["1.1", "1.2"]),
        two.id: (3, ["1.1", "1.2"]),
    }


def test_words_that_no_clause_has_together_show_the_first_clause_of_each(
    store: Store, person: Person, submitted: Submitted
) -> None:
    made = submitted(store, ann := person(store, "Ann"))

    found = clauses.find_within(store, ann, "passport boat", [made.id], 3)[made.id]

    assert (found.total, [hit.clause for hit in found.hits]) == (0, ["1.2", "2.1"])


def test_a_stretch_of_the_clauses_is_given_with_the_number_of_all(
    store: Store, person: Person, submitted: Submitted
) -> None:
    made = submitted(store, ann := person(store, "Ann"))

    total, hits = clauses.find(store, ann, "shall", made.id, offset=1, limit=1)

    assert (total, [hit.clause for hit in hits]) == (3, ["1.2"])


ODD = [
    '"',
    "' OR 1=1 --",
    "* NEAR(",
    "a' & !b:*",
    "\\",
    "(",
    "\0",
    "word AND",
    "🛥",
    "'",
    '"" ""',
    ":1,2",
    "\ud800",
    "-",
    "^a",
]


@pytest.mark.parametrize("asked", ODD)
def test_no_question_breaks_the_search_in_clauses(
    store: Store, person: Person, submitted: Submitted, asked: str
) -> None:
    made = submitted(store, ann := person(store, "Ann"))

    clauses.find(store, ann, asked)
    clauses.find_within(store, ann, asked, [made.id], 3)
    proposals.find(store, ann, ProposalQuery(asked))


def test_an_erased_proposal_leaves_no_clause_and_no_word(store: Store, person: Person, submitted: Submitted) -> None:
    ann = person(store, "Ann")
    made, other = submitted(store, ann), submitted(store, ann, b"two")

    erasing.erase(store, ann, made.id, NOW)

    with store.reading() as session:
        clauses_left = session.execute(text("SELECT count(*) FROM clauses")).scalar()
        words_left = session.execute(text("SELECT count(*) FROM clause_words")).scalar()
    assert (clauses_left, words_left) == (4, 4)
    assert {hit.proposal for hit in clauses.find(store, ann, "quay")[1]} == {other.id}


def test_a_further_analysis_takes_the_place_of_the_one_before(
    store: Store,
    person: Person,
    submitted: Submitted,
    analyze: Callable[..., None],
    report: Callable[..., dict[str, object]],
) -> None:
    made = submitted(store, ann := person(store, "Ann"))
    proposals.analyze_again(store, ann, made.id, {}, NOW)

    analyze(store, made, report(b"one", without=("1.1",)))

    assert clauses.find(store, ann, "quay master")[0] == 2


def test_a_text_without_spaces_is_found_by_part_of_it(store: Store, person: Person, submitted: Submitted) -> None:
    made = submitted(store, ann := person(store, "Ann"), title="网络运营商应保留数据")

    assert [found.id for found in proposals.find(store, ann, ProposalQuery("保留")).proposals] == [made.id]
    assert proposals.find(store, ann, ProposalQuery('"留保"')).total == 0


@pytest.mark.parametrize(
    ("question", "clause", "marked"),
    [
        ("cafe", "In the cafe\u0301s and CAFÉ bars", ["cafe\u0301s", "CAFÉ"]),
        ("shut-off", "A shut-off, shut offs, shut it off", ["shut", "off", "shut", "offs"]),
        ('"shut off"', "shut offs and shut off", ["shut", "off"]),
        ("保留", "网络应保留数据", ["保", "留"]),
        ("x", "nothing here", []),
        ("ﬁne", "a fine and a ﬁne", ["fine", "ﬁne"]),
    ],
)
def test_words_are_marked_as_they_stand_in_the_text(question: str, clause: str, marked: list[str]) -> None:
    assert [clause[start:end] for start, end in marks_in(clause, terms_of(question))] == marked
