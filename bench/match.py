"""Measure `impact.match`: known proposals under another name, against neighbors and strangers.

Usage: python bench/match.py --documents DIR --cache DIR [--largest BYTES] [--fresh] [--json FILE]
       python bench/match.py --documents DIR --stock

Re-issues: the pairs s1 to s6 and fir of corpora/reissues, and copies made here of documents in DIR (new title, new
names, sections shuffled, 20 to 60 % of the clauses from one document, the rest from eight others). Works: documents in
DIR of which another form is among them, a revision, a renamed draft, another format. The library is all originals and
all documents in DIR. Figures are given for each word that a match is shown with, stronger ones included.

--stock writes impact/match/stock.npz (no vectors in it: not needed after a change of the encoder). --cache keeps
sketches by digest of file; their vectors are renewed when the encoder changes, --fresh analyzes every file anew.
"""

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from match_material import Known, files_in, material, subject_of, work_of

from impact.errors import ImpactError
from impact.match import copied, library, store
from impact.match.candidates import NEIGHBORS
from impact.match.masking import masked, terms_of
from impact.match.rule import chance, rule, strength, surplus
from impact.match.signals import Signals, align, signals
from impact.pipeline import prepare

HERE = Path(__file__).parents[1] / "impact" / "match"
MANY = 4
WORDS = tuple(band.word for band in rule().strength)
SHOWN = 3


WRITTEN = frozenset({"original", "reissue"})
LIBRARY = frozenset({"original", "stranger"})


def compared(found: list[Known]) -> dict[tuple[int, int], Signals]:
    """Return the signals of each query (first) and each document of the library (second), by place.

    Written documents and strangers are compared among themselves too, each pair once, to count false alerts.
    """
    values = {}
    for query, source in enumerate(found):
        for place, other in enumerate(found):
            kinds = {source.kind, other.kind}
            once = place < query and (kinds <= WRITTEN or kinds == {"stranger"})
            ask = source.kind in {"reissue", "copy"} and other.kind in LIBRARY and not kinds <= WRITTEN
            if (once or ask) and other.name not in source.part:
                values[query, place] = signals(other.sketch, source.sketch, align(other.sketch, source.sketch))
    return values


def uncrowded(values: dict[tuple[int, int], Signals]) -> dict[tuple[int, int], Signals]:
    """Return the signals without what many documents have in common with a query."""
    by_query = defaultdict(list)
    for (query, _), evidence in values.items():
        by_query[query].append(evidence.distinct)
    common = {query: surplus(distinct) for query, distinct in by_query.items()}
    return {pair: replace(signals, distinct=signals.distinct - common[pair[0]]) for pair, signals in values.items()}


def ranked(
    found: list[Known], scores: dict[tuple[int, int], float], shown: set[tuple[int, int]]
) -> dict[int, list[int]]:
    """Return, for each query, the places of all documents of the library that are shown, best first."""
    by_query = defaultdict(list)
    for pair, score in scores.items():
        for query, place in (pair, pair[::-1]):
            if found[place].kind in LIBRARY:
                by_query[query] += [(-score, place)] if pair in shown else []
    return {query: [place for _, place in sorted(rows)] for query, rows in by_query.items()}


def non_pairs(
    found: list[Known], shown: set[tuple[int, int]], scores: Iterable[tuple[int, int]]
) -> dict[str, list[bool]]:
    """Return which pairs that are none are shown: written ones within a subject, 60 across, and with strangers."""
    kinds = defaultdict(list)
    for query, place in scores:
        query_text, near_text = found[query], found[place]
        if near_text.name not in query_text.same and query_text.name not in near_text.same:
            near = "near" if subject_of(query_text.name) == subject_of(near_text.name) else "across"
            kind = near if {query_text.kind, near_text.kind} <= WRITTEN else f"{query_text.kind}-{near_text.kind}"
            kinds[kind].append((query, place) in shown)
    rng = random.Random(1)  # noqa: S311 (a repeatable choice)
    kinds["across"] = rng.sample(kinds["across"], min(60, len(kinds["across"])))
    return kinds


