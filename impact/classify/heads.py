"""The trained heads: plain arrays that turn the features of a clause into a chance for each label."""

import hashlib
import json
import zlib
from dataclasses import asdict, dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from impact.classify.terms import Terms
from impact.errors import MissingError
from impact.paths import shelf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

ARRAYS, CARD, WORDS, HEADINGS = "heads.npz", "heads.json", "terms.txt", "headings.txt"

_NEXT = "Reinstall the program, run `impact train`, or use `--by cues`"

LIGHT = ("terms", "cues")
"""What is known of a label before a network is asked: the score of the words, and the confidence of the cues in
proposing it, as log odds."""

SIGNALS: dict[str, tuple[str, ...]] = {
    "light": LIGHT,
    "fast": (*LIGHT, "encoder", "encoder talk"),
    "model": (*LIGHT, "network", "network talk"),
}
"""What the chance of a label is fused from, in the order of the weights, by the way of judging. "fast" hears of the
encoder what the output that it was tuned with makes of its vector: that the clause proposes the label, and that it only
talks about it. "model" hears the same of the larger network. Source: see models/heads/README.md."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where chances become statements.

    Attributes:
        gate: Least chance of anything, by what was known before, from which the network of this way is asked.
        anything: Chance that a clause proposes anything from which something is said of it.
        threshold: Chance from which a label counts beside the likeliest one.

    Raises:
        ValueError: If one is not from 0 to 1.
    """

    gate: float = 0.0
    anything: float = 0.5
    threshold: float = 0.5

    def __post_init__(self) -> None:
        if not all(0 <= cut <= 1 for cut in (self.gate, self.anything, self.threshold)):
            message = f"gate {self.gate}, anything {self.anything}, threshold {self.threshold} are not from 0 to 1"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """All that was trained; compared by identity.

    Attributes:
        labels: Ids, in the order of the columns.
        terms: Vocabulary of clauses.
        headings: Vocabulary of titles and headings.
        arrays: `terms` (terms, labels), `headings` (headings, labels) and `bias` (labels,); `outputs` (dimension + 1,
            labels, 2): weights and constant of `encoder` and `encoder talk`; and by the names of `SIGNALS` their
            weights, as `fuse` takes them.
        cuts: Those of "fast" and of "model".
        digest: `digest_of` what was loaded.
    """

    labels: tuple[str, ...]
    terms: Terms
    headings: Terms
    arrays: "Mapping[str, Floats]" = field(repr=False)
    cuts: "Mapping[str, Cuts]"
    digest: str

    def __post_init__(self) -> None:
        columns = len(self.labels)
        wanted = {
            "terms": (len(self.terms.numbers), columns),
            "headings": (len(self.headings.numbers), columns),
            "bias": (columns,),
            "outputs": (len(self.arrays["outputs"]), columns, 2),
            **{name: (len(signals) + 2,) for name, signals in SIGNALS.items()},
        }
        for name, shape in wanted.items():
            if self.arrays[name].shape != shape:
                raise ValueError(f"heads: array {name!r} has the shape {self.arrays[name].shape}, not {shape}")

    def by_terms(self, text: str, setting: str) -> "Floats":
        """Return the score of the words of a clause and its setting for each label, log odds, shape (labels,)."""
        columns, values = self.terms.row(text)
        score: Floats = self.arrays["bias"] + values @ self.arrays["terms"][columns]
        return score + _by_setting(self, setting)

    def by_vector(self, vector: "Floats") -> "Floats":
        """Return the scores of the encoder's vector of a clause in its setting, log odds, see `by_vectors`."""
        return by_vectors(self.arrays["outputs"], vector)

    def fused(self, signals: "Floats", way: str) -> "Floats":
        """Return the chance of each label, 0 to 1, shape (labels,).

        Args:
            signals: Shape (labels, signals): one column for each of the `SIGNALS` of the way.
            way: One of `SIGNALS`.
        """
        return fuse(self.arrays[way], signals)


@lru_cache(maxsize=256)
def _by_setting(heads: Heads, setting: str) -> "Floats":
    """Return what title and headings add to the score of the words, shape (labels,): the same all through a section."""
    columns, values = heads.headings.row(setting)
    score: Floats = values @ heads.arrays["headings"][columns]
    return score


def by_vectors(outputs: "Floats", vectors: "Floats") -> "Floats":
    """Return what the output layer of the encoder makes of vectors, log odds, shape (..., labels, 2).

    Args:
        outputs: As in `Heads`.
        vectors: Of length 1, shape (..., dimension).
    """
    import numpy as np

    scores: Floats = np.tensordot(vectors, outputs[:-1], 1) + outputs[-1]
    return scores


