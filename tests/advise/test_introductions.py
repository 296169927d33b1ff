"""A document is introduced by the sentence that says best what it is or does."""

from dataclasses import replace

import pytest

from impact.advise.introductions import LIKELY, REACH, candidates, introductions_of, ranking
from impact.classify import outlook_of
from impact.present.cleaning import plain
from impact.records import Outlook
from impact.segment.sentences import sentences


def text_of(sheet, **names):
    """Return the likeliest introduction; None where there is none."""
    whole = sheet.assessed(**names)
    found = introductions_of(whole)
    return " ".join(plain(whole.document.quote(span)) for span in found[0].evidence) if found else None


def split(sheet):
    """Part the last clause into its sentences."""
    clause = sheet.clauses[-1]
    parts = sentences(sheet.assessed().document.text, clause.span)
    sheet.clauses[-1] = replace(clause, sentences=parts, strengths=(clause.strength,) * len(parts))


def test_the_sentence_that_says_what_a_document_does_comes_before_the_state_of_the_world(sheet):
    sheet.say(
        "Boats have been moored in harbors for as long as people have sailed on the lakes.", "1", ("Introduction",)
    )
    sheet.say(
        "This document defines how harbors tell each other which of their berths are free, and for how long they are.",
        "2",
        ("Introduction",),
    )

    assert text_of(sheet, title="Free berths of harbors").startswith("This document defines how harbors")


def test_a_sentence_on_what_the_title_names_comes_before_one_on_something_else(sheet):
    sheet.say("Lamps are lit at night by a guard of the town, who is paid by the town for it.", "1", ("Lamps",))
    sheet.say("Berth lists are tables by which harbors tell each other which places are free.", "2", ("Berth lists",))

    assert text_of(sheet, title="Berth lists of harbors").startswith("Berth lists are tables")


def test_a_sentence_with_a_web_address_introduces_nothing(sheet):
    sheet.say("This document defines how harbors tell which of their berths are free (https://h.example/b).", "1")

    assert text_of(sheet, title="Free berths of harbors") is None


def test_a_short_abstract_is_quoted_whole(sheet):
    sheet.say("Boats vary. This memo extends that code to the boats of lakes.", "1", ("Abstract",))
    split(sheet)
    sheet.say("It needs no lamps.", "2", ("Abstract",))
    sheet.say("A lamp is lit.", "3", ("1 Lamps",))

    assert text_of(sheet) == "Boats vary. This memo extends that code to the boats of lakes. It needs no lamps."


def test_of_a_long_abstract_the_sentence_is_quoted(sheet):
    sheet.say("Boats vary a lot, " * 30 + "as is well known.", "1", ("Abstract",))
    sheet.say(
        "This memo describes the berths of all boats in the harbors of lakes and of the sea, and who may use them.", "2"
    )

    assert text_of(sheet).startswith("This memo describes the berths of all boats")


def test_a_short_sentence_is_quoted_with_the_next_one(sheet):
    sheet.say("This memo describes the berths of boats. A berth has a number and a length.", "1", ("Introduction",))
    split(sheet)

    assert text_of(sheet) == "This memo describes the berths of boats. A berth has a number and a length."


def test_sentences_of_an_abstract_behind_other_parts_are_weighed(sheet):
    for number in range(12):
        sheet.say(f"Task {number} is done by the harbor of the lake.", "1", ("1 Tasks",))
    last = sheet.say("This proposal opens the berths of the harbor to the boats of all clubs.", "2", ("Summary",))
    whole = sheet.assessed()

    assert last.id in {own.clause.id for own in candidates(whole.proposal, whole.clauses)}


@pytest.mark.parametrize(
    "text", ["see also: pilots, clerks, guests", "Is it so?", "Those for the purpose of mooring the boats of a lake."]
)
def test_what_says_nothing_introduces_no_document(sheet, text):
    sheet.say("It was then moved to the others as they had been told before by him:", "1")
    sheet.say(text, "2")

    assert text_of(sheet) is None


def test_a_sentence_with_a_finding_introduces_no_document(sheet):
    sheet.say("This memo lets the harbor read all letters.", "1", proposes={"traffic-inspection": "read all letters"})

    assert text_of(sheet) is None


def test_a_sentence_with_a_safeguard_may_introduce_a_document(sheet):
    sheet.say("This memo asks the crews for consent.", "1", proposes={"user-control": "asks the crews for consent"})

    assert text_of(sheet) == "This memo asks the crews for consent."


def test_the_likeliest_sentence_of_a_document_is_likely(sheet):
    sheet.say("This specification defines berths for boats in harbors.", "1.1", ("1 Scope", "1.1 General"))
    whole = sheet.assessed()

    [(own, chance)] = ranking(candidates(whole.proposal, whole.clauses), None)

    assert chance > LIKELY
    assert own.traits["heading scope"] == 1


def test_a_network_that_can_tell_is_heard(sheet):
    sheet.say("This document defines how harbors tell each other which of their berths are free.", "1", ("Summary",))
    last = sheet.say("Boats of the lake have been painted red for as long as people can remember.", "2", ("Paint",))
    whole = sheet.assessed()
    unknown = lambda *_: None  # noqa: E731
    likes = lambda clause, _: 6.0 if clause.id == last.id else -6.0  # noqa: E731

    [(own, _), *_] = ranking(
        candidates(whole.proposal, whole.clauses), Outlook("model", unknown, unknown, unknown, likes)
    )

    assert own.clause.id == last.id


def test_the_network_is_asked_of_the_likeliest_sentences_alone(sheet):
    sheet.say(" ".join(f"This document defines task {number} of the lake." for number in range(REACH + 4)), "1")
    split(sheet)
    whole = sheet.assessed()
    unknown = lambda *_: None  # noqa: E731
    outlook = Outlook("model", unknown, unknown, unknown, lambda *_: 0.0)

    found = candidates(whole.proposal, whole.clauses)

    assert len(found) > REACH
    assert len(ranking(found, outlook)) == REACH


def test_the_network_that_ships_tells_what_a_document_does_from_the_state_of_the_world(sheet):
    sheet.say("Boats have been moored in harbors for as long as people have sailed on lakes.", "1", ("Background",))
    last = sheet.say("Harbors send each other lists of the berths that are free.", "2", ("Overview",))
    whole = sheet.assessed(title="Free berths of harbors")
    outlook = outlook_of(whole.proposal, ("model",))

    [(own, chance), *_] = ranking(candidates(whole.proposal, whole.clauses), outlook)

    assert own.clause.id == last.id
    assert chance > LIKELY
