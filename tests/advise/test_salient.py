"""Salient passages are quoted beside findings, in words that can be read alone."""

from dataclasses import replace

import pytest

from impact.advise import advise
from impact.advise.salient.choosing import ALIKE, BEYOND, CLEARLY, FEW, FURTHER, MORE, MOST
from impact.advise.salient.quotable import ANYWAY, BRIEF, ROUGHLY, quotable
from impact.records import Span, TextSetting
from impact.records.assessment import FAINT, LIKELY, WANTED
from impact.taxonomy import load

FILLING = (
    "The register has a column for the number of the frame and another for the length of the frame, in octets, and "
    "a third for the checksum of the frame, which the transmitter has computed over all octets but the last two."
)
TELLING = "A server can track a person by what the client reveals of its identity."


def quoted(sheet):
    assessment = sheet.assessed()
    return [assessment.document.quote(cited.evidence[0]) for cited in advise(assessment, load()).salient]


def test_passages_are_quoted_from_a_line_on_in_the_order_of_the_text(sheet):
    sheet.say("The operator shall cut off the line.", "2", proposes={"shut-off": "cut off"})
    sheet.say("Names may be exposed to whoever listens on the line.", "3", salience=WANTED - 0.01)
    sheet.say("Lists of names may disclose to others who holds a line.", "4", salience=WANTED)
    sheet.say(TELLING, "5", salience=0.9)

    assert quoted(sheet) == ["Lists of names may disclose to others who holds a line.", TELLING]


@pytest.mark.parametrize(("salience", "count"), [(FAINT, FEW), (FAINT - 0.01, 0), (WANTED - 0.01, FEW), (WANTED, MORE)])
def test_of_a_text_without_a_finding_to_quote_a_few_fainter_passages_are_quoted(sheet, salience, count):
    for number in range(MORE + 1):
        sheet.say(f"Register {number} shows to others who holds a line.", f"4.{number}", salience=salience)

    assert len(quoted(sheet)) == count


@pytest.mark.parametrize(("firm", "most"), [(True, MOST), (False, MORE)])
def test_no_more_than_a_few_passages_are_quoted_and_fewer_beside_a_finding(sheet, firm, most):
    if firm:
        sheet.say("The operator shall cut off the line.", "3", proposes={"shut-off": "cut off"})
    for number in range(MORE + 2):
        sheet.say(f"Register {number} shows to others who holds a line.", f"4.{number}", salience=CLEARLY - 0.01)

    assert len(quoted(sheet)) == most


@pytest.mark.parametrize("numbered", [True, False])
def test_a_text_full_of_salient_passages_is_quoted_more(sheet, numbered):
    for number in range(MORE + FURTHER + 2):
        own = f"4.{number}" if numbered else ""
        sheet.say(f"Register {number} shows to others who holds a line.", own, salience=CLEARLY)

    assert len(quoted(sheet)) == MORE + FURTHER


@pytest.mark.parametrize(
    ("salience", "others", "more"), [(BEYOND, 0, 1), (BEYOND, MORE - ALIKE, 0), (BEYOND - 0.01, 0, 0)]
)
def test_more_than_two_passages_of_one_number_are_quoted_where_others_leave_room(sheet, salience, others, more):
    for number in range(ALIKE + 1):
        sheet.say(f"Register {number} shows to others who holds a line.", "4", salience=salience)
    for number in range(others):
        sheet.say(f"List {number} shows to others who holds a line.", f"5.{number}", salience=WANTED)

    assert sum(words.startswith("Register") for words in quoted(sheet)) == ALIKE + more


@pytest.mark.parametrize(("doubtful", "confidence", "also"), [(False, 0.93, 0), (True, LIKELY, 0), (True, 0.1, 1)])
def test_a_clause_with_a_finding_that_is_quoted_is_left_out(sheet, doubtful, confidence, also):
    proposes = {"persistent-identifiers": "identity"}
    sheet.say(TELLING, "4", proposes=proposes, doubtful=doubtful, confidence=confidence, salience=0.9)

    assert len(quoted(sheet)) == also


def test_a_passage_of_which_no_topic_is_known_is_quoted(sheet):
    sheet.say(TELLING, "5", salience=WANTED)
    sheet.salience[-1] = replace(sheet.salience[-1], topics=())

    assert quoted(sheet) == [TELLING]


def test_passages_whose_salience_is_unknown_are_not_quoted(sheet):
    sheet.say(TELLING, "4")

    assert quoted(sheet) == []


