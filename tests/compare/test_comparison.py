"""What changes do to findings and safeguards, and that the numbers sum up."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.compare.comparison import Comparison, Tally, compare
from impact.compare.sentences import names_of, sentences
from impact.compare.shifts import FindingShift
from impact.compare.summary import notes
from impact.compare.words import words
from impact.records import Level, Strength
from impact.taxonomy import load
from tests.compare.conftest import Draft, clause, finding, safeguard

LOG = "The operator shall keep a log of each connection and hand it to the registry."
GATE = "The gateway may count the packets that pass its ports during one hour of the day."
FERRY = "The ferry timetable is published each spring by the harbor office."


def said(old, new):
    comparison = compare(old, new)
    names = names_of(comparison, load())
    return [sentence for change in comparison.shown for sentence in sentences(change, names)]


def test_a_finding_of_an_added_clause_is_new(draft):
    old = draft().say(FERRY).edition()
    new = draft().say(FERRY).say(LOG, findings=[("logging-retention", "high")]).edition()

    told = said(old, new)

    assert told[-1].startswith(
        "Record-keeping and retention, high: the new text would require this power, which may enable the accumulation"
    )


def test_a_finding_of_a_removed_clause_is_no_longer_stated(draft):
    old = draft().say(FERRY).say(LOG, findings=[("logging-retention",)]).edition()

    assert said(old, draft().say(FERRY).edition()) == [
        "The new text deletes a duty on people or a power over them. This may narrow a power over people.",
        "Record-keeping and retention, medium: the new text no longer provides for this power here.",
    ]


def test_a_permission_that_becomes_a_requirement_is_said(draft):
    old = draft().say(LOG.replace("shall", "may"), findings=[("logging-retention", "medium", "may")]).edition()
    new = draft().say(LOG, findings=[("logging-retention", "medium", "must")]).edition()

    assert said(old, new) == [
        "What was permitted is now required: “may” becomes “shall”. This may widen a power over people.",
        "Record-keeping and retention, medium: the old text permits this power, and the new text requires it.",
    ]


def test_a_finding_in_unchanged_words_is_counted_and_is_no_change(draft):
    old, new = draft().say(LOG).edition(), draft().say(LOG, findings=[("logging-retention",)]).edition()

    comparison = compare(old, new)

    assert comparison.shown == ()
    assert comparison.findings.come == 1
    assert notes(comparison)[0].startswith("1 finding or safeguard differs in clauses with the same words")


def test_a_safeguard_lost_while_its_words_stand_is_not_said_to_be_unstated(draft):
    old = draft().say(f"{LOG} {FERRY}", safeguards=[("redress",)]).edition()
    new = draft().say(f"{LOG} The ferry is late.").edition()

    told = said(old, new)

    assert any("the tool no longer finds it here. The words themselves are still there" in line for line in told)


def test_a_doubtful_finding_is_said_to_be_one(draft):
    old, new = draft().say(FERRY).edition(), draft().say(FERRY).say(LOG).edition()
    shut = finding("shut-off", "high", doubtful=True, quote="keep a log of each connection")
    new = replace(new, clauses=(new.clauses[0], replace(new.clauses[1], findings=(shut,))))

    assert any(line.startswith("Shut-off and disconnection, high, needs review:") for line in said(old, new))


def test_one_finding_in_the_place_of_another_is_a_change_of_mechanism(draft):
    old = draft().say(LOG, findings=[("logging-retention",)]).edition()
    new = draft().say(LOG.replace("keep a log", "read the mail"), findings=[("traffic-inspection", "high")]).edition()

    assert compare(old, new).shown[0].findings[0].change == "mechanism"


def test_a_safeguard_that_is_gone_is_said_and_whether_it_stands_elsewhere(draft):
    appeal = "Each subscriber can appeal to a court against the decision of the operator."
    old = draft().say(FERRY).say(appeal, safeguards=[("redress",)]).edition()
    new = draft().say(FERRY).edition()
    still = draft().say(FERRY, safeguards=[("redress",)]).edition()

    assert said(old, new)[1].endswith("no longer provides it here or anywhere else.")
    assert any(sentence.endswith("but still provides it elsewhere.") for sentence in said(old, still))


def test_a_safeguard_that_is_gone_and_doubtful_elsewhere_may_be_provided_there(draft):
    appeal = "Each subscriber can appeal to a court against the decision of the operator."
    old = draft().say(FERRY).say(appeal, safeguards=[("redress",)]).edition()
    new = draft().say(FERRY, safeguards=[("redress", "must", True)]).edition()

    sentences = said(old, new)

    assert any(sentence.endswith("no longer provides it here, but may provide it elsewhere.") for sentence in sentences)


def test_a_safeguard_that_is_no_longer_firm_is_weighed_differently(draft):
    firm = draft().say(LOG, safeguards=[("retention-limits", "must")]).edition()
    unsure = draft().say(LOG.replace("log", "list"), safeguards=[("retention-limits", "must", True)]).edition()

    assert compare(firm, unsure).shown[0].safeguards[0].change == "weighed"
    assert any("both texts provide it; this now needs review." in line for line in said(firm, unsure))


def test_shall_to_may_weakens_a_safeguard_and_may_to_shall_strengthens_it(draft):
    strong = draft().say(LOG, safeguards=[("retention-limits", "must")]).edition()
    weak = draft().say(LOG.replace("shall", "may"), safeguards=[("retention-limits", "may")]).edition()

    assert compare(strong, weak).shown[0].safeguards[0].change == "weakened"
    assert compare(weak, strong).shown[0].safeguards[0].change == "strengthened"


def test_a_time_limit_that_is_removed_or_changed_is_said(draft):
    old = draft().say("The operator shall delete the log of each connection within 30 days.").edition()
    gone = draft().say("The operator shall delete the log of each connection.").edition()
    longer = draft().say("The operator shall delete the log of each connection within two years.").edition()

    assert said(old, gone) == ["The new text no longer states the period “within 30 days”."]
    assert said(old, longer) == [
        "The period changes from “30 days” to “two years”. This may reduce the protection of people."
    ]


def test_other_strength_without_a_finding_is_said(draft):
    old = draft().say(GATE.replace("may", "shall"), strength="must").edition()
    new = draft().say(GATE, strength="may").edition()

    assert said(old, new) == ["What was required is now permitted: “shall” becomes “may”."]


def test_the_gravest_change_comes_first(draft):
    appeal = "Each subscriber can appeal to a court against the decision of the operator."
    old = draft().say(FERRY).say(GATE).say(appeal, safeguards=[("redress",)]).edition()
    new = draft().say(FERRY.replace("spring", "autumn")).say(GATE)
    new = new.say(LOG, findings=[("logging-retention", "high")]).edition()

    assert [change.link.kind.value for change in compare(old, new).shown] == ["added", "removed", "reworded"]


def test_the_label_of_another_taxonomy_keeps_its_id(draft):
    old, new = draft().say(FERRY).edition(), draft().say(FERRY).say(LOG, findings=[("mind-reading",)]).edition()

    assert said(old, new)[-1].startswith("mind-reading, medium:")


def test_every_change_of_a_finding_has_its_place_and_its_words():
    table = words()
    changes = {
        "new",
        "new_context",
        "gone",
        "gone_context",
        "mechanism",
        "raised",
        "lowered",
        "stronger",
        "weaker",
        "weighed",
    }

    assert changes <= table.finding.keys()
    assert table.gravity.finding.keys() == changes | {"kept"}
    assert all(level.value in row for row in table.gravity.finding.values() for level in list(Level)[:3])


def test_a_tally_that_does_not_sum_up_is_refused():
    with pytest.raises(ValueError, match="does not sum up"):
        Tally(old=3, gone=1, come=1, left=0, joined=0, new=4)


def test_a_comparison_that_leaves_a_clause_out_is_refused(draft):
    old = draft().say(FERRY).say(LOG).edition()
    whole = compare(old, old)

    with pytest.raises(ValueError, match="in no change or in two"):
        Comparison(old, old, whole.changes[:1])


def test_a_change_that_loses_a_finding_is_refused(draft):
    old = draft().say(LOG, findings=[("logging-retention",)]).edition()

    with pytest.raises(ValueError, match="do not add up"):
        replace(compare(old, old).changes[0], findings=())


def test_a_finding_in_neither_text_is_refused():
    with pytest.raises(ValueError, match="neither"):
        FindingShift(None, None)


LABELS = st.sampled_from(["shut-off", "logging-retention", "traffic-inspection"])
STRENGTHS = st.sampled_from([strength.value for strength in Strength])
FINDINGS = st.lists(st.builds(finding, LABELS, st.sampled_from(["high", "medium", "low"]), STRENGTHS), max_size=3)
SAFEGUARDS = st.lists(st.builds(safeguard, st.sampled_from(["redress", "encryption"]), STRENGTHS), max_size=2)
TOKENS = "operator shall may keep delete log 30 days each ferry"
TEXT = st.lists(st.sampled_from(TOKENS.split(" ")), min_size=1, max_size=9)
CLAUSE = st.builds(
    lambda text, findings, safeguards, strength: clause(
        " ".join(text), strength=Strength(strength), findings=tuple(findings), safeguards=tuple(safeguards)
    ),
    TEXT,
    FINDINGS,
    SAFEGUARDS,
    STRENGTHS,
)
EDITIONS = st.lists(CLAUSE, max_size=8).map(
    lambda rows: Draft([replace(row, id=f"c{at}") for at, row in enumerate(rows)]).edition()
)
OPPOSITE = {
    "new": "gone",
    "gone": "new",
    "raised": "lowered",
    "lowered": "raised",
    "stronger": "weaker",
    "weaker": "stronger",
    "weakened": "strengthened",
    "strengthened": "weakened",
}


@given(EDITIONS, EDITIONS)
@settings(max_examples=60, deadline=None)
def test_findings_of_the_old_less_gone_plus_new_are_those_of_the_new(old, new):
    comparison = compare(old, new)

    for tally, name in ((comparison.findings, "findings"), (comparison.safeguards, "safeguards")):
        before, after = (sum(len(getattr(clause, name)) for clause in side.clauses) for side in (old, new))
        assert (tally.old, tally.new) == (before, after)
        assert before - tally.gone + tally.come == after
    assert sum(level.gone for level in comparison.levels.values()) == comparison.findings.gone


@given(EDITIONS)
@settings(max_examples=40, deadline=None)
def test_an_edition_compared_with_itself_shows_nothing(edition):
    assert compare(edition, edition).shown == ()


@given(EDITIONS, EDITIONS)
@settings(max_examples=60, deadline=None)
def test_comparing_the_other_way_round_mirrors_every_change(old, new):
    there, back = compare(old, new), compare(new, old)

    def effects(comparison, *, mirrored):
        rows = []
        for change in comparison.changes:
            link = change.link.mirrored() if mirrored else change.link
            shifts = [one.change for one in (*change.findings, *change.safeguards)]
            rows.append(
                (link.old, link.new, sorted(OPPOSITE.get(shift, shift) if mirrored else shift for shift in shifts))
            )
        return sorted(rows)

    assert effects(there, mirrored=True) == effects(back, mirrored=False)


@given(EDITIONS, EDITIONS)
@settings(max_examples=40, deadline=None)
def test_every_change_can_be_said(old, new):
    comparison = compare(old, new)
    names = names_of(comparison, load())

    for change in comparison.changes:
        assert sentences(change, names) or not change.bears
