"""Agreement with readers is counted as documented, and clauses are judged in their documents."""

import json
from functools import partial
from pathlib import Path

import pytest

from impact.assess import assess
from impact.classify import classify
from impact.errors import CorpusError
from impact.paths import shelf
from impact.pipeline import prepare
from impact.records import Assessment, Classification, Clause, Proposal, Provenance
from impact.taxonomy import load
from impact.train.corpus.clauses import Labeled, read_labeled
from impact.train.corpus.graft import graft
from impact.train.evaluation.alarms import count_alarms
from impact.train.evaluation.evaluate import Documents, evaluate, simpler
from impact.train.evaluation.scores import compare
from impact.train.grading import Asker

TAXONOMY = load()
ASKER = Asker(TAXONOMY, ("cues",))
SAMPLES = shelf("corpora") / "proposals"


def judged(proposal: Proposal, clauses: tuple[Clause, ...], found: Classification) -> Assessment:
    return assess(proposal, clauses, found, TAXONOMY, Provenance("test", TAXONOMY.digest, (), (), ""))


def row(name: str, *proposes: str, text: str = "words", document: str = "d") -> Labeled:
    return Labeled(name, document, text, frozenset(proposes), frozenset())


def test_precision_recall_and_f1_are_counted_over_labels_and_clauses() -> None:
    rows = [row("1", "shut-off", "encryption"), row("2", "shut-off"), row("3")]
    said = {"1": frozenset({"shut-off"}), "2": frozenset({"redress"}), "3": frozenset({"redress"})}

    result = compare(rows, said, TAXONOMY.labels)

    assert (result.micro.hits, result.micro.reported, result.micro.true) == (1, 3, 3)
    assert result.micro.f1 == pytest.approx(1 / 3)
    assert (result.any_label.hits, result.any_label.reported, result.any_label.true) == (2, 3, 2)
    by_label = {label.label: label for label in result.labels}
    assert by_label["shut-off"].recall == 0.5
    assert by_label["redress"].precision == 0.0
    assert result.macro_f1 == pytest.approx((2 / 3 + 0) / 2)


def test_a_labeled_clause_that_stands_in_the_document_is_that_clause() -> None:
    proposal, clauses = prepare(SAMPLES / "new-network.pdf", jailed=False)
    known = next(clause for clause in clauses if clause.number == "8.1")

    _, _, ids = graft(proposal, clauses, [row("1", text=known.span.of(proposal.document.text))])

    assert ids == (known.id,)


def test_a_labeled_clause_that_holds_a_clause_takes_its_headings() -> None:
    proposal, clauses = prepare(SAMPLES / "new-network.pdf", jailed=False)
    known = next(clause for clause in clauses if clause.number == "8.1")
    text = known.span.of(proposal.document.text) + " And more of it."

    whole, all_clauses, ids = graft(proposal, clauses, [row("1", text=text)])

    added = all_clauses[-1]
    assert ids == (added.id,)
    assert added.headings == known.headings
    assert added.span.of(whole.document.text) == text


def test_clauses_without_their_document_are_judged_alone(tmp_path: Path) -> None:
    rows = [row("1", "shut-off", text="The network shall shut off the subscriber from all services.")]

    result = evaluate(rows, ASKER, Documents(prepare, tmp_path))

    assert result.agreement.micro.recall == 1.0


def test_clauses_of_a_document_that_cannot_be_read_are_judged_alone(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    rows = [
        row("1", "shut-off", text="The network shall shut off the subscriber from all services.", document="empty.pdf")
    ]

    result = evaluate(rows, ASKER, Documents(prepare, tmp_path))

    assert result.agreement.micro.recall == 1.0


def test_the_gravest_are_firm_and_what_is_doubtful_is_told_apart() -> None:
    proposal, clauses = prepare(SAMPLES / "new-network.pdf", jailed=False)

    spoken = Asker(TAXONOMY, ("cues",), judged).ask(proposal, clauses)

    found = classify(proposal, clauses, TAXONOMY, ("cues",)).findings
    assert {(one.clause, one.label) for one in spoken.grave} == {
        (one.clause, one.mechanism) for one in found if not one.doubtful
    }
    assert {(one.clause, one.label) for one in spoken.doubtful} == {
        (one.clause, one.mechanism) for one in found if one.doubtful
    }
    assert spoken.grave
    assert spoken.doubtful


def test_simpler_programs_stand_beside_and_nobody_beside_themselves(tmp_path: Path) -> None:
    rows = [row("1", "shut-off", text="The network shall shut off the subscriber from all services.")]

    result = evaluate(rows, ASKER, Documents(prepare, tmp_path), ("cues",))

    assert [baseline.name for baseline in result.baselines] == ["always none", "cue phrases", "cues"]
    assert [baseline.agreement.micro.hits for baseline in result.baselines] == [0, 1, 1]
    assert "cues" not in simpler(("cues",))


def test_two_clauses_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="two labeled clauses have the id 1"):
        evaluate([row("1"), row("1")], ASKER, Documents(prepare, tmp_path))


def test_names_that_nobody_has_are_refused() -> None:
    with pytest.raises(ValueError, match="known are"):
        Asker(TAXONOMY, ("nobody",))


def test_alarms_are_counted_for_each_hundred_clauses() -> None:
    quiet = count_alarms([SAMPLES / "audio-payload.pdf"], ASKER, prepare)
    loud = count_alarms([SAMPLES / "new-network.pdf"], ASKER, prepare)

    assert (quiet.findings, quiet.per_hundred) == (0, 0.0)
    assert loud.per_hundred == pytest.approx(100 * loud.findings / loud.clauses)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"id": "1"', "line 2 is not a labeled clause"),
        ('{"id": "1", "doc": "d", "text": "t", "proposes": ["nonsense"], "context": []}', "unknown labels"),
        ('{"id": "1", "doc": "d", "text": "t", "context": []}', "line 2 is not a labeled clause: it has no 'proposes'"),
        ('{"id": "1", "doc": "d", "text": " ", "proposes": [], "context": []}', "clause 1 has no text"),
        ('{"id": "1", "doc": "d", "text": 5, "proposes": [], "context": []}', "line 2 is not a labeled clause"),
        ("[1]", "line 2 is not a labeled clause"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    good = json.dumps({"id": "0", "doc": "d", "text": "t", "proposes": [], "context": []})
    path = tmp_path / "c.jsonl"
    path.write_text(f"{good}\n{line}\n", encoding="utf-8")

    with pytest.raises(CorpusError, match=complaint):
        read_labeled(path, TAXONOMY.labels)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(b"\xff\xfe")

    with pytest.raises(CorpusError, match=r"c.jsonl cannot be read: it is not UTF-8 text"):
        read_labeled(path, TAXONOMY.labels)


def test_a_line_may_hold_what_only_some_programs_take_for_its_end(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    record = {"id": "0", "doc": "d", "text": "one\u2028two", "proposes": [], "context": []}
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")

    assert [clause.text for clause in read_labeled(path, TAXONOMY.labels)] == ["one\u2028two"]


@pytest.mark.shared
def test_cues_agree_with_readers_on_real_clauses() -> None:
    shared = Path(__file__).resolve().parents[3] / "shared"
    if not shared.is_dir():
        pytest.skip("../shared is absent: no real clauses to compare with")
    every = read_labeled(shared / "clauses-dev.jsonl", TAXONOMY.labels)
    chosen = sorted({row.document for row in every})[::3]
    rows = [row for row in every if row.document in chosen]

    result = evaluate(rows, ASKER, Documents(partial(prepare, jailed=False), shared / "documents"))

    assert result.agreement.micro.f1 > 0.3
