"""Partners are read as the same rules, or as others."""

from dataclasses import replace

from impact.match.confirming import confirmed
from impact.match.rule import chance
from impact.match.signals import Signals, align
from tests.made.sketches import bare_sketch

RULES = (
    "The keeper shall ring the bell at noon.",
    "Crates without a seal are refused at the gate.",
    "A skipper may ask the harbor office why his berth was given away.",
    "The tide is measured each hour and written on the board.",
    "Lamps on the pier are lit from dusk to dawn.",
)
RECAST = (
    "At twelve o'clock the warden sounds the bell.",
    "No box that lacks a seal passes the entrance.",
    "Masters of ships can demand the reasons for the loss of their mooring from the port authority.",
    "Every sixty minutes the height of the water is taken and noted on the panel.",
    "From nightfall until morning the jetty is illuminated.",
)
OTHERS = (
    "The keeper shall paint the bell in spring.",
    "Seals are made of lead and bear the number of the gate.",
    "A skipper pays the harbor office for his berth on Mondays.",
    "The board with the tides hangs beside the door.",
    "Lamps on the pier have a glass of two colors.",
)
SEEN = Signals(copied=0.0, distinct=0.05, partners=1.0)


def of(old: tuple[str, ...], new: tuple[str, ...]) -> Signals:
    one, other = bare_sketch(*old), bare_sketch(*new)
    return confirmed(SEEN, one, other, align(one, other))


def test_rules_in_other_words_are_confirmed_and_others_on_their_matters_are_not() -> None:
    recast, others = of(RULES, RECAST), of(RULES, OTHERS)

    assert recast.confirmed is not None
    assert others.confirmed is not None
    assert recast.confirmed > 0.5 > others.confirmed
    assert chance(recast) > chance(SEEN) > chance(others)


def test_a_handful_of_partners_is_not_read() -> None:
    assert of(RULES[:4], RECAST[:4]) == SEEN


def test_what_was_not_asked_says_nothing() -> None:
    assert chance(replace(SEEN, confirmed=None)) == chance(SEEN)
