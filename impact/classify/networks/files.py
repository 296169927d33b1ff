"""The files of a network: its card, its vocabulary and its model, which have to be those that the card records."""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from impact.classify.networks.products import unpacked, with_weights
from impact.errors import MissingError

VOCABULARY = "vocab.txt"

Loaded = TypeVar("Loaded")


@dataclass(frozen=True, slots=True, eq=False)
class NetworkFiles:
    """What a network is made from; compared by identity.

    Attributes:
        digest: SHA-256 over all that decides what the network says, hexadecimal.
        vocabulary: Numbers of the pieces of words, 0-based.
        sessions: What runs each model, by its name.
    """

    card: Mapping[str, Any]
    digest: str
    vocabulary: Mapping[str, int] = field(repr=False)
    sessions: Mapping[str, Any] = field(repr=False)


def load_network(
    folder: Path, models: Mapping[str, str], subject: str, hint: str, make: Callable[[NetworkFiles], Loaded]
) -> Loaded:
    """Return the network that `make` makes from the files of a folder.

    They are those of its `models` (`files_of`), the card of the first, and the vocabulary. Complaints name the
    `subject` and end with the `hint`.

    Raises:
        MissingError: If a file is absent or cannot be used, or is not the one of which the card gives the digest.
    """
    files = files_of(models)
    paths = [folder / file for file in (f"{next(iter(models))}.json", VOCABULARY, *files)]
    for path in paths:
        if not path.is_file():
            raise MissingError(f"{subject} is incomplete: {path} is missing", hint)
    try:
        card, vocabulary, *contents = (path.read_bytes() for path in paths)
        facts, read = json.loads(card), dict(zip(files, contents, strict=True))
        _check(facts, digest_of(contents, vocabulary, facts))
        sessions = {
            name: session_of(read[f"{name}.onnx"], read[f"{packed}.npz"] if packed else b"", folder)
            for name, packed in models.items()
        }
        pieces = vocabulary.decode().rstrip("\n").split("\n")
        return make(NetworkFiles(facts, facts["digest"], {piece: at for at, piece in enumerate(pieces)}, sessions))
    except Exception as error:  # the errors of onnxruntime have nothing in common
        message = f"{subject} in {folder} is damaged or was changed ({type(error).__name__}: {error})"
        raise MissingError(message, hint) from error


def files_of(models: Mapping[str, str]) -> tuple[str, ...]:
    """Return the files of models: with .onnx, then with .npz the weights of their products, where a name is given."""
    return (*(f"{name}.onnx" for name in models), *(f"{packed}.npz" for packed in models.values() if packed))


def digest_of(contents: Iterable[bytes], vocabulary: bytes, card: Mapping[str, Any]) -> str:
    """Return the SHA-256 over all that decides what a network says: its files, limits, labels and topics."""
    limits = [str(card[name]) for name in ("limit", "passage_limit") if name in card]
    files = [sha256(content).hexdigest() for content in (*contents, vocabulary)]
    return sha256(" ".join([*files, *limits, *card.get("labels", ()), *card.get("topics", ())]).encode()).hexdigest()


def _check(card: Mapping[str, Any], digest: str) -> None:
    if digest != card["digest"]:
        raise ValueError(f"its digest is {digest[:12]}, not {card['digest'][:12]}")


def session_of(model: bytes, weights: bytes = b"", folder: Path | None = None) -> Any:
    """Return a session on one core, without threads that wait for work.

    A model may take the weights of its products from `weights`, and others from other models in `folder`.

    Memory goes back after each text instead of being kept by each session for its longest one: 30 MB less, and no
    slower. Sums and their normalization stay apart: joined, they take longer. Source: each measured once with
    onnxruntime 1.32 on texts of 16 to 96 tokens, scripts not kept.

    From 1.32 on onnxruntime sends its maker who uses it for what, unless told not to before it is imported.
    Source: Privacy.md in its wheel.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.enable_mem_pattern = False
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if folder:
        options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(folder))
    whole = with_weights(model, unpacked(weights)) if weights else model
    slower = ["SkipLayerNormFusion"]
    session = onnxruntime.InferenceSession(
        whole, options, providers=["CPUExecutionProvider"], disabled_optimizers=slower
    )
    session._model_bytes = b""  # noqa: SLF001 - kept to begin anew with another kind of processor; half of the memory
    return session
