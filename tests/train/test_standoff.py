"""Stand-off labels find their text again, and say so where they do not."""

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pytest

from impact.errors import CorpusError
from impact.paths import shelf
from impact.pipeline import prepare
from impact.taxonomy import load
from impact.train.corpus.placing import place
from impact.train.corpus.standoff import Standoff, StandoffLabel, read_standoff
from impact.train.corpus.stream import Stream, digest, stream_of

LABELS = load().labels
READ = partial(prepare, jailed=False)
TEXT = """1. Introduction

   This memo tells how lanterns on a quay report the height of the tide.

2. Requirements

   Each lantern keeps the tide tables of one harbor for a year.

   The harbor master shall switch off the lantern of any boat that
   has not paid its berth.

   Boats may ask for their lantern to be lit again within a week.
"""
SHUT = "The harbor master shall switch off the lantern of any boat that has not paid its berth."


def stream(folder: Path, text: str = TEXT) -> Stream:
    folder.mkdir(exist_ok=True)
    (folder / "lanterns.txt").write_text(text, encoding="utf-8")
    proposal, clauses = READ(folder / "lanterns.txt")
    return stream_of(proposal.document.text, clauses)


def label(here: Stream, text: str) -> StandoffLabel:
    (window,) = place(here, [text])
    assert window is not None
    clause, offset = here.address(window.start)
    words = here.window(window.start, window.words)
    return StandoffLabel("lanterns.txt", clause, offset, window.words, digest(words), ("shut-off",), (), 1, "first")


def found(tmp_path: Path, *labels: StandoffLabel) -> Standoff:
    lines = "".join(json.dumps(asdict(label)) + "\n" for label in labels)
    (tmp_path / "labels.jsonl").write_text(lines, encoding="utf-8")
    return read_standoff(tmp_path, tmp_path / "documents", READ, LABELS)


def test_a_label_finds_its_text_and_clause(tmp_path: Path) -> None:
    shut = label(stream(tmp_path / "documents"), SHUT)

    result = found(tmp_path, shut)

    (clause,) = result.labeled
    assert (clause.text, clause.clause, clause.document) == (SHUT, shut.clause, "lanterns.txt")
    assert clause.proposes == {"shut-off"}
    assert (result.missing, result.lost) == ((), ())


def test_a_label_may_begin_within_a_clause(tmp_path: Path) -> None:
    part = label(stream(tmp_path / "documents"), "any boat that has not paid")

    assert part.offset == 9
    assert found(tmp_path, part).labeled[0].text == "any boat that has not paid"


def test_a_document_is_found_in_any_subfolder(tmp_path: Path) -> None:
    shut = label(stream(tmp_path / "documents"), SHUT)
    (tmp_path / "documents" / "quays").mkdir()
    (tmp_path / "documents" / "lanterns.txt").rename(tmp_path / "documents" / "quays" / "lanterns.txt")

    assert len(found(tmp_path, shut).labeled) == 1


def test_a_clause_that_moved_is_found_by_its_digest(tmp_path: Path) -> None:
    shut = label(stream(tmp_path / "documents"), SHUT)
    moved = TEXT.replace("2. Requirements", "2. Tides\n\n   Tides rise twice.\n\n3. Requirements")
    stream(tmp_path / "documents", moved)

    (clause,) = found(tmp_path, shut).labeled

    assert clause.text == SHUT
    assert clause.clause != shut.clause


def test_a_text_that_changed_is_lost_and_counted(tmp_path: Path) -> None:
    here = stream(tmp_path / "documents")
    shut, kept = label(here, SHUT), label(here, "Boats may ask for their lantern to be lit again within a week.")
    stream(tmp_path / "documents", TEXT.replace("shall switch", "must switch"))

    result = found(tmp_path, shut, kept)

    assert [clause.id for clause in result.labeled] == [kept.name]
    assert result.lost == (("lanterns.txt", 1),)


def test_an_absent_document_is_named_with_its_labels(tmp_path: Path) -> None:
    shut = label(stream(tmp_path / "elsewhere"), SHUT)

    result = found(tmp_path, shut)

    assert result == Standoff((), (("lanterns.txt", 1),), ())


