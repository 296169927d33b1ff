from pathlib import Path

from impact.pipeline import prepare
from impact.taxonomy import load
from impact.train.corpus.clauses import Labeled
from impact.train.corpus.examples import real_examples, written_examples

TALKS = frozenset({"content-blocking"})
SENTENCE = "Resolvers on the quay may refuse names that the harbor master lists, which users cannot see."


def row(document: str) -> Labeled:
    return Labeled("a", document, SENTENCE, proposes=frozenset({"transparency"}), context=TALKS)


def test_a_written_example_keeps_apart_what_it_proposes_and_what_it_only_talks_about():
    (example,) = written_examples([row("Harbor names")], load())

    assert example.proposes == {"transparency"}
    assert example.context == TALKS


def test_an_example_of_a_document_keeps_what_it_only_talks_about(tmp_path: Path):
    text = f"Harbor names\n\n1. Introduction\n\n{SENTENCE}\n\n2. Lamps\n\nLamps on the quay shall burn all night.\n"
    (tmp_path / "harbor.txt").write_text(text, encoding="utf-8")

    (example,) = real_examples([row("harbor.txt")], load(), tmp_path, prepare)

    assert example.context == TALKS
    assert not example.written
