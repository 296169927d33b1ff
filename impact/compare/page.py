"""`comparison.html`: one file for screen and paper, with nothing outside of itself and no script."""

import re
from dataclasses import dataclass

from impact.compare.align import Kind
from impact.compare.change import Change, words
from impact.compare.comparison import Comparison
from impact.compare.edition import Edition, Passage
from impact.compare.sentences import Names, names_of, sentences
from impact.compare.shifts import PowerShift
from impact.compare.summary import clauses, lead, notes
from impact.compare.worddiff import Op, Run, word_diff
from impact.present.cleaning import shown
from impact.present.templates import template
from impact.taxonomy.values import Taxonomy

LANGUAGE = re.compile(r"[a-z]{2,3}")
LONG, KEPT = 600, 220
"""Characters from which on a run is cut in its middle, and how many are kept at each end. Source: project judgement."""
QUIET = frozenset({Kind.MOVED, Kind.RENUMBERED})


@dataclass(frozen=True, slots=True)
class Entry:
    """A change as the page shows it.

    Attributes:
        kind: Name of the kind.
        tags: What else has become of it: "moved", "renumbered".
        level: Level of its gravest finding that has changed; empty where none has.
        said: What it does, in sentences.
        old: Where it stood; empty where it did not.
        new: Where it stands.
        heading: The sections around it.
        runs: Its words.
    """

    kind: str
    tags: tuple[str, ...]
    level: str
    said: tuple[str, ...]
    old: str
    new: str
    heading: str
    runs: tuple[Run, ...]


def render(comparison: Comparison, taxonomy: Taxonomy) -> str:
    """Return the page. All text of the documents is escaped, isolated in its writing direction and held as text."""
    names = names_of(comparison, taxonomy)
    changes = comparison.shown
    moved = [change for change in changes if change.link.kind in QUIET and not change.bears]
    other = [change for change in changes if change.link.kind not in QUIET and not change.bears]
    old, new = comparison.old, comparison.new
    page = template("compare/comparison.html").render(
        old=old,
        new=new,
        facts=_facts(old, new),
        lead=lead(comparison),
        clauses=clauses(comparison),
        notes=notes(comparison),
        tallies=_tallies(comparison),
        kinds=[(words()["kinds"][kind.value], count) for kind, count in comparison.kinds.items()],
        grave=[_entry(change, comparison, names) for change in changes if change.bears],
        worded=[_entry(change, comparison, names) for change in _in_order(other)],
        moved=[_entry(change, comparison, names) for change in _in_order(moved)],
        silences=_silences(comparison, names),
        unchanged=comparison.kinds[Kind.UNCHANGED],
        lang=new.language if LANGUAGE.fullmatch(new.language) and new.language not in {"en", "und"} else "",
        Op=Op,
    )
    return shown(page)


def _facts(old: Edition, new: Edition) -> tuple[tuple[str, str, str], ...]:
    """Return rows of a name and the values of both editions; those that are empty in both are left out."""
    rows = [
        ("Title", old.title, new.title),
        ("Number", old.number, new.number),
        ("Revision", old.revision, new.revision),
        ("Date", old.date, new.date),
        ("File", old.source, new.source),
        ("Text read", *(f"{edition.view} (revision marks)" if old.view != new.view else "" for edition in (old, new))),
        ("Digest", old.digest[:16], new.digest[:16]),
    ]
    return tuple((name, one, other) for name, one, other in rows if one or other)


def _tallies(comparison: Comparison) -> list[tuple[str, tuple[int, ...]]]:
    rows = [("Findings", comparison.findings)]
    rows += [(f"of level {level.value}", tally) for level, tally in comparison.levels.items()]
    rows += [("Safeguards", comparison.safeguards), ("Clauses", comparison.clauses)]
    return [(name, (one.old, one.gone, one.come, one.left, one.joined, one.new)) for name, one in rows]


def _entry(change: Change, comparison: Comparison, names: Names) -> Entry:
    link = change.link
    tags = [name for name in ("moved", "renumbered") if getattr(link, name) and link.kind.value != name]
    shifts = sorted((power for power in change.powers if power.change != "kept"), key=_weight, reverse=True)
    last = (change.new or change.old)[0]
    return Entry(
        kind=words()["kinds"][link.kind.value],
        tags=tuple(tags),
        level=shifts[0].level if shifts else "",
        said=sentences(change, names),
        old=_where(change.old, comparison.old),
        new=_where(change.new, comparison.new),
        heading=" / ".join(last.headings),
        runs=_runs(change),
    )


def _weight(shift: PowerShift) -> int:
    return int(words()["gravity"]["finding"][shift.manner][shift.level])


def _where(passages: tuple[Passage, ...], edition: Edition) -> str:
    """Return numbers and first page: "7.2.1 b), 7.2.2 (p. 4)"; empty where there is no clause."""
    if not passages:
        return ""
    numbers = ", ".join(dict.fromkeys(passage.number or "no number" for passage in passages))
    return f"{numbers} (p. {passages[0].page})" if edition.paged else numbers


def _runs(change: Change) -> tuple[Run, ...]:
    old, new = ("\n".join(one.text for one in side) for side in (change.old, change.new))
    if change.link.kind in QUIET:
        return (Run(Op.EQUAL, _cut(new, 160)),)
    return tuple(Run(run.op, _cut(run.text, LONG)) for run in word_diff(old, new))


def _cut(text: str, longest: int) -> str:
    kept = min(KEPT, longest // 2)
    return text if len(text) <= longest else f"{text[:kept]} [\N{HORIZONTAL ELLIPSIS}] {text[-kept:]}"


def _in_order(changes: list[Change]) -> list[Change]:
    """Return changes in the order of the new edition; removed clauses come where they stood in the old one."""
    return sorted(changes, key=lambda change: (change.link.new or change.link.old, not change.link.new))


def _silences(comparison: Comparison, names: Names) -> tuple[tuple[str, list[str]], ...]:
    """Return what is newly stated by no clause, and what was stated by none and is now: by mechanism, in words."""
    old, new = dict.fromkeys(comparison.old.silences), dict.fromkeys(comparison.new.silences)
    rows = []
    for title, ones, others in (("Newly silent", new, old), ("No longer silent", old, new)):
        found: dict[str, list[str]] = {}
        for mechanism, safeguard in ones:
            if (mechanism, safeguard) not in others:
                found.setdefault(mechanism, []).append(names.safeguard(safeguard))
        said = [f"{names.mechanism(mechanism)}: {'; '.join(lacking)}" for mechanism, lacking in found.items()]
        rows.append((title, said))
    return tuple(rows)
