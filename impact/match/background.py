"""What provisions of any proposal have in common, learned from provisions of our own, as a measure for all others."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO
from math import log
from typing import TYPE_CHECKING

from impact.errors import MissingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE_NAME = "background.npz"
NEAREST = 10
"""Rows of the background that tell how common a provision is. Source: Lample et al. 2018 (CSLS), which takes 10."""

_NEXT = "Reinstall the program, or in a checkout run: python bench/match_background.py"


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """How provisions of proposals differ among themselves; compared by identity.

    Attributes:
        encoder: Digest of the encoder of their vectors.
        digest: SHA-256 of the file, hexadecimal.
        mean: Mean of their vectors, shape (dimension,).
        transform: What makes directions in which all provisions differ count less, shape (dimension, dimension): the
            inverse square root of their covariance plus its mean variance. Source: whitening as in Su et al. 2021
            (arXiv:2103.15316), shrunk as in Ledoit and Wolf 2004; `docs/match.md` has what it was worth.
        rows: Some of their vectors whitened, each of length 1, shape (provisions, dimension).
        documents: How many documents the shares of quantities were counted in.
        counts: In how many of them each quantity stands, for those in two or more.
    """

    encoder: str
    digest: str
    mean: "NDArray[np.float32]" = field(repr=False)
    transform: "NDArray[np.float32]" = field(repr=False)
    rows: "NDArray[np.float32]" = field(repr=False)
    documents: int
    counts: Mapping[str, int] = field(repr=False)

    def whitened(self, vectors: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """Return vectors less the mean and transformed, each of length 1."""
        import numpy as np

        moved = (vectors - self.mean) @ self.transform
        length = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.maximum(length, 1e-6), np.float32)

    def common(self, rows: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """Return how common each row is: its mean cosine with the `NEAREST` rows of the background, shape (rows,)."""
        import numpy as np

        near = np.sort(rows @ self.rows.T, axis=1)[:, -NEAREST:]
        mean: NDArray[np.float32] = near.mean(axis=1, dtype=np.float32)
        return mean

    def rarity(self, quantity: str) -> float:
        """Return how little a quantity is used in documents: the log of one divided by its share of them."""
        return log((self.documents + 1) / (self.counts.get(quantity, 0) + 0.5))


@cache
def load() -> Background:
    """Return the background that ships with the program.

    Raises:
        MissingError: If the file is absent or damaged, or was made with another encoder than the one that ships.
    """
    import numpy as np

    from impact.classify.networks.encoder import load as load_encoder

    try:
        data = files("impact.match").joinpath(FILE_NAME).read_bytes()
        with np.load(BytesIO(data), allow_pickle=False) as archive:
            encoder, mean, transform = str(archive["encoder"]), archive["mean"], archive["transform"]
            rows, documents = archive["rows"], int(archive["documents"])
            quantities, counts = archive["quantities"].tolist(), archive["counts"].tolist()
    except (OSError, ValueError, KeyError) as error:
        message = f"the background for comparing provisions ({FILE_NAME}) is missing or damaged: {error}"
        raise MissingError(message, _NEXT) from error
    if encoder != load_encoder().digest:
        raise MissingError(f"{FILE_NAME} was made with a different sentence encoder from the one installed", _NEXT)
    scaled = rows.astype(np.float32)
    scaled /= np.linalg.norm(scaled, axis=1, keepdims=True)
    counted = dict(zip(quantities, counts, strict=True))
    digest = hashlib.sha256(data).hexdigest()
    return Background(encoder, digest, mean, transform.astype(np.float32), scaled, documents, counted)
