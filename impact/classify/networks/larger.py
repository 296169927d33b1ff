"""The larger network: log odds of each label for a clause in its setting, slower and surer than the encoder."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impact.classify.networks.encoder import first_share, session_of
from impact.classify.networks.wordpiece import tokens
from impact.errors import MissingError
from impact.paths import shelf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL, VOCABULARY, CARD = "network.onnx", "vocab.txt", "network.json"

BEGIN, END = "<s>", "</s>"

_NEXT = "Run models/network/export.py in a checkout"


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A loaded network; compared by identity.

    Attributes:
        labels: Ids, in the order of the rows of `scores`.
        limit: Tokens of a text and its second text together, special tokens included; the rest is cut off.
        digest: SHA-256 over all that decides a score, hexadecimal.
        vocabulary: Numbers of the pieces of words, 0-based.
    """

    labels: tuple[str, ...]
    limit: int
    digest: str
    vocabulary: Mapping[str, int] = field(repr=False)
    session: Any = field(repr=False)

    def __post_init__(self) -> None:
        if self.limit < 6:
            raise ValueError(f"limit {self.limit} has no room for two words and four special tokens")
        if lacking := {BEGIN, END, "[UNK]"} - self.vocabulary.keys():
            raise ValueError(f"the vocabulary lacks {sorted(lacking)}")

    def scores(self, text: str, second: str = "") -> "NDArray[np.float32]":
        """Return log odds, shape (labels, 2): that the text proposes a label, and that it only mentions it.

        Texts go one by one, since the numbers of an 8-bit model depend on what else is in its batch.
        """
        import numpy as np

        rows: NDArray[np.float32] = self.session.run(
            None, {"input_ids": np.array(self.inputs(text, second), np.int64)}
        )[0]
        return rows.T

    def inputs(self, text: str, second: str = "") -> list[int]:
        """Return the numbers of the tokens; a second text helps to understand the first."""
        begin, end = self.vocabulary[BEGIN], self.vocabulary[END]
        first, rest = tokens(text, self.vocabulary), tokens(second, self.vocabulary)
        room = self.limit - (4 if second else 2)
        length = first_share(len(first), len(rest), room)
        return [begin, *first[:length], end, *([end, *rest[: room - length], end] if second else [])]


@cache
def load() -> Network:
    """Return the network of this checkout.

    Raises:
        MissingError: If a file of it is absent or cannot be used.
    """
    return load_from(shelf("models") / "network")


def load_from(folder: Path) -> Network:
    """Load a network from a folder made by `models/network/export.py`.

    Raises:
        MissingError: As for `load`, or if the files are not those of which their card gives the digest.
    """
    for name in (CARD, VOCABULARY, MODEL):
        if not (folder / name).is_file():
            raise MissingError(f"the larger network is incomplete: {folder / name} is missing", _NEXT)
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        words, model = (folder / VOCABULARY).read_bytes(), (folder / MODEL).read_bytes()
        digest = _checked(model, words, card)
        vocabulary = {piece: number for number, piece in enumerate(words.decode().rstrip("\n").split("\n"))}
        return Network(tuple(card["labels"]), card["limit"], digest, vocabulary, session_of(model))
    except Exception as error:  # the errors of onnxruntime have nothing in common
        message = f"the larger network in {folder} is damaged or was changed ({type(error).__name__}: {error})"
        raise MissingError(message, _NEXT) from error


def _checked(model: bytes, vocabulary: bytes, card: Mapping[str, Any]) -> str:
    """Return the digest of what was loaded; a ValueError says that the card records another."""
    parts = (sha256(model).hexdigest(), sha256(vocabulary).hexdigest(), str(card["limit"]), *card["labels"])
    digest = sha256(" ".join(parts).encode()).hexdigest()
    if digest != card["digest"]:
        raise ValueError(f"its digest is {digest[:12]}, not {card['digest'][:12]}")
    return digest
