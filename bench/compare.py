"""Measure how well clauses of revisions are aligned, on revisions made of real documents with known truth.

Usage: python bench/compare.py FOLDER [--seeds N] [--cache FILE] [--worst N] [--only TEXT]

The clauses of each document under FOLDER are edited by script: words changed (5 to 40 % of them), runs of clauses
moved, sections renumbered, clauses split at a sentence boundary (pieces of three words and more), merged with the next
one, added from other documents, removed; 10 to 40 % of the clauses are touched. Truth and answer are pairs (old clause,
new clause); a split into two is two pairs. Printed: F1 over all pairs, F1 over the pairs of touched clauses alone (the
harder figure), seconds; for each kind of edit the share of its pairs found, and of what was found, the share that was
named so; the worst documents.
"""

import argparse
import pickle
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from impact.compare.align import ClauseLink, LinkKind, align
from impact.compare.wording import key_of, words_of
from impact.errors import ImpactError
from impact.pipeline import prepare
from impact.records.report import ReportClause
from impact.report.jsonfile import report_clause

RATES = (0.1, 0.2, 0.3, 0.4)
EDITS = ("words", "words", "moved", "split", "merged", "added", "removed")
NAMED = {
    "unchanged": {LinkKind.UNCHANGED, LinkKind.RENUMBERED},
    "words": {LinkKind.REWORDED},
    "moved": {LinkKind.MOVED, LinkKind.REWORDED},
    "split": {LinkKind.SPLIT},
    "merged": {LinkKind.MERGED},
}
LEAST_PIECE = 3
PROSE = {"requirement", "statement", "definition", "note", "example", "informative", "boilerplate"}
SENTENCE = re.compile(r"(?<=[.!?;:])\s+(?=\S)|(?<=\u3002)")


