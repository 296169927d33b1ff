"""What a passage is about is told by the larger network, in words for an officer."""

import pytest

from impact.advise.salient.topics import topics
from impact.classify.networks.topics import load


def test_the_topics_of_the_network_are_those_that_have_a_name() -> None:
    assert load().topics == tuple(topics())


def test_names_of_topics_differ_and_none_is_part_of_another() -> None:
    names = [topic.name for topic in topics().values()]

    assert not [(one, other) for one in names for other in names if one is not other and f" {one} " in f" {other} "]


@pytest.mark.parametrize(
    ("topic", "sentence"),
    [
        ("location", "The ferry app sends the position of each passenger to the harbor office every minute."),
        ("voting", "Crew members vote by secret ballot, and nobody learns how a sailor has voted."),
        ("health", "The ship's doctor enters the diagnosis of each patient into the medical record."),
        ("payments", "The passenger pays the fare from a bank account, and the bank may refuse the payment."),
        ("encryption", "Messages between two ships are encrypted end to end, so that the relay cannot read them."),
    ],
)
def test_the_likeliest_topic_is_what_a_passage_is_about(topic: str, sentence: str) -> None:
    odds = load().about(sentence).topics

    assert max(odds, key=lambda name: odds[name]) == topic


def test_plain_engineering_is_about_none() -> None:
    odds = load().about("The frame has a checksum of two octets, computed over all octets before it.").topics

    assert max(odds.values()) < 0


def test_what_serves_people_protects_and_what_is_done_to_them_does_not() -> None:
    guard = load().about("Before a cabin is searched, the captain asks the passenger for consent and says why.")
    power = load().about("The harbor police may read all letters of the crew without telling anybody.")

    assert guard.protects > 0 > power.protects
