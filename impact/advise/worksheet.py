"""The worksheet: what the articles ask of a limitation, and the clauses of the text that may answer."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from impact.advise.phrases import places
from impact.records import (
    Assessment,
    Cited,
    Clause,
    Ground,
    Limitation,
    RatedFinding,
    SafeguardFinding,
    Sheet,
    Strength,
    Worksheet,
)
from impact.taxonomy import Taxonomy
from impact.taxonomy.values import Right
from impact.typed import load

MOST = 2
"""Clauses cited for one test or one ground. Source: project judgement; a person fills the worksheet in."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an article asks of a limitation, see limitations.toml."""

    right: str
    ref: str
    article: str
    law: str
    need: str
    note: str
    source: str
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim and the words by which a text may name it; aims with the same `kin` differ in wording alone."""

    id: str
    kin: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """A test, the safeguards and words that may speak to it, and near which findings: those of the sheet, or all.

    `own` are words that speak of the power of their clause alone, `close` words that count in the sentence of a
    finding alone, `last` words that count where no other ones do; `wide` are safeguards that speak to it on each sheet.
    """

    id: str
    safeguards: tuple[str, ...]
    words: tuple[str, ...]
    own: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()
    reach: str = "sheet"


@dataclass(frozen=True, slots=True)
class Rules:
    """All of limitations.toml: what each article asks in the order of the file, the rest by id."""

    limitations: tuple[Asked, ...]
    grounds: dict[str, Aim]
    aims: dict[str, Aim]
    tests: dict[str, Test]

    def __post_init__(self) -> None:
        """Refuse an article that names a ground that is not there."""
        if unknown := {name for limitation in self.limitations for name in limitation.grounds} - self.grounds.keys():
            message = f"unknown grounds {sorted(unknown)}"
            raise ValueError(message)


@cache
def rules() -> Rules:
    """Return limitations.toml, read once.

    Raises:
        DataError: If the file is damaged, or an article names a ground that is not there.
    """
    return load(Rules, "impact.advise", "limitations.toml")


def worksheet_of(assessment: Assessment, taxonomy: Taxonomy, doubtful: Iterable[RatedFinding] = ()) -> Worksheet:
    """Return the tests for the rights touched, of an assessment of firm findings.

    A clause is cited for a test where it provides a safeguard that speaks to it and counters a mechanism of the
    sheet, or where it holds a finding of the sheet, or stands in the section of one, and its words speak to the test;
    one of each comes first. What provides a safeguard and holds no finding speaks for that safeguard alone; a period
    in a clause with findings of other powers alone is theirs. The law that the sentence of a finding names comes
    alone; else that of clauses with a finding of the sheet, `doubtful` ones too; else that beside them; else that at
    other powers.
    Grounds are looked for in all assessed clauses, those near a finding first, and aims near findings alone. A right
    that is absolute in part may be limited only where an article says how; else it stands with the absolute ones alone.
    """
    touched = [taxonomy.rights[name] for name, _ in assessment.rights]
    primary = {
        link.right for rated in assessment.findings for link in taxonomy.mechanisms[rated.finding.mechanism].primary
    }
    worked = {one.right for one in rules().limitations}
    unsure = tuple(one for one in doubtful if one.finding.doubtful)
    none = {"absolute", "no clause"}
    limited = [one for one in touched if one.limits not in none and (one.limits != "partly" or one.id in worked)]
    return Worksheet(
        sheets=tuple(_sheet(right, assessment, taxonomy, unsure) for right in limited if right.id in primary),
        absolute=tuple(right.id for right in touched if right.limits in {"absolute", "partly"}),
        firm=tuple(right.id for right in touched if right.derogation in {"non-derogable", "partly"}),
        further=tuple(right.id for right in limited if right.id not in primary),
    )


def _sheet(right: Right, assessment: Assessment, taxonomy: Taxonomy, unsure: Iterable[RatedFinding]) -> Sheet:
    mechanisms = {
        rated.finding.mechanism: None
        for rated in assessment.findings
        if any(link.right == right.id for link in taxonomy.mechanisms[rated.finding.mechanism].primary)
    }
    near = _near(assessment, mechanisms)
    perhaps = {one.finding.clause for one in unsure if one.finding.mechanism in mechanisms}
    known = {one.id for one in near}
    order = [*near, *(clause for clause in assessment.clauses if clause.assessed and clause.id not in known)]
    asked = [one for one in rules().limitations if one.right == right.id]
    listed = {rules().grounds[name].kin for one in asked for name in one.grounds}
    others: dict[str, Aim] = {}
    for one in (*rules().grounds.values(), *rules().aims.values()):
        if one.kin not in listed:
            others.setdefault(one.kin, one)
    named = (_ground(one, assessment, near if one.id in rules().aims else order) for one in others.values())
    return Sheet(
        right=right.id,
        mechanisms=tuple(mechanisms),
        limitations=tuple(_limitation(one, assessment, order) for one in asked),
        answers=tuple(
            (test.id, _answers(test, mechanisms, _around(test, near, perhaps, assessment), assessment, taxonomy))
            for test in rules().tests.values()
        ),
        unlisted=tuple(one for one in named if one.cites),
    )


def _limitation(asked: Asked, assessment: Assessment, order: Sequence[Clause]) -> Limitation:
    grounds = tuple(_ground(rules().grounds[name], assessment, order) for name in asked.grounds)
    return Limitation(asked.ref, asked.law, asked.need, grounds, asked.note, asked.source)


def _ground(aim: Aim, assessment: Assessment, order: Iterable[Clause]) -> Ground:
    return Ground(aim.id, aim.name, _first(_saying(aim.words, assessment.document.text, order)))


def _near(assessment: Assessment, mechanisms: Iterable[str]) -> list[Clause]:
    """Return the assessed clauses that hold a finding of the mechanisms, then those in the sections of these."""
    wanted = set(mechanisms)
    held = {rated.finding.clause: None for rated in assessment.findings if rated.finding.mechanism in wanted}
    around = assessment.index.in_sections_of(held) - held.keys()
    beside = (clause for clause in assessment.clauses if clause.assessed and clause.id in around)
    return [*map(assessment.clause, held), *beside]


def _around(
    test: Test, near: list[Clause], perhaps: AbstractSet[str], assessment: Assessment
) -> tuple[list[Clause], list[Clause], list[Clause]]:
    """Return where to look for words that speak to a test: first, then, and where nothing was found there."""
    if test.reach == "sheet":
        return near, [], []
    held = {rated.finding.clause for rated in assessment.findings}
    unsure = [clause for clause in assessment.clauses if clause.id in perhaps]
    first = [*(one for one in near if one.id in held), *unsure]
    beside = [one for one in near if one.id not in held]
    return first, beside, _near(assessment, dict.fromkeys(rated.finding.mechanism for rated in assessment.findings))


def _answers(
    test: Test,
    mechanisms: Iterable[str],
    around: tuple[list[Clause], list[Clause], list[Clause]],
    assessment: Assessment,
    taxonomy: Taxonomy,
) -> tuple[Cited, ...]:
    matching = {guard for name in mechanisms for guard in taxonomy.mechanisms[name].safeguards} & set(test.safeguards)
    surest = _surest(assessment)
    provided = (
        Cited(one.clause, one.evidence)
        for guards in (matching, set(test.wide) - matching)
        for one in surest
        if one.safeguard in guards
    )
    said = _said(test, mechanisms, around, assessment)
    return _first(one for pair in zip_longest(provided, said) for one in pair if one)


def _surest(assessment: Assessment) -> list[SafeguardFinding]:
    """Return the safeguards, what binds first, then what is recommended, the surest of each before the rest."""
    rank = {strength: at for at, strength in enumerate((Strength.MUST, Strength.SHOULD))}
    return sorted(
        assessment.safeguards, key=lambda safeguard: (rank.get(safeguard.strength, len(rank)), -safeguard.confidence)
    )


def _said(
    test: Test,
    mechanisms: Iterable[str],
    around: tuple[list[Clause], list[Clause], list[Clause]],
    assessment: Assessment,
) -> list[Cited]:
    """Return the clauses whose words speak to a test, from the nearest place where there are any."""
    powers = {rated.finding.clause for rated in assessment.findings}
    others = _protecting(test, assessment) - powers
    foreign = powers - {
        rated.finding.clause for rated in assessment.findings if rated.finding.mechanism in set(mechanisms)
    }

    def saying(clauses: Iterable[Clause], words: tuple[str, ...], own: tuple[str, ...] = ()) -> list[Cited]:
        return [
            said
            for clause in clauses
            if clause.id not in others
            for said in _saying(words if clause.id in foreign else (*words, *own), assessment.document.text, [clause])
        ]

    first, beside, far = around
    named = saying(first, (*test.words, *test.close)) if test.close else []
    said = [one for one in named if _carried(one, mechanisms, assessment)]
    said = said or saying(first, test.words, test.own) or saying(beside, test.words, test.own)
    said = said or saying([*first, *beside], test.last) or saying(far, test.words, test.own) or saying(far, test.last)
    return sorted(said, key=lambda one: _aside(assessment.document.text, one))


def _aside(text: str, cited: Cited) -> bool:
    """Return whether words are cited that stand in brackets, as a source does of what is told before it."""
    return text.endswith("(", 0, cited.evidence[0].start)


def _carried(cited: Cited, mechanisms: Iterable[str], assessment: Assessment) -> bool:
    """Return whether words stand in a sentence that carries a finding of the mechanisms."""
    wanted = set(mechanisms)
    found = (rated.finding for rated in assessment.findings if rated.finding.clause == cited.clause)
    words = [span for one in found if one.mechanism in wanted for span in one.evidence]
    return any(
        any(sentence.meets(word) for word in words) and any(sentence.meets(span) for span in cited.evidence)
        for sentence, _ in assessment.clause(cited.clause).provisions()
    )


def _protecting(test: Test, assessment: Assessment) -> set[str]:
    """Return the clauses that speak for a safeguard; what names the law may, for one that speaks to no test."""
    known = {name for test in rules().tests.values() for name in test.safeguards}
    return {
        safeguard.clause for safeguard in assessment.safeguards if test.reach == "sheet" or safeguard.safeguard in known
    }


def _saying(words: tuple[str, ...], text: str, clauses: Iterable[Clause]) -> Iterator[Cited]:
    return (Cited(clause.id, spans) for clause in clauses if (spans := places(words, text, clause.span)))


def _first(cites: Iterable[Cited]) -> tuple[Cited, ...]:
    """Return the first `MOST` clauses cited, each once."""
    found: dict[str, Cited] = {}
    for cite in cites:
        found.setdefault(cite.clause, cite)
        if len(found) == MOST:
            break
    return tuple(found.values())
