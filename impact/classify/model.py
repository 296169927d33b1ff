"""The classifier that was trained: words, cues and sentence vectors, fused into one chance for each label."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from impact.classify.denial import denied, undone
from impact.classify.encoder import load as load_encoder
from impact.classify.evidence import carried, completed
from impact.classify.features import SURE, View, views
from impact.classify.heads import Heads, load, odds, together
from impact.classify.score import Score
from impact.classify.wording import wording
from impact.records import Clause, Proposal, Span, Strength

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

VOUCHED = 0.75
"""How sure plain phrases (`Signal.plain`) must make the cues to vouch for what the heads say. Source: project judgment
after reading reports: one word, and what only means something in texts on one subject, says too little there."""

CERTAIN = 0.88
"""How sure the cues must be that a clause proposes a mechanism for it to be said of it, doubtfully, whatever the heads
say. Source: `bench/doubt.py`, development clauses: readers agree with 20 of 20 such pairs, and with 11 of 14 at .85 to
.88."""


def scores_of(proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str]) -> list[Score]:
    """Return what the heads say of each assessed clause, in the order of the clauses and of the labels.

    What counts is `Heads.counted`, and a mechanism of which the cues are certain, with the chance that the heads give
    it; unless all that the cues find of it is talk: a ban, a denial, a threat. Where it does not count, but the cues
    say that the clause talks about it, it is a mention. The result for a clause depends on its words, its headings,
    the title of its document, and on what the cues take from its neighbors and its document; on nothing else.
    """
    heads, text = load(), proposal.document.text
    scores = (
        _score(text, clauses[view.number], view, place, _Word(round(float(chances[place]), 4), counts, *own))
        for view, chances in _judged(proposal, clauses, mechanisms)
        for place, counts in enumerate(heads.counted(chances).tolist())
        for own in [_own(view, heads.labels[place], mechanisms)]
        if counts or heads.labels[place] in view.cues
    )
    return [score for score in scores if score]


def _own(view: View, label: str, mechanisms: frozenset[str]) -> tuple[bool, bool]:
    """Return whether a label is a mechanism, and whether the cues are certain that a clause proposes it then."""
    power = label in mechanisms
    return power, power and label in view.cues and view.cues[label].proposes >= CERTAIN


class _Word(NamedTuple):
    """What the heads say of one label, with a chance from 0 to 1, and whether the cues are certain of it."""

    chance: float
    counts: bool
    power: bool
    certain: bool


def _score(text: str, clause: Clause, view: View, place: int, word: _Word) -> Score | None:
    """Return what is said of the label at a place of `Heads.labels`, if anything is."""
    heads = load()
    label = heads.labels[place]
    signal = view.cues.get(label)
    proposes = (word.counts or word.certain) and not view.only_talks(label) and not undone(text, clause, label)
    if not proposes and not (signal and signal.touches >= SURE):
        return None
    evidence = completed(text, (signal.evidence if proposes else signal.touched) if signal else ())
    if not evidence:
        evidence = carried(text, clause, place, heads)
        proposes = proposes and not denied(text, clause, label, evidence)
    confidence = word.chance if proposes or not signal else signal.touches
    vouched = proposes and word.counts and signal is not None and signal.plain >= VOUCHED
    strength = _strength(clause, text, evidence, limited=word.power)
    return Score(view.number, label, proposes, confidence, evidence, strength, vouched)


def grade(proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str]) -> Mapping[tuple[int, str], float]:
    """Return the chance of each 0-based clause and label, however small."""
    labels = load().labels
    return {
        (view.number, label): float(chance)
        for view, chances in _judged(proposal, clauses, mechanisms)
        for label, chance in zip(labels, chances, strict=True)
    }


def grade_by_terms(
    proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str]
) -> Mapping[tuple[int, str], float]:
    """Return what the words alone would say, as a baseline: a chance for each 0-based clause and label."""
    import numpy as np

    heads = load()
    return {
        (view.number, label): float(1 / (1 + np.exp(-score)))
        for view in views(proposal, clauses, mechanisms)
        for label, score in zip(heads.labels, heads.by_terms(view.text, view.setting), strict=True)
    }


def digest() -> str:
    """Return what the classifier goes by: the digests of heads and encoder, in one."""
    return f"{load().digest[:32]}{load_encoder().digest[:32]}"


def _judged(
    proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str]
) -> "Iterator[tuple[View, Floats]]":
    """Yield each assessed clause with the chance of each label; the encoder is asked only where it can matter."""
    heads = load()
    for view in views(proposal, clauses, mechanisms):
        signals = _light(heads, view)
        chances = heads.fused(signals)
        if together(chances) >= heads.gate:
            chances = heads.fused(_with_vector(heads, view, signals))
        yield view, chances


def _light(heads: Heads, view: View) -> "Floats":
    """Return the signals of a clause that need no encoder, shape (labels, 2), see `heads.LIGHT`."""
    import numpy as np

    return np.column_stack([heads.by_terms(view.text, view.setting), odds(view.confidence(heads.labels))])


def _with_vector(heads: Heads, view: View, signals: "Floats") -> "Floats":
    """Return signals with the scores of the clause's vector as the last columns, see `heads.SIGNALS`."""
    import numpy as np

    return np.column_stack([signals, heads.by_vector(load_encoder().vector(view.text, view.setting))])


def _strength(clause: Clause, text: str, evidence: tuple[Span, ...], *, limited: bool = False) -> Strength:
    """Return the wording of the sentence with most words of evidence, the first of equal ones.

    That of the clause where it has no sentences. Where a limit counts, what "should ... only where" is permitted.
    """
    carrying = clause.carrying(evidence, text)
    if carrying is None:
        return clause.strength
    sentence, strength = carrying
    recommended = limited and strength is Strength.SHOULD
    return Strength.MAY if recommended and wording().limited.search(text, sentence.start, sentence.end) else strength
