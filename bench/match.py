"""Measure and fit `impact.match`: known proposals under another name, against neighbors and strangers.

Usage: python bench/match.py --documents DIR --cache DIR [--largest BYTES] [--fit] [--fresh] [--json FILE]
       python bench/match.py --documents DIR --stock

Re-issues: the pairs of corpora/reissues, and copies made here of documents in DIR (new title, new names, sections
shuffled, 20 to 60 % of the clauses from one document, the rest from eight others). The library is all originals and all
documents in DIR. Whatever is told of a query was fitted without its subject (re-issues) or its sixth of the documents.

--fit writes impact/match/background.npz (vectors of the encoder in use) and the weights and cuts in rule.toml. --stock
writes impact/match/stock.npz (no vectors in it: not needed after a change of the encoder). --cache keeps sketches by
digest of file; their vectors are renewed when the encoder changes, --fresh analyzes every file anew.
"""

import argparse
import hashlib
import json
import random
import re
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from impact.classify.encoder import load as load_encoder
from impact.errors import ImpactError
from impact.match import background, copied, library, store
from impact.match.candidates import index_of, worth_comparing
from impact.match.masking import masked, terms_of
from impact.match.signals import Signals, align, signals
from impact.match.sketch import Sketch, renewed, sketch_of
from impact.paths import shelf
from impact.pipeline import analyze, prepare

HERE = Path(__file__).parents[1] / "impact" / "match"
FOLDS, COPIES, MANY = 6, 40, 4
WORKS = (
    "rfc8932",
    "rfc9076",
    "9458|ohai-ohttp",
    "17301|rice_model",
    "P.340-",
    "attribution|floc|topics",
    "Web-Environment",
)
"""Files of one work, which are no strangers to each other."""
NAMES = tuple(Signals.__dataclass_fields__)
SHOWN, CALM = 3, 10.0
SYLLABLES = (
    "bal",
    "cor",
    "dun",
    "fel",
    "gar",
    "hin",
    "jor",
    "kel",
    "lum",
    "mor",
    "nis",
    "ost",
    "pel",
    "quin",
    "ras",
    "sol",
)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A document of the measurement: its sketch, kind, fold, and the names of documents that it is a re-issue of."""

    name: str
    kind: str
    fold: int
    sketch: Sketch
    same: frozenset[str] = frozenset()
    part: frozenset[str] = frozenset()


def sketched(path: Path, kept_in: Path, *, fresh: bool, by: str = "model") -> Sketch | None:
    """Return the sketch of a file, from the cache where it is there; None if it cannot be read."""
    kept = kept_in / f"{hashlib.sha256(path.read_bytes()).hexdigest()}.npz"
    try:
        sketch = store.read(kept) if kept.exists() and not fresh else sketch_of(analyze(path, by=(by,), jailed=False))
    except ImpactError as error:
        print(f"passed over: {path.name}: {error}")
        return None
    new = renewed(sketch)
    library.write(kept, store.to_bytes(new))
    return new


def files_in(folder: Path, largest: int) -> list[Path]:
    """Return the documents below a folder of at most `largest` bytes, in order."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [
        path for path in found if path.suffix != ".tsv" and path.name != "README.md" and path.stat().st_size <= largest
    ]


def work_of(name: str) -> str:
    """Return what tells documents of one work."""
    return next((pattern for pattern in WORKS if re.search(pattern, name)), name)


def fold_of(name: str) -> int:
    """Return the sixth that a document belongs to, 0-based."""
    return hashlib.sha256(work_of(name).encode()).digest()[0] % FOLDS


def invented(rng: random.Random, term: str) -> str:
    """Return a name for a thing that had the name `term`: as many capitals, other letters."""
    if term.isupper():
        return "".join(rng.choice("ABDEFGKLMNPRSTVXZ") for _ in term[:5])
    word = "".join(rng.sample(SYLLABLES, 2))
    return f"{word.capitalize()} {rng.choice(['Office', 'Unit', 'Point', 'Block'])}" if term[0].isupper() else word


