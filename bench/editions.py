"""Whether two editions of a document (a PDF and its text, say) are cut into the same clauses.

`python bench/editions.py A B [A B ...] [--misses N] [--all]` reads the files two by two, cuts them into clauses, and
aligns the words of both (a longest common subsequence of words without case, after NFKC). A clause begins at the same
place in both if its first word is aligned with the first word of a clause of the other. For each pair and for all, it
prints the F1 of these beginnings: twice the beginnings that coincide by those of both. A beginning whose word the
other edition lacks counts as a miss. Only clauses that are assessed are counted, unless `--all`: contents, headings,
captions, references and boilerplate are cut too, but editions differ in them by intent (a text repeats no contents).
`--misses` prints clauses that begin in one edition only.
"""

import argparse
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import LCSseq

from impact.extract.options import Options
from impact.extract.readers import read
from impact.records import Document
from impact.records.clause import NOT_ASSESSED
from impact.segment import segment

SHORT = 4
"""Words below which a clause is called a fragment."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The words of a document, and where its clauses begin among them.

    Attributes:
        starts: Index of the first word of each clause.
        assessed: Of those, the starts of clauses that are assessed.
        short: Share of the clauses that have fewer than `SHORT` words.
    """

    words: list[str]
    starts: frozenset[int]
    assessed: frozenset[int]
    short: float


def edition_of(document: Document) -> Edition:
    """Return the words and the beginnings of clauses of a document."""
    words: list[str] = []
    starts, assessed, short = set(), set(), 0
    for clause in segment(document):
        clause_words = re.findall(r"\w+", unicodedata.normalize("NFKC", document.quote(clause.span)).casefold())
        if not clause_words:
            continue
        starts.add(len(words))
        if clause.kind not in NOT_ASSESSED:
            assessed.add(len(words))
        short += len(clause_words) < SHORT
        words += clause_words
    return Edition(words, frozenset(starts), frozenset(assessed), short / max(len(starts), 1))


def aligned(left: Sequence[str], right: Sequence[str]) -> dict[int, int]:
    """Return which word of `left` is which of `right`."""
    pairs: dict[int, int] = {}
    for block in LCSseq.opcodes(left, right):
        if block.tag == "equal":
            here, there = range(block.src_start, block.src_end), range(block.dest_start, block.dest_end)
            pairs.update(zip(here, there, strict=True))
    return pairs


def compare(paths: tuple[Path, Path], misses: int, *, everything: bool) -> float:
    """Print the agreement of two editions, and `misses` clauses of each that begin in it alone; return the F1."""
    editions = [edition_of(read(path.read_bytes(), path.name, Options())) for path in paths]
    pairs = aligned(editions[0].words, editions[1].words)
    others = (pairs, editions[1]), ({there: here for here, there in pairs.items()}, editions[0])
    counted = [edition.starts if everything else edition.assessed for edition in editions]
    alone = [
        sorted(start for start in starts if aligned_to.get(start) not in other.starts)
        for starts, (aligned_to, other) in zip(counted, others, strict=True)
    ]
    total = sum(map(len, counted))
    score = (total - sum(map(len, alone))) / max(total, 1)
    both = 2 * len(pairs) / max(sum(len(edition.words) for edition in editions), 1)
    figures = (
        f"{path.name} ({len(starts)} clauses, {edition.short:.2f} short)"
        for path, starts, edition in zip(paths, counted, editions, strict=True)
    )
    print(f"{score:.3f}  {' '.join(figures)}; words in both {both:.3f}")
    for path, edition, starts in zip(paths, editions, alone, strict=True):
        for start in starts[:misses]:
            before, after = edition.words[max(start - 6, 0) : start], edition.words[start : start + 12]
            print(f"      only {path.suffix}: {' '.join(before)} || {' '.join(after)}")
    return score


def main() -> None:
    """Print a line a pair and one for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--all", action="store_true")
    asked = parser.parse_args()
    scores = [
        compare(pair, asked.misses, everything=asked.all)
        for pair in zip(asked.files[::2], asked.files[1::2], strict=True)
    ]
    print(f"{sum(scores) / len(scores):.3f}  mean of {len(scores)} pairs, lowest {min(scores):.3f}")


if __name__ == "__main__":
    main()