@dataclass(frozen=True, slots=True)
class Source:
    """A document: its path, format and clauses."""

    path: str
    format: str
    clauses: tuple[ReportClause, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A clause of the revision: the old indices that it comes from, what was done, and the clause."""

    sources: tuple[int, ...]
    edit: str
    clause: ReportClause


@dataclass(frozen=True, slots=True)
class Result:
    """Counts of one revision."""

    truth: int
    answer: int
    right: int
    touched: tuple[int, int, int]
    found: Counter[tuple[str, str]]
    seconds: float

    @property
    def f1(self) -> float:
        """F1 over all pairs."""
        return f1(self.truth, self.answer, self.right)


def f1(truth: int, answer: int, right: int) -> float:
    """Return the harmonic mean of precision and recall; 1 where there is nothing to find and nothing was said."""
    return 2 * right / (truth + answer) if truth + answer else 1.0


def load(path: Path) -> Source | None:
    """Return the clauses of a document, or None where it cannot be read."""
    try:
        proposal, clauses = prepare(path)
    except ImpactError:
        return None
    clauses = tuple(report_clause(proposal.document, clause) for clause in clauses)
    return Source(str(path), proposal.document.format, clauses)


def sources(folder: Path, cache: Path | None) -> list[Source]:
    """Return the documents under a folder that have at least 20 clauses, by path."""
    if cache and cache.exists():
        return list(pickle.loads(cache.read_bytes()))  # noqa: S301 (written by ourselves)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".tsv")
    with ProcessPoolExecutor(2) as pool:
        found = [source for source in pool.map(load, files) if source and len(source.clauses) >= 20]
    if cache:
        cache.write_bytes(pickle.dumps(found))
    return found


def revise(source: Source, others: Sequence[ReportClause], rate: float, seed: str) -> list[Item]:
    """Return a revision of a document in which about `rate` of the clauses are touched."""
    chance = random.Random(seed)  # noqa: S311 (not for secrets)
    items = [Item((index,), "unchanged", clause) for index, clause in enumerate(source.clauses)]
    for _ in range(round(rate * len(items))):
        at = chance.randrange(len(items))
        if items[at].edit == "unchanged":
            EDITS_BY_NAME[chance.choice(EDITS)](items, at, others, chance)
    if chance.random() < 0.5:
        _renumber(items, chance)
    return [replace(item, clause=replace(item.clause, id=f"n{index}", page=1)) for index, item in enumerate(items)]


def _words(
    items: list[Item], at: int, others: Sequence[ReportClause], chance: random.Random, edit: str = "words"
) -> None:
    words = items[at].clause.text.split()
    strange = chance.choice(others).text.split()
    share = chance.uniform(0.05, 0.4)
    count = max(1, round(share * len(words)))
    if len(words) < 2:
        return
    for _ in range(count):
        place = chance.randrange(len(words))
        match chance.randrange(3):
            case 0:
                words[place] = chance.choice(strange)
            case 1:
                words.insert(place, chance.choice(strange))
            case 2 if len(words) > 1:
                del words[place]
    text = " ".join(words)
    if text.split() != items[at].clause.text.split():
        items[at] = replace(items[at], edit=edit, clause=replace(items[at].clause, text=text))


def _move(items: list[Item], at: int, others: Sequence[ReportClause], chance: random.Random) -> None:
    end = at + chance.randint(1, 4)
    run = items[at:end]
    if any(item.edit != "unchanged" for item in run):
        return
    del items[at:end]
    to = chance.randrange(len(items) + 1)
    beside = items[to - 1].clause
    items[to:to] = [
        replace(item, edit="moved", clause=replace(item.clause, number=beside.number, headings=beside.headings))
        for item in run
    ]
    for place in range(to, to + len(run)):
        if chance.random() < 0.2:
            _words(items, place, others, chance, "moved")


def _split(items: list[Item], at: int, _others: Sequence[ReportClause], chance: random.Random) -> None:
    sentences = SENTENCE.split(items[at].clause.text)
    if len(sentences) < 2:
        return
    cut = chance.randrange(1, len(sentences))
    parts = [" ".join(sentences[:cut]), " ".join(sentences[cut:])]
    if all(len(words_of(key_of(part))) >= LEAST_PIECE for part in parts) and items[at].clause.kind in PROSE:
        items[at : at + 1] = [
            replace(items[at], edit="split", clause=replace(items[at].clause, text=part)) for part in parts
        ]


def _merge(items: list[Item], at: int, _others: Sequence[ReportClause], _chance: random.Random) -> None:
    pair = items[at : at + 2]
    if len(pair) < 2 or any(item.edit != "unchanged" or item.clause.kind == "heading" for item in pair):
        return
    text = " ".join(item.clause.text for item in pair)
    clause = replace(pair[0].clause, text=text)
    items[at : at + 2] = [Item((*pair[0].sources, *pair[1].sources), "merged", clause)]


def _add(items: list[Item], at: int, others: Sequence[ReportClause], chance: random.Random) -> None:
    beside = items[at].clause
    clause = replace(chance.choice(others), number=beside.number, headings=beside.headings)
    items.insert(at, Item((), "added", clause))


def _remove(items: list[Item], at: int, _others: Sequence[ReportClause], _chance: random.Random) -> None:
    del items[at]


EDITS_BY_NAME = {"words": _words, "moved": _move, "split": _split, "merged": _merge, "added": _add, "removed": _remove}


def _renumber(items: list[Item], chance: random.Random) -> None:
    """Raise the first figure of each official number from some section on."""
    firsts = sorted({int(found[0]) for item in items if (found := re.match(r"\d{1,2}(?!\d)", item.clause.number))})
    if not firsts:
        return
    start = chance.choice(firsts)

    def raised(text: str) -> str:
        found = re.match(r"\d{1,2}(?!\d)", text)
        return f"{int(found[0]) + 1}{text[found.end() :]}" if found and int(found[0]) >= start else text

    for index, item in enumerate(items):
        clause = item.clause
        headings = tuple(raised(heading) for heading in clause.headings)
        items[index] = replace(item, clause=replace(clause, number=raised(clause.number), headings=headings))


def judge(source: Source, items: Sequence[Item]) -> Result:
    """Align a revision and count."""
    began = time.process_time()
    links = align(source.clauses, [item.clause for item in items])
    seconds = time.process_time() - began
    truth = {(old, new): item.edit for new, item in enumerate(items) for old in item.sources}
    answer: dict[tuple[int, int], ClauseLink] = {
        (old, new): link for link in links for old in link.old for new in link.new
    }
    found: Counter[tuple[str, str]] = Counter()
    for pair, edit in truth.items():
        found[edit, "truth"] += 1
        if pair in answer:
            found[edit, "found"] += 1
            found[edit, "named"] += answer[pair].kind in NAMED[edit]
    held_old, held_new = {old for old, _ in truth}, {new for _, new in truth}
    for link in links:
        _count_alone(link, held_old, held_new, found)
    right = truth.keys() & answer.keys()
    easy = {pair for pair, edit in truth.items() if edit == "unchanged"}
    touched = (len(truth) - len(easy), len(answer.keys() - easy), len(right - easy))
    return Result(len(truth), len(answer), len(right), touched, found, seconds)


def _count_alone(link: ClauseLink, known_old: set[int], known_new: set[int], found: Counter[tuple[str, str]]) -> None:
    """Count clauses that have no counterpart in truth: how many of them are left alone."""
    for edit, side, known in (("removed", link.old, known_old), ("added", link.new, known_new)):
        for index in side:
            if index not in known:
                found[edit, "truth"] += 1
                found[edit, "found"] += link.kind.value == edit
                found[edit, "named"] += link.kind.value == edit


def summed(results: Sequence[Result]) -> str:
    """Return one line of figures."""
    whole = f1(*(sum(getattr(result, name) for result in results) for name in ("truth", "answer", "right")))
    hard = f1(*(sum(result.touched[place] for result in results) for place in range(3)))
    least = min(result.f1 for result in results)
    slowest = max(result.seconds for result in results)
    return f"F1 {whole:.4f}, touched {hard:.4f}, lowest {least:.4f}, slowest {slowest:.2f} s"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--worst", type=int, default=10)
    parser.add_argument("--only", default="")
    chosen = parser.parse_args()
    documents = sources(chosen.folder, chosen.cache)
    others = [clause for document in documents for clause in document.clauses if len(clause.text.split()) > 3]
    rows: list[tuple[Source, Result]] = []
    for number, document in enumerate(document for document in documents if chosen.only in document.path):
        for seed in range(chosen.seeds):
            rate = RATES[(number + seed) % len(RATES)]
            items = revise(document, others, rate, f"{seed}/{Path(document.path).name}")
            rows.append((document, judge(document, items)))
    if not rows:
        sys.exit("No document with 20 clauses or more")
    _print(rows, chosen.worst)


def _print(rows: Sequence[tuple[Source, Result]], worst: int) -> None:
    results = [result for _, result in rows]
    print(f"{len(rows)} revisions, {sum(result.truth for result in results)} pairs: {summed(results)}")
    by_format: dict[str, list[Result]] = defaultdict(list)
    for document, result in rows:
        by_format[document.format].append(result)
    for name, results in sorted(by_format.items()):
        print(f"  {name:9} {len(results):4}  {summed(results)}")
    total: Counter[tuple[str, str]] = Counter()
    for _, result in rows:
        total += result.found
    for edit in (*NAMED, "added", "removed"):
        count, found = total[edit, "truth"], total[edit, "found"]
        named = total[edit, "named"] / found if found else 1.0
        print(f"  {edit:9} {count:7} pairs, found {found / max(count, 1):.4f}, of these named so {named:.4f}")
    for document, result in sorted(rows, key=lambda row: row[1].f1)[:worst]:
        print(f"  {result.f1:.4f} {document.format:9} {len(document.clauses):5} clauses  {Path(document.path).name}")


if __name__ == "__main__":
    main()
