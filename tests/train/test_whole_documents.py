"""Whole documents are judged by our own clauses that hold the words of the labeled ones."""

from pathlib import Path

from impact.pipeline import prepare
from impact.taxonomy import load
from impact.train.corpus.alignment import Words
from impact.train.corpus.clauses import Labeled
from impact.train.evaluation.evaluate import Documents, evaluate
from impact.train.grading import Asker

TAXONOMY = load()
ASKER = Asker(TAXONOMY, ("cues",))

SHUT = "The network shall shut off the subscriber from all services."
LAMP = "The lamp on the front panel is green while the power supply works."
LONG = f"{LAMP} {LAMP} {LAMP} {SHUT} The cover is held by four screws of steel, which a person turns by hand."


def row(name: str, text: str, *proposes: str, document: str = "made.txt") -> Labeled:
    return Labeled(name, document, text, frozenset(proposes), frozenset())


def written(folder: Path, *paragraphs: str) -> Documents:
    (folder / "made.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return Documents(lambda path: prepare(path, jailed=False), folder, whole=True)


def test_words_are_found_one_for_one_whatever_the_signs() -> None:
    text = f"1. {LAMP}\n\n2. {SHUT}"

    (place,) = Words(text).places(["* the NETWORK shall shut-off the subscriber, from all services"])

    assert place is not None
    assert place.literal
    assert place.span.of(text) == SHUT.rstrip(".")


def test_a_text_that_occurs_twice_takes_its_places_in_turn() -> None:
    first, second, third = Words(f"{LAMP} {SHUT} {LAMP}").places([LAMP, LAMP, LAMP])

    assert first
    assert second
    assert first.span.start < second.span.start
    assert third == second


def test_a_text_read_otherwise_takes_the_stretch_most_like_it() -> None:
    text = f"{LAMP} {SHUT} {LAMP}"

    (place,) = Words(text).places(["The network (core) shall shut off each subscriber from all the services."])

    assert place is not None
    assert not place.literal
    assert "shut off the subscriber" in place.span.of(text)


def test_a_text_of_other_words_has_no_place() -> None:
    assert Words(f"{LAMP} {SHUT}").places(["Rivers flow into the sea without asking anybody.", "-"]) == (None, None)


def test_the_program_is_held_to_what_it_says_of_the_labeled_words(tmp_path: Path) -> None:
    documents = written(tmp_path, LAMP, SHUT, "The cover is held by four screws of steel.")
    rows = [row("1", LAMP), row("2", SHUT, "shut-off"), row("3", "Words that stand nowhere else at all.", "redress")]

    result = evaluate(rows, ASKER, documents)

    micro = result.agreement.micro
    assert (micro.hits, micro.reported, micro.true) == (1, 1, 2)
    assert (result.placement.literal, result.placement.lost, result.placement.left_out) == (2, 1, 0)


def test_a_long_clause_counts_only_by_evidence_in_the_labeled_words(tmp_path: Path) -> None:
    documents = written(tmp_path, LONG, "The end of the text.")
    rows = [
        row("1", "The cover is held by four screws of steel, which a person turns by hand."),
        row("2", SHUT, "shut-off"),
    ]

    result = evaluate(rows, ASKER, documents)

    micro = result.agreement.micro
    assert (micro.hits, micro.reported) == (1, 1)
    assert result.graded.pairs == 1


def test_clauses_of_documents_that_are_not_at_hand_are_left_out(tmp_path: Path) -> None:
    documents = written(tmp_path, SHUT)

    result = evaluate([row("1", SHUT, "shut-off"), row("2", SHUT, document="absent.txt")], ASKER, documents)

    assert (result.agreement.clauses, result.placement.left_out) == (1, 1)


def test_a_document_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    documents = written(tmp_path, SHUT)
    (tmp_path / "empty.pdf").write_bytes(b"")

    result = evaluate([row("1", SHUT, "shut-off"), row("2", SHUT, document="empty.pdf")], ASKER, documents)

    assert (result.placement.lost, result.agreement.micro.reported) == (1, 1)
