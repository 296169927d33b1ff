"""The judge that was trained: what it says, by which words, and what it does not depend on."""

import subprocess
import sys
from collections.abc import Mapping

import numpy as np
import pytest

from impact.classify.features import views
from impact.classify.heads import SIGNALS, Heads, load, odds, together
from impact.classify.judging import WAYS, network_scores
from impact.classify.model import _strength, digest, grade, grade_by_terms, scores_of
from impact.classify.networks.encoder import load as load_encoder
from impact.classify.score import Score
from impact.paths import shelf
from impact.records import Block, Clause, ClauseKind, Document, Page, Proposal, Span, Strength
from impact.segment.strength import strength_of
from impact.taxonomy import load as load_taxonomy

TAXONOMY = load_taxonomy()
SAMPLE = shelf("corpora") / "proposals" / "new-network.docx"
MECHANISMS = frozenset(TAXONOMY.mechanisms)
SHUT = "The operator shall be able to shut off any subscriber from the network at the request of the authorities."
WHERE = "The handset shall report the location of its user to the operator every minute."
SEALED = "Messages between users shall be encrypted from end to end."
NOT = "The network shall not support a shut-off function against any subscriber."
TALK = (
    NOT,
    "An attacker could use a shut-off function against any subscriber.",
    "A shut-off function against any subscriber is out of scope.",
    "Some countries use a shut-off function against any subscriber.",
)
PLAIN = "The lamp of the lighthouse burns oil."
TWO = "The lamp burns oil. " + WHERE


def made(
    *texts: str,
    kind: ClauseKind = ClauseKind.STATEMENT,
    title: str = "Functions of the network",
    heading: str = "4 Users",
) -> tuple[Proposal, list[Clause]]:
    text, clauses = "", []
    for number, piece in enumerate(texts):
        span = Span(len(text), len(text) + len(piece))
        cut = span.start + piece.find(". ") + 1
        sentences = (Span(span.start, cut), Span(cut + 1, span.end)) if ". " in piece else (span,)
        text += piece + "\n\n"
        strengths = tuple(strength_of(sentence.of(text)) for sentence in sentences)
        clause = Clause(f"p{number}", "", (heading,), kind, 1, span, strength_of(piece), sentences, strengths=strengths)
        clauses.append(clause)
    blocks = tuple(Block(clause.span) for clause in clauses)
    document = Document("0" * 64, "made.txt", "text", "none", text, blocks, (Page(1),))
    return Proposal(document, title=title, language="en"), clauses


def judged(*texts: str, **others: str) -> list[Score]:
    return scores_of(*made(*texts, **others), MECHANISMS)


def proposed(scores: list[Score], clause: int = 0) -> set[str]:
    return {score.label for score in scores if score.clause == clause and score.proposes}


def graded(*texts: str, clause: int = 0, **others: str) -> Mapping[str, float]:
    grades = grade(*made(*texts, **others), MECHANISMS)
    return {label: chance for (number, label), chance in grades.items() if number == clause}


@pytest.mark.parametrize(("text", "label"), [(SHUT, "shut-off"), (WHERE, "location-tracking"), (SEALED, "encryption")])
def test_a_clause_that_plainly_proposes_a_label_is_said_to(text: str, label: str) -> None:
    assert label in proposed(judged(text))


def test_a_clause_that_proposes_nothing_is_left_alone() -> None:
    assert judged(PLAIN) == []


def test_what_stays_below_the_threshold_but_is_talked_about_by_the_cues_is_a_mention() -> None:
    mentions = [score for score in judged(*TALK) if score.label == "shut-off" and not score.proposes]
    seen = {view.number: view.cues["shut-off"] for view in views(*made(*TALK), MECHANISMS)}

    assert mentions
    for score in mentions:
        assert (score.confidence, score.evidence) == (seen[score.clause].touches, seen[score.clause].touched)


def test_what_is_said_comes_in_the_order_of_clauses_and_labels() -> None:
    labels = load().labels
    places = [(score.clause, labels.index(score.label)) for score in judged(SEALED, PLAIN, WHERE, SHUT, NOT)]

    assert places == sorted(places)
    assert len({clause for clause, _ in places}) > 2


def test_what_counts_is_graded_from_the_threshold_on_or_is_the_likeliest_of_its_clause() -> None:
    chances = graded(SHUT, WHERE)
    counting = [score.label for score in judged(SHUT, WHERE) if score.proposes and score.clause == 0]

    assert counting
    assert all(chances[label] >= min(load().cuts["model"].threshold, max(chances.values())) for label in counting)


