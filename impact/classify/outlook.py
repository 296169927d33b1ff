"""What the networks make of clauses beyond what the classifier says of them."""

from collections.abc import Callable, Sequence
from functools import cache

from impact.classify.features import plain, setting
from impact.classify.heads import load
from impact.classify.judging import clause_vector, introduction_odds, network_scores, passage_odds, passage_topics
from impact.classify.names import masked
from impact.records import Clause, LabelOdds, Outlook, PassageOdds, PassageTopics, Proposal, Span

_NETWORKS: dict[str, Callable[[str, str], Sequence[Sequence[float]]]] = {
    "model": lambda text, place: network_scores(load().labels, text, place).tolist(),
    "fast": lambda text, place: load().by_vector(clause_vector(text, place)).tolist(),
}
"""By way of judging, what returns the log odds of each label for a clause in its setting: proposed, only mentioned."""

_LIGHTER = {"model": ("fast",)}
"""What can be asked of more clauses before a way of judging is."""


def surest(by: Sequence[str]) -> str:
    """Return which of some classifiers judges surest: one with a network before the cues."""
    return next((way for way in _NETWORKS if way in by), "cues")


def outlook_of(proposal: Proposal, by: Sequence[str]) -> Outlook:
    """Return how the clauses of a document are judged by the `surest` of some classifiers."""
    way = surest(by)
    network = _NETWORKS.get(way)

    @cache
    def odds(clause: Clause) -> LabelOdds | None:
        if network is None:
            return None
        rows = network(plain(masked(clause.span.of(proposal.document.text))), setting(proposal, clause))
        labels = load().labels
        return LabelOdds(*(dict(zip(labels, column, strict=True)) for column in zip(*rows, strict=True)))

    def parts(clause: Clause) -> tuple[str, ...]:
        return tuple(plain(masked(part.of(proposal.document.text))) for part in clause.parts)

    def passage(clause: Clause) -> PassageOdds | None:
        return passage_odds(parts(clause), setting(proposal, clause)) if way == "model" else None

    def about(clause: Clause) -> PassageTopics | None:
        return passage_topics(" ".join(parts(clause)), setting(proposal, clause)) if way == "model" else None

    def introduces(clause: Clause, sentence: Span) -> float | None:
        words = plain(masked(sentence.of(proposal.document.text)))
        return introduction_odds(words, setting(proposal, clause)) if way == "model" else None

    return Outlook(way, odds, passage, about, introduces)


def outlooks_of(proposal: Proposal, by: Sequence[str]) -> tuple[Outlook, ...]:
    """Return the outlooks of a lighter way of judging, if there is one, and of the `surest` of some classifiers."""
    way = surest(by)
    return tuple(outlook_of(proposal, (name,)) for name in (*_LIGHTER.get(way, ()), way))
