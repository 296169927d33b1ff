"""Every clause of the document, for checking."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from impact.present.cleaning import clipped, plain, shown
from impact.present.lists import counted, inside
from impact.present.words import graded, needing_review
from impact.records import Assessment, ClauseKind
from impact.report.view.places import Location
from impact.report.view.subject import ReportSubject
from impact.taxonomy.values import Taxonomy

PAPER = 150
"""Clauses beyond which paper shows only those with something found, and beyond which only where these stand. Source:
project judgment; about fifteen printed pages."""


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause: where, what it is, its words, and what was found in it.

    Attributes:
        mechanisms: Level ("high if confirmed" where doubtful), name and id of the card of each mechanism found.
        safeguards: Names of the safeguards found, doubtful ones with words that say so.
        context: Names of the labels that it only talks about.
    """

    where: Location
    kind: str
    strength: str
    assessed: bool
    code: bool
    text: str
    mechanisms: tuple[tuple[str, str, str], ...]
    safeguards: tuple[str, ...]
    context: tuple[str, ...]

    @property
    def bare(self) -> bool:
        """Whether nothing was found in it."""
        return not (self.mechanisms or self.safeguards or self.context)


@dataclass(frozen=True, slots=True)
class IndexChapter:
    """The clauses under one outermost heading, in the order of the text; `places` says where something was found."""

    title: str
    count: str
    flagged: int
    lines: tuple[ClauseRow, ...]
    places: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class ClauseList:
    """All chapters, and what of them is printed: "all" clauses, those with something "found", or their "places"."""

    chapters: tuple[IndexChapter, ...]
    printed: str


def clause_list(subject: ReportSubject) -> ClauseList:
    """Return all clauses in the order of the text, chapter by chapter."""
    assessment, at = subject.assessment, subject.at
    mechanisms, guards, context = _by_clause(assessment, subject.taxonomy)
    chapters = []
    titles = _titles(assessment)
    for title, group in groupby(assessment.clauses, key=lambda clause: titles[clause.id]):
        clauses = list(group)
        lines = tuple(
            ClauseRow(
                where=at.where(clause.id),
                kind=clause.kind.value,
                strength=clause.strength.value,
                assessed=clause.assessed and not assessment.unassessed,
                code=clause.kind.value == "code",
                text=shown(assessment.document.quote(clause.span)),
                mechanisms=tuple(mechanisms.get(clause.id, ())),
                safeguards=tuple(guards.get(clause.id, ())),
                context=tuple(context.get(clause.id, ())),
            )
            for clause in clauses
        )
        name = clipped(plain(title), 120) or "Without heading"
        flagged = sum(bool(line.mechanisms) for line in lines)
        places = at.of(clause.id for clause in clauses if clause.id in mechanisms)
        chapters.append(IndexChapter(name, counted(len(lines), "clause"), flagged, lines, places))
    return ClauseList(tuple(chapters), _printed(chapters))


def _printed(chapters: Iterable[IndexChapter]) -> str:
    lines = [line for chapter in chapters for line in chapter.lines]
    if len(lines) <= PAPER:
        return "all"
    return "found" if sum(not line.bare for line in lines) <= PAPER else "places"


def _titles(assessment: Assessment) -> dict[str, str]:
    """Return the outermost heading of each clause, by id; a heading stands with the clauses that follow it."""
    titles: dict[str, str] = {}
    after = ""
    for clause in reversed(assessment.clauses):
        title = clause.headings[0] if clause.headings else ""
        if not title and clause.kind is ClauseKind.HEADING:
            wording = plain(assessment.document.quote(clause.span))
            title = after if plain(after).endswith(wording) else wording
        titles[clause.id] = after = title
    return titles


def _by_clause(
    assessment: Assessment, taxonomy: Taxonomy
) -> tuple[dict[str, list[tuple[str, str, str]]], dict[str, list[str]], dict[str, list[str]]]:
    """Return what was found, what protects and what is only talked about, by id of the clause."""
    mechanisms: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    guards: dict[str, list[str]] = defaultdict(list)
    context: dict[str, dict[str, None]] = defaultdict(dict)
    for rated in assessment.findings:
        mechanism = taxonomy.mechanisms[rated.finding.mechanism]
        mechanisms[rated.finding.clause].append((graded(rated), mechanism.name, f"m-{mechanism.id}"))
    for guard in assessment.safeguards:
        left = f" ({needing_review()})" if guard.doubtful else ""
        guards[guard.clause].append(f"{taxonomy.safeguards[guard.safeguard].phrase}{left}")
    names = {mechanism.id: mechanism.name for mechanism in taxonomy.mechanisms.values()}
    names |= {safeguard.id: safeguard.name for safeguard in taxonomy.safeguards.values()}
    for mention in assessment.mentions:
        context[mention.clause][inside(names[mention.label])] = None
    return mechanisms, guards, {clause: list(names) for clause, names in context.items()}
