"""Which sentence of a changed clause is which one of its old wording."""

import re
from collections.abc import Iterable, Sequence

from impact.compare.recast import content
from impact.compare.wording import key_of
from impact.records import Span
from impact.records.report import ReportClause
from impact.segment.sentences import sentences

LIKE = 0.4
"""Share of stems in common from which on two sentences of one clause are the same one.
Source: bench/edits.py on corpora/editions."""
MANY = 60
"""Sentences of a clause from which on only those in the same place are compared. Source: project judgment."""

CELL = re.compile("\t")
"""What parts the cells of a row."""

Pair = tuple[str, str]
"""A sentence of the old text and of the new one; empty where there is none."""


def sentences_of(clauses: Iterable[ReportClause]) -> list[str]:
    """Return the sentences of clauses, in order, with single spaces; each cell of a row is one at least."""
    spans = (
        (clause.text, span)
        for clause in clauses
        for span in sentences(
            clause.text, Span(0, len(clause.text)), [cell.end() for cell in CELL.finditer(clause.text)]
        )
    )
    return [sentence for text, span in spans if (sentence := key_of(span.of(text)))]


def paired(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return the sentences that differ: with their counterpart, or alone."""
    common = set(old) & set(new)
    before, after = ([sentence for sentence in side if sentence not in common] for side in (old, new))
    if len(before) == len(after) == 1 or max(len(before), len(after)) > MANY:
        pairs = list(zip(before, after, strict=False))
        return [*pairs, *((one, "") for one in before[len(pairs) :]), *(("", one) for one in after[len(pairs) :])]
    stems = [[content(sentence) for sentence in side] for side in (before, after)]
    near = sorted(
        (-2 * len(one & other) / max(len(one) + len(other), 1), row, column)
        for row, one in enumerate(stems[0])
        for column, other in enumerate(stems[1])
    )
    rows: dict[int, int] = {}
    for likeness, row, column in near:
        if -likeness >= LIKE and row not in rows and column not in rows.values():
            rows[row] = column
    pairs = [(sentence, after[rows[row]] if row in rows else "") for row, sentence in enumerate(before)]
    return pairs + [("", sentence) for column, sentence in enumerate(after) if column not in rows.values()]
