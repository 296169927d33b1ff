"""Passages that readers judged, as the larger network sees them."""

import random
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from impact.classify.features import plain, setting
from impact.classify.names import masked
from impact.classify.networks.larger import UNSEEN, Network
from impact.classify.networks.wordpiece import tokens
from impact.salience import light_traits, weights

sys.path.insert(0, str(Path(__file__).parents[1] / "salience"))
from passages import SeenDocument, SeenPassage, seen_documents

EASY, SEEN = 0.12, 0.33
"""Chance by words below which a passage that no reader chose is easy, and the part of the easy ones that is learned
from. Source: project judgment, to save time."""


@dataclass(frozen=True)
class Passage:
    """A passage as the network sees it.

    Attributes:
        grade: "A" must be shown, "B" is worth showing, empty for neither.
        protects: Whether readers said that it protects people; without a grade False.
        topics: What readers said it is about; None where nobody was asked.
        quoted: First and last sentence that readers would quote, 1-based; empty without a grade.
        sentences: Tokens of each sentence, begin and end, half-open.
        states: Those of its tokens behind the shared layers, shape (tokens, dimension).
    """

    grade: str
    protects: bool
    topics: tuple[str, ...] | None
    quoted: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]
    states: torch.Tensor

    def quotes(self, place: int) -> bool:
        """Return whether a reader would quote a sentence; `place` is 0-based."""
        return bool(self.quoted) and self.quoted[0] - 1 <= place < self.quoted[-1]


def passages_of(
    documents: Iterable[SeenDocument], network: Network, chance: random.Random | None = None
) -> Iterator[Passage]:
    """Yield the passages of documents that readers saw, of the easy ones a part.

    Args:
        documents: As `seen_documents` yields them.
        network: What makes states of tokens.
        chance: What draws the easy ones; all of them without it.
    """
    for document in documents:
        light, likely = light_traits(document.clauses, document.text), weights("cues").chance
        for seen in document.passages:
            easy = not seen.grade and likely(light[seen.clause.id]) < EASY
            if not (easy and chance and chance.random() > SEEN):
                yield from _passage(document, seen, network)


def told_passages(folder: Path, sets: Collection[str], network: Network) -> Iterator[Passage]:
    """Yield the passages of sets of which readers said what they are about, or what they are for.

    The contributions lie in `corpora`.
    """
    for document in seen_documents(folder, sets):
        for seen in document.passages:
            if seen.grade or seen.topics is not None:
                yield from _passage(document, seen, network)


def _passage(document: SeenDocument, seen: SeenPassage, network: Network) -> Iterator[Passage]:
    """Yield a passage unless it has no words."""
    parts = [plain(masked(span.of(document.text))) for span in seen.clause.parts]
    if any(parts):
        numbers = network.inputs(" ".join(parts), setting(document.proposal, seen.clause), network.passage_limit)
        states = torch.tensor(network.states(numbers), dtype=torch.bfloat16)
        sentences, protects = tuple(_sentences(parts, numbers, network)), seen.kind == "protection"
        yield Passage(seen.grade, protects, seen.topics, seen.quoted, sentences, states)


def _sentences(parts: Sequence[str], numbers: Sequence[int], network: Network) -> Iterator[tuple[int, int]]:
    """Yield the tokens of each sentence of a passage as far as they were not cut off."""
    end, at = numbers.index(network.vocabulary["</s>"]), 1
    for part in parts:
        count = len(tokens(part, network.vocabulary))
        yield min(at, end), min(at + count, end)
        at += count


def of_sentences(marks: torch.Tensor, passage: Passage) -> torch.Tensor:
    """Return the mean mark of each sentence of a passage, by those of its tokens."""
    unseen = marks.new_tensor(UNSEEN)
    return torch.stack([marks[begin:end].mean() if end > begin else unseen for begin, end in passage.sentences])
