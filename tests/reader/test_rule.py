"""What becomes of findings when a second reader agrees, denies, adds, or says nothing."""

from dataclasses import replace

import pytest
from sheets import Sheet

from impact.reader.calibration import calibration_of
from impact.reader.rule import LEFT_OUT, FirstReading, joined
from impact.records import (
    AnswerStance,
    ChosenPassage,
    Classification,
    ClauseAnswer,
    Concurrence,
    LabelAnswer,
    PassageChoice,
    Proposal,
    Salience,
    SecondReader,
    SecondReading,
    Span,
    Strength,
    UnreadClause,
    finding_id,
)
from impact.taxonomy import load

READER = SecondReader("a-model", "127.0.0.1:11434", "ab" * 32)
DEFAULT = calibration_of("a-model")
WORDS = "The node shall cut off the line. An appeal may be lodged with the operator."


@pytest.fixture
def sheet():
    return Sheet()


def read(sheet: Sheet, *answers: ClauseAnswer, chances=None, calibration=DEFAULT, unread=()) -> Classification:
    found = Classification(tuple(sheet.findings), tuple(sheet.safeguards), tuple(sheet.mentions))
    first = FirstReading(Proposal(sheet.document(), language="en"), sheet.clauses, found, chances)
    return joined(first, SecondReading(READER, answers, unread), calibration, load())


def named(sheet: Sheet, clause, label: str, words: str, readers: int = 9) -> LabelAnswer:
    """Return an answer that names a label with words of a clause."""
    start = sheet.text.index(words, clause.span.start)
    return LabelAnswer(label, AnswerStance.PROPOSES, readers, (Span(start, start + len(words)),))


def test_what_both_say_is_firm(sheet):
    clause = sheet.say(WORDS, "1", proposes={"shut-off": "cut off"}, doubtful=True, confidence=0.5)

    (finding,) = read(
        sheet, ClauseAnswer(clause.id, ("shut-off",), (named(sheet, clause, "shut-off", "cut off"),))
    ).findings

    assert (finding.doubtful, finding.second) == (False, Concurrence.AGREES)
    assert finding.confidence > 0.8


@pytest.mark.parametrize(("readers", "doubtful"), [(5, True), (6, True), (7, False)])
def test_what_it_agrees_on_with_reserve_is_doubtful(sheet, readers, doubtful):
    clause = sheet.say(WORDS, "1", proposes={"shut-off": "cut off"})
    own = named(sheet, clause, "shut-off", "cut off", readers)

    (finding,) = read(sheet, ClauseAnswer(clause.id, ("shut-off",), (own,))).findings

    assert (finding.doubtful, finding.second) == (doubtful, Concurrence.AGREES)


def test_what_few_readers_would_see_is_denied(sheet):
    clause = sheet.say(WORDS, "1", proposes={"shut-off": "cut off"})
    own = named(sheet, clause, "shut-off", "cut off", readers=4)

    (finding,) = read(sheet, ClauseAnswer(clause.id, ("shut-off",), (own,))).findings

    assert (finding.doubtful, finding.second) == (True, Concurrence.DISAGREES)


def test_more_readers_make_a_finding_more_likely(sheet):
    clause = sheet.say(WORDS, "1", proposes={"shut-off": "cut off"})
    answers = [named(sheet, clause, "shut-off", "cut off", readers) for readers in range(11)]

    found = [read(sheet, ClauseAnswer(clause.id, ("shut-off",), (own,))).findings[0] for own in answers]

    chances = [finding.confidence for finding in found]
    assert chances == sorted(set(chances))


def test_what_it_adds_is_left_out_where_it_is_unlikely(sheet):
    clause = sheet.say(WORDS, "1")
    few, half = (
        ClauseAnswer(clause.id, (), (named(sheet, clause, "shut-off", "cut off", readers=count),)) for count in (3, 5)
    )

    assert read(sheet, few).findings == ()
    assert len(read(sheet, half).findings) == 1
    assert read(sheet, half, chances={(0, "shut-off"): 0.01}).findings == ()


def test_what_it_adds_with_reserve_is_never_firm(sheet):
    clause = sheet.say(WORDS, "1")
    answer = ClauseAnswer(clause.id, (), (named(sheet, clause, "shut-off", "cut off", readers=6),))

    (finding,) = read(sheet, answer, chances={(0, "shut-off"): 0.99}, calibration=replace(DEFAULT, firm=0.1)).findings

    assert (finding.doubtful, finding.second) == (True, Concurrence.ADDED)


def test_what_the_second_reader_denies_stays_for_a_person_to_decide(sheet):
    clause = sheet.say(WORDS, "1", proposes={"shut-off": "cut off", "redress": "appeal"})

    found = read(sheet, ClauseAnswer(clause.id, ("shut-off", "redress"), ()))

    for said, before in ((found.findings[0], sheet.findings[0]), (found.safeguards[0], sheet.safeguards[0])):
        assert (said.doubtful, said.second) == (True, Concurrence.DISAGREES)
        assert said.evidence == before.evidence
        assert said.confidence < before.confidence


def test_a_proposal_that_it_takes_for_mere_talk_is_denied(sheet):
    clause = sheet.say(WORDS, "1", proposes={"shut-off": "cut off"})
    talk = replace(named(sheet, clause, "shut-off", "cut off", 1), stance=AnswerStance.CONTEXT)

    (finding,) = read(sheet, ClauseAnswer(clause.id, ("shut-off",), (talk,))).findings

    assert (finding.doubtful, finding.second) == (True, Concurrence.DISAGREES)


