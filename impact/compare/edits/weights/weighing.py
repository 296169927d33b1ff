"""Which kind of change is the likeliest: what rules say of it, weighed with everything else that speaks for a kind."""

from collections.abc import Sequence

from impact.compare.edits.chunks import TermRow
from impact.compare.edits.edit import EditKind, Named
from impact.compare.edits.weights.traits import traits_of
from impact.trait_weights import shipped_weights

WEIGHED = (
    EditKind.POLARITY,
    EditKind.MODALITY,
    EditKind.ACTOR,
    EditKind.OBJECT,
    EditKind.NUMBER,
    EditKind.PERIOD,
    EditKind.CONDITION,
    EditKind.REWORDING,
    EditKind.EDITORIAL,
)
"""Kinds of changes of one sentence; each has weights of its own in models/changes."""
_ALONE = frozenset({EditKind.REWORDING, EditKind.EDITORIAL})
"""Kinds beside which there is no other."""
ALSO = 0.4
"""Chance from which a further kind that rules name is named too. Source: project judgment; a sentence of a real
revision may have seen several changes."""


def weighed(old: TermRow, new: TermRow, rows: Sequence[Named]) -> list[Named]:
    """Return what has changed, the likeliest kind first, and others that rules name and that are likely too.

    A change is editorial only if rules too say that the sentence says the same.

    Args:
        old: The sentence before.
        new: The sentence after.
        rows: What rules say has changed, never empty.

    Raises:
        MissingError: If the weights are absent or cannot be used.
    """
    traits = traits_of(old, new, rows)
    chances = {kind: shipped_weights("changes", kind.value).chance(traits) for kind in WEIGHED}
    same = rows[0][0] in _ALONE
    best = max(WEIGHED, key=lambda kind: chances[kind] if same or kind is not EditKind.EDITORIAL else 0.0)
    if best in _ALONE:
        return [(best, "", "")]
    own = [row for row in rows if row[0] is best] or [_by_words_of(best, rows)]
    also = [row for row in rows if row[0] is not best and row[0] not in _ALONE and chances.get(row[0], 0.0) >= ALSO]
    return [*own, *also]


def _by_words_of(kind: EditKind, rows: Sequence[Named]) -> Named:
    """Return a kind with the words that rules say have changed."""
    _, old, new = next((row for row in rows if row[1] or row[2]), rows[0])
    return kind, old, new
