"""`comparison.html`: one file for screen and paper, with nothing outside of itself and no script."""

from dataclasses import astuple, dataclass

from impact.compare.align import LinkKind
from impact.compare.change import ClauseChange
from impact.compare.comparison import Comparison
from impact.compare.edition import view_of
from impact.compare.sentences import ComparisonNames, names_of, sentences
from impact.compare.summary import clauses, lead, notes
from impact.compare.worddiff import DiffRun, Op, word_diff
from impact.compare.words import words
from impact.present.cleaning import shown
from impact.present.places import number
from impact.present.templates import lang_of, template
from impact.records.report import Report, ReportClause
from impact.taxonomy.values import Taxonomy

LONG, CUT_END = 600, 220
"""Characters from which on a run is cut in its middle, and how many stay at each end. Source: project judgment."""
QUIET = frozenset({LinkKind.MOVED, LinkKind.RENUMBERED})


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change as the page shows it.

    Attributes:
        tags: What else has become of it: "moved", "renumbered".
        edits: What has changed in its sentences, by name, each once.
        level: Level of its gravest finding that has changed; empty where none has.
        old: Where it stood; empty where it did not.
        heading: The sections around it.
    """

    kind: str
    tags: tuple[str, ...]
    edits: tuple[str, ...]
    level: str
    sentences: tuple[str, ...]
    old: str
    new: str
    heading: str
    runs: tuple[DiffRun, ...]


def render(comparison: Comparison, taxonomy: Taxonomy) -> str:
    """Return the page. All text of the documents is escaped, isolated in its writing direction and held as text."""
    names = names_of(comparison, taxonomy)
    changes = comparison.shown
    moved = [change for change in changes if change.link.kind in QUIET and not change.bears]
    other = [change for change in changes if change.link.kind not in QUIET and not change.bears]
    old, new = comparison.old, comparison.new
    language = new.document.language
    page = template("compare/comparison.html").render(
        old=old.document,
        new=new.document,
        headlines=(old.headline, new.headline),
        facts=_facts(old, new),
        lead=lead(comparison),
        clauses=clauses(comparison),
        notes=notes(comparison),
        tallies=_tallies(comparison),
        kinds=[(words().kinds[kind], count) for kind, count in comparison.kinds.items()],
        grave=[_view(change, comparison, names) for change in changes if change.bears],
        worded=[_view(change, comparison, names) for change in _in_order(other)],
        moved=[_view(change, comparison, names) for change in _in_order(moved)],
        silences=_silences(comparison, names),
        unchanged=comparison.kinds[LinkKind.UNCHANGED],
        lang=lang_of(language, "en"),
        Op=Op,
    )
    return shown(page)


def _facts(old: Report, new: Report) -> tuple[tuple[str, str, str], ...]:
    """Return rows of a name and the values of both editions; those that are empty in both are left out."""
    before, after, views = old.document, new.document, (view_of(old), view_of(new))
    rows = [
        ("Title", before.title, after.title),
        ("Number", before.number, after.number),
        ("Revision", before.revision, after.revision),
        ("Date", before.date, after.date),
        ("File", before.source, after.source),
        ("Text read", *(f"{view} (tracked changes)" if views[0] != views[1] else "" for view in views)),
        ("Digest", before.id[:16], after.id[:16]),
    ]
    return tuple((name, value, other) for name, value, other in rows if value or other)


def _tallies(comparison: Comparison) -> list[tuple[str, tuple[int, ...]]]:
    rows = [("Findings", comparison.findings)]
    rows += [(f"of level {level.value}", tally) for level, tally in comparison.levels.items()]
    rows += [("Safeguards", comparison.safeguards), ("Clauses", comparison.clauses)]
    return [(name, astuple(tally)) for name, tally in rows]


def _view(change: ClauseChange, comparison: Comparison, names: ComparisonNames) -> ChangeView:
    link = change.link
    tags = [name for name in ("moved", "renumbered") if getattr(link, name) and link.kind.value != name]
    shifts = [shift for shift in change.findings if shift.change != "kept"]
    last = (change.new or change.old)[0]
    return ChangeView(
        kind=words().kinds[link.kind],
        tags=tuple(tags),
        edits=tuple(dict.fromkeys(words().edits.names[edit.kind] for edit in change.edits or ())),
        level=max(shifts, key=lambda shift: shift.gravity).level.value if shifts else "",
        sentences=sentences(change, names),
        old=_where(change.old, comparison.old),
        new=_where(change.new, comparison.new),
        heading=" / ".join(last.headings),
        runs=_runs(change),
    )


def _where(clauses: tuple[ReportClause, ...], edition: Report) -> str:
    """Return numbers and first page: "7.2.1 b), 7.2.2 (p. 4)"; empty where there is no clause."""
    if not clauses:
        return ""
    numbers = ", ".join(dict.fromkeys(number(clause.number) for clause in clauses))
    return f"{numbers} (p. {clauses[0].page})" if edition.document.paged else numbers


def _runs(change: ClauseChange) -> tuple[DiffRun, ...]:
    old, new = change.texts
    if change.link.kind in QUIET:
        return (DiffRun(Op.EQUAL, _cut(new, 160)),)
    return tuple(DiffRun(run.op, _cut(run.text, LONG)) for run in word_diff(old, new))


def _cut(text: str, longest: int) -> str:
    end = min(CUT_END, longest // 2)
    return text if len(text) <= longest else f"{text[:end]} [\N{HORIZONTAL ELLIPSIS}] {text[-end:]}"


def _in_order(changes: list[ClauseChange]) -> list[ClauseChange]:
    """Return changes in the order of the new edition; removed clauses come where they stood in the old one."""
    return sorted(changes, key=lambda change: (change.link.new or change.link.old, not change.link.new))


def _silences(comparison: Comparison, names: ComparisonNames) -> tuple[tuple[str, list[str]], ...]:
    """Return what is newly stated by no clause, and what was stated by none and is now: by mechanism, in words."""
    old, new = dict.fromkeys(comparison.old.silences), dict.fromkeys(comparison.new.silences)
    rows = []
    for title, silences, others in (
        ("Missing only from the new version", new, old),
        ("Missing only from the old version", old, new),
    ):
        lacking: dict[str, list[str]] = {}
        for silence in silences:
            if silence not in others:
                lacking.setdefault(silence.mechanism, []).append(names.safeguard(silence.safeguard))
        rows.append((title, [f"{names.mechanism(name)}: {'; '.join(parts)}" for name, parts in lacking.items()]))
    return tuple(rows)
