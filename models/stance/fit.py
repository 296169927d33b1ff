"""Fit what a sentence does for people: weights of the numbers of the encoder.

    python models/stance/fit.py [--check]

Learns from `corpora/stances`, from the clauses that were added and deleted in `corpora/editions` (ash, birch, dogwood;
never those held out) and, with little weight, from short clauses of `corpora/written`: those that propose a power
burden people, those that propose a safeguard protect them, all others are neutral. `--check` fits to all sets but one,
and prints the share of that one that is told rightly, for each.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from impact.classify.networks.encoder import load as load_encoder
from impact.compare.edits.leaning import STANCES
from impact.compare.edits.stance_words import stance_words
from impact.paths import shelf
from impact.taxonomy import load as load_taxonomy

HERE = Path(__file__).resolve().parent
READ = ("ash", "birch", "dogwood")
"""Editions that were read; all others are held out."""
WRITTEN, MOST, WORDS = 0.1, 1_300, 45
"""Weight of a clause that was written for other ends; how many of each stance at most; words of it at most.
Source: weights from 0.05 to 0.5 are all the same in `--check`."""
PENALTY = 2.0
"""Inverse strength of the penalty on weights. Source: 1 to 4 are all the same in `--check`."""
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Taught:
    """A text with its stance, the set it is from, and its weight."""

    text: str
    stance: str
    source: str
    weight: float = 1.0


def taught() -> Iterator[Taught]:
    """Yield all texts."""
    corpora = shelf("corpora")
    for line in (corpora / "stances" / "sentences.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Taught(row["text"], row["stance"], row["set"])
    for path in sorted((corpora / "editions").glob("*/edits.json")):
        name = path.parent.name.split("-")[0]
        if name in READ:
            yield from _edited(json.loads(path.read_text(encoding="utf-8")), name)
    yield from _written(corpora / "written")


def _edited(edits: Sequence[dict[str, Any]], source: str) -> Iterator[Taught]:
    names = {"protection": "protects", "burden": "burdens", "neutral": "neutral"}
    for edit in edits:
        act, _, what = edit["kind"].partition("-")
        if act in ("added", "deleted") and what in names:
            yield Taught(edit["old"] or edit["new"], names[what], source)


def _written(folder: Path) -> Iterator[Taught]:
    rows = defaultdict(list)
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            stance = _stance(row)
            if stance and len(row["text"].split()) <= WORDS:
                rows[stance].append(row["text"])
    for stance, texts in sorted(rows.items()):
        chosen = sorted(texts, key=lambda text: sha256(text.encode()).digest())[:MOST]
        yield from (Taught(text, stance, "written", WRITTEN) for text in chosen)


def _stance(row: dict[str, Any]) -> str:
    """Return the stance of a written clause; empty where it proposes both or only mentions something."""
    taxonomy, technical = load_taxonomy(), stance_words().technical
    proposed = set(row["proposes"]) - technical
    powers = proposed & set(taxonomy.mechanisms)
    guards = proposed & set(taxonomy.safeguards)
    if (powers and guards) or (not row["proposes"] and row["context"]):
        return ""
    return "burdens" if powers else "protects" if guards else "neutral"


def fit(rows: Sequence[Taught], vectors: Any) -> LogisticRegression:
    """Return the fitted weights."""
    model = LogisticRegression(C=PENALTY, max_iter=3_000)
    return model.fit(vectors, [row.stance for row in rows], sample_weight=[row.weight for row in rows])


def check(rows: Sequence[Taught], vectors: Any) -> None:
    """Print how many of each set are told rightly by weights fitted to the others."""
    for source in sorted({row.source for row in rows} - {"written"}):
        inside = np.array([row.source == source for row in rows])
        model = fit([row for row in rows if row.source != source], vectors[~inside])
        right = model.predict(vectors[inside]) == np.array([row.stance for row in rows if row.source == source])
        print(f"{source:10} {int(right.sum()):4} of {len(right):4}")


def main() -> None:
    """Fit, and write or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print what is told of each set by the others")
    args = parser.parse_args()
    rows, encoder = list(taught()), load_encoder()
    vectors = np.array([encoder.vector(row.text) for row in rows])
    if args.check:
        check(rows, vectors)
        return
    model = fit(rows, vectors)
    order = [list(model.classes_).index(stance) for stance in STANCES]
    card = {
        "encoder": encoder.digest,
        "intercepts": [round(float(model.intercept_[at]), DIGITS) for at in order],
        "weights": [[round(float(value), DIGITS) for value in model.coef_[at]] for at in order],
    }
    (HERE / "stance.json").write_text(json.dumps(card) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
