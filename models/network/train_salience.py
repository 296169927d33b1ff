"""Tune the upper layers of the larger network to tell which passages of a document readers want to see.

    pip install -e '.[encoder]'
    python models/network/train_salience.py DOCUMENTS --weights FOLDER
    python models/network/export.py --weights FOLDER --tuned "how"

FOLDER is what `models/network/train.py` wrote to; the new weights are added there. They learn from the first and the
second set of `corpora/verdicts/salience.jsonl`; how well they do is measured on the third after each pass but the
first. Needs 7 GB of memory and an hour on two cores that know numbers of 16 bits.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import average_precision_score
from torch.nn.functional import binary_cross_entropy_with_logits
from torch.nn.utils.rnn import pad_sequence
from torch.optim.lr_scheduler import LambdaLR
from train import Larger, fetch
from upper import SHARED, Upper, bias_of, through

from impact.classify.features import plain, setting
from impact.classify.names import masked
from impact.classify.networks.larger import UNSEEN
from impact.salience import light_traits, weights

sys.path.insert(0, str(Path(__file__).parents[1] / "salience"))
from passages import SeenDocument, seen_documents

LEARNED, MEASURED = ("first", "second"), ("third",)
"""Sets of documents."""

LIMIT = 160
"""Tokens of a passage with its setting. Source: one passage in a hundred is longer."""

PASSES, BATCH, RATE, FASTER, WARM, DECAY, CLIP = 3, 24, 6e-5, 20.0, 60, 0.02, 1.0
"""Passes; passages a batch; learning rate and its factor for the outputs; batches until the full rate; weight decay;
longest gradient. Source: project judgment."""

EASY, SEEN = 0.45, 0.4
"""Share of the passages that words give least chance and no reader chose, and the part of them, drawn anew, that a
pass has. Source: project judgment, to save time."""

QUOTED = 0.15
"""Weight of the sentence that readers would quote, beside that of the passage. Source: project judgment."""


@dataclass(frozen=True)
class Passage:
    """A passage as the network sees it.

    Attributes:
        tokens: Numbers of its tokens and of those of its setting.
        sentences: Tokens of each sentence, begin and end, half-open.
        easy: Whether words tell that nobody wants to see it, and nobody did.
        states: Those of its tokens behind the shared layers, shape (tokens, dimension).
    """

    document: str
    grade: str
    quoted: tuple[int, ...]
    tokens: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]
    easy: bool
    states: torch.Tensor


class Reader:
    """Turns passages into states, in batches of one length."""

    def __init__(self, larger: Larger) -> None:
        self.larger = larger.eval()

    def numbers(self, text: str, place: str) -> list[int]:
        """Return the tokens of a passage in its setting."""
        return self.larger.tokens(text, place or None, truncation="longest_first", max_length=LIMIT)["input_ids"]

    def sentences(self, parts: Sequence[str], numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the tokens of each sentence of a passage as far as they were not cut off."""
        end, at = list(numbers).index(self.larger.tokens.sep_token_id), 1
        for part in parts:
            count = len(self.larger.tokens(part, add_special_tokens=False)["input_ids"])
            yield min(at, end), min(at + count, end)
            at += count

    def states(self, numbers: Sequence[int]) -> torch.Tensor:
        """Return the states behind the shared layers, shape (tokens, dimension), in 16 bits."""
        model = self.larger.model
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            first = model.embeddings(input_ids=torch.tensor([numbers]))
            bias = bias_of(self.larger, len(numbers))
            there = torch.ones(1, len(numbers))
            return through(model.encoder.layer[:SHARED], first, there, bias)[0].to(torch.bfloat16).clone()


def passages_of(document: SeenDocument, reader: Reader, least: float) -> Iterator[Passage]:
    """Yield the passages of a document that readers saw; those below a chance by words are easy."""
    light, chance = light_traits(document.clauses, document.text), weights("cues").chance
    for passage in document.passages:
        parts = [plain(masked(span.of(document.text))) for span in passage.clause.parts]
        if any(parts):
            numbers = reader.numbers(" ".join(parts), setting(document.proposal, passage.clause))
            easy = not passage.grade and chance(light[passage.clause.id]) < least
            sentences = tuple(reader.sentences(parts, numbers))
            states = reader.states(numbers)
            yield Passage(document.name, passage.grade, passage.quoted, tuple(numbers), sentences, easy, states)


def least_chance(documents: Sequence[SeenDocument]) -> float:
    """Return the chance by words below which the passages lie that are easy."""
    chance, chances = weights("cues").chance, []
    for document in documents:
        light = light_traits(document.clauses, document.text)
        chances += [chance(light[passage.clause.id]) for passage in document.passages]
    return float(np.quantile(chances, EASY))


