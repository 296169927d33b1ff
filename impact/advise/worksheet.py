"""The worksheet: what the articles ask of a limitation, and the clauses of the text that may answer."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from impact.advise.citations import first_of_clauses
from impact.advise.context import Context
from impact.advise.phrases import places
from impact.records import Cited, Clause, Ground, Limitation, RightSheet, SafeguardFinding, Strength, Worksheet
from impact.taxonomy.values import Right
from impact.typed import loader

MOST = 2
"""Clauses cited for one test or one ground. Source: project judgment; a person fills the worksheet in."""


@dataclass(frozen=True, slots=True)
class LimitationRule:
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
class LimitationTest:
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
class LimitationLibrary:
    """All of limitations.toml: what each article asks in the order of the file, the rest by id."""

    limitations: tuple[LimitationRule, ...]
    grounds: dict[str, Aim]
    aims: dict[str, Aim]
    tests: dict[str, LimitationTest]

    def __post_init__(self) -> None:
        if unknown := {name for limitation in self.limitations for name in limitation.grounds} - self.grounds.keys():
            raise ValueError(f"unknown grounds {sorted(unknown)}")


Surroundings = tuple[list[Clause], list[Clause], list[Clause]]
"""Where to look for words that speak to a test: first, then, and where nothing was found there."""


library = loader(LimitationLibrary, "impact.advise", "limitations.toml")


def worksheet_of(context: Context) -> Worksheet:
    """Return the tests for the rights touched by firm findings.

    A clause is cited for a test where it provides a safeguard that speaks to it and counters a mechanism of the
    sheet, or where it holds a finding of the sheet, or stands in the section of one, and its words speak to the test;
    one of each comes first. What provides a safeguard and holds no finding speaks for that safeguard alone; a period
    in a clause with findings of other powers alone is theirs. The law that the sentence of a finding names comes
    alone; else that of clauses with a finding of the sheet, doubtful ones too; else that beside them; else that at
    other powers.
    Grounds are looked for in all assessed clauses, those near a finding first, and aims near findings alone. A right
    that is absolute in part may be limited only where an article says how; else it stands with the absolute ones alone.
    """
    touched = [context.taxonomy.rights[name] for name, _ in context.assessment.rights]
    primary = {link.right for mechanism in context.ranked for link in context.taxonomy.mechanisms[mechanism].primary}
    ruled = {rule.right for rule in library().limitations}
    limited = [
        right
        for right in touched
        if right.limits not in {"absolute", "no clause"} and (right.limits != "partly" or right.id in ruled)
    ]
    return Worksheet(
        sheets=tuple(_sheet(context, right) for right in limited if right.id in primary),
        absolute=tuple(right.id for right in touched if right.limits in {"absolute", "partly"}),
        firm=tuple(right.id for right in touched if right.derogation in {"non-derogable", "partly"}),
        further=tuple(right.id for right in limited if right.id not in primary),
    )


def _sheet(context: Context, right: Right) -> RightSheet:
    mechanisms = tuple(
        dict.fromkeys(
            rated.finding.mechanism
            for rated in context.assessment.findings
            if any(link.right == right.id for link in context.taxonomy.mechanisms[rated.finding.mechanism].primary)
        )
    )
    near = _near(context, mechanisms)
    near_clauses = {clause.id for clause in near}
    order = [*near, *(clause for clause in _speaking_clauses(context) if clause.id not in near_clauses)]
    rules = [rule for rule in library().limitations if rule.right == right.id]
    listed = {library().grounds[name].kin for rule in rules for name in rule.grounds}
    others: dict[str, Aim] = {}
    for aim in (*library().grounds.values(), *library().aims.values()):
        if aim.kin not in listed:
            others.setdefault(aim.kin, aim)
    unlisted = (_ground(context, aim, near if aim.id in library().aims else order) for aim in others.values())
    return RightSheet(
        right=right.id,
        mechanisms=mechanisms,
        limitations=tuple(_limitation(context, rule, order) for rule in rules),
        answers=tuple((test.id, _answers(context, test, mechanisms, near)) for test in library().tests.values()),
        unlisted=tuple(ground for ground in unlisted if ground.cites),
    )


def _limitation(context: Context, rule: LimitationRule, order: Sequence[Clause]) -> Limitation:
    grounds = tuple(_ground(context, library().grounds[name], order) for name in rule.grounds)
    return Limitation(rule.ref, rule.law, rule.need, grounds, rule.note, rule.source)


def _ground(context: Context, aim: Aim, order: Iterable[Clause]) -> Ground:
    return Ground(aim.id, aim.name, _first(_speaking(aim.words, context.text, order)))


def _near(context: Context, mechanisms: Collection[str]) -> list[Clause]:
    """Return the assessed clauses that hold a finding of the mechanisms, then those in the sections of these."""
    findings = (rated.finding for rated in context.assessment.findings)
    holding = dict.fromkeys(finding.clause for finding in findings if finding.mechanism in mechanisms)
    beside = context.assessment.index.in_sections_of(holding) - holding.keys()
    return [*map(context.clause, holding), *(clause for clause in _speaking_clauses(context) if clause.id in beside)]


def _speaking_clauses(context: Context) -> list[Clause]:
    """Return the assessed clauses, without those whose only power reviewers overruled: their words are about that."""
    return [
        clause
        for clause in context.assessment.clauses
        if clause.assessed and clause.id not in context.overrulings.clauses
    ]


def _surroundings(
    context: Context, test: LimitationTest, mechanisms: Collection[str], near: list[Clause]
) -> Surroundings:
    if test.reach == "sheet":
        return near, [], []
    unsure = {
        rated.finding.clause
        for rated in context.whole.findings
        if rated.finding.doubtful and rated.finding.mechanism in mechanisms
    }
    holding = [clause for clause in near if context.findings_in(clause)]
    beside = [clause for clause in near if not context.findings_in(clause)]
    first = [*holding, *(clause for clause in context.assessment.clauses if clause.id in unsure)]
    return first, beside, _near(context, context.ranked)


def _answers(
    context: Context, test: LimitationTest, mechanisms: Collection[str], near: list[Clause]
) -> tuple[Cited, ...]:
    countering = {guard for name in mechanisms for guard in context.taxonomy.mechanisms[name].safeguards}
    matching = countering & set(test.safeguards)
    providing = (
        safeguard.cited
        for guards in (matching, set(test.wide) - matching)
        for safeguard in _surest(context)
        if safeguard.safeguard in guards
    )
    speaking = _worded(context, test, mechanisms, _surroundings(context, test, mechanisms, near))
    return _first(cite for pair in zip_longest(providing, speaking) for cite in pair if cite)


def _surest(context: Context) -> list[SafeguardFinding]:
    """Return the safeguards, what binds first, then what is recommended, the surest of each before the rest."""
    rank = {Strength.MUST: 0, Strength.SHOULD: 1}
    return sorted(
        context.assessment.safeguards,
        key=lambda safeguard: (rank.get(safeguard.strength, len(rank)), -safeguard.confidence),
    )


def _worded(context: Context, test: LimitationTest, mechanisms: Collection[str], around: Surroundings) -> list[Cited]:
    """Return the clauses whose words speak to a test, from the nearest place where there are any."""
    powers = {rated.finding.clause for rated in context.assessment.findings}
    own_powers = {
        rated.finding.clause for rated in context.assessment.findings if rated.finding.mechanism in mechanisms
    }
    others = _protecting(context, test) - powers

    def speaking(clauses: Iterable[Clause], words: tuple[str, ...], further: tuple[str, ...] = ()) -> list[Cited]:
        return [
            cite
            for clause in clauses
            if clause.id not in others
            for cite in _speaking(
                words if clause.id in powers - own_powers else (*words, *further), context.text, [clause]
            )
        ]

    first, beside, far = around
    close = speaking(first, (*test.words, *test.close)) if test.close else []
    cites = (
        [cite for cite in close if _carried(context, cite, mechanisms)]
        or speaking(first, test.words, test.own)
        or speaking(beside, test.words, test.own)
        or speaking([*first, *beside], test.last)
        or speaking(far, test.words, test.own)
        or speaking(far, test.last)
    )
    return sorted(cites, key=lambda cite: _bracketed(context.text, cite))


def _bracketed(text: str, cited: Cited) -> bool:
    """Return whether words are cited that stand in brackets, as a source does of what is told before it."""
    return text.endswith("(", 0, cited.evidence[0].start)


def _carried(context: Context, cited: Cited, mechanisms: Collection[str]) -> bool:
    """Return whether words stand in a sentence that carries a finding of the mechanisms."""
    clause = context.clause(cited.clause)
    findings = (rated.finding for rated in context.findings_in(clause))
    words = [span for finding in findings if finding.mechanism in mechanisms for span in finding.evidence]
    return any(
        any(sentence.meets(word) for word in words) and any(sentence.meets(span) for span in cited.evidence)
        for sentence, _ in clause.provisions()
    )


def _protecting(context: Context, test: LimitationTest) -> set[str]:
    """Return the clauses that speak for a safeguard; what names the law may, for one that speaks to no test."""
    tested = {name for test in library().tests.values() for name in test.safeguards}
    return {
        safeguard.clause
        for safeguard in context.assessment.safeguards
        if test.reach == "sheet" or safeguard.safeguard in tested
    }


def _speaking(words: tuple[str, ...], text: str, clauses: Iterable[Clause]) -> Iterator[Cited]:
    return (Cited(clause.id, spans) for clause in clauses if (spans := places(words, text, clause.span)))


def _first(cites: Iterable[Cited]) -> tuple[Cited, ...]:
    """Return the first `MOST` clauses cited, each once."""
    return tuple(islice(first_of_clauses(cites), MOST))
