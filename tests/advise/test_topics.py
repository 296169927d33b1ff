"""What a passage is about is told by its words, the most telling topics first."""

import pytest

from impact.advise.salient.topics import NAMED, Topic, TopicUse, library, topics_in
from impact.records import Clause, ClauseKind, Salience, Span, Strength
from impact.taxonomy import load

SALIENT = 0.9


def of(*texts: str, salience: float = SALIENT, label: str | None = None) -> tuple[str, ...]:
    """Return what the first of some passages of one text is about."""
    whole, clauses = "", []
    for at, text in enumerate(texts):
        span = Span(len(whole), len(whole) + len(text))
        clauses.append(Clause(f"c{at}", "", (), ClauseKind.STATEMENT, 1, span, Strength.DESCRIPTIVE, (span,)))
        whole += f"{text}\n\n"
    return TopicUse(clauses, whole).topics(clauses[0], clauses[0].span, Salience("c0", salience, label=label))


@pytest.mark.parametrize("topic", library().topics, ids=lambda topic: topic.name)
def test_a_topic_is_in_its_matches_and_not_in_its_misses(topic: Topic) -> None:
    assert topic.matches
    assert topic.misses
    assert all(topic.is_in(text, Span(0, len(text))) for text in topic.matches)
    assert not any(topic.is_in(text, Span(0, len(text))) for text in topic.misses)


def test_names_of_topics_differ() -> None:
    assert len({topic.name for topic in library().topics}) == len(library().topics)


def test_only_the_most_telling_topics_are_named() -> None:
    names = of("A site tracks users by biometric templates, encrypts them, and asks no patient for consent.")

    assert names == ("tracking", "biometric data")
    assert len(names) == NAMED


def test_a_word_that_the_rest_of_a_text_does_not_have_says_less() -> None:
    passage = "A patient keeper waits until the gate has been shut again after a month."

    assert of(passage, "The frame is short.", salience=0.3) == ()
    assert of(passage, *["The hospital keeps health records of patients."] * 9) == ("health data",)


def test_a_topic_within_the_name_of_another_is_left_out() -> None:
    assert of("Personal data is shared with third parties.") == ("disclosure of personal data",)


def test_plain_engineering_has_no_topic() -> None:
    assert of("The frame has a checksum of two octets, computed over all octets before it.") == ()


def test_words_outside_of_the_passage_do_not_count() -> None:
    text = "The patient waits. The frame is short."

    assert not list(topics_in(text, Span(19, len(text))))


def test_a_passage_without_such_words_is_about_its_label() -> None:
    assert of("The frame is long.", label="location-tracking") == ("location",)


def test_each_label_says_what_a_passage_is_about() -> None:
    assert library().labels.keys() == set(load().labels)
