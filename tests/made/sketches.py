"""Sketches of documents that were never read."""

import numpy as np

from impact.match.copied import PERMUTATIONS
from impact.match.sketch import Sketch, SketchProvision


def bare_sketch(*texts: str, **other: object) -> Sketch:
    """Return a sketch of provisions that have nothing in common, with other values for some fields."""
    fields = {
        "id": "a" * 64,
        "name": "n.txt",
        "title": "",
        "number": "",
        "meaning": "b" * 64,
        "terms": (),
        "provisions": tuple(SketchProvision(f"{number}", text) for number, text in enumerate(texts, 1)),
        "runs": 0,
        "minhash": np.zeros(PERMUTATIONS, np.uint32),
        "vectors": (np.eye(len(texts), dtype=np.float32) * 127).astype(np.int8),
        "common": np.zeros(len(texts), np.float32),
    }
    return Sketch(**fields | other)
