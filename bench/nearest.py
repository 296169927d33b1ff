"""Measure the index of a library: time, memory, disk and what it finds, with made vectors.

Usage: python bench/nearest.py --documents COUNT [--vectors COUNT] [--folder DIR] [--json FILE]

Each document has vectors around some of 2,000 subjects, as provisions have. The queries are 50 of the documents whose
vectors were changed so that their cosine with the old ones is about .6, as in re-issues in other words, shuffled, with
half of them left out. Run it once for each size: memory is the peak of the process. An index in DIR is used again.
"""

import argparse
import json
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from impact.match.nearest import NearestIndex

DIMENSION, SUBJECTS, QUERIES, PORTION = 384, 2000, 50, 1000
SUBJECT, CHANGE = 0.6, 1.3
"""Share of a subject in a vector, and of noise in a changed one, next to a vector of length 1."""


def scaled(rows: NDArray[np.float32]) -> NDArray[np.int8]:
    """Return rows as an index has them."""
    return np.asarray(np.rint(rows / np.abs(rows).max(axis=1, keepdims=True) * 127), np.int8)


def noise(rng: np.random.Generator, count: int) -> NDArray[np.float32]:
    """Return rows of length 1 in all directions."""
    rows = rng.standard_normal((count, DIMENSION), dtype=np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def made(place: int, vectors: int, subjects: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the vectors of a document, each of length 1."""
    rng = np.random.default_rng(place)
    rows = SUBJECT * subjects[rng.integers(0, SUBJECTS, vectors)] + noise(rng, vectors)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def queries(count: int, vectors: int, subjects: NDArray[np.float32]) -> Iterator[tuple[str, NDArray[np.int8]]]:
    """Yield the name of a document and changed vectors of it."""
    rng = np.random.default_rng(1)
    for place in rng.choice(count, min(QUERIES, count), replace=False).tolist():
        chosen = rng.permutation(made(place, vectors, subjects))[: max(1, vectors // 2)]
        yield f"document-{place}", scaled(chosen + CHANGE * noise(rng, len(chosen)))


def grown(index: NearestIndex, count: int, vectors: int, subjects: NDArray[np.float32]) -> float:
    """Add the documents that an index lacks, a thousand between two saves, and return the seconds of the processor."""
    began = time.process_time()
    for start in range(len(index), count, PORTION):
        with index:
            for place in range(start, min(start + PORTION, count)):
                index.add(f"document-{place}", scaled(made(place, vectors, subjects)))
    return time.process_time() - began


def measured(folder: Path, count: int, vectors: int) -> dict[str, float]:
    """Return the figures of an index of `count` documents."""
    subjects, index = noise(np.random.default_rng(0), SUBJECTS), NearestIndex(folder, DIMENSION)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    built = grown(index, count, vectors, subjects)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    index.close()
    index, began, found, asked = NearestIndex(folder, DIMENSION), time.process_time(), 0, 0
    for name, rows in queries(count, vectors, subjects):
        found += name in index.nearest(rows, 32)
        asked += 1
    return {
        "documents": count,
        "vectors_each": vectors,
        "build_cpu_seconds": round(built, 1),
        "build_memory_mb": round((peak - before) / 1024),
        "disk_mb": round(sum(path.stat().st_size for path in folder.iterdir()) / 1e6),
        "query_cpu_ms": round((time.process_time() - began) / asked * 1000, 1),
        "found_of_50_among_32": found,
    }


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, required=True)
    parser.add_argument("--vectors", type=int, default=24)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with TemporaryDirectory() as passing:
        out = measured(chosen.folder or Path(passing), chosen.documents, chosen.vectors)
    print(json.dumps(out, indent=1))
    if chosen.json:
        chosen.json.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
