"""What the heads say of each clause: fast, with the encoder, or with the larger network where that may matter."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from impact.classify.features import View, views
from impact.classify.heads import SIGNALS, Heads, load, odds, spoken, together
from impact.classify.networks.encoder import load as load_encoder
from impact.classify.networks.introductions import load as load_introductions
from impact.classify.networks.larger import load as load_network
from impact.classify.networks.topics import load as load_topics
from impact.records import Clause, LabelOdds, PassageOdds, PassageTopics, Proposal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Bools = NDArray[np.bool_]


class Judged(NamedTuple):
    """What the heads say of a clause.

    Attributes:
        signals: Shape (labels, signals).
        names: Those of the signals.
        chances: Shape (labels,).
        counts: Whether each label is said of the clause, shape (labels,).
    """

    signals: "Floats"
    names: tuple[str, ...]
    chances: "Floats"
    counts: "Bools"


def judged(
    proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str], way: str
) -> Iterator[tuple[View, Judged]]:
    """Yield each assessed clause with what the heads say of it in one of the `WAYS`."""
    heads, judge = load(), WAYS[way]
    for view in views(proposal, clauses, mechanisms):
        yield view, judge(heads, view)


def light(heads: Heads, view: View) -> "Floats":
    """Return the signals of a clause that need no network, shape (labels, 2), see `heads.LIGHT`."""
    import numpy as np

    return np.column_stack([heads.by_terms(view.text, view.setting), odds(view.confidence(heads.labels))])


def fast(heads: Heads, view: View) -> Judged:
    """Return what the heads say with the encoder, which is asked only where it can matter."""
    import numpy as np

    signals = light(heads, view)
    chances = heads.fused(signals, "light")
    if together(chances) < heads.cuts["fast"].gate:
        return Judged(signals, SIGNALS["light"], chances, np.zeros(chances.shape, bool))
    signals = np.column_stack([signals, heads.by_vector(clause_vector(view.text, view.setting))])
    return _concluded(heads, signals, "fast")


def thorough(heads: Heads, view: View) -> Judged:
    """Return what the heads say with the larger network, which is asked where `fast` gives some chance to anything."""
    import numpy as np

    first = fast(heads, view)
    if first.names == SIGNALS["light"] or together(first.chances) < heads.cuts["model"].gate:
        return first._replace(counts=np.zeros(first.chances.shape, bool))
    light_signals = first.signals[:, : len(SIGNALS["light"])]
    return _concluded(
        heads, np.column_stack([light_signals, network_scores(heads.labels, view.text, view.setting)]), "model"
    )


def odds_of(judged: Judged) -> LabelOdds:
    """Return what the network of a way makes of a clause of which anything counts, so that it was asked."""
    labels = load().labels
    return LabelOdds(*(dict(zip(labels, column.tolist(), strict=True)) for column in judged.signals.T[-2:]))


WAYS: dict[str, Callable[[Heads, View], Judged]] = {"fast": fast, "model": thorough}


@lru_cache(maxsize=4096)
def clause_vector(text: str, setting: str) -> "Floats":
    """Return the numbers of the encoder for a clause in its setting; kept, because salience asks again for many."""
    return load_encoder().vector(text, setting)


@lru_cache(maxsize=4096)
def network_scores(labels: tuple[str, ...], text: str, setting: str) -> "Floats":
    """Return the log odds of the larger network, shape (labels, 2): proposed, only talked about.

    They are kept, because grading asks again what classifying has asked, and phrases recur.

    Raises:
        ValueError: If the network does not know a label.
    """
    network = load_network()
    return network.scores(text, setting)[[network.labels.index(label) for label in labels]]


@lru_cache(maxsize=4096)
def passage_odds(sentences: tuple[str, ...], setting: str) -> PassageOdds:
    """Return what the larger network makes of a passage; kept, because phrases recur."""
    return load_network().passage(sentences, setting)


@lru_cache(maxsize=4096)
def passage_topics(text: str, setting: str) -> PassageTopics:
    """Return what a passage is about in its setting; kept, because phrases recur."""
    return load_topics().about(text, setting)


@lru_cache(maxsize=4096)
def introduction_odds(sentence: str, setting: str) -> float:
    """Return the log odds that a sentence introduces its document; kept, because reports are made more than once."""
    odds: float = load_introductions().outputs(sentence, setting)[0].item()
    return odds


def _concluded(heads: Heads, signals: "Floats", way: str) -> Judged:
    """Return the conclusion from all signals of a way."""
    chances, cuts = heads.fused(signals, way), heads.cuts[way]
    return Judged(signals, SIGNALS[way], chances, spoken(chances, cuts.anything, cuts.threshold))
