"""NameSwap are swapped for others of their kind, and who stands in a clause changes nothing."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from impact.classify import CLASSIFIERS, DOUBT
from impact.classify.score import Score
from impact.pipeline import prepare
from impact.taxonomy import load
from impact.train.corpus.clauses import Labeled, read_labeled
from impact.train.corpus.names import NameSwap
from impact.train.evaluation.evaluate import Documents
from impact.train.evaluation.swap import Changed, laid, swap_names
from impact.train.grading import Asker

TAXONOMY = load()
SHARED = Path(__file__).resolve().parents[3] / "shared"


def row(name: str, text: str) -> Labeled:
    return Labeled(name, "made.txt", text, frozenset(), frozenset())


def test_a_name_is_always_swapped_for_the_same_other_one_with_what_is_of_it() -> None:
    names = NameSwap(3)

    first, second = names.swapped("Brazil and Brazil"), names.swapped("Brazilian")

    assert first != "Brazil and Brazil"
    assert len(set(first.split(" and "))) == 1
    assert second != "Brazilian"
    assert names.swapped("Brazil") == NameSwap(3).swapped("Brazil")


@pytest.mark.parametrize(
    "text",
    [
        "See ETSI TS 103 645 and ISO 8601.",
        "Profiles of IEEE 802.11 and ISO/IEC 27001 apply.",
        "As in ITU-T Recommendation Y.2770.",
        "The text is in US-ASCII or in Chinese characters.",
        "Mail to a@Google.example or see Apple.example.",
        "The apple and the amazon are not names.",
    ],
)
def test_names_that_stand_for_something_else_stay(text: str) -> None:
    assert NameSwap(0).swapped(text) == text


@pytest.mark.parametrize(
    "text",
    ["The IETF was asked.", "Huawei's proposal", "(Alice)", "the Russian Federation", "AT&T", "China Mobile of China"],
)
def test_names_are_swapped(text: str) -> None:
    assert NameSwap(0).swapped(text) != text


def test_a_document_laid_anew_keeps_clauses_sentences_and_strengths(tmp_path: Path) -> None:
    made = tmp_path / "made.txt"
    made.write_text(
        "1 Scope\n\nNokia shall keep logs. The lamp is green.\n\n2 More\n\nBob may leave.\n", encoding="utf-8"
    )
    proposal, clauses = prepare(made, jailed=False)

    whole, cut = laid(proposal, clauses, lambda text: text.replace("Nokia", "Ericsson"))

    text = whole.document.text
    was = [[sentence.of(proposal.document.text) for sentence in clause.sentences] for clause in clauses]
    now = [[sentence.of(text) for sentence in clause.sentences] for clause in cut]
    assert now == [[one.replace("Nokia", "Ericsson") for one in each] for each in was]
    assert [(one.id, one.kind, one.strengths) for one in cut] == [
        (clause.id, clause.kind, clause.strengths) for clause in clauses
    ]


def test_clauses_with_a_name_are_judged_again_and_changes_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def biased(proposal, clauses, _mechanisms):
        text = proposal.document.text
        return [
            Score(place, "shut-off", proposes=True, confidence=0.9, evidence=(clause.span,), strength=clause.strength)
            for place, clause in enumerate(clauses)
            if "Brazil" in clause.span.of(text)
        ]

    monkeypatch.setitem(CLASSIFIERS, "biased", biased)
    monkeypatch.setitem(DOUBT, "biased", 0.5)
    rows = [row("1", "A law of Brazil is cited."), row("2", "A law is cited."), row("3", "Nokia cites it.")]

    found = swap_names(rows, Asker(TAXONOMY, ("biased",)), Documents(prepare), 0)

    assert found.clauses == 2
    assert found.changed == (Changed("1", frozenset({"shut-off"}), frozenset()),)


@pytest.mark.shared
@pytest.mark.parametrize("judge", ["cues", "model"])
def test_other_names_change_no_label_of_two_hundred_real_clauses(judge: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: no real clauses with names")
    names = NameSwap(1)
    sources = (SHARED / "clauses-dev.jsonl", SHARED / "clauses-train.jsonl")
    rows = [each for file in sources for each in read_labeled(file, TAXONOMY.labels) if names.occurs_in(each.text)]

    found = swap_names(rows[:200], Asker(TAXONOMY, (judge,)), Documents(prepare), 1)

    assert (found.clauses, found.changed) == (200, ())


def test_each_name_stands_in_one_list_only() -> None:
    table = tomllib.loads(files("impact.train.corpus").joinpath("names.toml").read_text("utf-8"))

    named = [name for kind in ("company", "body", "body_name", "given", "surname") for name in table[kind]]
    named += [name for pair in table["country"] for name in pair] + [name for _, name in table["also"]]

    assert len(named) == len(set(named))
    assert {country for country, _ in table["also"]} <= {country for country, _ in table["country"]}
