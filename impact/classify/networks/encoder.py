"""The sentence encoder: a text as a vector of unit length, near to those of texts that say alike."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impact.classify.networks.files import NetworkFiles, load_network
from impact.classify.networks.wordpiece import tokens
from impact.paths import shelf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CARD, OUTPUT = "encoder.json", "output.npz"

_NEXT = "Reinstall the program, run models/encoder/rebuild.py in a checkout, or use `--by cues`"


@dataclass(frozen=True, slots=True, eq=False)
class Encoder:
    """A loaded encoder; compared by identity.

    Attributes:
        limit: Tokens of a text and its second text together, special tokens included; the rest is cut off.
        digest: SHA-256 over model, vocabulary and limit as they were loaded, hexadecimal: what decides a vector.
        vocabulary: Numbers of the pieces of words, 0-based.
    """

    dimension: int
    limit: int
    digest: str
    vocabulary: Mapping[str, int] = field(repr=False)
    session: Any = field(repr=False)

    def __post_init__(self) -> None:
        if self.limit < 5:
            raise ValueError(f"limit {self.limit} has no room for two words and three special tokens")
        if lacking := {"[CLS]", "[SEP]", "[UNK]"} - self.vocabulary.keys():
            raise ValueError(f"the vocabulary lacks {sorted(lacking)}")

    def vector(self, text: str, second: str = "") -> "NDArray[np.float32]":
        """Return the vector of a text, shape (dimension,), of length 1; a second text helps to understand the first.

        Texts go one by one, since the numbers of an 8-bit model depend on what else is in its batch.
        """
        import numpy as np

        numbers, segments = self.inputs(text, second)
        fed = {"input_ids": np.array([numbers], np.int64), "token_type_ids": np.array([segments], np.int64)}
        row: NDArray[np.float32] = self.session.run(None, fed)[0][0]
        return row

    def inputs(self, text: str, second: str = "") -> tuple[list[int], list[int]]:
        """Return the numbers of the tokens, and the segment of each, 0 or 1."""
        begin, end = self.vocabulary["[CLS]"], self.vocabulary["[SEP]"]
        first, rest = tokens(text, self.vocabulary), tokens(second, self.vocabulary)
        room = self.limit - (3 if second else 2)
        length = first_share(len(first), len(rest), room)
        first, rest = [begin, *first[:length], end], [*rest[: room - length], end] if second else []
        return first + rest, [0] * len(first) + [1] * len(rest)


def first_share(first: int, rest: int, room: int) -> int:
    """Return how many of `first` tokens fit beside `rest` if the longer is cut first, as `tokenizers` does."""
    if first + rest <= room:
        return first
    return min(first, room // 2) if first <= rest else max(room - rest, room - room // 2)


@cache
def load() -> Encoder:
    """Return the encoder that ships with the program.

    Raises:
        MissingError: If a file of it is absent or cannot be used.
    """
    return load_from(shelf("models") / "encoder")


def load_from(folder: Path) -> Encoder:
    """Load an encoder from a folder made by `models/encoder/rebuild.py`.

    Raises:
        MissingError: As for `load`, or if the files are not those of which their card gives the digest.
    """
    return load_network(folder, {"encoder": ""}, "the sentence encoder", _NEXT, _made)


def _made(files: NetworkFiles) -> Encoder:
    return Encoder(
        files.card["dimension"], files.card["limit"], files.digest, files.vocabulary, files.sessions["encoder"]
    )


def load_outputs(folder: Path, labels: Sequence[str]) -> "NDArray[np.float32]":
    """Return weights and constant of the output that the encoder was tuned with, shape (dimension + 1, labels, 2).

    Zero where a label was unknown in tuning, and everywhere where no output was kept: they say nothing then.

    Args:
        folder: As for `load_from`; last come what is proposed and what is only talked about.
        labels: Ids in the order of the columns.
    """
    import numpy as np

    dimension = json.loads((folder / CARD).read_text(encoding="utf-8"))["dimension"]
    outputs = np.zeros((dimension + 1, len(labels), 2), np.float32)
    if (folder / OUTPUT).is_file():
        with np.load(folder / OUTPUT, allow_pickle=False) as arrays:
            columns = {label: column for column, label in enumerate(arrays["labels"].tolist())}
            for place, label in enumerate(labels):
                if label in columns:
                    outputs[:, place, 0] = arrays["proposes"][:, columns[label]]
                    outputs[:, place, 1] = arrays["context"][:, columns[label]]
    return outputs
