"""Measure `impact match` on re-issues in other words: rank of the true source, and what is told of it.

Usage: python bench/reissues.py --documents DIR --cache DIR [--set NAME]... [--neighbors COUNT] [--largest BYTES]
           [--ask COUNT] [--json FILE]

The queries are the re-issues of corpora/reissues/pairs-NAME.tsv. The library is all originals and neighbors of
corpora/reissues (neighbors are written apart on the same subject; no re-issues), the written contributions of corpora,
and the documents in DIR. Each re-issue is also compared with COUNT neighbors made here, in memory: texts of 15 to 60
provisions drawn from the 400 provisions of the documents in DIR that are nearest to its source as a whole. The
originals and neighbors of the sets, and --ask of the documents in DIR, are asked about as well, to count false alarms;
an alarm of a document that is of the same work is none. --cache keeps sketches by digest.
"""

import argparse
import csv
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from match_material import files_in, sketched, work_of

from impact.match.candidates import NEIGHBORS, neighborhood
from impact.match.library import SketchLibrary, open_library, write
from impact.match.rule import chance, strength
from impact.match.signals import align, signals
from impact.match.sketch import Sketch
from impact.match.store import FILE_NAME, to_bytes
from impact.paths import shelf

REISSUES = shelf("corpora") / "reissues"
WRITTEN = ("contributions", "calibration")
POOL, SHORTEST, LONGEST = 400, 15, 60
"""Of a neighbor made here: provisions that it is drawn from, and how many it has."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What the program answers for one re-issue and one of its sources.

    Attributes:
        rank: Of the source among all documents of the library, 1-based.
        strength: Word of its match, or of its place among the nearest; empty if it is not shown.
        told: Whether it is shown as a match.
        searched: Whether the search by the index finds it, so that it is compared.
        others: Other documents that are shown as matches.
    """

    query: str
    source: str
    kind: str
    use: str
    rank: int
    strength: str
    told: bool
    searched: bool
    others: tuple[str, ...]


def library_of(documents: list[Path], kept_in: Path) -> dict[str, Sketch]:
    """Return the sketches of the library by name."""
    written = [path for path in sorted(REISSUES.iterdir()) if "-original" in path.stem or "-neighbor" in path.stem]
    written += [path for name in WRITTEN for path in sorted((shelf("corpora") / name).glob("*.txt"))]
    pairs = ((path, sketched(path, kept_in, fresh=False)) for path in [*written, *documents])
    return {path.name: sketch for path, sketch in pairs if sketch}


def retrieved(
    row: dict[str, str], library: SketchLibrary, inside: dict[str, Sketch], kept_in: Path
) -> Iterator[Retrieval]:
    """Yield what is told of each re-issue of a pair, once for each source."""
    pair = row["pair"]
    sources = [name for name in inside if name.startswith(f"{pair}-original")]
    for path in sorted(REISSUES.glob(f"{pair}-reissue*.txt")):
        query = sketched(path, kept_in, fresh=False)
        if query is None:
            continue
        near, searched = neighborhood(query, library), library.near(query, NEIGHBORS)
        scores = {name: chance(signals(known, query, align(known, query))) for name, known in inside.items()}
        words = {match.folder: match.strength for match in (*near.matches, *near.nearest)}
        matched = [match.folder for match in near.matches]
        others = tuple(name for name in matched if name not in sources)
        for source in sources:
            better = [name for name, score in scores.items() if score > scores[source] and name not in sources]
            yield Retrieval(
                path.name,
                source,
                row["kind"],
                row["use"],
                1 + len(better),
                words.get(source, ""),
                source in matched,
                source in searched,
                others,
            )


def made_neighbors(source: Sketch, others: list[Sketch], count: int, seed: int) -> Iterator[Sketch]:
    """Yield texts on the subject of a source, made of provisions of other documents."""
    rng = random.Random(seed)  # noqa: S311 (a repeatable choice)
    owners = [(place, row) for place, other in enumerate(others) for row in range(len(other.provisions))]
    rows = np.concatenate([other.rows() for other in others])
    near = np.argsort(-rows @ source.rows().mean(axis=0), kind="stable")[:POOL].tolist()
    for number in range(count):
        drawn = sorted(rng.sample(near, min(len(near), rng.randint(SHORTEST, LONGEST))))
        parts = [(others[place], row) for place, row in (owners[at] for at in drawn)]
        yield replace(
            source,
            id=f"{number:064x}",
            provisions=tuple(other.provisions[row] for other, row in parts),
            vectors=np.array([other.vectors[row] for other, row in parts]),
            common=np.array([other.common[row] for other, row in parts]),
            runs=0,
        )


