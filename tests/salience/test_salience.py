"""How likely somebody who asks what a text does to people is to want to see its passages."""

from dataclasses import replace

import pytest

from impact.pipeline import analyze
from impact.records import Clause, ClauseKind, LabelOdds, Outlook, PassageOdds, PassageTopics, Span
from impact.salience import SENTENCES, digest, salience_of, weights
from impact.salience.library import library, lists
from impact.salience.weighing import ASKED
from impact.taxonomy import load

LABELS = (*load().mechanisms, *load().safeguards)
REMOTE = LabelOdds(dict.fromkeys(LABELS, -6.0), dict.fromkeys(LABELS, -6.0))
WANTED, UNWANTED = PassageOdds(3.0, 2.0, (0.0,)), PassageOdds(-5.0, -7.0, (0.0,))
ABOUT = PassageTopics(9.0, {"tracking": 3.0, "consent": 2.0, "location": 1.5, "privacy": -3.0})
WAYS = ("model", "fast", "cues")


def outlook(way: str, odds=None, passage=None) -> Outlook:
    """Return an outlook that takes every passage to be about the same, where it has a network."""
    unknown = lambda _: None  # noqa: E731
    return Outlook(way, odds or unknown, passage or unknown, (lambda _: ABOUT) if passage else unknown, lambda *_: None)


def text_of(*sayings: str) -> tuple[str, list[Clause]]:
    """Return a text with a clause for each saying."""
    text, clauses = "", []
    for number, words in enumerate(sayings, 1):
        span = Span(len(text), len(text) + len(words))
        clauses.append(Clause(str(number), str(number), (), ClauseKind.STATEMENT, 1, span))
        text += f"{words}\n\n"
    return text, clauses


def chances(outlook: Outlook, *sayings: str) -> dict[str, float]:
    return {own.clause: own.chance for own in salience_of(*text_of(*sayings), [outlook], ())}


def test_what_may_happen_to_people_is_more_salient_than_a_format() -> None:
    known = outlook("cues")

    own = chances(known, "The frame has eight octets.", "An observer can track users and learn their identity.")

    assert own["2"] > own["1"]


WORDS = ("The desk keeps the list of the callers.", "The desk keeps the list of the colors.")


def test_a_clause_in_which_the_network_sees_a_power_is_more_salient() -> None:
    seen = LabelOdds({**REMOTE.proposed, "logging-retention": 4.0}, REMOTE.mentioned)
    known = outlook("fast", lambda clause: seen if clause.id == "1" else REMOTE)

    own = chances(known, *WORDS)

    assert own["1"] > own["2"]


def test_a_clause_that_the_network_takes_readers_to_want_is_more_salient() -> None:
    known = outlook("model", lambda _: REMOTE, lambda clause: WANTED if clause.id == "2" else UNWANTED)

    own = chances(known, *WORDS)

    assert own["2"] > own["1"]


def test_a_passage_is_about_the_two_likeliest_topics_and_may_protect() -> None:
    known = outlook("model", lambda _: REMOTE, lambda _: WANTED)

    own = salience_of(*text_of(*WORDS), [known], ())[0]

    assert own.topics == ("tracking", "consent")
    assert own.protection > 0.5


def test_what_is_not_wanted_is_not_asked_what_it_is_about() -> None:
    known = outlook("model", lambda _: REMOTE, lambda _: UNWANTED)

    own = salience_of(*text_of(*WORDS), [known], ())[0]

    assert (own.topics, own.protection) == ((), None)


def test_the_sentence_that_says_most_is_kept_where_a_network_tells() -> None:
    text, (clause,) = text_of(" ".join(WORDS))
    first = Span(0, len(WORDS[0]))
    second = Span(len(WORDS[0]) + 1, len(text.rstrip()))
    parted = replace(clause, sentences=(first, second))
    known = outlook("model", lambda _: REMOTE, lambda _: PassageOdds(0.0, 0.0, (-2.0, 1.0)))
    unknown = outlook("cues")

    kept = [salience_of(text, [parted], [outlook], ())[0].sentence for outlook in (known, unknown)]

    assert kept == [second, None]


def test_a_network_is_asked_of_the_likeliest_passages_and_of_those_with_findings_alone() -> None:
    asked: list[str] = []

    def passage(clause: Clause) -> PassageOdds:
        asked.append(clause.id)
        return UNWANTED

    sayings = [f"A user may be tracked by number {number}." for number in range(ASKED["model"])]
    text, clauses = text_of(*sayings, "The frame has eight octets.", "The index has two columns.")
    last = clauses[-1].id

    own = salience_of(text, clauses, [outlook("model", lambda _: REMOTE, passage)], [last])

    expected = [*(clause.id for clause in clauses[: ASKED["model"]]), last]
    assert [salience.clause for salience in own] == expected
    assert set(asked) == set(expected)


def test_clauses_that_are_not_assessed_have_no_salience() -> None:
    text, (clause,) = text_of("Users may be tracked.")
    heading = Clause(clause.id, clause.number, (), ClauseKind.HEADING, 1, clause.span)

    assert salience_of(text, [heading], [outlook("cues")], ()) == ()


@pytest.mark.parametrize("way", ["fast", "cues"])
def test_every_list_and_heading_has_a_weight_where_the_larger_network_is_not_asked(way: str) -> None:
    named = {f"words {name}" for name in lists()} | {f"heading {name}" for name in library().headings}

    assert named <= weights(way).traits.keys()


def test_every_label_has_a_weight_where_the_small_network_is_asked() -> None:
    assert {f"label {label}" for label in LABELS} <= weights("fast").traits.keys()


def test_what_the_larger_network_tells_has_a_weight() -> None:
    assert weights("model").traits.keys() == {"shown", "first", "highest of text", "below the highest"}
    assert not any(name.startswith("label ") for name in weights("cues").traits)


def test_ways_of_judging_have_different_digests() -> None:
    assert len({digest(way) for way in WAYS}) == len(WAYS)
    assert weights(SENTENCES).traits


def test_an_analysis_says_how_salient_passages_are(tmp_path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("1 Rules\n\n1.1 The operator shall record the calls of each subscriber.\n", encoding="utf-8")

    (own,) = analyze(file, by=("cues",), jailed=False).salience

    assert 0 < own.chance < 1
