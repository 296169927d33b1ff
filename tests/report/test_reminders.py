"""Reminders of quotes: a few words, the marked ones among them, that do not break off in the middle of a phrase."""

import pytest

from impact.present.cleaning import clipped
from impact.report.quotes.abridged import abridged, opening, telling_words
from impact.report.quotes.quote import Piece


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The hosts of the second ring are not seen", "The hosts of the second ring […]"),
        ("Plans for the frame of a ring of lamps", "Plans for the frame of a ring […]"),
        ("The lamps shall be lit at dusk. The keeper", "The lamps shall be lit at dusk. […]"),
    ],
)
def test_cut_words_do_not_end_with_a_small_word_or_the_first_of_a_sentence(text, said):
    assert clipped(f"{text} and all that follows on it for long", len(text) + 2) == said


def test_reminder_begins_with_the_quote_where_its_marked_words_are_near():
    runs = [Piece("The keeper shall "), Piece("light the lamp", marked=True), Piece(f" {'at each gate ' * 8}")]

    assert abridged(runs).startswith("The keeper shall light the lamp at each gate")


def test_reminder_of_marked_words_that_stand_far_begins_with_what_leads_to_them():
    runs = [
        Piece(f"Lamps are lit {'at each of the gates ' * 8}by the keeper, who shall "),
        Piece("note who passes", marked=True),
        Piece(" below."),
    ]

    assert abridged(runs) == "[…] who shall note who passes below."


def test_reminder_ends_at_a_pause_where_one_is_near():
    runs = [Piece(f"The keeper shall light the lamp {'at each gate ' * 3}by day, {'and by night ' * 5}(in winter) ")]

    assert abridged(runs) == f"The keeper shall light the lamp {'at each gate ' * 3}by day […]"


def test_reminder_that_only_a_full_stop_would_follow_is_not_marked_as_cut():
    runs = [Piece(f"The keeper shall light the lamp {'at each gate ' * 5}by day and by night.")]

    assert abridged(runs) == runs[0].text


def test_colon_at_the_end_of_words_that_lost_their_items_is_a_pause():
    words = f"The keeper shall light the lamp {'at each gate ' * 5}and in case of:"

    assert abridged([Piece(words), Piece("\n• fog\n• storm")]) == f"{words[:-1]} […]"


@pytest.mark.parametrize(
    "lent",
    [
        "(which the harbor office of the old town has lent for the winter)",
        "(of glass, or of tin, as the harbor has lent it for the winter) at dusk",
    ],
)
def test_reminder_does_not_end_within_a_bracket(lent):
    words = f"The keeper {'and the guest ' * 4}light a lamp"

    assert abridged([Piece(f"{words} {lent}")]) == f"{words} […]"


def test_quotes_of_the_same_beginning_are_known_by_it():
    words = "The keeper of the lamp lights it at dusk, and puts it out when the sun is seen over the water. "

    assert opening([Piece(words)]) == opening([Piece(words[:90]), Piece(words[90:] * 2, marked=True)])


def test_reminder_leaves_out_the_items_that_its_words_introduce():
    runs = [Piece("The keeper shall "), Piece("note", marked=True), Piece(":"), Piece("\n• names\n• hours")]

    assert abridged(runs) == "The keeper shall note […]"


@pytest.mark.parametrize(
    ("marked", "rest", "shown"),
    [
        (
            "note who passes",
            f" at each gate, {'and light a lamp ' * 12}",
            "The keeper shall note who passes at each gate […]",
        ),
        ("note who passes", f" {'at each gate ' * 20}", ""),
        ("note", f" who passes at each gate, {'and light a lamp ' * 12}", ""),
    ],
)
def test_brief_reminds_of_a_marked_phrase_to_its_end_or_not_at_all(marked, rest, shown):
    assert telling_words([Piece("The keeper shall "), Piece(marked, marked=True), Piece(rest)]) == shown
