"""How cues become findings: stance, person test, context, doubt, and independence from neighbours."""

import pytest

from impact.classify import CLASSIFIERS, DOUBT, classify
from impact.classify.heads import load as load_heads
from impact.classify.score import Score
from impact.records import (
    Block,
    Classification,
    Clause,
    ClauseKind,
    Document,
    Page,
    Proposal,
    Span,
    Strength,
    finding_id,
)
from impact.taxonomy import load

TAXONOMY = load()
PERSONS = "The user and the subscriber are persons whom the operator serves."


def classified(
    *texts: str,
    title: str = "Functions of the network",
    headings: tuple[str, ...] = (),
    kind: ClauseKind = ClauseKind.REQUIREMENT,
) -> Classification:
    text, clauses = "", []
    for number, piece in enumerate(texts):
        span = Span(len(text), len(text) + len(piece))
        text += piece + "\n\n"
        strength = Strength.MUST if "shall" in piece else Strength.DESCRIPTIVE
        clauses.append(Clause(f"p{number}", "", headings, kind, 1, span, strength, (span,), strengths=(strength,)))
    blocks = tuple(Block(clause.span) for clause in clauses)
    document = Document("0" * 64, "made.txt", "text", "none", text, blocks, (Page(1),))
    return classify(Proposal(document, title=title, language="en"), clauses, TAXONOMY)


def mechanisms(found: Classification, clause: str = "p0") -> set[str]:
    return {finding.mechanism for finding in found.findings if finding.clause == clause}


def test_a_clause_that_requires_a_power_is_a_finding_with_its_words() -> None:
    found = classified("The network shall support a shut-off function against any subscriber.", PERSONS)

    assert "shut-off" in mechanisms(found)
    assert all(len(finding.evidence) >= 1 for finding in found.findings)


def test_a_note_that_obliges_is_as_firm_as_a_requirement() -> None:
    text = "The operator shall deliver the intercepted communications of the subscriber to the law enforcement agency."
    found = classified(text, PERSONS, kind=ClauseKind.NOTE)

    assert {finding.doubtful for finding in found.findings if finding.mechanism == "lawful-access"} == {False}


@pytest.mark.parametrize(
    ("kind", "doubtful"),
    [
        (ClauseKind.REQUIREMENT, False),
        (ClauseKind.DEFINITION, True),
        (ClauseKind.NOTE, True),
        (ClauseKind.EXAMPLE, True),
        (ClauseKind.INFORMATIVE, True),
    ],
)
def test_what_only_an_aside_says_is_for_a_reader_however_sure(kind: ClauseKind, *, doubtful: bool) -> None:
    text = "The operator delivers the intercepted communications of the subscriber to the law enforcement agency."
    found = classified(text, PERSONS, kind=kind)

    assert {finding.doubtful for finding in found.findings if finding.mechanism == "lawful-access"} == {doubtful}


def test_a_strong_word_elsewhere_in_a_note_makes_no_finding_firm(monkeypatch: pytest.MonkeyPatch) -> None:
    def sure(_proposal, clauses, _mechanisms):
        return [Score(0, "shut-off", True, 0.9, (clauses[0].span,), Strength.DESCRIPTIVE)]  # noqa: FBT003

    monkeypatch.setitem(CLASSIFIERS, "model", sure)

    found = classified("The gate cuts subscribers off. The gate shall be green.", kind=ClauseKind.NOTE)

    assert [finding.doubtful for finding in found.findings] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Packets whose source cannot be traced to a registered subscriber shall be discarded.",
        "A message without the verified identity of its sender shall be rejected.",
    ],
)
def test_what_befalls_those_who_do_not_meet_a_condition_is_no_denial(text: str) -> None:
    assert "identity-binding" not in {mention.label for mention in classified(text, PERSONS).mentions}


@pytest.mark.parametrize(
    "text",
    [
        "The network shall not support a shut-off function against any subscriber.",
        "An attacker could use a shut-off function against any subscriber.",
        "A shut-off function against any subscriber is out of scope.",
        "Some countries use a shut-off function against any subscriber.",
    ],
)
def test_a_clause_that_only_talks_about_a_power_is_a_mention(text: str) -> None:
    found = classified(text, PERSONS)

    assert "shut-off" not in mechanisms(found)
    assert "shut-off" in {mention.label for mention in found.mentions}