def fuse(weights: "Floats", signals: "Floats") -> "Floats":
    """Return chances from 0 to 1, shape (..., labels): signals are weighed, added, and bent so that the chance holds.

    Args:
        weights: One for each signal, a constant, and how much of its square is added to the sum; from where that would
            turn it back, the sum is taken for as high, or as low, as it got.
        signals: Shape (..., labels, signals).
    """
    import numpy as np

    total, bend = signals @ weights[:-2] + weights[-2], weights[-1]
    if bend:
        with np.errstate(over="ignore"):  # a bend next to nothing turns at infinity
            turn = -1 / (2 * bend)
        total = np.minimum(total, turn) if bend < 0 else np.maximum(total, turn)
    chance: Floats = 1 / (1 + np.exp(-(total + bend * total * total)))
    return chance


def together(chances: "Floats") -> "Floats":
    """Return the chance that at least one label holds, as if they were independent, shape (...)."""
    import numpy as np

    result: Floats = 1 - np.prod(1 - chances, axis=-1)
    return result


def spoken(chances: "Floats", anything: float, threshold: float) -> "NDArray[np.bool_]":
    """Return which labels count, shape (..., labels).

    Where all labels `together` reach `anything`, those count that reach `threshold`, and the likeliest in any case:
    several unlikely labels can together make it likely that there is something. Source: measured on the development
    documents; at the same precision .02 more recall of clauses.
    """
    chosen = (chances >= threshold) | (chances == chances.max(axis=-1, keepdims=True))
    result: NDArray[np.bool_] = (together(chances) >= anything)[..., None] & chosen
    return result


def odds(confidence: "Floats") -> "Floats":
    """Return confidences from 0 to 1 as log odds, kept within 4 of 0. Source: project judgment."""
    import numpy as np

    small = np.float32(0.02)
    result: Floats = np.log((confidence + small) / (1 + small - confidence))
    return result


@cache
def load() -> Heads:
    """Return the heads that ship with the program.

    Raises:
        MissingError: If a file of them is absent or cannot be used.
    """
    return load_from(shelf("models") / "heads")


def digest_of(labels: "Sequence[str]", cuts: "Mapping[str, Cuts]", words: "Mapping[str, str]", arrays: Any) -> str:
    """Return the SHA-256 over all that decides a chance, hexadecimal.

    Args:
        labels: Ids in the order of the columns.
        cuts: By way of judging.
        words: Content by name of `WORDS` and `HEADINGS`.
        arrays: Those of `ARRAYS` by name, as they are kept.
    """
    lines = {way: asdict(cut) for way, cut in cuts.items()}
    digest = hashlib.sha256(json.dumps([list(labels), lines], sort_keys=True).encode())
    for name in (WORDS, HEADINGS):
        digest.update(name.encode() + words[name].encode())
    for name in sorted(arrays):
        digest.update(name.encode() + repr(arrays[name].shape).encode() + arrays[name].tobytes())
    return digest.hexdigest()


def load_from(folder: Path) -> Heads:
    """Load heads from a folder that `impact train` wrote.

    Raises:
        MissingError: As for `load`, or if they are not those of which their card gives the digest.
    """
    for name in (ARRAYS, CARD, WORDS, HEADINGS):
        if not (folder / name).is_file():
            raise MissingError(f"the trained heads are incomplete: {folder / name} is missing", _NEXT)
    try:
        return _loaded(folder)
    except (BadZipFile, ValueError, KeyError, TypeError, EOFError, zlib.error) as error:
        why = f"{type(error).__name__}: {error}"
        message = f"the trained heads in {folder} are damaged, were changed or belong to another version ({why})"
        raise MissingError(message, _NEXT) from error


def _loaded(folder: Path) -> Heads:
    import numpy as np

    card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
    with (folder / ARRAYS).open("rb") as file, np.load(file, allow_pickle=False) as stored:
        kept = {name: stored[name] for name in stored.files}
    words = {name: (folder / name).read_text(encoding="utf-8") for name in (WORDS, HEADINGS)}
    cuts = {way: Cuts(**lines) for way, lines in card["cuts"].items()}
    digest = digest_of(card["labels"], cuts, words, kept)
    if digest != card["digest"]:
        raise ValueError(f"their digest is {digest[:12]}, not {card['digest'][:12]}")
    arrays = {name: array.astype(np.float32) for name, array in kept.items()}
    terms, headings = (
        Terms(_numbers(words[file]), arrays.pop(f"{name}_rarity"))
        for name, file in (("terms", WORDS), ("headings", HEADINGS))
    )
    return Heads(tuple(card["labels"]), terms, headings, arrays, cuts, digest)


def _numbers(words: str) -> dict[str, int]:
    return {term: number for number, term in enumerate(words.split("\n")) if term}
