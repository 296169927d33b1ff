"""Which sentence of a changed clause is which one of its old wording."""

import re
from collections.abc import Iterable, Mapping, Sequence

from impact.compare.edits.meaning import one_rule
from impact.compare.recast import content
from impact.compare.wording import key_of
from impact.records import Span
from impact.records.report import ReportClause
from impact.segment.sentences import sentences

LIKE = 0.4
"""Share of stems in common from which on two sentences of one clause are the same one.
Source: bench/edits.py on corpora/editions."""
SAME, ASKED = 0.5, 24
"""Chance of being one rule from which on two sentences of one clause in quite other words are the same one, and pairs
from which on none is asked. Source: project judgment."""
APART = 0.1
"""The same chance below which the only two sentences that differ, with few words in common, are two rules. Source:
project judgment."""
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
    if max(len(before), len(after)) > MANY:
        pairs = list(zip(before, after, strict=False))
        return [*pairs, *((text, "") for text in before[len(pairs) :]), *(("", text) for text in after[len(pairs) :])]
    rows = _by_words(before, after)
    if len(before) == len(after) == 1 and not rows and one_rule(before[0], after[0]) >= APART:
        rows = {0: 0}
    rows |= _by_meaning(before, after, rows)
    pairs = [(sentence, after[rows[row]] if row in rows else "") for row, sentence in enumerate(before)]
    return pairs + [("", sentence) for column, sentence in enumerate(after) if column not in rows.values()]


def _by_words(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return the new sentence for each old one with which it has most words in common, if they are enough."""
    stems = [[content(sentence) for sentence in side] for side in (old, new)]
    alike = (
        (2 * len(old_stems & new_stems) / max(len(old_stems) + len(new_stems), 1), row, column)
        for row, old_stems in enumerate(stems[0])
        for column, new_stems in enumerate(stems[1])
    )
    return _best(alike, LIKE)


def _by_meaning(old: Sequence[str], new: Sequence[str], paired: Mapping[int, int]) -> dict[int, int]:
    """Return the new sentence for each old one without any that is likeliest to be one rule with it."""
    free = [row for row in range(len(old)) if row not in paired]
    others = [column for column in range(len(new)) if column not in paired.values()]
    if len(free) * len(others) > ASKED:
        return {}
    return _best(((one_rule(old[row], new[column]), row, column) for row in free for column in others), SAME)


def _best(alike: Iterable[tuple[float, int, int]], least: float) -> dict[int, int]:
    """Return the column of each row, the likest first and each once, that are at least so much alike."""
    rows: dict[int, int] = {}
    for likeness, row, column in sorted(alike, key=lambda pair: (-pair[0], *pair[1:])):
        if likeness >= least and row not in rows and column not in rows.values():
            rows[row] = column
    return rows
