"""The sentence encoder: a text as a vector of unit length, near to those of texts that say alike."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impact.classify.networks.wordpiece import tokens
from impact.errors import MissingError
from impact.paths import shelf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL, VOCABULARY, CARD, OUTPUT = "encoder.onnx", "vocab.txt", "encoder.json", "output.npz"

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
        MissingError: As for `load`, or if they are not those of which their card gives the digest.
    """
    for name in (CARD, VOCABULARY, MODEL):
        if not (folder / name).is_file():
            raise MissingError(f"the sentence encoder is incomplete: {folder / name} is missing", _NEXT)
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        words, model = (folder / VOCABULARY).read_bytes(), (folder / MODEL).read_bytes()
        digest = _checked(model, words, card)
        pieces = words.decode().rstrip("\n").split("\n")
        vocabulary = {piece: number for number, piece in enumerate(pieces)}
        return Encoder(card["dimension"], card["limit"], digest, vocabulary, session_of(model))
    except Exception as error:  # the errors of onnxruntime have nothing in common
        message = f"the sentence encoder in {folder} is damaged or was changed ({type(error).__name__}: {error})"
        raise MissingError(message, _NEXT) from error


def _checked(model: bytes, vocabulary: bytes, card: Mapping[str, Any]) -> str:
    """Return the digest of what was loaded; a ValueError says that the card records another."""
    decides = f"{sha256(model).hexdigest()} {sha256(vocabulary).hexdigest()} {card['limit']}"
    digest = sha256(decides.encode()).hexdigest()
    if digest != card["digest"]:
        raise ValueError(f"its digest is {digest[:12]}, not {card['digest'][:12]}")
    return digest


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
            known = {label: column for column, label in enumerate(arrays["labels"].tolist())}
            for place, label in enumerate(labels):
                if label in known:
                    outputs[:, place, 0] = arrays["proposes"][:, known[label]]
                    outputs[:, place, 1] = arrays["context"][:, known[label]]
    return outputs


def session_of(model: bytes) -> Any:
    """Return a session on one core, without threads that wait for work.

    Sums and their normalization stay apart: joined, they take longer. Source: measured once with onnxruntime 1.32
    on texts of 16 to 96 tokens, script not kept.

    From 1.32 on onnxruntime sends its maker who uses it for what, unless told not to before it is imported.
    Source: Privacy.md in its wheel.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    slower = ["SkipLayerNormFusion"]
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"], disabled_optimizers=slower)