@pytest.mark.parametrize(
    "words",
    [
        "The privacy risk of lines that disclose identities is treated in [1], [2] and [3].",
        "The leak may disclose the identity, since A1/A is larger than 0.13 (= 1/(5*1.5)).",
        "Names are exposed.",
        "Author(s): Created: Updated: Privacy implications: The list discloses the identity of those who hold a line.",
    ],
    ids=["references", "formula", "short", "form"],
)
def test_what_cannot_be_read_alone_is_not_quoted(sheet, words):
    sheet.say(words, "7", salience=0.9)

    assert quoted(sheet) == []


@pytest.mark.parametrize(("chance", "also"), [(ROUGHLY - 0.01, False), (ROUGHLY, True)])
@pytest.mark.parametrize(
    "words",
    [
        "The privacy of a person may depend on the identity that a line reveals:",
        "clerks who hold the list may learn who holds a line.",
        "The risk that a line discloses who holds it is treated in [BERTH] and in [QUAY].",
    ],
    ids=["no end", "no beginning", "two references"],
)
def test_what_is_no_whole_sentence_has_to_be_more_salient(sheet, chance, also, words):
    sheet.say(words, "7", salience=chance)

    assert quoted(sheet) == [words] * also


@pytest.mark.parametrize("chance", [ROUGHLY - 0.01, ROUGHLY])
@pytest.mark.parametrize(
    ("setting", "words", "cited"),
    [
        (TextSetting.LIST, "Delete a guest and all of the berths", "Delete a guest and all of the berths"),
        (TextSetting.LIST, "Read the names and berths of all guests;", "Read the names and berths of all guests;"),
        (
            TextSetting.ASIDE,
            "not allow a harbor to learn who holds a line",
            "not allow a harbor to learn who holds a line",
        ),
        (
            TextSetting.TABLE,
            "T_8\tLinking of lists tells others who holds a line\tNames",
            "Linking of lists tells others who holds a line",
        ),
    ],
)
def test_an_item_or_a_cell_has_to_be_more_salient(sheet, chance, setting, words, cited):
    sheet.say(words, "7")
    assessment = sheet.assessed()

    span = quotable(assessment.clauses[-1], assessment.document.text, setting=setting, chance=chance)

    assert (span.of(assessment.document.text) if span else "") == cited * (chance >= ROUGHLY)


@pytest.mark.parametrize(("chance", "also"), [(WANTED - 0.01, False), (WANTED, True)])
def test_of_a_text_of_which_nothing_can_be_read_alone_a_few_short_items_are_quoted(sheet, chance, also):
    for number in range(FEW + 1):
        sheet.say(f"keep watch on guest {number}", f"4.{number}", salience=chance)

    assert quoted(sheet) == [f"keep watch on guest {number}" for number in range(FEW)] * also


def test_short_items_are_not_quoted_beside_others(sheet):
    sheet.say("keep watch on guest 1", "4", salience=0.9)
    sheet.say(TELLING, "5", salience=0.9)

    assert quoted(sheet) == [TELLING]


@pytest.mark.parametrize(("chance", "also"), [(ANYWAY - 0.01, False), (ANYWAY, True)])
def test_what_leans_on_words_before_it_has_to_be_more_salient(sheet, chance, also):
    sheet.say("This increases the privacy risk of disclosing the identity of who holds a line.", "7", salience=chance)

    assert bool(quoted(sheet)) is also


def test_of_a_long_passage_that_leans_the_sentence_that_says_most_is_quoted(sheet):
    leaning = "This increases the privacy risk of disclosing the identity of who holds a line."
    before = f"This is so {'and it is so ' * 50}as well."
    cut(sheet, f"{before} {leaning}", before, leaning)

    assert quoted(sheet) == [leaning]


def cut(sheet, words, *parts):
    """Say a clause in two or more sentences."""
    clause = sheet.say(words, "7", salience=0.9)
    starts = [clause.span.start + words.index(part) for part in parts]
    spans = tuple(Span(start, start + len(part)) for start, part in zip(starts, parts, strict=True))
    sheet.clauses[-1] = replace(clause, sentences=spans, strengths=())


def test_a_short_clause_is_quoted_whole(sheet):
    words = "Lines are listed in a register. Its readers may learn who holds a line."
    cut(sheet, words, "Lines are listed in a register.", "Its readers may learn who holds a line.")

    assert quoted(sheet) == [words]


def test_of_a_long_clause_the_sentence_that_says_most_is_quoted_with_what_follows(sheet):
    follows = f"The server forgets it {'and forgets it ' * (BRIEF // 20)}at night."
    parts = (FILLING, FILLING.replace("register", "index"), TELLING, follows)
    cut(sheet, " ".join(parts), *parts)

    assert quoted(sheet) == [f"{TELLING} {follows}"]


