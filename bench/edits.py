"""Measure how rightly a comparison tells what kind of change each edit of two editions is.

Usage: python bench/edits.py FOLDER [--only TEXT] [--cache FILE] [--errors] [--least SHARE]

FOLDER holds folders with before.txt, after.txt and edits.json as in corpora/editions (its README names the kinds).
An edit is told rightly where the change that holds its words has its kind as the first; PROGRAM below gives our name of
each kind. Printed: per kind the share told rightly; the share of all; of those with a direction, the share whose
direction is told (and of these told, rightly); how many of the bearing edits come before all others, and the pairs of
edits in the right order; unchanged clauses that are reported as anything but renumbered; rewordings and editorial edits
that are reported as bearing. Exit code 1 where less than SHARE of the kinds is told rightly.
"""

import argparse
import json
import pickle
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from impact.compare import compare
from impact.compare.align import LinkKind
from impact.compare.change import ClauseChange
from impact.compare.comparison import Comparison
from impact.pipeline import analyze
from impact.records.report import Report
from impact.report.jsonfile import report_of
from impact.taxonomy import load

PROGRAM = {
    **{kind: kind for kind in ("polarity", "modality", "actor", "object", "number", "period", "condition")},
    **{kind: kind for kind in ("split", "rewording", "editorial", "moved", "renumbered")},
    "merge": "merged",
    "deleted-protection": "protection_removed",
    "deleted-burden": "burden_removed",
    "added-protection": "protection_added",
    "added-burden": "burden_added",
    "deleted-neutral": "removed",
    "added-neutral": "added",
}
"""Our names of the kinds: of an edit, or of a link where the change has none."""
WITHIN = {"deleted-neutral": "sentence_removed", "added-neutral": "sentence_added"}
"""Those of a whole sentence within a clause that stays."""
QUIET = frozenset({LinkKind.UNCHANGED, LinkKind.RENUMBERED})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one edit: the document, the edit, the changes that hold its words, the first kind told."""

    document: str
    edit: dict[str, Any]
    places: tuple[int, ...]
    told: str
    bears: bool
    direction: str

    @property
    def right(self) -> bool:
        """Whether its kind is told, as of a clause or of a sentence within one."""
        kind = self.edit["kind"]
        return self.told in {PROGRAM[kind], WITHIN.get(kind)}


@dataclass(frozen=True, slots=True)
class Measured:
    """All edits of some documents, with the unchanged clauses that were reported."""

    outcomes: tuple[Outcome, ...]
    unchanged: tuple[str, ...]
    orders: tuple[tuple[int, int, int, int], ...]

    @property
    def share(self) -> float:
        """Share of edits whose kind is told rightly."""
        return sum(outcome.right for outcome in self.outcomes) / max(len(self.outcomes), 1)

    @property
    def false_alarms(self) -> tuple[Outcome, ...]:
        """Rewordings and editorial edits that are reported as bearing."""
        return tuple(row for row in self.outcomes if row.edit["kind"] in ("rewording", "editorial") and row.bears)


def measured(folders: Sequence[Path], reports: dict[str, tuple[Report, Report]]) -> Measured:
    """Return how the edits of some documents are told."""
    outcomes: list[Outcome] = []
    unchanged: list[str] = []
    orders = []
    for folder in folders:
        comparison = compare(*reports[folder.name])
        edits = json.loads((folder / "edits.json").read_text(encoding="utf-8"))
        rows = [_outcome(folder.name, edit, comparison) for edit in edits]
        outcomes += rows
        orders.append(_order(rows))
        unchanged += _unchanged(folder.name, edits, comparison)
    return Measured(tuple(outcomes), tuple(unchanged), tuple(orders))


def _words(side: str | list[str]) -> list[str]:
    parts = [side] if isinstance(side, str) else side
    return [" ".join(words.replace(" | ", " ").split()) for words in parts if words]


def _holds(change: ClauseChange, edit: dict[str, Any]) -> bool:
    texts = ([" ".join(clause.text.split()) for clause in side] for side in (change.old, change.new))
    sides = list(zip((_words(edit["old"]), _words(edit["new"])), texts, strict=True))
    if any(words in text for parts, clauses in sides for words in parts for text in clauses):
        return True
    texts = [" ".join(clause.text.split()) for clause in (*change.old[:1], *change.new[:1])]
    wholes = [*_words(edit["old"])[:1], *_words(edit["new"])[:1]]
    listed = len(texts) == len(wholes) == 2 and all(text in whole for text, whole in zip(texts, wholes, strict=True))
    return listed and change.link.kind is LinkKind.REWORDED


def _outcome(document: str, edit: dict[str, Any], comparison: Comparison) -> Outcome:
    found = [(place, change) for place, change in enumerate(comparison.changes) if _holds(change, edit)]
    kinds = {_told(change, edit) for _, change in found if change.link.kind is not LinkKind.UNCHANGED}
    first = next((change for _, change in found), None)
    about = [row for row in (first.edits or () if first else ()) if _about(row.old_sentence, row.new_sentence, edit)]
    return Outcome(
        document,
        edit,
        tuple(place for place, _ in found),
        " + ".join(sorted(kinds)) or "nothing",
        any(change.bears for _, change in found),
        about[0].effect.value.replace("_", " ") if about else "",
    )


def _about(old: str, new: str, edit: dict[str, Any]) -> bool:
    sides = ((old, _words(edit["old"])), (new, _words(edit["new"])))
    return any(sentence in words or words in sentence for sentence, parts in sides if sentence for words in parts)


def _told(change: ClauseChange, edit: dict[str, Any]) -> str:
    """Return the kind that is told first of the sentence that the edit is about; that of the link where none is."""
    rows = [row for row in change.edits or () if _about(row.old_sentence, row.new_sentence, edit)]
    return rows[0].kind.value if rows else change.link.kind.value


def _order(rows: Sequence[Outcome]) -> tuple[int, int, int, int]:
    """Return bearing edits before all others, all of them; pairs in the right order, all pairs."""
    places = [(row.places[0], row.edit["bears"]) for row in rows if row.places]
    quiet = [place for place, bears in places if not bears]
    loud = [place for place, bears in places if bears]
    pairs = [(louder, quieter) for louder in loud for quieter in quiet]
    before = sum(place < min(quiet, default=place + 1) for place in loud)
    return before, len(loud), sum(louder < quieter for louder, quieter in pairs), len(pairs)


def _unchanged(document: str, edits: Sequence[dict[str, Any]], comparison: Comparison) -> Iterator[str]:
    for change in comparison.shown:
        if (change.link.kind not in QUIET or change.bears) and not any(_holds(change, edit) for edit in edits):
            texts = [clause.text[:80] for clause in (*change.old[:1], *change.new[:1])]
            yield f"{document}: {change.link.kind.value}: {' | '.join(texts)}"


def reports_of(folders: Sequence[Path], cache: Path | None = None) -> dict[str, tuple[Report, Report]]:
    """Return the reports of both editions of each document, kept in `cache` where one is given."""
    if cache and cache.is_file():
        kept: dict[str, tuple[Report, Report]] = pickle.loads(cache.read_bytes())  # noqa: S301 (our own file)
        if all(folder.name in kept for folder in folders):
            return kept
    found = {folder.name: (_report(folder / "before.txt"), _report(folder / "after.txt")) for folder in folders}
    if cache:
        cache.write_bytes(pickle.dumps(found))
    return found


def _report(path: Path) -> Report:
    return report_of(analyze(path), load())


def _print(found: Measured, *, errors: bool) -> None:
    totals, right = Counter[str](), Counter[str]()
    for row in found.outcomes:
        totals[row.edit["kind"]] += 1
        right[row.edit["kind"]] += row.right
    for kind in sorted(totals):
        print(f"{kind:20} {right[kind]:4} of {totals[kind]:4}")
    print(f"kind told rightly    {sum(right.values()):4} of {sum(totals.values()):4}  {found.share:.3f}")
    turned = [row for row in found.outcomes if row.edit["direction"] != "none"]
    directed = [row for row in turned if row.direction and row.direction != "unclear"]
    good = sum(row.direction == row.edit["direction"] for row in directed)
    sides = sum(_worse(row.direction) == _worse(row.edit["direction"]) for row in directed)
    print(f"direction: told for {len(directed)} of {len(turned)}, the very one {good}, better or worse rightly {sides}")
    before, loud, pairs, all_pairs = (sum(column) for column in zip(*found.orders, strict=True))
    print(f"order: {before} of {loud} bearing edits before all others, {pairs} of {all_pairs} pairs in order")
    print(f"unchanged clauses reported: {len(found.unchanged)}")
    print(f"rewording or editorial reported as bearing: {len(found.false_alarms)}")
    if errors:
        for row in found.outcomes:
            odd = row.bears is not row.edit["bears"] or (
                row.direction not in ("", "unclear")
                and row.edit["direction"] != "none"
                and _worse(row.direction) != _worse(row.edit["direction"])
            )
            if not row.right or odd:
                bears = "" if row.bears is row.edit["bears"] else f" bears {row.bears}"
                print(
                    f"\n{row.document} {row.edit['kind']} told {row.told}{bears},"
                    f" {row.direction or 'no direction'} for {row.edit['direction']}"
                )
                print(f"  - {row.edit['old']}\n  + {row.edit['new']}")
        print("\n".join(found.unchanged))


def _worse(direction: str) -> bool:
    return direction in ("more power", "less protection")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="only documents whose name begins with it")
    parser.add_argument("--cache", type=Path, help="file to keep the analyses in")
    parser.add_argument("--errors", action="store_true", help="print each edit that is not told rightly")
    parser.add_argument("--least", type=float, default=0.0, help="exit code 1 below this share of kinds")
    args = parser.parse_args()
    folders = sorted(path.parent for path in args.folder.glob(f"{args.only}*/edits.json"))
    found = measured(folders, reports_of(folders, args.cache))
    print(f"{len(folders)} documents, {len(found.outcomes)} edits")
    _print(found, errors=args.errors)
    return int(found.share < args.least)


if __name__ == "__main__":
    sys.exit(main())