def test_without_a_folder_of_documents_all_are_missing(tmp_path: Path) -> None:
    shut = label(stream(tmp_path / "elsewhere"), SHUT)
    found(tmp_path, shut)

    assert read_standoff(tmp_path, None, READ, LABELS).missing == (("lanterns.txt", 1),)


def test_a_bad_label_is_named_with_its_line(tmp_path: Path) -> None:
    shut = label(stream(tmp_path / "documents"), SHUT)
    (tmp_path / "labels.jsonl").write_text(json.dumps(asdict(shut) | {"words": 0}), encoding="utf-8")

    with pytest.raises(CorpusError, match=r"line 1 is not a stand-off label"):
        read_standoff(tmp_path, None, READ, LABELS)


def test_a_field_that_lacks_is_named(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_text("{}", encoding="utf-8")

    with pytest.raises(CorpusError, match="it has no 'proposes'"):
        read_standoff(tmp_path, None, READ, LABELS)


def test_labels_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_bytes(b"\xff\xfe")

    with pytest.raises(CorpusError, match=r"labels.jsonl cannot be read: it is not UTF-8 text"):
        read_standoff(tmp_path, None, READ, LABELS)


def test_an_unknown_label_is_named(tmp_path: Path) -> None:
    shut = label(stream(tmp_path / "documents"), SHUT)
    (tmp_path / "labels.jsonl").write_text(json.dumps(asdict(shut) | {"context": ["tides"]}), encoding="utf-8")

    with pytest.raises(CorpusError, match=r"unknown labels \['tides'\]"):
        read_standoff(tmp_path, None, READ, LABELS)


def test_a_text_read_with_other_marks_is_fitted_to_our_clause(tmp_path: Path) -> None:
    here = stream(tmp_path / "documents")

    (window,) = place(
        here, ["* The *harbor master* shall switch off the lantern of any boat that has not paid the berth"]
    )

    assert window is not None
    assert window.fitted
    assert here.window(window.start, window.words) == SHUT


def test_a_text_of_another_document_is_placed_nowhere(tmp_path: Path) -> None:
    assert place(stream(tmp_path / "documents"), ["The baker shall open at six on each day but Monday."]) == (None,)


def test_the_same_words_twice_get_two_places(tmp_path: Path) -> None:
    here = stream(tmp_path / "documents", TEXT + "\n3. Again\n\n   " + SHUT + "\n")

    first, second = place(here, [SHUT, SHUT])

    assert first is not None
    assert second is not None
    assert first.start < second.start


def test_the_second_of_the_same_words_is_found_by_its_address(tmp_path: Path) -> None:
    here = stream(tmp_path / "documents", TEXT + "\n3. Again\n\n   " + SHUT + "\n")
    _, again = (
        clause.id for clause, begin in zip(here.clauses, here.begins, strict=True) if here.words[begin] == "The"
    )

    (window,) = place(here, [SHUT], [again])

    assert window is not None
    assert here.address(window.start) == (again, 0)


def test_an_address_whose_clause_reads_otherwise_is_not_believed(tmp_path: Path) -> None:
    here = stream(tmp_path / "documents")

    assert place(here, [SHUT], [here.clauses[0].id]) == place(here, [SHUT])


@pytest.mark.shared
@pytest.mark.parametrize(("corpus", "every"), [("standards", 12), ("development", 1)])
def test_most_labels_of_the_corpus_are_found_in_the_public_documents(corpus: str, every: int, tmp_path: Path) -> None:
    documents = Path(__file__).resolve().parents[3] / "shared" / "documents"
    if not documents.is_dir():
        pytest.skip("../shared is absent: no public documents to find the labels in")
    lines = (shelf("corpora") / corpus / "labels.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    chosen = sorted({json.loads(line)["document"] for line in lines})[::every]
    (tmp_path / "labels.jsonl").write_text("".join(line for line in lines if json.loads(line)["document"] in chosen))

    result = read_standoff(tmp_path, documents, READ, LABELS)

    at_hand = {path.name for path in documents.rglob("*")}
    astray = sum(number for name, number in (*result.missing, *result.lost) if name in at_hand)
    assert len(result.labeled) >= 0.85 * (len(result.labeled) + astray)