def test_confidence_is_a_chance() -> None:
    assert all(0 <= score.confidence <= 1 for score in judged(SHUT, WHERE))


def test_evidence_lies_within_the_clause() -> None:
    _, clauses = made(SEALED, WHERE, SHUT, NOT)

    for score in judged(SEALED, WHERE, SHUT, NOT):
        assert score.evidence
        assert all(clauses[score.clause].span.covers(span) for span in score.evidence)


def test_the_strength_is_that_of_the_sentence_that_holds_the_evidence() -> None:
    (score,) = [score for score in judged(TWO) if score.label == "location-tracking" and score.proposes]

    assert score.strength is Strength.MUST
    assert all(span.start > TWO.index(". ") for span in score.evidence)


def test_every_label_of_every_assessed_clause_is_graded() -> None:
    assert set(grade(*made(SHUT, PLAIN), MECHANISMS)) == {
        (number, label) for number in (0, 1) for label in TAXONOMY.labels
    }


@pytest.mark.parametrize("ask", [grade, grade_by_terms])
def test_a_grade_is_a_chance(ask) -> None:
    grades = ask(*made(SHUT, WHERE, SEALED, NOT, PLAIN), MECHANISMS)

    assert len(grades) == 5 * len(TAXONOMY.labels)
    assert all(0 <= chance <= 1 for chance in grades.values())


@pytest.mark.parametrize("ask", [scores_of, grade, grade_by_terms])
def test_clauses_that_are_not_assessed_are_left_out(ask) -> None:
    assert not ask(*made(SHUT, kind=ClauseKind.CONTENTS), MECHANISMS)


def test_the_same_document_gives_the_same_result_after_another() -> None:
    first, grades = judged(SHUT, PLAIN, WHERE), graded(SHUT, PLAIN, WHERE)

    judged(*[SEALED * 3, WHERE * 5, NOT] * 5, title="Lanterns", heading="9 Quays")

    assert judged(SHUT, PLAIN, WHERE) == first
    assert graded(SHUT, PLAIN, WHERE) == grades


@pytest.mark.parametrize("text", [SHUT, WHERE, SEALED, PLAIN])
def test_a_clause_is_judged_alike_whatever_stands_far_away(text: str) -> None:
    near = (text, PLAIN, PLAIN, PLAIN)

    assert graded(*near, "Users of lamps are persons.", SEALED * 20) == graded(
        *near, "Users of lamps are persons.", PLAIN
    )


def test_the_order_of_clauses_far_apart_does_not_matter() -> None:
    one, other = (SHUT, PLAIN, PLAIN, PLAIN, WHERE), (WHERE, PLAIN, PLAIN, PLAIN, SHUT)

    assert graded(*one, clause=0) == graded(*other, clause=4)
    assert graded(*one, clause=4) == graded(*other, clause=0)


def test_line_breaks_within_a_clause_do_not_matter_to_its_words() -> None:
    broken, whole = made(SHUT.replace(" ", "\n   ")), made(SHUT)

    assert grade_by_terms(*broken, MECHANISMS) == grade_by_terms(*whole, MECHANISMS)


def test_the_name_of_the_file_and_its_digest_do_not_matter() -> None:
    proposal, clauses = made(SHUT, WHERE)
    other = Document("f" * 64, "b.pdf", "pdf", "pdfium", proposal.document.text, proposal.document.blocks, (Page(1),))

    assert scores_of(Proposal(other, title=proposal.title, language="en"), clauses, MECHANISMS) == judged(SHUT, WHERE)


def test_the_signals_of_a_clause_come_in_the_order_that_the_weights_have(tiny_heads: Heads) -> None:
    (view,) = views(*made(SHUT), MECHANISMS)
    place = tiny_heads.labels.index("shut-off")

    told = {way: judge(tiny_heads, view) for way, judge in WAYS.items()}

    vector = load_encoder().vector(view.text, view.setting)
    said = network_scores(tiny_heads.labels, view.text, view.setting)[place]
    known = {
        "terms": tiny_heads.by_terms(view.text, view.setting)[place],
        "cues": odds(np.array([view.cues["shut-off"].proposes]))[0],
    }
    heard = dict(zip(("encoder", "encoder talk"), tiny_heads.by_vector(vector)[place], strict=True))
    for way, others in (("fast", heard), ("model", {"network": said[0], "network talk": said[1]})):
        assert told[way].names == SIGNALS[way]
        assert told[way].signals.shape == (len(tiny_heads.labels), len(SIGNALS[way]))
        numbers = dict(zip(SIGNALS[way], told[way].signals[place].tolist(), strict=True))
        assert numbers == pytest.approx(known | others, abs=1e-5)


