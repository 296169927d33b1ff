"""What a passage is about is told by its words, the most telling topics first."""

import pytest

from impact.advise.salient.topics import NAMED, Topic, library, topics_of
from impact.records import Span
from impact.taxonomy import load


def of(text: str) -> tuple[str, ...]:
    return topics_of(text, Span(0, len(text)))


@pytest.mark.parametrize("topic", library().topics, ids=lambda topic: topic.name)
def test_a_topic_is_in_its_matches_and_not_in_its_misses(topic: Topic) -> None:
    assert topic.matches
    assert topic.misses
    assert all(topic.is_in(text, Span(0, len(text))) for text in topic.matches)
    assert not any(topic.is_in(text, Span(0, len(text))) for text in topic.misses)


def test_names_of_topics_differ() -> None:
    assert len({topic.name for topic in library().topics}) == len(library().topics)


def test_only_the_most_telling_topics_are_named() -> None:
    names = of("A police officer may freeze the account of a patient whose ballot has been taken down.")

    assert names == ("moderation or blocking of content", "suspension of accounts")
    assert len(names) == NAMED


def test_a_topic_within_the_name_of_another_is_left_out() -> None:
    assert of("Personal data is shared with third parties.") == ("disclosure of personal data",)


def test_plain_engineering_has_no_topic() -> None:
    assert of("The frame has a checksum of two octets, computed over all octets before it.") == ()


def test_words_outside_of_the_passage_do_not_count() -> None:
    text = "The patient waits. The frame is short."

    assert topics_of(text, Span(19, len(text))) == ()


def test_a_passage_without_such_words_is_about_its_label() -> None:
    text = "The frame is long."

    assert topics_of(text, Span(0, len(text)), "location-tracking") == ("location",)


def test_each_label_says_what_a_passage_is_about() -> None:
    assert library().labels.keys() == set(load().labels)
