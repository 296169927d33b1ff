"""The larger network: log odds of each label for a clause in its setting, slower and surer than the encoder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impact.classify.networks.encoder import first_share
from impact.classify.networks.files import NetworkFiles, load_network
from impact.classify.networks.wordpiece import tokens
from impact.paths import shelf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BEGIN, END = "<s>", "</s>"

_NEXT = "Reinstall the program, run models/network/export.py in a checkout, or use `--by fast`"


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

        Texts go one by one: what enters a product is rounded to 8 bits by the largest number of its batch.
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
    """Return the network that ships with the program.

    Raises:
        MissingError: If a file of it is absent or cannot be used.
    """
    return load_from(shelf("models") / "network")


def load_from(folder: Path) -> Network:
    """Load a network from a folder made by `models/network/export.py`.

    Raises:
        MissingError: As for `load`, or if the files are not those of which their card gives the digest.
    """
    return load_network(folder, "network", "the larger network", _NEXT, _made)


def _made(files: NetworkFiles) -> Network:
    return Network(tuple(files.card["labels"]), files.card["limit"], files.digest, files.vocabulary, files.session)