def copy_of(path: Path, others: list[Path], seed: int) -> tuple[str, list[str]] | None:
    """Return a re-issue with copied text, in Markdown, and the names of what else is in it; None if it is too short."""
    rng = random.Random(seed)  # noqa: S311 (a repeatable choice)
    own = [text for text in _clauses(path) if len(text.split()) >= 8]
    if len(own) < 30:
        return None
    keep = min(60, max(8, round(len(own) * rng.uniform(0.2, 0.6))))
    proposal, clauses = prepare(path, jailed=False)
    names = {term.lower(): invented(rng, term) for term in terms_of(proposal, clauses)}
    pattern = re.compile(
        r"\b(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")\b", re.IGNORECASE
    )
    start = rng.randrange(len(own) - keep + 1)
    taken = [pattern.sub(lambda match: names[match[0].lower()], text) for text in own[start : start + keep]]
    fillers = rng.sample(others, 8)
    share = rng.uniform(0.2, 0.6)
    wanted = round(keep * (1 - share) / share / 8)
    rest = []
    for other in fillers:
        found = _clauses(other)
        rest += rng.sample(found, min(len(found), wanted))
    body = taken + rest
    rng.shuffle(body)
    title = " ".join(rng.choice(SYLLABLES).capitalize() + rng.choice(SYLLABLES) for _ in range(4))
    lines = [f"# {title}", ""]
    for number, text in enumerate(body):
        lines += [f"## {number // 8 + 1} {rng.choice(SYLLABLES).capitalize()}", ""] if number % 8 == 0 else []
        lines += [f"{number // 8 + 1}.{number % 8 + 1} {text}", ""]
    return "\n".join(lines), [other.name for other in fillers]


@cache
def _clauses(path: Path) -> list[str]:
    proposal, clauses = prepare(path, jailed=False)
    said = [" ".join(proposal.document.quote(one.span).split()) for one in clauses if one.assessed]
    return [text for text in said if 5 <= len(text.split()) <= 150]


def copies(documents: list[Path], kept_in: Path) -> list[tuple[Path, Path, list[str]]]:
    """Return copy, document copied, and what else is in it; they are written to the cache once."""
    folder = kept_in / "copies"
    folder.mkdir(parents=True, exist_ok=True)
    rng, english = random.Random(7), [path for path in documents if 15_000 < path.stat().st_size < 150_000]  # noqa: S311
    english = [path for path in english if path.suffix in {".txt", ".md", ".xml", ".html", ".docx"}]
    made = []
    for seed, path in enumerate(rng.sample(english, min(len(english), COPIES + 30))):
        stem = f"copy-{seed}-{hashlib.sha256(path.name.encode()).hexdigest()[:8]}"
        text, listed = folder / f"{stem}.md", folder / f"{stem}.json"
        if not listed.exists():
            found = copy_of(path, [one for one in english if work_of(one.name) != work_of(path.name)], seed)
            text.write_text(found[0] if found else "", encoding="utf-8")
            listed.write_text(json.dumps(found[1] if found else None), encoding="utf-8")
        if (parts := json.loads(listed.read_text("utf-8"))) is not None:
            made.append((text, path, parts))
    return made[:COPIES]


def material(shared: list[Path], kept_in: Path, *, fresh: bool) -> list[Known]:
    """Return all documents of the measurement."""
    found = []
    pairs = sorted(shelf("corpora").joinpath("reissues").glob("*.md"))
    for path in pairs:
        pair, kind = path.stem.rsplit("-", 1)
        same = frozenset({f"{pair}-original.md", f"{pair}-reissue.md"} - {path.name})
        if kind in {"original", "reissue"} and (sketch := sketched(path, kept_in, fresh=fresh)):
            found.append(Known(path.name, kind, int(path.name[1]) % FOLDS, sketch, same))
    for path in shared:
        if sketch := sketched(path, kept_in, fresh=fresh):
            same = frozenset(one.name for one in shared if work_of(one.name) == work_of(path.name)) - {path.name}
            found.append(Known(path.name, "stranger", fold_of(path.name), sketch, same))
    for text, path, parts in copies(shared, kept_in):
        if sketch := sketched(text, kept_in, fresh=fresh, by="cues"):
            same = frozenset(one.name for one in shared if work_of(one.name) == work_of(path.name))
            found.append(Known(text.name, "copy", fold_of(path.name), sketch, same, frozenset(parts)))
    return found