def figures(
    found: list[Known],
    values: dict[tuple[int, int], Signals],
    scores: dict[tuple[int, int], float],
    words: Sequence[str],
) -> dict[str, float]:
    """Return recall at `SHOWN` of what is shown with one of `words`, and shares of false alerts."""
    strengths = {pair: strength(values[pair], score) for pair, score in scores.items()}
    shown = {pair for pair, word in strengths.items() if word and word[0] in words}
    places, out = ranked(found, scores, shown), {}
    for kind in ("reissue", "copy", "stranger"):
        queries = [at for at, text in enumerate(found) if text.kind == kind and at in places and text.same]
        right = [any(found[at].name in found[query].same for at in places[query][:SHOWN]) for query in queries]
        name = "work" if kind == "stranger" else kind
        out |= {f"{name}_queries": len(queries), f"{name}_recall_at_3": sum(right) / max(len(right), 1)}
    kinds = non_pairs(found, shown, scores)
    for kind, alerts in kinds.items():
        out |= {f"{kind}_pairs": len(alerts), f"{kind}_alerts": sum(alerts) / len(alerts)}
    both = kinds["near"] + kinds["across"]
    out["non_pairs_alerts"] = sum(both) / len(both)
    strangers = [at for at, text in enumerate(found) if text.kind == "stranger" and at in places]
    alerted = [any(found[at].name not in found[query].same for at in places[query]) for query in strangers]
    out["strangers_with_an_alert"] = sum(alerted) / max(len(alerted), 1)
    return {name: round(value, 4) for name, value in out.items()}


def write_stock(documents: list[Path]) -> None:
    """Write stock.npz: sequences of words that stand in `MANY` works or more."""
    works = defaultdict(set)
    for path in documents:
        try:
            proposal, clauses = prepare(path, jailed=False)
        except ImpactError as error:
            print(f"passed over: {path.name}: {error}")
            continue
        terms = terms_of(proposal, clauses)
        texts = (masked(proposal.document.quote(clause.span), terms) for clause in clauses if clause.assessed)
        for run in copied.runs(texts):
            works[run].add(work_of(path.name))
    kept = np.array(sorted(run for run, in_ in works.items() if len(in_) >= MANY), np.uint32)
    np.savez_compressed(HERE / copied.STOCK, runs=kept)


def missed_by_search(found: list[Known]) -> int:
    """Return how many right documents the search leaves out before it compares clauses."""
    missed = 0
    with TemporaryDirectory() as folder:
        for known in found:
            if known.kind in LIBRARY:
                library.write(Path(folder) / known.name / store.FILE_NAME, store.to_bytes(known.sketch))
        inside = library.open_library(Path(folder))
        for known in found:
            if known.kind in {"reissue", "copy"}:
                missed += not set(inside.near(known.sketch, NEIGHBORS)) & known.same
    return missed


def main() -> None:
    """Measure, and fit if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".match-cache"))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--largest", type=int, default=100_000_000)
    for flag in ("fresh", "stock"):
        parser.add_argument(f"--{flag}", action="store_true")
    chosen, began = parser.parse_args(), time.perf_counter()
    documents = files_in(chosen.documents, chosen.largest)
    if chosen.stock:
        write_stock(documents)
        return
    found = material(documents, chosen.cache, fresh=chosen.fresh)
    values = compared(found)
    values = uncrowded(values)
    scores = {pair: chance(evidence) for pair, evidence in values.items()}
    out: dict[str, object] = {"documents": len(found)}
    out |= {word: figures(found, values, scores, WORDS[: place + 1]) for place, word in enumerate(WORDS)}
    out |= {"missed_by_search": missed_by_search(found), "seconds": round(time.perf_counter() - began)}
    print(json.dumps(out, indent=1))
    if chosen.json:
        chosen.json.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
