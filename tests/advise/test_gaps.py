"""Safeguards that no clause makes binding."""

from dataclasses import replace

import pytest

from impact.advise.context import Context
from impact.advise.openness.safeguard_gaps import gaps_of
from impact.records import SafeguardStanding, Span, Strength
from impact.taxonomy import load

POWER = {"logging-retention": "shall be logged"}
LIMIT = {"retention-limits": "deleted after a week"}


def gap(sheet, safeguard="retention-limits", mechanism="logging-retention"):
    assessment = sheet.assessed()
    gaps = gaps_of(Context(assessment, load()))
    return next((gap for gap in gaps if (gap.mechanism, gap.safeguard) == (mechanism, safeguard)), None)


def words(sheet, found):
    return [span.of(sheet.text) for cite in found.cites for span in cite.evidence]


def test_safeguard_of_which_no_clause_speaks_is_absent(sheet):
    sheet.say("Each visit shall be logged.", "4.1", proposes=POWER)

    found = gap(sheet)

    assert (found.standing, found.cites, found.weak) == (SafeguardStanding.ABSENT, (), ())


def test_power_is_cited_by_the_finding_that_shows_it_best(sheet):
    sheet.say("Logs exist.", "4.1", strength="descriptive", proposes={"logging-retention": "Logs"})
    best = sheet.say("Each visit shall be logged.", "4.2", proposes=POWER)

    assert gap(sheet).power.clause == best.id


@pytest.mark.parametrize(
    ("sentence", "strength", "how", "marked"),
    [
        ("Logs should be deleted after a week.", "should", "only recommended", ["should"]),
        ("Logs may be deleted after a week.", "may", "only permitted", ["may"]),
        ("It is recommended that logs be deleted after a week.", "should", "only recommended", ["is recommended"]),
        ("Logs are OPTIONALLY deleted after a week.", "may", "only permitted", ["OPTIONALLY"]),
        (
            "Logs shall, where appropriate, be deleted after a week.",
            "must",
            "left to discretion",
            ["where appropriate"],
        ),
        (
            "Subject to local policy, logs shall be deleted after a week.",
            "must",
            "subject to local policy or national rules",
            ["Subject to local policy"],
        ),
        (
            "Logs are deleted after a week according to national legislation.",
            "descriptive",
            "subject to local policy or national rules",
            ["according to national legislation"],
        ),
        (
            "Logs are deleted after a week if supported.",
            "descriptive",
            "conditional on availability or possibility",
            ["if supported"],
        ),
        (
            "How logs are deleted after a week is implementation dependent.",
            "descriptive",
            "left to implementations",
            ["implementation dependent"],
        ),
        (
            "That logs are deleted after a week is for further study.",
            "descriptive",
            "deferred to later work",
            ["for further study"],
        ),
        ("How logs are deleted after a week is out of scope.", "descriptive", "placed out of scope", ["out of scope"]),
    ],
)
def test_safeguard_in_weak_words_is_weak_and_quoted_by_them(sheet, sentence, strength, how, marked):
    sheet.say("Each visit shall be logged.", "4.1", proposes=POWER)
    sheet.say(sentence, "4.2", strength=strength, proposes={"retention-limits": "deleted after a week"})

    found = gap(sheet)

    assert (found.standing, found.weak) == (SafeguardStanding.WEAK, (how,))
    assert words(sheet, found) == marked


@pytest.mark.parametrize(
    ("sentence", "strength"),
    [
        ("Logs shall be deleted after a week.", "must"),
        ("Logs are deleted after a week.", "descriptive"),
        ("Logs shall be deleted after a week, as required by clause 9.", "must"),
        ("Logs shall be deleted after a week by a timer or by any other suitable means.", "must"),
    ],
)
def test_binding_sentence_closes_the_gap(sheet, sentence, strength):
    sheet.say("Each visit shall be logged.", "4.1", proposes=POWER)
    sheet.say("Logs should be deleted after a week.", "4.2", strength="should", proposes=LIMIT)
    sheet.say(sentence, "4.3", strength=strength, proposes=LIMIT)

    assert gap(sheet) is None


def test_requirement_closes_the_gap_although_another_sentence_of_its_clause_recommends(sheet):
    sheet.say("Each visit shall be logged.", "4.1", proposes=POWER)
    first, second = "A timer should be set for logs.", "Logs shall be deleted after a week."
    clause = sheet.say(f"{first} {second}", "4.2", strength="should", proposes=LIMIT)
    start = clause.span.start
    cut = (Span(start, start + len(first)), Span(start + len(first) + 1, clause.span.end))
    sheet.clauses[-1] = replace(clause, sentences=cut, strengths=(Strength.SHOULD, Strength.MUST))
    sheet.safeguards[-1] = replace(sheet.safeguards[-1], evidence=(Span(start, start + len("A timer")), cut[1]))

    assert gap(sheet) is None


def test_safeguard_that_is_mentioned_only_to_be_left_out_is_left(sheet):
    sheet.say("Each visit shall be logged.", "4.1", proposes=POWER)
    left = sheet.say("Deletion of logs is outside the scope of this text.", "4.2", context=("retention-limits",))

    found = gap(sheet)

    assert (found.standing, found.weak) == (SafeguardStanding.LEFT, ("placed out of scope",))
    assert [cite.clause for cite in found.cites] == [left.id]


def test_safeguard_that_is_mentioned_without_being_left_out_stays_absent(sheet):
    sheet.say("Each visit shall be logged.", "4.1", proposes=POWER)
    sheet.say("Deletion of logs is a topic of many books.", "4.2", context=("retention-limits",))

    assert gap(sheet).standing is SafeguardStanding.ABSENT


