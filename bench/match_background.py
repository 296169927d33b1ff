"""Write impact/match/background.npz: what provisions have in common, from texts of our own.

Usage: python bench/match_background.py

Directions in which provisions differ are learned from each fourth clause of corpora/written and from the provisions of
corpora/contributions and corpora/calibration; quantities are counted in these documents, in the editions ash and birch
and in the pairs s1 to s6 of corpora/reissues. Needed after a change of the encoder.
"""

import json
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from impact.classify.networks.encoder import load as load_encoder
from impact.match.background import FILE_NAME
from impact.match.masking import masked, terms_of
from impact.match.provisions import provisions, tells
from impact.match.quantities import quantities
from impact.paths import shelf
from impact.pipeline import prepare

HERE = Path(__file__).parents[1] / "impact" / "match"
CORPORA = shelf("corpora")
EACH_WRITTEN, EACH_ROW = 4, (4, 3)
"""Of the written clauses each fourth is used; of the vectors, each fourth and each third is kept as a row."""


def documents() -> Iterator[tuple[Path, bool]]:
    """Yield the documents and whether provisions are learned from them; of all, quantities are counted."""
    for name in ("contributions", "calibration"):
        yield from ((path, True) for path in sorted((CORPORA / name).glob("*.txt")))
    for pattern in ("editions/ash-*/before.txt", "editions/birch-*/before.txt", "reissues/s*-p*.md"):
        yield from ((path, False) for path in sorted(CORPORA.glob(pattern)))


def texts_of(path: Path) -> tuple[list[str], set[str]]:
    """Return the masked provisions of a document, and the quantities in it."""
    proposal, clauses = prepare(path, jailed=False)
    terms = terms_of(proposal, clauses)
    wordings = [" ".join(proposal.document.quote(clause.span).split()) for clause in clauses if clause.assessed]
    parts = [part for wording in wordings for part in provisions(wording)]
    hidden = [masked(part, terms) for part in parts]
    return [text for text in hidden if tells(text)], {quantity for part in parts for quantity in quantities(part)}


def written() -> list[str]:
    """Return clauses of corpora/written, masked."""
    files = sorted((CORPORA / "written").glob("w*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()[::EACH_WRITTEN]]
    return [masked(json.loads(line)["text"], ()) for line in lines]


def transform_of(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the inverse square root of the covariance of some vectors, with their mean variance added to each."""
    variances, directions = np.linalg.eigh(np.cov((vectors - vectors.mean(axis=0)).T))
    return np.asarray(directions * (variances + variances.mean()) ** -0.5, np.float32)


def main() -> None:
    """Write the file."""
    encoder, counts, learned, count = load_encoder(), Counter[str](), [], 0
    for path, is_learned in documents():
        texts, numbers = texts_of(path)
        learned += texts if is_learned else []
        counts.update(numbers)
        count += 1
    groups = [np.array([encoder.vector(text) for text in texts]) for texts in (written(), learned)]
    stacked = np.concatenate(groups)
    mean, transform = stacked.mean(axis=0, dtype=np.float32), transform_of(stacked).astype(np.float16)
    kept = np.concatenate([group[::step] for group, step in zip(groups, EACH_ROW, strict=True)])
    moved = (kept - mean) @ transform.astype(np.float32)
    rows = np.rint(moved / np.abs(moved).max(axis=1, keepdims=True) * 127).astype(np.int8)
    shared = sorted(quantity for quantity, number in counts.items() if number > 1)
    out = BytesIO()
    np.savez(
        out,
        encoder=np.array(encoder.digest),
        mean=mean,
        transform=transform,
        rows=rows,
        documents=np.array(count),
        quantities=np.array(shared),
        counts=np.array([counts[quantity] for quantity in shared], np.int32),
    )
    (HERE / FILE_NAME).write_bytes(out.getvalue())
    print(f"{len(stacked)} provisions, {len(rows)} rows, {count} documents, {len(shared)} quantities")


if __name__ == "__main__":
    main()