def test_a_discussion_paper_that_describes_a_power_proposes_nothing() -> None:
    text = "The operator has a shut-off function against any subscriber."

    assert "shut-off" in mechanisms(classified(text, PERSONS))
    assert "shut-off" not in mechanisms(classified(text, PERSONS, title="A survey of network functions"))


def test_a_mechanism_of_which_the_cues_are_certain_is_for_a_reader_where_the_heads_do_not_say_it() -> None:
    (found,) = (
        finding
        for finding in classified("The clean-slate network has many manynets.", PERSONS).findings
        if finding.mechanism == "fragmentation"
    )

    assert found.doubtful
    assert found.confidence < load_heads().cuts["model"].threshold


@pytest.mark.parametrize(
    ("text", "safeguard", "doubtful"),
    [
        ("The service shall delete each record of the subscriber after 30 days.", "retention-limits", False),
        ("Old records of the subscriber may be deleted after some time.", "retention-limits", True),
    ],
)
def test_a_safeguard_is_doubtful_below_a_line_of_its_own(text: str, safeguard: str, *, doubtful: bool) -> None:
    found = next(one for one in classified(text, PERSONS).safeguards if one.safeguard == safeguard)

    assert found.doubtful is doubtful
    assert (found.confidence < DOUBT["model"]) is doubtful


def test_a_safeguard_in_a_note_is_doubtful_however_sure() -> None:
    text = "The service deletes each record of the subscriber after 30 days."

    found = classified(text, PERSONS, kind=ClauseKind.NOTE)

    assert {safeguard.doubtful for safeguard in found.safeguards if safeguard.safeguard == "retention-limits"} == {True}


def test_clauses_that_are_not_assessed_are_left_alone() -> None:
    span = Span(0, 40)
    clause = Clause("c", "", (), ClauseKind.CONTENTS, 1, span)
    document = Document("0" * 64, "a", "text", "none", "Shut-off function against subscribers  9", (), (Page(1),))

    assert classify(Proposal(document), [clause], TAXONOMY) == Classification()


def test_a_clause_far_away_changes_nothing() -> None:
    text = "The network shall support a shut-off function against any subscriber."
    alone = mechanisms(classified(text, PERSONS, PERSONS, PERSONS))
    with_another = mechanisms(classified(text, PERSONS, PERSONS, PERSONS, text))

    assert alone == with_another


def test_the_same_document_gives_the_same_result_after_another() -> None:
    text = "The network shall support a shut-off function against any subscriber."
    first = classified(text, PERSONS)
    classified("The camera is required to recognize the faces of passers-by.", PERSONS)

    assert classified(text, PERSONS) == first


def test_the_id_of_a_finding_depends_on_document_clause_and_mechanism_only() -> None:
    assert finding_id("d", "7.1", "shut-off") == finding_id("d", "7.1", "shut-off")
    assert (
        len(
            {finding_id("d", "7.1", "shut-off"), finding_id("e", "7.1", "shut-off"), finding_id("d", "7.2", "shut-off")}
        )
        == 3
    )


@pytest.mark.parametrize(("confidence", "doubtful"), [(0.77, True), (0.85, False)])
def test_a_clause_that_secures_what_is_handed_over_is_left_to_a_reader_unless_sure(
    monkeypatch: pytest.MonkeyPatch, confidence: float, *, doubtful: bool
) -> None:
    def judge(_proposal, clauses, _mechanisms):
        spans = (clauses[0].span,)
        return [
            Score(0, "lawful-access", True, confidence, spans, Strength.MUST),  # noqa: FBT003
            Score(0, "encryption", True, 0.9, spans, Strength.MUST),  # noqa: FBT003
        ]

    monkeypatch.setitem(CLASSIFIERS, "model", judge)

    found = classified("The facility shall encrypt what it delivers to the bureau.")

    assert [finding.doubtful for finding in found.findings] == [doubtful]


def test_the_words_that_rule_the_act_are_evidence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "What the facility holds shall be delivered to the bureau."

    def judge(_proposal, _clauses, _mechanisms):
        return [Score(0, "lawful-access", True, 0.9, (Span(9, 17),), Strength.MUST)]  # noqa: FBT003

    monkeypatch.setitem(CLASSIFIERS, "model", judge)

    (found,) = classified(text).findings

    assert [span.of(text) for span in found.evidence] == ["facility", "shall be delivered"]
