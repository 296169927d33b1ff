"""Words that leave a power open: undefined actors, open purposes, no end, open conditions, fields held in reserve."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from impact.advise.context import Context
from impact.advise.grammar import grammar
from impact.advise.openness.library import OpenTermKind, hedges, weak_words
from impact.advise.phrases import places
from impact.advise.similarity import content
from impact.records import Cited, Clause, ClauseKind, Level, OpenTerm, RatedFinding, Span, merged
from impact.stems import singular

START = 160
"""Characters at the beginning of a clause of definitions in which the term must stand. Source: project judgment."""

REACH = 90
"""Most characters between words that make a field optional and those that name personal data. Source: project
judgment."""


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """Open words of a clause, the findings concerned, and the subject: an actor, a mechanism's id, or nothing."""

    subject: str
    clause: Clause
    words: tuple[Span, ...]
    findings: tuple[RatedFinding, ...]


def open_terms_of(context: Context) -> tuple[OpenTerm, ...]:
    """Return the loose ends of an assessment: those at the gravest findings first, then in the order of the kinds.

    Only clauses with a finding and those beside such a clause are looked at, and of the latter only what may name an
    actor, a purpose, a period or a field.
    """
    kinds = weak_words().kinds
    terms = [term for kind in kinds.values() for term in _grouped(context, FINDERS[kind.id](context, kind), kind)]
    order = list(kinds)
    return tuple(sorted(terms, key=lambda term: (*_gravity(context, term), order.index(term.kind))))


def _gravity(context: Context, term: OpenTerm) -> tuple[int, bool]:
    """Return the rank of the gravest finding concerned, negative, and whether none stands in a clause cited."""
    elsewhere = not any(context.findings_in(context.clause(cite.clause)) for cite in term.cites)
    findings = (rated for group in context.ranked.values() for rated in group if rated.finding.id in term.findings)
    return -max((rated.severity.level for rated in findings), default=Level.NONE), elsewhere


def _grouped(context: Context, open_places: Iterator[OpenPlace], kind: OpenTermKind) -> Iterator[OpenTerm]:
    """Yield one loose end a subject, its clauses with the gravest findings first."""
    groups: dict[str, list[OpenPlace]] = defaultdict(list)
    for place in open_places:
        groups[_singular(place.subject) if kind.id == "actor" else place.subject].append(place)
    for group in groups.values():
        findings = context.graded(rated for place in group for rated in place.findings)
        ids = tuple(rated.finding.id for rated in findings)
        subject = group[0].subject
        rank = {name: number for number, name in enumerate(ids)}
        group.sort(key=lambda place: min((rank[rated.finding.id] for rated in place.findings), default=len(ids)))
        yield OpenTerm(
            kind=kind.id,
            name=kind.name,
            subject=subject if kind.id == "actor" else "",
            mechanism="" if kind.id == "actor" else subject,
            ask=kind.ask.replace("{words}", subject),
            ground=kind.ground,
            source=kind.source,
            cites=tuple(Cited(place.clause.id, place.words) for place in group),
            findings=ids,
        )


def _worded(context: Context, kind: OpenTermKind) -> Iterator[OpenPlace]:
    for clause, findings in context.near_power:
        concerned = tuple(
            rated for rated in findings if not kind.mechanisms or rated.finding.mechanism in kind.mechanisms
        )
        words = _words(context, kind, clause) if concerned else ()
        if words:
            yield OpenPlace("", clause, words, concerned)


def _words(context: Context, kind: OpenTermKind, clause: Clause) -> tuple[Span, ...]:
    """Return where a clause has the words of a kind; some count only in a sentence that carries a finding."""
    close = (span for sentence in context.carrying(clause) for span in kind.within(context.text, sentence, close=True))
    return tuple(sorted({*kind.within(context.text, clause.span), *close}))


def _actors(context: Context, kind: OpenTermKind) -> Iterator[OpenPlace]:
    defined: dict[str, bool] = {}
    for clause, findings in context.near_power:
        for span in _words(context, kind, clause):
            if _protects(context, clause, span):
                continue
            name = re.sub(r"^(?:an?|any|all|the)\s+", "", " ".join(span.of(context.text).split()), flags=re.IGNORECASE)
            key = _singular(name)
            if key not in defined:
                defined[key] = _defines(context, kind, key)
            if not defined[key] and not _abbreviates(context.text, clause, span):
                yield OpenPlace(name, clause, (span,), findings)


def _protects(context: Context, clause: Clause, span: Span) -> bool:
    """Return whether words stand in a sentence that provides a safeguard and carries no finding."""
    sentence = clause.sentence_at(span)
    providing = (safeguard for safeguard in context.assessment.safeguards if safeguard.clause == clause.id)
    guards = any(sentence.covers(word) for safeguard in providing for word in safeguard.evidence)
    return guards and sentence not in context.carrying(clause)


def _singular(name: str) -> str:
    """Return a term in lower case, its last word in the singular, hyphens as blanks."""
    return singular(name.lower().replace("-", " "))


def _abbreviates(text: str, clause: Clause, span: Span) -> bool:
    """Return whether a clause is an entry of a list of abbreviations: capitals, and what they stand for."""
    return span.end == clause.span.end and bool(grammar().abbreviation.fullmatch(text, clause.span.start, span.start))


