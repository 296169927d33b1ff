"""What `bench/match.py` measures on: written pairs, shared documents, and copies of these under another name."""

import hashlib
import json
import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from impact.errors import ImpactError
from impact.match import library, store
from impact.match.masking import terms_of
from impact.match.sketch import Sketch, renewed, sketch_of
from impact.paths import shelf
from impact.pipeline import analyze, prepare

COPIES = 40
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


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A document of the measurement: its sketch, kind, and the names of documents that it is a re-issue of."""

    name: str
    kind: str
    sketch: Sketch
    same: frozenset[str] = frozenset()
    part: frozenset[str] = frozenset()


def sketched(path: Path, kept_in: Path, *, fresh: bool) -> Sketch | None:
    """Return the sketch of a file, from the cache where it is there; None if it cannot be read.

    Findings, which decide only what of a long document is kept, are those of the cues alone, to save time.
    """
    kept = kept_in / f"{hashlib.sha256(path.read_bytes()).hexdigest()}.npz"
    try:
        sketch = (
            store.read(kept) if kept.exists() and not fresh else sketch_of(analyze(path, by=("cues",), jailed=False))
        )
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


def invented(rng: random.Random, term: str) -> str:
    """Return a name for a thing that had the name `term`: as many capitals, other letters."""
    if term.isupper():
        return "".join(rng.choice("ABDEFGKLMNPRSTVXZ") for _ in term[:5])
    word = "".join(rng.sample(SYLLABLES, 2))
    return f"{word.capitalize()} {rng.choice(['Office', 'Unit', 'Point', 'Block'])}" if term[0].isupper() else word


def copy_of(path: Path, others: list[Path], seed: int) -> tuple[str, list[str]] | None:
    """Return a re-issue with copied text, in Markdown, and the names of what else is in it; None if it is too short."""
    rng = random.Random(seed)  # noqa: S311 (a repeatable choice)
    long_clauses = [text for text in _clauses(path) if len(text.split()) >= 8]
    if len(long_clauses) < 30:
        return None
    keep = min(60, max(8, round(len(long_clauses) * rng.uniform(0.2, 0.6))))
    proposal, clauses = prepare(path, jailed=False)
    names = {term.lower(): invented(rng, term) for term in terms_of(proposal, clauses)}
    pattern = re.compile(
        r"\b(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")\b", re.IGNORECASE
    )
    start = rng.randrange(len(long_clauses) - keep + 1)
    taken = [pattern.sub(lambda match: names[match[0].lower()], text) for text in long_clauses[start : start + keep]]
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
    texts = [" ".join(proposal.document.quote(clause.span).split()) for clause in clauses if clause.assessed]
    return [text for text in texts if 5 <= len(text.split()) <= 150]


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
            found = copy_of(
                path, [document for document in english if work_of(document.name) != work_of(path.name)], seed
            )
            text.write_text(found[0] if found else "", encoding="utf-8")
            listed.write_text(json.dumps(found[1] if found else None), encoding="utf-8")
        if (parts := json.loads(listed.read_text("utf-8"))) is not None:
            made.append((text, path, parts))
    return made[:COPIES]


def subject_of(name: str) -> str:
    """Return what tells written documents of one subject, such as "s1" of "s1-p2-original.md"."""
    return name[:2] if name.startswith("s") else name[:6]


def written() -> list[tuple[Path, str, frozenset[str]]]:
    """Return the written pairs for development: file, kind, and names of the documents that it is a re-issue of."""
    folder, found = shelf("corpora") / "reissues", []
    for path in [*sorted(folder.glob("s*-p*.md")), *sorted(folder.glob("fir-*.txt"))]:
        pair, kind = re.match(r"(s\d-p\d|fir-\d\d)-([a-z]+)", path.name).groups()  # type: ignore[union-attr]
        other = {"original": "reissue", "reissue": "original"}.get(kind, "nothing")
        same = frozenset(twin.name for twin in folder.glob(f"{pair}-{other}*"))
        found.append((path, "original" if kind == "neighbor" else kind, same))
    return found


def material(shared: list[Path], kept_in: Path, *, fresh: bool) -> list[Known]:
    """Return all documents of the measurement."""
    found = []
    for path, kind, same in written():
        if sketch := sketched(path, kept_in, fresh=fresh):
            found.append(Known(path.name, kind, sketch, same))
    for path in shared:
        if sketch := sketched(path, kept_in, fresh=fresh):
            same = frozenset(document.name for document in shared if work_of(document.name) == work_of(path.name)) - {
                path.name
            }
            found.append(Known(path.name, "stranger", sketch, same))
    for text, path, parts in copies(shared, kept_in):
        if sketch := sketched(text, kept_in, fresh=fresh):
            same = frozenset(document.name for document in shared if work_of(document.name) == work_of(path.name))
            found.append(Known(text.name, "copy", sketch, same, frozenset(parts)))
    return found