def alarms(query: Sketch, neighbors: Iterator[Sketch]) -> int:
    """Return how many of some neighbors are shown as a match of a query."""
    found = (signals(neighbor, query, align(neighbor, query)) for neighbor in neighbors)
    return sum(strength(evidence, chance(evidence)) is not None for evidence in found)


def counts(found: list[Retrieval]) -> dict[str, int]:
    """Return how many sources are first, told as a match, shown at all, and found by the search."""
    return {
        "sources": len(found),
        "first": sum(pair.rank == 1 for pair in found),
        "told": sum(pair.told for pair in found),
        "shown": sum(bool(pair.strength) for pair in found),
        "searched": sum(pair.searched for pair in found),
        "false_alarms": sum(len(pair.others) for pair in found),
    }


def made_alarms(
    found: list[Retrieval], inside: dict[str, Sketch], strangers: list[Path], asked: argparse.Namespace
) -> dict[str, int]:
    """Return how many neighbors were made for all queries together, and how many were shown as matches."""
    others = [inside[path.name] for path in strangers if path.name in inside and len(inside[path.name].provisions)]
    share, shown = -(-asked.neighbors // len(found)), 0
    for seed, pair in enumerate(found):
        query = sketched(REISSUES / pair.query, asked.cache, fresh=False)
        if query:
            shown += alarms(query, made_neighbors(inside[pair.source], others, share, seed))
    return {"neighbors_made": share * len(found), "neighbors_with_an_alarm": shown}


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".match-cache"))
    parser.add_argument("--set", dest="sets", action="append", help="elm, fir or another with a table of pairs")
    parser.add_argument("--neighbors", type=int, default=1000)
    parser.add_argument("--ask", type=int, default=0)
    parser.add_argument("--largest", type=int, default=100_000_000)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    strangers, sets = files_in(chosen.documents, chosen.largest), tuple(chosen.sets or ("elm",))
    inside = library_of(strangers, chosen.cache)
    rows = [row for name in sets for row in pairs_of(name) if row["kind"] != "neighbor"]
    with TemporaryDirectory() as folder:
        for name, sketch in inside.items():
            write(Path(folder) / name / FILE_NAME, to_bytes(sketch))
        library = open_library(Path(folder))
        found = [pair for row in rows for pair in retrieved(row, library, inside, chosen.cache)]
        asked = {name: sketch for name, sketch in inside.items() if name.startswith(sets)}
        near = {name: neighborhood(sketch, library).matches for name, sketch in asked.items()}
        alien = alarms_of(sample([path.name for path in strangers if path.name in inside], chosen.ask), inside, library)
    by = defaultdict(list)
    for pair in found:
        for group in (pair.query[: pair.query.index("-")], pair.use, pair.kind):
            by[group].append(pair)
        print(
            f"{pair.query:24} {pair.source:24} {pair.use:11} {pair.kind:8} rank {pair.rank:3}  {pair.strength or '-'}"
        )
    out: dict[str, object] = {"documents": len(inside)} | {name: counts(pairs) for name, pairs in by.items()}
    out |= {
        "asked": len(asked),
        "asked_with_an_alarm": {name: [match.name for match in matched] for name, matched in near.items() if matched},
        "documents_asked": len(alien),
        "documents_with_an_alarm": {name: names for name, names in alien.items() if names},
    }
    out |= made_alarms(found, inside, strangers, chosen)
    print(json.dumps(out, indent=1))
    if chosen.json:
        chosen.json.write_text(json.dumps(out | {"pairs": [asdict(pair) for pair in found]}, indent=1) + "\n")


def sample(names: list[str], count: int) -> list[str]:
    """Return some of the names, the same each time."""
    return sorted(random.Random(1).sample(names, min(count, len(names))))  # noqa: S311 (a repeatable choice)


def alarms_of(names: list[str], inside: dict[str, Sketch], library: SketchLibrary) -> dict[str, list[str]]:
    """Return the documents that are shown as matches of each of some documents, without those of the same work."""
    shown = {name: neighborhood(inside[name], library).matches for name in names}
    return {
        name: [match.name for match in matched if work_of(match.name) != work_of(name)]
        for name, matched in shown.items()
    }


def pairs_of(name: str) -> list[dict[str, str]]:
    """Return the rows of the table of a set."""
    with (REISSUES / f"pairs-{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


if __name__ == "__main__":
    main()
