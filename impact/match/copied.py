"""Copied text: a MinHash of the word sequences of a document, and how much two documents share by it."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING

from impact.errors import MissingError
from impact.imports import load_without

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PERMUTATIONS = 256
"""Numbers in a MinHash: the standard error of a share of a tenth is .02. Source: Broder 1997, sqrt(J(1-J)/k)."""

DOUBT = 2.0
"""Standard errors that are taken from a share before it counts: of a long text and a short one, one equal number of 256
alone would else say that half of the short one is copied. Source: the normal bound of 97.5 %."""

RUN = 5
"""Words in a sequence. Source: project judgment; shorter ones are shared by chance, longer ones break at each edit."""

SCHEME = "affine32"
"""How datasketch (2.0 and later) permutes; part of what makes two MinHashes comparable."""

STOCK = "stock.npz"
_BATCH = 8192
_WORD = re.compile(r"\w+")


def load_datasketch() -> None:
    """Load datasketch without the integrals, by which it would choose bands: they take nine tenths of its start."""
    load_without("scipy.integrate", "datasketch")


def runs(texts: Iterable[str]) -> set[int]:
    """Return the sequences of `RUN` words inside each text, lower case, as 32-bit numbers; a shorter text has none."""
    load_datasketch()
    from datasketch import sha1_hash32

    sequences: set[str] = set()
    for text in texts:
        words = _WORD.findall(text.lower())
        sequences.update(" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    return {sha1_hash32(sequence.encode()) for sequence in sequences}


def minhash(sequences: set[int]) -> "NDArray[np.uint32]":
    """Return the MinHash of sequences of words, shape (PERMUTATIONS,); that of none at all is all ones."""
    load_datasketch()
    from datasketch import MinHash

    hashes, ordered = MinHash(PERMUTATIONS, hashfunc=int, scheme=SCHEME), sorted(sequences)
    for start in range(0, len(ordered), _BATCH):
        hashes.update_batch(ordered[start : start + _BATCH])
    values: NDArray[np.uint32] = hashes.hashvalues.astype("uint32")
    return values


def shared(jaccard: float, old: int, new: int) -> float:
    """Return the share, 0 to 1, of the shorter document's sequences that the longer has too, at the least.

    Args:
        jaccard: Share of equal numbers in the two MinHashes, of which `DOUBT` standard errors are taken.
        old: How many sequences one document has.
        new: How many the other has.

    Source: |A and B| = J (|A| + |B|) / (1 + J).
    """
    least = min(old, new)
    sure = max(0.0, jaccard - DOUBT * sqrt(jaccard * (1 - jaccard) / PERMUTATIONS))
    return min(1.0, sure * (old + new) / (1 + sure) / least) if least else 0.0


@cache
def stock() -> frozenset[int]:
    """Return the sequences that stand in many documents, such as the notices of a publisher; as numbers, no text.

    Raises:
        MissingError: If the file is absent or damaged.
    """
    import numpy as np

    try:
        with np.load(BytesIO(files("impact.match").joinpath(STOCK).read_bytes()), allow_pickle=False) as archive:
            return frozenset(archive["runs"].tolist())
    except (OSError, ValueError, KeyError) as error:
        message = f"the stock phrases of publishers ({STOCK}) are missing or damaged: {error}"
        raise MissingError(
            message, "Reinstall the program, or in a checkout run: python bench/match.py --fit"
        ) from error