WRITTEN = frozenset({"original", "reissue"})
LIBRARY = frozenset({"original", "stranger"})


def compared(found: list[Known]) -> dict[tuple[int, int], list[float]]:
    """Return the signals of each query (first) and each document of the library (second), by place.

    Written documents and strangers are compared among themselves too, each pair once, to count false alerts.
    """
    values = {}
    for query, one in enumerate(found):
        for place, other in enumerate(found):
            kinds = {one.kind, other.kind}
            once = place < query and (kinds <= WRITTEN or kinds == {"stranger"})
            ask = one.kind in {"reissue", "copy"} and other.kind in LIBRARY and not kinds <= WRITTEN
            if (once or ask) and other.name not in one.part:
                said = asdict(signals(other.sketch, one.sketch, align(other.sketch, one.sketch)))
                values[query, place] = [said[name] for name in NAMES]
    return values


def fitted(found: list[Known], values: dict[tuple[int, int], list[float]], without: int | None) -> LogisticRegression:
    """Return the regression of all pairs in which no document is of the fold `without`; kinds of pairs weigh alike."""
    rows, right, kinds = [], [], []
    for (query, place), said in values.items():
        one, other = found[query], found[place]
        if without in {one.fold, other.fold} or (one.kind == "stranger" and other.name in one.same):
            continue
        rows.append(said)
        right.append(other.name in one.same)
        kinds.append((one.kind, other.kind, one.name[:2] == other.name[:2], right[-1]))
    counts = {kind: kinds.count(kind) for kind in set(kinds)}
    weights = [1 / counts[kind] * (3 if kind[-1] else 1) for kind in kinds]
    scaled = np.array(weights) * len(kinds) / sum(weights)
    return LogisticRegression(C=CALM, max_iter=5000).fit(np.array(rows), np.array(right), sample_weight=scaled)


def chances(found: list[Known], values: dict[tuple[int, int], list[float]]) -> dict[tuple[int, int], float]:
    """Return the chance of each pair by the regression that has not seen the fold of the query."""
    by_fold = {fold: fitted(found, values, fold) for fold in range(FOLDS)}
    out = {}
    for fold, model in by_fold.items():
        pairs = [pair for pair in values if found[pair[0]].fold == fold]
        if pairs:
            out |= dict(zip(pairs, model.predict_proba(np.array([values[pair] for pair in pairs]))[:, 1], strict=True))
    return out


def ranked(found: list[Known], scores: dict[tuple[int, int], float]) -> dict[int, list[tuple[float, int]]]:
    """Return, for each query, chance and place of all documents of the library, best first."""
    by_query = defaultdict(list)
    for pair, score in scores.items():
        for query, place in (pair, pair[::-1]):
            if found[place].kind in LIBRARY:
                by_query[query].append((score, place))
    return {query: sorted(rows, key=lambda row: (-row[0], row[1])) for query, rows in by_query.items()}


def non_pairs(found: list[Known], scores: dict[tuple[int, int], float]) -> dict[str, list[float]]:
    """Return the chances of pairs that are none: written ones within a subject, 60 across, with strangers, of those."""
    kinds = defaultdict(list)
    for (query, place), score in scores.items():
        one, other = found[query], found[place]
        if other.name not in one.same and one.name not in other.same:
            near = "near" if one.name[:2] == other.name[:2] else "across"
            kinds[near if {one.kind, other.kind} <= WRITTEN else f"{one.kind}-{other.kind}"].append(score)
    rng = random.Random(1)  # noqa: S311 (a repeatable choice)
    kinds["across"] = rng.sample(kinds["across"], min(60, len(kinds["across"])))
    return kinds


