"""Measure `impact match` on re-issues of one to three pages: rank of the true source, and what is told of it.

Usage: python bench/reissues.py --documents DIR --cache DIR [--largest BYTES] [--json FILE]

The queries are the re-issues of corpora/reissues/pairs-elm.tsv; its odd pairs are for development, its even ones for
test. The library is all originals of corpora/reissues, the neighbors (written apart on the same subjects; no
re-issues), the written contributions of corpora, and the documents in DIR. The originals and
the neighbors of these pairs are asked about as well, to count false alarms. --cache keeps sketches by digest of file.
"""

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from match_material import files_in, sketched

from impact.match.candidates import LibraryIndex, index_of, neighborhood
from impact.match.library import SketchLibrary
from impact.match.rule import chance
from impact.match.signals import align, signals
from impact.match.sketch import Sketch
from impact.paths import shelf

REISSUES = shelf("corpora") / "reissues"
WRITTEN = ("contributions", "calibration")


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What the program answers for one re-issue and one of its sources.

    Attributes:
        rank: Of the source among all documents of the library, 1-based.
        strength: Word of its match, or of its place among the nearest; empty if it is not shown.
        told: Whether it is shown as a match.
        others: Other documents that are shown as matches.
    """

    query: str
    source: str
    kind: str
    use: str
    rank: int
    strength: str
    told: bool
    others: tuple[str, ...]


def library_of(documents: list[Path], kept_in: Path) -> dict[str, Sketch]:
    """Return the sketches of the library by name."""
    own = [path for path in sorted(REISSUES.iterdir()) if "-original" in path.stem or "-neighbor" in path.stem]
    own += [path for name in WRITTEN for path in sorted((shelf("corpora") / name).glob("*.txt"))]
    pairs = ((path, sketched(path, kept_in, fresh=False)) for path in [*own, *documents])
    return {path.name: sketch for path, sketch in pairs if sketch}


def retrieved(row: dict[str, str], index: LibraryIndex, kept_in: Path) -> Iterator[Retrieval]:
    """Yield what is told of each re-issue of a pair, once for each source."""
    pair = row["pair"]
    sources = [name for name in index.names if name.startswith(f"{pair}-original")]
    for path in sorted(REISSUES.glob(f"{pair}-reissue*.txt")):
        query = sketched(path, kept_in, fresh=False)
        if query is None:
            continue
        near = neighborhood(query, index)
        scores = [chance(signals(known, query, align(known, query))) for known in index.sketches]
        words = {one.folder: one.strength for one in (*near.matches, *near.nearest)}
        told = [one.folder for one in near.matches]
        others = tuple(name for name in told if name not in sources)
        for source in sources:
            own = scores[index.names.index(source)]
            rank = 1 + sum(score > own and name not in sources for score, name in zip(scores, index.names, strict=True))
            word = words.get(source, "")
            yield Retrieval(path.name, source, row["kind"], row["use"], rank, word, source in told, others)


def counts(found: list[Retrieval]) -> dict[str, int]:
    """Return how many sources are first, told as a match, and shown at all."""
    return {
        "sources": len(found),
        "first": sum(one.rank == 1 for one in found),
        "told": sum(one.told for one in found),
        "shown": sum(bool(one.strength) for one in found),
        "false_alarms": sum(len(one.others) for one in found),
    }


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".match-cache"))
    parser.add_argument("--largest", type=int, default=100_000_000)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    inside = library_of(files_in(chosen.documents, chosen.largest), chosen.cache)
    index = index_of(SketchLibrary(Path(), inside))
    with (REISSUES / "pairs-elm.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    found = [one for row in rows if row["kind"] != "neighbor" for one in retrieved(row, index, chosen.cache)]
    by = defaultdict(list)
    for one in found:
        by[one.use].append(one)
        by[one.kind].append(one)
        print(f"{one.query:24} {one.source:24} {one.use:11} {one.kind:8} rank {one.rank:3}  {one.strength or '-'}")
    asked = {name: sketch for name, sketch in inside.items() if name.startswith("elm-")}
    alarms = {name: [one.name for one in neighborhood(sketch, index).matches] for name, sketch in asked.items()}
    out = {"documents": len(inside)} | {name: counts(ones) for name, ones in by.items()}
    out |= {"asked": len(asked), "asked_with_an_alarm": {name: ones for name, ones in alarms.items() if ones}}
    print(json.dumps(out, indent=1))
    if chosen.json:
        chosen.json.write_text(json.dumps(out | {"pairs": [asdict(one) for one in found]}, indent=1) + "\n")


if __name__ == "__main__":
    main()
