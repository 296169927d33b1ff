"""Fit what tells who speaks in a sentence: weights of words, corrections of signs, and when a voice is said.

    python models/voice/fit.py --shared ../shared

Two steps. Weights of words come from clauses: readers said whether they propose powers or safeguards, which a document
does in its own rules, or only mention them, which is talk. A sum of these, of the judged signs of
`impact/grammar/voice.toml`, of corrections to them and of words of the sentence is then fitted to sentences whose
voice readers labeled (`corpora/voices`). Thresholds come from sums that were fitted to other documents. Source of
each number below: project judgment, unless it says otherwise.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from csv import QUOTE_NONE, DictReader
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from impact.errors import UnreadableError
from impact.grammar import Surroundings, read
from impact.grammar.voice import VoiceWeights, judged, signs
from impact.grammar.wording import lean, terms
from impact.paths import shelf
from impact.pipeline import prepare
from impact.records import Span
from impact.segment.sentences import sentences
from impact.taxonomy import load
from impact.train.corpus.clauses import Labeled, read_labeled, read_written
from impact.train.grading import files_by_name

HERE = Path(__file__).resolve().parent
SEEN, KEPT, HEARD = 10, 2000, 8
"""Least number of clauses that a term stands in; terms of clauses that are kept, those of largest weight; least number
of labeled sentences that a term stands in."""
WORDS, TITLES = 5.0, 1.0
"""Inverse strength of the penalty on weights of terms of clauses, and of titles. Source: tried on 300
labeled sentences; from 3 to 10 it is all the same."""
WRITTEN = 0.7
"""Weight of a clause that we wrote beside a real one."""
FREE, OWN, HELD = 0.5, 0.25, 100.0
"""Penalty on factors, on weights of terms of labeled sentences, and on corrections of judged weights. Source: tried on
labeled sentences of other documents than were fitted to; corrections held less tightly only added noise."""
SAID, SURE = 0.93, 0.95
"""Agreement with readers of all that is said, and of all that is sure. Source: issue 16, point 3."""
FOLDS, ROUNDS = 10, 5


Table = NDArray[Any]


@dataclass(frozen=True)
class Voiced:
    """A sentence with the voice that a reader heard, and where it stands."""

    document: str
    sentence: str
    around: Surroundings
    own: bool


def clauses_of(shared: Path) -> Iterator[tuple[Labeled, str, float, bool]]:
    """Yield clauses that only propose or only mention, with title, weight, and whether they propose.

    Documents that sentences were drawn from to judge the reading (`documents/new`) are left out.
    """
    labels, names = load().labels, titles(shared)
    real = [(row, names.get(row.document, ""), 1.0) for row in read_labeled(shared / "clauses-train.jsonl", labels)]
    written = [(row, row.document, WRITTEN) for row in read_written(shelf("corpora") / "written", labels)]
    for row, title, weight in (*real, *written):
        if bool(row.proposes) != bool(row.context):
            yield row, title, weight, bool(row.proposes)


def titles(shared: Path) -> dict[str, str]:
    """Return the titles of the documents by file name."""
    with (shared / "documents" / "PROVENANCE.tsv").open(encoding="utf-8", newline="") as file:
        return {Path(row["file"]).name: row["title"] for row in DictReader(file, delimiter="\t", quoting=QUOTE_NONE)}


def digest(sentence: str) -> str:
    """Return the digest of the words of a sentence."""
    return sha256(" ".join(sentence.split()).encode()).hexdigest()


def voiced(shared: Path, labels: Path) -> list[Voiced]:
    """Return the labeled sentences, with their words from the clauses of `shared`."""
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    wanted = {(row["document"], row["sha256"]): row["voice"] for row in rows}
    names, documents, there = titles(shared), {row["document"] for row in rows}, dict[tuple[str, str], Voiced]()
    with (shared / "clauses-new-train.jsonl").open(encoding="utf-8") as file:
        clauses = [clause for clause in map(json.loads, file) if clause["doc"] in documents]
    for clause in clauses:
        text, name = clause["text"], clause["doc"]
        for span in sentences(text, Span(0, len(text))):
            key = (name, digest(span.of(text)))
            if key in wanted and key not in there:
                around = Surroundings(names.get(name, ""), (), text)
                there[key] = Voiced(name, span.of(text).strip(), around, wanted[key] == "own_rule")
    return [there[key] for key in wanted if key in there]


def with_headings(rows: Sequence[Voiced], folder: Path) -> list[Voiced]:
    """Return the sentences with the headings above them, none where our reading of the document does not have them."""
    whole, files = dict[str, list[tuple[str, tuple[str, ...]]]](), files_by_name(folder)
    for name in {row.document for row in rows}.intersection(files):
        with suppress(UnreadableError):
            proposal, clauses = prepare(files[name], jailed=False)
            text = proposal.document.text
            whole[name] = [(letters(clause.span.of(text)), clause.headings) for clause in clauses]
    headings = (
        next((above for text, above in whole.get(row.document, ()) if letters(row.sentence)[:60] in text), ())
        for row in rows
    )
    return [replace(row, around=replace(row.around, headings=above)) for row, above in zip(rows, headings, strict=True)]


def letters(text: str) -> str:
    """Return the letters and digits of a text, in small letters."""
    return "".join(letter for letter in text.lower() if letter.isalnum())


def bag(
    texts: Sequence[str], vocabulary: Sequence[str] | None = None, least: int = SEEN
) -> tuple[csr_matrix, list[str]]:
    """Return the terms of each text, each weighing one by the root of their number, and the names of the columns."""
    counter = CountVectorizer(analyzer=terms, binary=True, min_df=least, vocabulary=vocabulary)
    counts = counter.fit_transform(texts)
    sizes = np.array([max(len(terms(text)), 1) for text in texts])
    return diags(sizes**-0.5) @ counts, list(counter.get_feature_names_out())


def weights_of_terms(shared: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Return the weights of the terms of clauses, and of titles."""
    rows = list(clauses_of(shared))
    target, weight = np.array([row[3] for row in rows]), np.array([row[2] for row in rows])
    print(f"{len(rows)} clauses, of which {target.sum()} only propose")
    texts, names = bag([row[0].text for row in rows])
    fitted = LogisticRegression(C=WORDS, solver="liblinear").fit(texts, target, weight)
    order = np.argsort(-abs(fitted.coef_[0]), kind="stable")[:KEPT]
    words = {names[at]: round(float(fitted.coef_[0][at]), 3) for at in sorted(order, key=lambda at: names[at])}
    columns, names = bag([row[1] for row in rows])
    fitted = LogisticRegression(C=TITLES, solver="liblinear").fit(columns, target, weight)
    return words, named(names, fitted.coef_[0])