def judged(upper: Upper, larger: Larger, some: Sequence[Passage]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return what the network says of a batch."""
    states = pad_sequence([passage.states.float() for passage in some], batch_first=True)
    there = pad_sequence([torch.ones(len(passage.tokens)) for passage in some], batch_first=True)
    return upper(states, there, bias_of(larger, states.shape[1]))


def of_sentences(marks: torch.Tensor, passage: Passage) -> torch.Tensor:
    """Return the mean mark of each sentence of a passage."""
    unseen = marks.new_tensor(UNSEEN)
    return torch.stack([marks[begin:end].mean() if end > begin else unseen for begin, end in passage.sentences])


def loss(upper: Upper, larger: Larger, some: Sequence[Passage]) -> torch.Tensor:
    """Return how wrong the network is about passages, summed."""
    choice, marks = judged(upper, larger, some)
    truth = torch.tensor([[float(passage.grade != ""), float(passage.grade == "A")] for passage in some])
    wrong = binary_cross_entropy_with_logits(choice, truth, reduction="none").mean(1).sum()
    for passage_marks, passage in zip(marks, some, strict=True):
        if passage.quoted and len(passage.sentences) > 1:
            chances = torch.log_softmax(of_sentences(passage_marks, passage), 0)
            wrong = wrong - QUOTED * torch.logsumexp(chances[passage.quoted[0] - 1 : passage.quoted[-1]], 0)
    return wrong


def measure(upper: Upper, larger: Larger, passages: Sequence[Passage]) -> None:
    """Print how well the network does on passages."""
    upper.eval()
    chosen, odds, hits = [], [], []
    ordered = sorted(passages, key=lambda passage: len(passage.tokens))
    with torch.inference_mode():
        for start in range(0, len(ordered), 48):
            some = ordered[start : start + 48]
            choice, marks = judged(upper, larger, some)
            odds += choice[:, 0].tolist()
            chosen += [passage.grade != "" for passage in some]
            for passage_marks, passage in zip(marks, some, strict=True):
                if passage.quoted and len(passage.sentences) > 1:
                    best = int(of_sentences(passage_marks, passage).argmax())
                    hits.append(passage.quoted[0] - 1 <= best < passage.quoted[-1])
    upper.train()
    print(f"average precision {average_precision_score(chosen, odds):.3f}; sentence right {np.mean(hits):.3f}")


def tune(upper: Upper, larger: Larger, learned: Sequence[Passage], measured: Sequence[Passage], store: Path) -> None:
    """Tune the upper layers, and store and measure them after each pass."""
    chance = random.Random(0)  # noqa: S311 - repeatable on purpose
    passes = [[own for own in learned if not own.easy or chance.random() < SEEN] for _ in range(PASSES)]
    count = sum(ceil(len(own) / BATCH) for own in passes)
    outputs = [*upper.choice.parameters(), *upper.mark.parameters()]
    groups = [{"params": upper.layers.parameters(), "lr": RATE}, {"params": outputs, "lr": RATE * FASTER}]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
    rates = LambdaLR(optimizer, lambda step: min(1, (step + 1) / WARM) * max(0.02, 1 - step / count))
    for number, plan in enumerate(passes, 1):
        chance.shuffle(plan)
        begun = time.monotonic()
        for start in range(0, len(plan), BATCH):
            batch = sorted(plan[start : start + BATCH], key=lambda passage: len(passage.tokens))
            optimizer.zero_grad()
            for half in (batch[: len(batch) // 2], batch[len(batch) // 2 :]):
                if half:
                    (loss(upper, larger, half) / len(batch)).backward()
            torch.nn.utils.clip_grad_norm_(upper.parameters(), CLIP)
            optimizer.step()
            rates.step()
        torch.save(upper.state_dict(), store)
        print(f"pass {number} of {PASSES}: {time.monotonic() - begun:.0f} s", flush=True)
        if number > 1:
            measure(upper, larger, measured)


def main() -> None:
    """Take the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, help="folder with the public documents of the corpora")
    parser.add_argument("--weights", type=Path, required=True, help="folder that models/network/train.py wrote to")
    parser.add_argument("--layers", type=int, default=8, help="layers that its weights have")
    parser.add_argument("--most", type=int, default=0, help="for trying: so many documents a set at most; 0 takes all")
    options = parser.parse_args()
    torch.manual_seed(0)
    larger = Larger(fetch(options.weights), options.layers, options.layers)
    larger.load_state_dict(torch.load(options.weights / "weights.pt", weights_only=True))
    reader, upper = Reader(larger), Upper(larger).train()
    upper.layers.requires_grad_(requires_grad=True)
    most = options.most or None
    sets = [list(islice(seen_documents(options.documents, names), most)) for names in (LEARNED, MEASURED)]
    least = least_chance(sets[0])
    learned, measured = ([row for own in some for row in passages_of(own, reader, least)] for some in sets)
    print(f"{len(learned)} passages to learn from, {len(measured)} to measure on", flush=True)
    tune(upper, larger, learned, measured, options.weights / "upper.pt")


if __name__ == "__main__":
    main()