def figures(found: list[Known], scores: dict[tuple[int, int], float], cut: float) -> dict[str, float]:
    """Return recall at `SHOWN` of what is shown, and shares of false alerts, at a cut."""
    places, out = ranked(found, scores), {}
    for kind in ("reissue", "copy"):
        queries = [at for at, one in enumerate(found) if one.kind == kind and at in places]
        right = [
            any(score >= cut and found[at].name in found[query].same for score, at in places[query][:SHOWN])
            for query in queries
        ]
        out |= {f"{kind}_queries": len(queries), f"{kind}_recall_at_3": sum(right) / max(len(right), 1)}
    kinds = non_pairs(found, scores)
    for kind, values in kinds.items():
        out |= {f"{kind}_pairs": len(values), f"{kind}_alerts": sum(value >= cut for value in values) / len(values)}
    both = kinds["near"] + kinds["across"]
    out["non_pairs_alerts"] = sum(value >= cut for value in both) / len(both)
    strangers = [at for at, one in enumerate(found) if one.kind == "stranger" and at in places]
    alerted = [
        any(score >= cut and found[at].name not in found[query].same for score, at in places[query])
        for query in strangers
    ]
    out["strangers_with_an_alert"] = sum(alerted) / max(len(alerted), 1)
    return {name: round(value, 4) for name, value in out.items()}


def write_rule(model: LogisticRegression) -> None:
    """Write the weights into rule.toml."""
    path = HERE / "rule.toml"
    pairs = [("bias", model.intercept_[0]), *zip(NAMES, model.coef_[0], strict=True)]
    table = "".join(f"{name} = {value:.4f}\n" for name, value in pairs)
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?<=\[weights\]\n)(?:\w+ = .*\n)+", table, text), encoding="utf-8")


def write_background() -> None:
    """Write background.npz with the encoder in use, from each 25th clause of corpora/written."""
    encoder = load_encoder()
    files = sorted(shelf("corpora").joinpath("written").glob("w*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()[::25]]
    vectors = np.array([encoder.vector(masked(json.loads(line)["text"], ())) for line in lines])
    (HERE / background.FILE_NAME).write_bytes(background.made(encoder.digest, vectors))
    background.load.cache_clear()


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
        said = (masked(proposal.document.quote(one.span), terms) for one in clauses if one.assessed)
        for run in copied.runs(said):
            works[run].add(work_of(path.name))
    kept = np.array(sorted(run for run, in_ in works.items() if len(in_) >= MANY), np.uint32)
    np.savez_compressed(HERE / copied.STOCK, runs=kept)


def missed_by_search(found: list[Known]) -> int:
    """Return how many right documents the search leaves out before it compares clauses."""
    inside = {one.name: one.sketch for one in found if one.kind in {"original", "stranger"}}
    index = index_of(library.Library(Path(), inside))
    missed = 0
    for one in found:
        if one.kind in {"reissue", "copy"}:
            seen = {index.names[at] for at in worth_comparing(one.sketch, index)}
            missed += not seen & one.same
    return missed


def main() -> None:
    """Measure, and fit if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".match-cache"))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--largest", type=int, default=100_000_000)
    for flag in ("fit", "fresh", "stock"):
        parser.add_argument(f"--{flag}", action="store_true")
    chosen, began = parser.parse_args(), time.perf_counter()
    documents = files_in(chosen.documents, chosen.largest)
    if chosen.stock:
        write_stock(documents)
        return
    if chosen.fit:
        write_background()
    found = material(documents, chosen.cache, fresh=chosen.fresh)
    values = compared(found)
    scores = chances(found, values)
    model = fitted(found, values, None)
    if chosen.fit:
        write_rule(model)
    out = {"documents": len(found), "weights": dict(zip(NAMES, model.coef_[0].round(3).tolist(), strict=True))}
    out |= {f"cut {cut}": figures(found, scores, cut) for cut in (0.5, 0.7, 0.9, 0.95)}
    out |= {"missed_by_search": missed_by_search(found), "seconds": round(time.perf_counter() - began)}
    print(json.dumps(out, indent=1))
    if chosen.json:
        chosen.json.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
