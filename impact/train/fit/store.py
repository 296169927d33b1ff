"""Write trained heads as plain arrays, word lists and JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from impact.classify.heads import ARRAYS, CARD, HEADINGS, SIGNALS, WORDS, digest_of
from impact.train.fit.fusion import Fusion, finish
from impact.train.fit.weights import Parts


def store(folder: Path, parts: Parts, fusion: Fusion, labels: Sequence[str], sources: Mapping[str, object]) -> str:
    """Write heads that `impact.classify.heads.load_from` reads, and return their digest.

    The folder is made if absent. Weights are kept with 16 bits, the few of the fusion with 32. The sources, what the
    heads were trained on, go into the card; labels are ids in the order of the columns.
    """
    folder.mkdir(parents=True, exist_ok=True)
    arrays = finish(parts, fusion) | {"terms_rarity": parts.terms.rarity, "headings_rarity": parts.headings.rarity}
    small: dict[str, Any] = {
        name: array.astype(np.float32 if name in SIGNALS else np.float16) for name, array in sorted(arrays.items())
    }
    words = {WORDS: _lines(parts.terms.numbers), HEADINGS: _lines(parts.headings.numbers)}
    digest = digest_of(labels, fusion.cuts, words, small)
    np.savez_compressed(folder / ARRAYS, **small)
    for name, text in words.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    cuts = {way: asdict(lines) for way, lines in fusion.cuts.items()}
    card = {"digest": digest, "labels": list(labels), "cuts": cuts, "made_of": dict(sources)}
    (folder / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8", newline="\n")
    return digest


def _lines(numbers: Mapping[str, int]) -> str:
    return "\n".join(sorted(numbers, key=lambda term: numbers[term])) + "\n"
