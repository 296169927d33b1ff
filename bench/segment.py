"""Measure how well clauses agree with the paragraphs that readers labeled, by format, and how fast they are cut.

Usage: python bench/segment.py SHARED [--misses N] [--only FORMAT]

SHARED is the folder with `documents/` and `clauses-train.jsonl`. A labeled paragraph counts as equal to a clause,
as contained in one (or containing it), or as alike (Jaccard index of word 5-grams above 0.7).
"""

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from pathlib import Path

from impact.errors import ImpactError
from impact.extract.options import Options
from impact.extract.readers import read
from impact.records import Clause, Document
from impact.segment import segment


def plain(text: str) -> str:
    """Return a text for comparison: letters and digits only, lower case, without the number in front."""
    return " ".join(re.findall(r"\w+", re.sub(r"\]\([^)]*\)|<[^<>]+>", "]", text.casefold())))


def grams(text: str) -> set[tuple[str, ...]]:
    """Return the word 5-grams of a text; of a shorter one, the text."""
    words = text.split()
    return {tuple(words[i : i + 5]) for i in range(max(1, len(words) - 4))}


def verdict(labeled: str, clauses: list[str], index: dict[tuple[str, ...], set[int]]) -> str:
    """Say how a labeled paragraph is found among the clauses."""
    wanted = grams(labeled)
    hits = Counter(number for gram in wanted for number in index.get(gram, ()))
    near = [clauses[number] for number, _ in hits.most_common(5)]
    joined = labeled.replace(" ", "")
    if any(joined.endswith(text.replace(" ", "")) and len(text) > 0.8 * len(labeled) for text in near):
        return "equal"
    if any(_jaccard(wanted, grams(text)) > 0.7 for text in near):
        return "alike"
    whole = [text for text in near if labeled in text or text in labeled]
    if whole:
        return "part of a clause" if any(labeled in text for text in whole) else "several clauses"
    return "overlaps" if hits and hits.most_common(1)[0][1] > 0.5 * len(wanted) else "missing"


def _jaccard(left: set[tuple[str, ...]], right: set[tuple[str, ...]]) -> float:
    return len(left & right) / len(left | right)


def measure(path: Path, rows: list[dict[str, str]]) -> tuple[Counter[str], list[tuple[str, str]], float, Document]:
    """Read and cut one document; return verdicts, misses, and seconds for the cutting."""
    document = read(path.read_bytes(), path.name, Options())
    began = time.process_time()
    clauses: tuple[Clause, ...] = segment(document)
    seconds = time.process_time() - began
    texts = [plain(document.quote(clause.span)) for clause in clauses]
    index: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        for gram in grams(text):
            index[gram].add(number)
    counts: Counter[str] = Counter()
    misses = []
    for row in rows:
        found = verdict(plain(row["text"]), texts, index)
        counts[found] += 1
        if found not in {"equal", "alike"}:
            misses.append((found, row["text"]))
    return counts, misses, seconds, document


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    by_document: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in (options.shared / "clauses-train.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        by_document[row["doc"]].append(row)
    paths = {path.name: path for path in (options.shared / "documents").rglob("*") if path.is_file()}
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    characters, seconds = 0, 0.0
    for name, rows in sorted(by_document.items()):
        kind = name.rpartition(".")[2]
        if name not in paths or (options.only and options.only not in name):
            continue
        try:
            counts, misses, spent, document = measure(paths[name], rows)
        except (ImpactError, ImportError) as error:
            print(f"{name}: {error}")
            continue
        totals[kind] += counts
        characters, seconds = characters + len(document.text), seconds + spent
        for found, text in misses[: options.misses]:
            print(f"{name} | {found} | {text[:160]!r}")
    print(f"{'format':8}{'labeled':>9}{'equal':>8}{'alike':>8}  rest")
    for kind, counts in sorted(totals.items()):
        total = counts.total()
        equal, alike = counts.pop("equal", 0), counts.pop("alike", 0)
        rest = ", ".join(f"{name} {count / total:.3f}" for name, count in counts.most_common())
        print(f"{kind:8}{total:9}{equal / total:8.3f}{alike / total:8.3f}  {rest}")
    print(f"{characters / max(seconds, 1e-9) / 1e6:.2f} million characters/s")


if __name__ == "__main__":
    main()