def test_clauses_that_the_gate_keeps_out_ask_no_network() -> None:
    script = """
import sys
from impact.classify.features import views
from impact.classify.heads import load, together
from impact.classify.judging import light
from impact.classify.model import grade
from impact.train.corpus.clauses import Labeled
from impact.train.corpus.graft import graft

heads, kept = load(), 0
for number, text in enumerate([
    "Figure 3 shows the header.", "The checksum has 16 bits.", "The matrix is of rank two.", "See the next table.",
    "The color of each pixel is the sum of its two neighbors.", "The octets are in network byte order.",
]):
    row = Labeled(str(number), "Fonts and formats of images", text, frozenset(), frozenset(), heading="3 Format")
    proposal, clauses, _ = graft(None, (), [row])
    (view,) = views(proposal, clauses, frozenset())
    chances = heads.fused(light(heads, view), "light")
    if together(chances) < heads.cuts["fast"].gate:
        kept += 1
        assert list(grade(proposal, clauses, frozenset()).values()) == chances.tolist()
print(kept > 0, "onnxruntime" in sys.modules)
"""

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "True False"


def test_the_larger_network_is_asked_only_where_the_smaller_gives_some_chance() -> None:
    heads = load()
    for view in views(*made(SHUT, PLAIN, WHERE, NOT, "The checksum of a frame has 16 bits."), MECHANISMS):
        first, second = WAYS["fast"](heads, view), WAYS["model"](heads, view)
        asked = first.names == SIGNALS["fast"] and together(first.chances) >= heads.cuts["model"].gate

        assert second.names == (SIGNALS["model"] if asked else first.names)
        assert asked or not second.counts.any()


def test_a_document_is_judged_by_the_smaller_network_on_request() -> None:
    script = """
import sys
from pathlib import Path
from impact import analyze
from impact.classify.networks import larger

found = analyze(sys.argv[1], by=("fast",), jailed=False)
print(len(found.findings) > 0, larger.load.cache_info().currsize)
"""

    done = subprocess.run([sys.executable, "-c", script, str(SAMPLE)], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "True 0"


def test_each_way_of_judging_has_a_digest_of_its_own() -> None:
    assert {len(digest(way)) for way in WAYS} == {64}
    assert digest("fast") != digest("model")


def test_what_is_found_binds_as_the_sentence_with_most_words_of_its_evidence_does() -> None:
    text = "The lamp is kept and the oil is kept. The lamp shall be red."
    first, second = Span(0, 37), Span(38, len(text))
    clause = Clause(
        "p1",
        "",
        (),
        ClauseKind.STATEMENT,
        1,
        Span(0, len(text)),
        Strength.MUST,
        (first, second),
        strengths=(Strength.DESCRIPTIVE, Strength.MUST),
    )

    assert _strength(clause, text, (Span(4, 8), Span(25, 28), Span(42, 46))) is Strength.DESCRIPTIVE
    assert _strength(clause, text, (Span(4, 8), Span(42, 46))) is Strength.DESCRIPTIVE
    assert _strength(clause, text, (Span(4, 8), Span(42, 52))) is Strength.MUST


@pytest.mark.parametrize(("limited", "strength"), [(True, Strength.MAY), (False, Strength.SHOULD)])
def test_power_that_should_be_used_only_where_something_holds_is_permitted_there(limited, strength) -> None:
    text = "The lamp should be lit only where guests agree."
    span = Span(0, len(text))
    clause = Clause("p1", "", (), ClauseKind.STATEMENT, 1, span, Strength.SHOULD, (span,), strengths=(Strength.SHOULD,))

    assert _strength(clause, text, (Span(4, 8),), limited=limited) is strength


def test_a_clause_that_is_likely_to_protect_people_is_said_to_give_no_power(monkeypatch):
    powers = [score for score in judged(SHUT) if score.proposes and score.label in MECHANISMS]
    monkeypatch.setattr("impact.classify.model.PROTECTED", 0.0)

    assert powers
    assert not [score for score in judged(SHUT) if score.proposes and score.label in MECHANISMS]
