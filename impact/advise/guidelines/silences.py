"""Which silences a review says: the few that most of the text calls for, one a theme."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from impact.advise.context import Context
from impact.advise.guideline_rules import rules
from impact.advise.guidelines.silence_callers import Callers
from impact.records import GuidelineAnswer, Omission

MANY = 2
"""Things from which on their names are joined in one sentence."""


@dataclass(frozen=True, slots=True)
class _Silence:
    """An omission with the number of its guideline and the weight of the clauses that call for it."""

    guideline: str
    omission: Omission
    weight: int


def with_few_silences(context: Context, answers: Sequence[GuidelineAnswer]) -> tuple[GuidelineAnswer, ...]:
    """Return the answers with the silences that the text calls for most; what clauses even deny comes first."""
    callers = Callers.of(context)
    themes = {name: theme for theme, names in rules().silences.themes.items() for name in names}
    least = max(1.0, rules().silences.share * sum(clause.assessed for clause in context.whole.clauses))
    silences = [
        _Silence(answer.number, omission, callers.weight(omission.id))
        for answer in answers
        for omission in answer.omissions
        if themes[omission.id] in callers.themes
    ]
    called = sorted(
        (silence for silence in silences if silence.weight or silence.omission.clauses),
        key=lambda silence: (not silence.omission.clauses, -silence.weight),
    )
    groups: dict[str, list[_Silence]] = {}
    for silence in called:
        theme = themes[silence.omission.id]
        if theme in groups or silence.weight >= least or silence.omission.clauses:
            groups.setdefault(theme, []).append(silence)
    chosen = [_joined(group) for group in list(groups.values())[: rules().silences.most]]
    return tuple(
        replace(answer, omissions=tuple(omission for guideline, omission in chosen if guideline == answer.number))
        for answer in answers
    )


def _joined(group: Sequence[_Silence]) -> tuple[str, Omission]:
    """Return the first silence of a theme, with the next ones of it said in the same breath."""
    first, *others = (silence.omission for silence in group[: 1 + rules().silences.joined])
    return group[0].guideline, replace(
        first,
        says=_statement([first, *others]),
        ask=" ".join((first.ask, *(other.ask for other in others))),
        also=tuple(other.id for other in others),
    )


def _statement(omissions: Sequence[Omission]) -> str:
    """Return what is left open; of several things with a name one sentence, which stands where the first would."""
    named = [omission for omission in omissions if omission.matter]
    if len(named) < MANY:
        return " ".join(omission.says for omission in omissions)
    *rest, last = (omission.matter for omission in named)
    joined = f"No clause was found on {', '.join(rest)} or {last}."
    others = (omission.says for omission in omissions if not omission.matter)
    return " ".join((joined, *others)) if omissions[0].matter else " ".join((*others, joined))
