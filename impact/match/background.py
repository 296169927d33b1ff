"""What clauses of any proposal have in common: vectors of clauses of our own, as a measure for all others."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from impact.errors import MissingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE_NAME = "background.npz"
NEAREST = 10
"""Clauses of the background that tell how common a clause is. Source: Lample et al. 2018 (CSLS), which takes 10."""

_NEXT = "Reinstall the program, or in a checkout run: python bench/match.py --fit"


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """Vectors of clauses that belong to no proposal in particular; compared by identity.

    Attributes:
        encoder: Digest of the encoder that made them.
        digest: SHA-256 of the file, hexadecimal.
        mean: Their mean before it is taken away, shape (dimension,).
        rows: The vectors less their mean, each of length 1, shape (clauses, dimension).
    """

    encoder: str
    digest: str
    mean: "NDArray[np.float32]" = field(repr=False)
    rows: "NDArray[np.float32]" = field(repr=False)

    def centered(self, vectors: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """Return vectors less the mean, each of length 1."""
        import numpy as np

        moved = vectors - self.mean
        length = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.maximum(length, 1e-6), np.float32)

    def common(self, rows: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """Return how common each row is: its mean cosine with the `NEAREST` rows of the background, shape (rows,)."""
        import numpy as np

        near = np.sort(rows @ self.rows.T, axis=1)[:, -NEAREST:]
        mean: NDArray[np.float32] = near.mean(axis=1, dtype=np.float32)
        return mean


@cache
def load() -> Background:
    """Return the background that ships with the program.

    Raises:
        MissingError: If the file is absent or damaged, or was made with another encoder than the one that ships.
    """
    import numpy as np

    from impact.classify.encoder import load as load_encoder

    try:
        data = files("impact.match").joinpath(FILE_NAME).read_bytes()
        with np.load(BytesIO(data), allow_pickle=False) as archive:
            encoder, mean, rows = str(archive["encoder"]), archive["mean"], archive["rows"]
    except (OSError, ValueError, KeyError) as error:
        message = f"the background for comparing clauses ({FILE_NAME}) is missing or damaged: {error}"
        raise MissingError(message, _NEXT) from error
    if encoder != load_encoder().digest:
        raise MissingError(f"{FILE_NAME} was made with a different sentence encoder from the one installed", _NEXT)
    scaled = rows.astype(np.float32)
    scaled /= np.linalg.norm(scaled, axis=1, keepdims=True)
    return Background(encoder, hashlib.sha256(data).hexdigest(), mean, scaled)
