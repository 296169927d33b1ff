"""The larger network: what a clause in its setting proposes, and whether readers want to see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impact.classify.networks.encoder import first_share
from impact.classify.networks.files import NetworkFiles, load_network
from impact.classify.networks.wordpiece import tokens
from impact.paths import shelf
from impact.records import PassageOdds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BEGIN, END = "<s>", "</s>"

MODELS = {name: name for name in ("network", "labels", "salience")}
"""Models of the network, with the names of their packed weights: the layers that both tasks share, and those above them
for each."""

RECENT = 32
"""Texts whose states are kept. Source: project judgment; half a megabyte each at most, and about as many as are asked
of a document."""

UNSEEN = -6.0
"""Mark of a sentence that was cut off. Source: project judgment; the upper layers were tuned with it."""

_NEXT = "Reinstall the program, run models/network/export.py in a checkout, or use `--by fast`"


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A loaded network; compared by identity.

    Attributes:
        labels: Ids, in the order of the rows of `scores`.
        limit: Tokens of a text and its second text together, special tokens included; the rest is cut off.
        passage_limit: The same where `passage` is asked.
        digest: SHA-256 over all that decides a score, hexadecimal.
        vocabulary: Numbers of the pieces of words, 0-based.
        sessions: What runs the layers that both tasks share ("network"), and those above them.
    """

    labels: tuple[str, ...]
    limit: int
    passage_limit: int
    digest: str
    vocabulary: Mapping[str, int] = field(repr=False)
    sessions: Mapping[str, Any] = field(repr=False)

    def __post_init__(self) -> None:
        if self.limit < 6:
            raise ValueError(f"limit {self.limit} has no room for two words and four special tokens")
        if lacking := {BEGIN, END, "[UNK]"} - self.vocabulary.keys():
            raise ValueError(f"the vocabulary lacks {sorted(lacking)}")

    def scores(self, text: str, second: str = "") -> "NDArray[np.float32]":
        """Return log odds, shape (labels, 2): that the text proposes a label, and that it only mentions it.

        Texts go one by one: what enters a product is rounded to 8 bits by the range of its batch.
        """
        scores: NDArray[np.float32] = self._judged("labels", self.inputs(text, second, self.limit))[0]
        return scores.T

    def passage(self, sentences: Sequence[str], second: str = "") -> PassageOdds:
        """Return how likely readers are to want to see a passage of some sentences."""
        numbers = self.inputs(" ".join(sentences), second, self.passage_limit)
        choice, marks = self._judged("salience", numbers)
        end, at, means = numbers.index(self.vocabulary[END]), 1, []
        for sentence in sentences:
            sentence_marks = marks[at : min(at + len(tokens(sentence, self.vocabulary)), end)]
            at += len(tokens(sentence, self.vocabulary))
            means.append(float(sentence_marks.mean()) if len(sentence_marks) else UNSEEN)
        return PassageOdds(float(choice[0]), float(choice[1]), tuple(means))

    def states(self, numbers: Sequence[int]) -> "NDArray[np.float32]":
        """Return the states of tokens behind the shared layers, shape (tokens, dimension); not to be changed."""
        return _states(self, tuple(numbers))

    def _judged(self, name: str, numbers: Sequence[int]) -> "list[NDArray[np.float32]]":
        """Return what the upper layers with this name say of tokens."""
        outputs: list[NDArray[np.float32]] = self.sessions[name].run(None, {"states": self.states(numbers)})
        return outputs

    def inputs(self, text: str, second: str, limit: int) -> list[int]:
        """Return the numbers of the tokens, at most `limit`; a second text helps to understand the first."""
        begin, end = self.vocabulary[BEGIN], self.vocabulary[END]
        first, rest = tokens(text, self.vocabulary), tokens(second, self.vocabulary)
        room = limit - (4 if second else 2)
        length = first_share(len(first), len(rest), room)
        return [begin, *first[:length], end, *([end, *rest[: room - length], end] if second else [])]


@lru_cache(maxsize=RECENT)
def _states(network: Network, numbers: tuple[int, ...]) -> "NDArray[np.float32]":
    """Return the states of tokens; kept, because what judges labels, salience and topics asks for the same passages."""
    import numpy as np

    states: NDArray[np.float32] = network.sessions["network"].run(None, {"input_ids": np.array(numbers, np.int64)})[0]
    states.flags.writeable = False
    return states


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
    return load_network(folder, MODELS, "the larger network", _NEXT, _made)


def _made(files: NetworkFiles) -> Network:
    card = files.card
    sizes = tuple(card["labels"]), card["limit"], card["passage_limit"]
    return Network(*sizes, files.digest, files.vocabulary, files.sessions)