def table(rows: Sequence[Voiced], weights: VoiceWeights) -> tuple[Table, list[str]]:
    """Return the columns that are fitted, and the terms of the last of them.

    They are the judged sum, how the clause and the title lean, the signs by name, the terms of the sentence.
    """
    columns, readings = [], read([row.sentence for row in rows], [row.around for row in rows])
    for row, reading in zip(rows, readings, strict=True):
        leanings = lean(row.around.clause, weights.clause), lean(row.around.title, weights.title)
        columns.append([judged(reading.signs), *leanings, *(name in reading.signs for name in sorted(signs()))])
    counts, names = bag([row.sentence for row in rows], least=HEARD)
    return np.hstack([np.array(columns, dtype=float), counts.toarray()]), names


def fit(columns: Table, rules: Table) -> tuple[Table, float]:
    """Return the weights of columns and the bias."""
    scale = np.full(columns.shape[1], OWN**-0.5)
    scale[:3], scale[3 : 3 + len(signs())] = FREE**-0.5, HELD**-0.5
    fitted = LogisticRegression(C=1.0, max_iter=2000).fit(columns * scale, rules)
    return fitted.coef_[0] * scale, float(fitted.intercept_[0])


def unseen(columns: Table, rules: Table, documents: Sequence[str]) -> Table:
    """Return the log odds of each sentence by weights fitted to other documents, mean over several partings."""
    names, odds = sorted(set(documents)), np.zeros(len(rules))
    for seed in range(ROUNDS):
        folds = dict(zip(names, np.random.default_rng(seed).permutation(len(names)) % FOLDS, strict=True))
        of = np.array([folds[name] for name in documents])
        for fold in range(FOLDS):
            weights, bias = fit(columns[of != fold], rules[of != fold])
            odds[of == fold] += (columns[of == fold] @ weights + bias) / ROUNDS
    return odds


def threshold(odds: Table, rules: Table, wanted: float) -> tuple[float, float, float]:
    """Return the least log odds above which all agree as wanted, with that agreement and the share that is left out."""
    order = np.argsort(-abs(odds))
    agreement = np.cumsum(((odds > 0) == rules)[order]) / np.arange(1, len(rules) + 1)
    last = int(np.flatnonzero(agreement >= wanted)[-1])
    return round(float(abs(odds)[order][last]), 3), float(agreement[last]), 1 - (last + 1) / len(rules)


def named(names: Iterable[str], values: Iterable[float], factor: float = 1.0) -> dict[str, float]:
    """Return numbers by name, times a factor, rounded."""
    return {name: round(float(value * factor), 3) for name, value in zip(names, values, strict=True)}


def write(weights: VoiceWeights) -> None:
    """Write the weights to where sentences are read by them."""
    text = json.dumps(asdict(weights), indent=0, ensure_ascii=False)
    (HERE / "voice.json").write_text(f"{text}\n", encoding="utf-8")


def main() -> None:
    """Fit, say how it went, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, required=True, help="the folder of clauses and documents")
    options = parser.parse_args()
    clause, title = weights_of_terms(options.shared)
    weights = VoiceWeights(0, 1, {}, {}, clause, title, 0, 0)
    write(weights)
    rows = voiced(options.shared, shelf("corpora") / "voices" / "labels.jsonl")
    rows = with_headings(rows, options.shared / "documents")
    (columns, names), rules = table(rows, weights), np.array([row.own for row in rows])
    documents = [row.document for row in rows]
    print(f"{len(rows)} sentences of {len(set(documents))} documents, {rules.sum()} own rule")
    odds = unseen(columns, rules, documents)
    said, sure = threshold(odds, rules, SAID), threshold(odds, rules, SURE)
    for name, (least, agreement, silent) in (("said", said), ("sure", sure)):
        print(f"{name} from {least}: agreement {agreement:.3f}, left out {silent:.3f}")
    most = np.argsort(-abs(odds))[: len(rules) * 3 // 4]
    for share, some in (("nothing", np.arange(len(rules))), ("a quarter", most)):
        print(f"if {share} were left out: agreement {((odds > 0) == rules)[some].mean():.3f}")
    (judgment, around, where, *rest), bias = fit(columns, rules)
    signed, said_words = rest[: len(signs())], rest[len(signs()) :]
    write(
        VoiceWeights(
            round(bias, 3),
            round(float(judgment), 3),
            named(sorted(signs()), signed),
            named(names, said_words),
            named(clause, clause.values(), around),
            named(title, title.values(), where),
            said[0],
            sure[0],
        )
    )


if __name__ == "__main__":
    main()