@pytest.mark.parametrize("unread", [(), (UnreadClause("1/0", "no answer"),)])
def test_a_finding_that_it_was_not_asked_about_stays_as_it_was(sheet, unread):
    clause = sheet.say(WORDS, "1", proposes={"shut-off": "cut off"})
    answers = () if unread else (ClauseAnswer(clause.id, ("redress",), ()),)

    assert read(sheet, *answers, unread=unread).findings == tuple(sheet.findings)


def test_what_it_adds_is_doubtful_and_rests_on_its_quotes(sheet):
    clause = sheet.say(WORDS, "1")
    power, guard = (named(sheet, clause, *pair) for pair in (("shut-off", "cut off the line"), ("redress", "appeal")))

    found = read(sheet, ClauseAnswer(clause.id, ("shut-off",), (power, guard)))

    (finding,), (safeguard,) = found.findings, found.safeguards
    assert finding.id == finding_id("ab" * 32, clause.id, "shut-off")
    assert (finding.by, finding.second, finding.doubtful) == (("reader",), Concurrence.ADDED, True)
    assert (finding.evidence, safeguard.evidence) == (power.evidence, guard.evidence)
    assert (safeguard.second, safeguard.doubtful) == (Concurrence.ADDED, True)


def test_what_it_adds_binds_as_the_sentence_with_most_of_its_words_does(sheet):
    clause = sheet.say(WORDS, "1")
    cut = clause.span.start + len("The node shall cut off the line.")
    sentences = Span(clause.span.start, cut), Span(cut + 1, clause.span.end)
    sheet.clauses[0] = replace(clause, sentences=sentences, strengths=(Strength.MUST, Strength.MAY))
    spans = tuple(named(sheet, clause, "redress", words).evidence[0] for words in ("line", "An appeal may be lodged"))

    (safeguard,) = read(
        sheet, ClauseAnswer(clause.id, (), (LabelAnswer("redress", AnswerStance.PROPOSES, 9, spans),))
    ).safeguards

    assert safeguard.strength is Strength.MAY


def test_what_it_adds_is_firm_where_the_calibration_of_its_model_says_so(sheet):
    clause = sheet.say(WORDS, "1")
    answer = ClauseAnswer(clause.id, (), (named(sheet, clause, "shut-off", "cut off"),))
    calibration = replace(DEFAULT, first=1.0, firm=0.98)

    sure, unsure = (
        read(sheet, answer, chances={(0, "shut-off"): chance}, calibration=calibration) for chance in (0.6, 0.1)
    )

    assert [found.findings[0].doubtful for found in (sure, unsure)] == [False, True]


def test_a_mention_that_it_sees_proposed_becomes_a_finding(sheet):
    clause = sheet.say(WORDS, "1", context=("shut-off", "redress"))

    found = read(sheet, ClauseAnswer(clause.id, (), (named(sheet, clause, "shut-off", "cut off"),)))

    assert [finding.mechanism for finding in found.findings] == ["shut-off"]
    assert [mention.label for mention in found.mentions] == ["redress"]


def test_a_note_lays_down_nothing_whoever_says_so(sheet):
    words = "The node can cut off the line."
    clause = sheet.say(words, "1", kind="note", strength="descriptive", proposes={"shut-off": "cut off"}, doubtful=True)

    (finding,) = read(
        sheet, ClauseAnswer(clause.id, ("shut-off",), (named(sheet, clause, "shut-off", "cut off"),))
    ).findings

    assert (finding.doubtful, finding.second) == (True, Concurrence.AGREES)


def test_findings_keep_the_order_of_the_text_and_of_the_taxonomy(sheet):
    first = sheet.say("The node shall cut off the line and refuse terminals.", "1")
    sheet.say("The node shall cut off the line.", "2", proposes={"shut-off": "cut off"})
    answers = tuple(named(sheet, first, *pair) for pair in (("shut-off", "cut off"), ("access-gating", "refuse")))
    order = list(load().mechanisms)

    found = read(sheet, ClauseAnswer(first.id, (), answers))

    assert [finding.clause for finding in found.findings] == [first.id, first.id, sheet.clauses[1].id]
    assert [finding.mechanism for finding in found.findings[:2]] == sorted(
        ("shut-off", "access-gating"), key=order.index
    )


def test_passages_are_as_salient_as_the_second_reader_has_them_where_it_chose(sheet):
    chosen, left, unseen = (sheet.say(f"{WORDS} {number}.", str(number)) for number in range(3))
    salience = tuple(Salience(clause.id, 0.6, topics=("shut-off",)) for clause in (chosen, left, unseen))
    first = FirstReading(
        Proposal(sheet.document(), language="en"), sheet.clauses, Classification(salience=salience), None
    )
    passage = ChosenPassage(chosen.id, chosen.span, 0.95, protection=True)
    choice = PassageChoice("ab", (passage,), frozenset({chosen.id, left.id}))

    both = joined(first, SecondReading(READER, (), choice=choice), DEFAULT, load()).salience

    assert both == (
        Salience(chosen.id, 0.95, chosen.span, 1.0, ("shut-off",), chosen=True),
        replace(salience[1], chance=LEFT_OUT),
        salience[2],
    )


def test_a_passage_that_only_the_second_reader_wants_is_salient(sheet):
    clause = sheet.say(WORDS, "1")
    choice = PassageChoice(
        "ab", (ChosenPassage(clause.id, clause.span, 0.65, protection=False),), frozenset({clause.id})
    )
    first = FirstReading(Proposal(sheet.document(), language="fr"), sheet.clauses, Classification(), None)

    (salience,) = joined(first, SecondReading(READER, (), choice=choice), DEFAULT, load()).salience

    assert (salience.clause, salience.chance, salience.topics) == (clause.id, 0.65, ())
