"""The words that two texts share, and those that one of them has alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from impact.compare.wording import ALONE, Coding, key_of

TOKEN = re.compile(rf"(?:[{ALONE}]|[^\W{ALONE}]+|[^\w\s])\s*|\s+")
LONGEST = 25_000_000
"""Product of the numbers of words from which on two texts are shown whole: memory grows with it (3 MB for this).
Source: project judgment."""
BRIDGE = 2
"""Shared words fewer than this between two changes of several words are shown as changed, for a calmer page.
Source: project judgment."""
WIDE = 3
"""Words from which on a change counts as one of several words. Source: project judgment."""


class Op(StrEnum):
    """Whether a run of words is in both texts, the old one or the new one."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class DiffRun:
    """Words of one kind, with the white space after them; equal words as the new text writes them."""

    op: Op
    text: str


def word_diff(old: str, new: str) -> tuple[DiffRun, ...]:
    """Return the runs that lead from one text to the other, words gone before words come.

    The runs without insertions are the old text (but for white space, quotes and dashes of equal words), those
    without deletions the new one.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if len(before) * len(after) > LONGEST:
        return _merged([(Op.DELETE, old), (Op.INSERT, new)])
    return _merged(_bridged(_steps(before, after)))


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[list[str], list[str], list[str]]]:
    """Return equal words, words gone and words come, in turn; white space lost after equal words is gone."""
    from rapidfuzz.distance import Indel

    coding = Coding()
    left, right = (coding.encode(key_of(token) or " " for token in side) for side in (old, new))
    steps: list[tuple[list[str], list[str], list[str]]] = [([], [], [])]
    for code in Indel.opcodes(left, right):
        if code.tag == "equal":
            last, now = old[code.src_end - 1], new[code.dest_end - 1]
            space = last[len(last.rstrip()) :] if now == now.rstrip() else ""
            steps.append((list(new[code.dest_start : code.dest_end]), [space] * bool(space), []))
        else:
            steps[-1][1].extend(old[code.src_start : code.src_end])
            steps[-1][2].extend(new[code.dest_start : code.dest_end])
    return steps


def _bridged(steps: Sequence[tuple[list[str], list[str], list[str]]]) -> list[tuple[Op, str]]:
    """Return runs in which a lone shared word between two wide changes counts as changed."""
    calm: list[tuple[list[str], list[str], list[str]]] = []
    for equal, gone, come in steps:
        wide = calm and len(calm[-1][1]) + len(calm[-1][2]) >= WIDE and len(gone) + len(come) >= WIDE
        if wide and len(equal) < BRIDGE and calm[-1][1] and calm[-1][2]:
            calm[-1][1].extend([*equal, *gone])
            calm[-1][2].extend([*equal, *come])
        else:
            calm.append((equal, list(gone), list(come)))
    runs: list[tuple[Op, str]] = []
    for equal, gone, come in calm:
        runs += [(Op.EQUAL, "".join(equal)), (Op.DELETE, "".join(gone)), (Op.INSERT, "".join(come))]
    return runs


def _merged(runs: Sequence[tuple[Op, str]]) -> tuple[DiffRun, ...]:
    return tuple(DiffRun(op, text) for op, text in runs if text)