def test_a_short_quote_begins_with_the_sentence_before_it(sheet):
    parts = (FILLING.replace("register", "index"), FILLING, TELLING)
    cut(sheet, " ".join(parts), *parts)

    assert quoted(sheet)[0].endswith(f"{FILLING} {TELLING}")


def test_of_the_cells_of_a_table_one_sentence_is_quoted(sheet):
    parts = ("Use", "Find a bicycle that is free.", TELLING)
    cut(sheet, "Use Find a bicycle that is free. " + TELLING, *parts)
    assessment = sheet.assessed()

    span = quotable(assessment.clauses[-1], assessment.document.text, setting=TextSetting.TABLE)

    assert span is not None
    assert span.of(assessment.document.text) == TELLING


@pytest.mark.parametrize("chance", [ANYWAY, ANYWAY - 0.01])
def test_a_question_is_quoted_only_where_it_is_salient(sheet, chance):
    asked = "may a server track a person by what the client reveals of its identity?"
    sheet.say(asked, "4", salience=chance)

    assert quoted(sheet) == [asked] * (chance >= ANYWAY)


def test_a_question_with_an_answer_behind_it_is_not_quoted(sheet):
    sheet.say("May a server track a person by what the client reveals of its identity?", "4", salience=0.9)
    sheet.say("No", "5")

    assert quoted(sheet) == []


def test_a_question_beside_a_statement_is_not_quoted_for_itself(sheet):
    words = f"{TELLING} May a server track a person by what the client reveals of its identity?"
    cut(sheet, words, TELLING, words.removeprefix(f"{TELLING} "))

    assert quoted(sheet)[0].startswith(TELLING)


@pytest.mark.parametrize(("heading", "count"), [("Can it track a person?", 1), ("Tracking", 0)])
def test_an_answer_is_quoted_below_the_question_alone(sheet, heading, count):
    sheet.say("Yes, a server can track a person by what the client reveals.", "", (heading,), salience=0.9)

    assert len(quoted(sheet)) == count


def test_a_quote_may_begin_with_the_specification_itself(sheet):
    words = "This specification lets a server track a person by what the client reveals of its identity."
    sheet.say(words, "4", salience=0.9)

    assert quoted(sheet) == [words]


def test_a_sentence_that_leans_on_the_one_before_it_is_quoted_with_it(sheet):
    first, second = "Lines are listed.", "This may disclose to observers the identity of the person who holds a line."
    parts = (FILLING, FILLING.replace("register", "index"), first, second)
    cut(sheet, " ".join(parts), *parts)

    assert quoted(sheet)[0].endswith(f"{first} {second}")


def test_of_a_section_of_examples_one_passage_is_quoted(sheet):
    for number, words in enumerate(("A clerk may reveal who called.", "A guard may reveal who left.")):
        sheet.say(f"{words} {TELLING}", "", ("3 Desk", "Examples"), salience=0.8 + number / 10)

    assert quoted(sheet) == [f"A guard may reveal who left. {TELLING}"]


def test_a_quote_may_begin_with_a_name_of_code(sheet):
    sheet.say("holderKey shall be the sole sign by which the desk can track a person.", "4", salience=0.8)

    assert quoted(sheet) == ["holderKey shall be the sole sign by which the desk can track a person."]


@pytest.mark.parametrize(
    "leaning",
    [
        "The \u201c-\u201d sign may also be used to track a person.",
        "First they collect what the client reveals of a person.",
        "E.g., a server can track a person by it.",
        "Receipt of such data by others may reveal who a person is.",
    ],
)
def test_a_quote_begins_with_the_sentence_on_which_it_leans(sheet, leaning):
    before = "Two servers keep lists of clients."
    cut(sheet, f"{before} {leaning}", before, leaning)

    assert quoted(sheet) == [f"{before} {leaning}"]


def test_an_item_without_a_full_stop_is_quoted_whole(sheet):
    words = "the ability to share data on the location of the people who hold a line"
    sheet.say(words, "7", salience=0.9)

    assert quoted(sheet) == [words]


def test_what_a_second_reader_chose_is_quoted_though_it_does_not_stand_alone(sheet):
    own = sheet.say("name, berth, boat", "4", salience=0.65)
    whole = sheet.assessed()
    chosen = replace(whole, salience=tuple(replace(one, chosen=one.clause == own.id) for one in whole.salience))

    assert quoted(sheet) == []
    (passage,) = advise(chosen, load()).salient
    assert chosen.document.quote(passage.evidence[0]) == "name, berth, boat"