def test_weak_words_of_another_sentence_do_not_weaken_a_safeguard(sheet):
    sheet.say("Each visit shall be logged.", "4.1", proposes=POWER)
    first = "Logs shall be deleted after a week."
    clause = sheet.say(f"{first} The format is out of scope.", "4.2", proposes=LIMIT)
    start = clause.span.start
    cut = (Span(start, start + len(first)), Span(start + len(first) + 1, clause.span.end))
    sheet.clauses[-1] = replace(clause, sentences=cut)

    assert gap(sheet) is None


def test_weak_word_is_looked_for_in_each_sentence_with_words_of_the_safeguard(sheet):
    sheet.say("Each visit shall be logged.", "4.1", proposes=POWER)
    first, second = "Logs of a week.", "They should be deleted."
    clause = sheet.say(f"{first} {second}", "4.2", strength="should", proposes={"retention-limits": "Logs"})
    start = clause.span.start
    cut = (Span(start, start + len(first)), Span(start + len(first) + 1, clause.span.end))
    sheet.clauses[-1] = replace(clause, sentences=cut)
    evidence = (*sheet.safeguards[-1].evidence, Span(clause.span.end - 8, clause.span.end - 1))
    sheet.safeguards[-1] = replace(sheet.safeguards[-1], evidence=evidence)

    assert words(sheet, gap(sheet)) == ["should"]


def test_weak_clause_in_the_section_of_the_power_is_cited_first(sheet):
    far = sheet.say("Logs may be deleted after a week.", "2.1", ("2 Far",), strength="may", proposes=LIMIT)
    near = sheet.say("Logs should be deleted after a week.", "4.2", ("4 Near",), strength="should", proposes=LIMIT)
    sheet.say("Each visit shall be logged.", "4.1", ("4 Near",), proposes=POWER)

    assert [cite.clause for cite in gap(sheet).cites] == [near.id, far.id]


def test_text_without_findings_has_no_gaps(sheet):
    sheet.say("Logs may be deleted after a week.", "4.2", strength="may", proposes=LIMIT)

    assert gaps_of(Context(sheet.assessed(), load())) == ()


@pytest.mark.parametrize("strength", ["must", "may"])
def test_a_doubtful_safeguard_leaves_no_gap_since_it_may_be_there(sheet, strength):
    sheet.say("Each visit shall be logged.", "4.1", proposes=POWER)
    sheet.say("Logs may be deleted after a week.", "4.2", strength=strength, proposes=LIMIT, doubtful=True)

    assert gap(sheet) is None


def test_a_weak_safeguard_is_cited_without_the_doubtful_one_beside_it(sheet):
    sheet.say("Each visit shall be logged.", "4.1", proposes=POWER)
    weak = sheet.say("Logs should be deleted after a week.", "4.2", strength="should", proposes=LIMIT)
    sheet.say("Logs may be deleted after a week.", "4.3", strength="may", proposes=LIMIT, doubtful=True)

    found = gap(sheet)

    assert (found.standing, [cite.clause for cite in found.cites]) == (SafeguardStanding.WEAK, [weak.id])


def test_a_doubtful_sentence_that_binds_closes_the_gap_of_a_weak_one(sheet):
    sheet.say("Each visit shall be logged.", "4.1", proposes=POWER)
    sheet.say("Logs should be deleted after a week.", "4.2", strength="should", proposes=LIMIT)
    sheet.say("Logs shall be deleted after a week.", "4.3", proposes=LIMIT, doubtful=True)

    assert gap(sheet) is None


def test_may_of_what_can_happen_makes_no_safeguard_weak(sheet):
    sheet.say("Each visit shall be logged.", "4.1", proposes=POWER)
    sheet.say("Logs are deleted after a week, which may imply a cost.", "4.2", strength="may", proposes=LIMIT)

    assert gap(sheet) is None


@pytest.mark.parametrize(
    ("sentence", "safeguard", "marked"),
    [
        ("Visitors are not told of it.", "transparency", ["Visitors are not told"]),
        ("The log is not subject to appeal.", "redress", ["not subject to appeal"]),
        ("It is read without judicial review.", "independent-oversight", ["without judicial review"]),
    ],
)
def test_safeguard_that_a_clause_beside_the_power_denies_is_ruled_out(sheet, sentence, safeguard, marked):
    mark = {"lawful-access": "shall be handed"}
    sheet.say("The log shall be handed to the bureau.", "4.1", ("4 Log",), proposes=mark)
    sheet.say(sentence, "4.2", ("4 Log",))

    found = gap(sheet, safeguard, "lawful-access")

    assert (found.standing, found.weak, words(sheet, found)) == (SafeguardStanding.DENIED, ("ruled out",), marked)


def test_denial_in_another_section_rules_nothing_out_for_a_power(sheet):
    mark = {"lawful-access": "shall be handed"}
    sheet.say("The log shall be handed to the bureau.", "4.1", ("4 Log",), proposes=mark)
    sheet.say("Visitors are not told of the menu.", "5.1", ("5 Menu",))

    assert gap(sheet, "transparency", "lawful-access").standing is SafeguardStanding.ABSENT


def test_message_that_a_node_does_not_get_denies_no_notice_to_people(sheet):
    sheet.say(
        "The log shall be handed to the bureau; the relay is not notified.", "4", proposes={"lawful-access": "log"}
    )

    assert gap(sheet, "transparency", "lawful-access").standing is SafeguardStanding.ABSENT


def test_denial_that_is_itself_the_power_rules_the_safeguard_out_there(sheet):
    words = "The owner is not told of the seizure."
    sheet.say(words, "4", proposes={"missing-remedy": words})

    found = gap(sheet, "transparency", "missing-remedy")

    assert found.standing is SafeguardStanding.DENIED
    assert found.stated_by_power