def _initials(term: str) -> str:
    """Return a pattern for the initials of a term of three words or more, which a list of terms may have for it."""
    letters = "".join(word[0] for word in term.split()).upper()
    return rf"\b{re.escape(letters)}\b" if len(letters) > 2 else r"(?!)"


def _defines(context: Context, kind: OpenTermKind, term: str) -> bool:
    stem = re.escape(term.removesuffix("y")).replace(r"\ ", r"[\s-]+")
    name = rf"\b{stem}(?:y|ies|s)?\b"
    sentence = re.compile(
        rf"{name}[\"'\u201d\u2019]?\s*(?:\([^)]{{1,40}}\)\s*)?(?:{'|'.join(kind.defining)})", re.IGNORECASE
    )
    title = re.compile(rf"[\W\d.]*{name}\W*", re.IGNORECASE)
    glossary = re.compile(rf"[\W\d.]*(?:{'|'.join(kind.headings)})\W*", re.IGNORECASE)
    word = re.compile(rf"(?i:{name})|{_initials(term)}")

    def defines(clause: Clause) -> bool:
        start, end = clause.span.start, clause.span.end
        if not word.search(context.text, start, end):
            return False
        if not clause.assessed and title.fullmatch(clause.span.of(context.text)):
            return True
        listed = clause.kind is ClauseKind.DEFINITION or any(glossary.fullmatch(heading) for heading in clause.headings)
        if listed and word.search(context.text, start, min(end, start + START)):
            return True
        return clause.assessed and bool(sentence.search(context.text, start, end))

    return any(defines(clause) for clause in context.assessment.clauses)


def _endless(context: Context, kind: OpenTermKind) -> Iterator[OpenPlace]:
    """Yield findings that go on and whose clause and section name no time.

    A definition, a row of code, and a sentence that has no verb of such a power name a thing and not what is done.
    """
    timed: dict[str, bool] = {}
    for mechanism in kind.mechanisms:
        for rated in context.ranked.get(mechanism, ()):
            clause = context.clause_of(rated)
            near = (clause, *context.neighbors(clause)) if _goes_on(context, kind, rated) else ()
            for other in near:
                if other.id not in timed:
                    timed[other.id] = bool(places(kind.times, context.text, other.span))
            ended = any(guard.safeguard in kind.safeguards for guard in rated.safeguards)
            if near and not ended and not any(timed[other.id] for other in near):
                yield OpenPlace(mechanism, clause, rated.finding.evidence, (rated,))


def _goes_on(context: Context, kind: OpenTermKind, rated: RatedFinding) -> bool:
    """Return whether the sentence of a finding says that something is done that may go on."""
    clause = context.clause_of(rated)
    if clause.kind in {ClauseKind.DEFINITION, ClauseKind.CODE}:
        return False
    sentence = clause.sentence_at(rated.finding.evidence[0])
    return bool(places(kind.verbs, context.text, sentence)) and not places(kind.unless, context.text, sentence)


def _conditions(context: Context, kind: OpenTermKind) -> Iterator[OpenPlace]:
    """Yield hedges in the very sentence that carries a finding, and clauses beside it that leave rules to others."""
    leaving = hedges(kind.hedges)
    for clause in context.assessment.clauses:
        for rated in context.findings_in(clause) if clause.kind is not ClauseKind.CODE else ():
            sentence = clause.sentence_at(rated.finding.evidence[0])
            other = places(kind.unless, context.text, sentence)
            words = [span for hedge in leaving for span in hedge.within(context.text, sentence)]
            words += places(kind.close, context.text, sentence)
            spans = merged(span for span in words if not any(far.meets(span) for far in other))
            if spans:
                yield OpenPlace(rated.finding.mechanism, clause, spans, (rated,))
    for clause, findings in context.near_power:
        ruled = context.findings_in(clause) or clause.kind is ClauseKind.CODE
        spans = () if ruled else kind.within(context.text, clause.span)
        if spans:
            topic_words = content(context, clause.span)
            nearest = max(
                findings, key=lambda rated: len(topic_words & content(context, context.clause_of(rated).span))
            )
            yield OpenPlace(nearest.finding.mechanism, clause, spans, (nearest,))


def _dormant(context: Context, kind: OpenTermKind) -> Iterator[OpenPlace]:
    """Yield clauses in which one sentence makes a field optional or reserves it, and names personal data."""
    for clause, findings in context.near_power:
        for sentence, _ in clause.provisions():
            optional = places(kind.optional, context.text, sentence)
            personal = _personal(kind, context.text, sentence) if optional else ()
            pairs = [
                {field, data}
                for field in optional
                for data in personal
                if max(field.start, data.start) - min(field.end, data.end) <= REACH
            ]
            if pairs:
                yield OpenPlace("", clause, merged(set().union(*pairs)), findings)
                break


def _personal(kind: OpenTermKind, text: str, span: Span) -> tuple[Span, ...]:
    other = places(kind.unless, text, span)
    return tuple(data for data in places(kind.personal, text, span) if not any(far.meets(data) for far in other))


FINDERS: dict[str, Callable[[Context, OpenTermKind], Iterator[OpenPlace]]] = {
    "actor": _actors,
    "purpose": _worded,
    "period": _worded,
    "endless": _endless,
    "condition": _conditions,
    "dormant": _dormant,
}
"""How each kind of weak.toml is found."""
