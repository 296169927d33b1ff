"""Words that leave a power open: undefined actors, open purposes, no end, open conditions, fields held in reserve."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from impact.advise.context import Scene
from impact.advise.openness.weak import Kind, hedges, kinds
from impact.advise.phrases import places
from impact.advise.tensions.similarity import Alike
from impact.records import Cited, Clause, ClauseKind, Level, Loose, RatedFinding, Span, Strength, merged

START = 160
"""Characters at the beginning of a clause of definitions in which the term must stand. Source: project judgement."""

OPEN = frozenset({"discretion", "local", "agreed", "implementation"})
"""Hedges that leave open when a power may be used. Source: project judgement."""

REACH = 90
"""Most characters between words that make a field optional and those that name personal data. Source: project
judgement."""

ABBREVIATION = re.compile(r"[A-Z][\w/-]{0,9}\s+")

Entry = tuple[str, Clause, tuple[Span, ...], tuple[RatedFinding, ...]]
"""Subject (an actor, a mechanism's id, or nothing), clause, words and findings concerned."""


def loose_of(scene: Scene) -> tuple[Loose, ...]:
    """Return the loose ends of an assessment: those at the gravest findings first, then in the order of the kinds.

    Only clauses with a finding and those beside one are looked at, and of those beside one only what may name an actor,
    a purpose, a period or a field.
    """
    made = [one for kind in kinds().values() for one in _grouped(scene, FINDERS[kind.id](scene, kind), kind)]
    places = {kind: at for at, kind in enumerate(kinds())}
    return tuple(sorted(made, key=lambda one: (*_gravity(scene, one), places[one.kind])))


def _gravity(scene: Scene, one: Loose) -> tuple[int, bool]:
    """Return the rank of the gravest finding concerned, negative, and whether none stands in a clause cited."""
    cited = {cite.clause for cite in one.cites}
    found = [judged for clause in cited for judged in scene.at(clause)]
    ids = set(one.findings)
    graded = [judged for group in scene.shown.values() for judged in group if judged.finding.id in ids]
    return -max((judged.severity.level for judged in graded), default=Level.NONE), not found


def _grouped(scene: Scene, entries: Iterator[Entry], kind: Kind) -> Iterator[Loose]:
    """Yield one loose end a subject, its clauses with the gravest findings first."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[_singular(entry[0]) if kind.id == "actor" else entry[0]].append(entry)
    for group in groups.values():
        findings = scene.graded(judged for entry in group for judged in entry[3])
        rank = {one.finding.id: at for at, one in enumerate(findings)}
        group.sort(key=lambda entry: min((rank[one.finding.id] for one in entry[3]), default=len(rank)))
        cites = tuple(Cited(clause.id, spans) for _, clause, spans, _ in group)
        subject = group[0][0]
        named = (subject, "") if kind.id == "actor" else ("", subject)
        ask = kind.ask.replace("{words}", subject)
        ids = tuple(rated.finding.id for rated in findings)
        yield Loose(kind.id, kind.name, *named, ask, kind.ground, kind.source, cites, ids)


def _worded(scene: Scene, kind: Kind) -> Iterator[Entry]:
    """Yield the clauses with the words of a kind."""
    for clause, found in scene.near:
        concerned = tuple(one for one in found if not kind.mechanisms or one.finding.mechanism in kind.mechanisms)
        spans = _said(scene, kind, clause) if concerned else ()
        if spans:
            yield "", clause, spans, concerned


def _said(scene: Scene, kind: Kind, clause: Clause) -> tuple[Span, ...]:
    """Return where a clause has the words of a kind; some count only in a sentence that carries a finding."""
    close = (span for sentence in scene.carrying(clause) for span in kind.within(scene.text, sentence, close=True))
    return tuple(sorted({*kind.within(scene.text, clause.span), *close}))


def _actors(scene: Scene, kind: Kind) -> Iterator[Entry]:
    defined: dict[str, bool] = {}
    for clause, found in scene.near:
        for span in _said(scene, kind, clause):
            if _protects(scene, clause, span):
                continue
            name = re.sub(r"^(?:an?|any|all|the)\s+", "", " ".join(span.of(scene.text).split()), flags=re.IGNORECASE)
            key = _singular(name)
            if key not in defined:
                defined[key] = _defines(scene, kind, key)
            if not defined[key] and not _abbreviates(scene.text, clause, span):
                yield name, clause, (span,), found


def _protects(scene: Scene, clause: Clause, span: Span) -> bool:
    """Return whether words stand in a sentence that provides a safeguard and carries no finding."""
    sentence = scene.sentence(clause, span)
    given = (safeguard for safeguard in scene.assessment.safeguards if safeguard.clause == clause.id)
    guards = any(sentence.covers(word) for one in given for word in one.evidence)
    return guards and sentence not in scene.carrying(clause)


def _singular(name: str) -> str:
    """Return a term in lower case, its last word in the singular, hyphens as blanks."""
    lower = name.lower().replace("-", " ")
    return re.sub(r"ies$", "y", lower) if lower.endswith("ies") else re.sub(r"(?<!s)s$", "", lower)


def _abbreviates(text: str, clause: Clause, span: Span) -> bool:
    """Return whether a clause is an entry of a list of abbreviations: capitals, and what they stand for."""
    return span.end == clause.span.end and bool(ABBREVIATION.fullmatch(text, clause.span.start, span.start))


def _initials(term: str) -> str:
    """Return a pattern for the initials of a term of three words or more, which a list of terms may have for it."""
    letters = "".join(word[0] for word in term.split()).upper()
    return rf"\b{re.escape(letters)}\b" if len(letters) > 2 else r"(?!)"


def _defines(scene: Scene, kind: Kind, term: str) -> bool:
    """Return whether a text was found to define a term."""
    stem = re.escape(term.removesuffix("y")).replace(r"\ ", r"[\s-]+")
    name = rf"\b{stem}(?:y|ies|s)?\b"
    sentence = re.compile(
        rf"{name}[\"'\u201d\u2019]?\s*(?:\([^)]{{1,40}}\)\s*)?(?:{'|'.join(kind.defining)})", re.IGNORECASE
    )
    title, sections = (
        re.compile(rf"[\W\d.]*{name}\W*", re.IGNORECASE),
        re.compile(rf"[\W\d.]*(?:{'|'.join(kind.headings)})\W*", re.IGNORECASE),
    )
    word = re.compile(rf"(?i:{name})|{_initials(term)}")
    for clause in scene.assessment.clauses:
        if not word.search(scene.text, clause.span.start, clause.span.end):
            continue
        if not clause.assessed and title.fullmatch(clause.span.of(scene.text)):
            return True
        listed = clause.kind is ClauseKind.DEFINITION or any(sections.fullmatch(heading) for heading in clause.headings)
        if listed and word.search(scene.text, clause.span.start, min(clause.span.end, clause.span.start + START)):
            return True
        if clause.assessed and sentence.search(scene.text, clause.span.start, clause.span.end):
            return True
    return False


def _endless(scene: Scene, kind: Kind) -> Iterator[Entry]:
    """Yield findings that go on and whose clause and section name no time; descriptions in doubt only without rules.

    A definition, a row of code, and a sentence that has no verb of such a power name a thing and not what is done.
    """
    timed: dict[str, bool] = {}
    for mechanism in kind.mechanisms:
        found = [one for one in scene.shown.get(mechanism, ()) if _goes_on(scene, kind, one)]
        rules = [one for one in found if one.finding.strength is not Strength.DESCRIPTIVE or not one.finding.doubtful]
        for one in rules or found:
            clause = scene.clause(one.finding.clause)
            for each in (clause, *scene.beside(clause)):
                if each.id not in timed:
                    timed[each.id] = bool(places(kind.times, scene.text, each.span))
            beside = any(guard.safeguard == "retention-limits" for guard in one.safeguards)
            if not beside and not any(timed[each.id] for each in (clause, *scene.beside(clause))):
                yield mechanism, clause, one.finding.evidence, (one,)


def _goes_on(scene: Scene, kind: Kind, one: RatedFinding) -> bool:
    """Return whether the sentence of a finding says that something is done that may go on."""
    clause = scene.clause(one.finding.clause)
    if clause.kind in {ClauseKind.DEFINITION, ClauseKind.CODE}:
        return False
    sentence = scene.sentence(clause, one.finding.evidence[0])
    return bool(places(kind.verbs, scene.text, sentence)) and not places(kind.unless, scene.text, sentence)


def _conditions(scene: Scene, kind: Kind) -> Iterator[Entry]:
    """Yield hedges in the very sentence that carries a finding, and clauses beside one that leave rules to others."""
    for clause in scene.assessment.clauses:
        for one in scene.at(clause.id) if clause.kind is not ClauseKind.CODE else ():
            sentence = scene.sentence(clause, one.finding.evidence[0])
            other = places(kind.unless, scene.text, sentence)
            words = [span for hedge in hedges() if hedge.id in OPEN for span in hedge.within(scene.text, sentence)]
            words += places(kind.close, scene.text, sentence)
            spans = merged(span for span in words if not any(far.meets(span) for far in other))
            if spans:
                yield one.finding.mechanism, clause, spans, (one,)
    alike = Alike(scene.assessment)
    for clause, found in scene.near:
        left = () if scene.at(clause.id) or clause.kind is ClauseKind.CODE else kind.within(scene.text, clause.span)
        if left:
            said = alike.content(clause.span)
            nearest = max(found, key=lambda one: len(said & alike.content(scene.clause(one.finding.clause).span)))
            yield nearest.finding.mechanism, clause, left, (nearest,)


def _dormant(scene: Scene, kind: Kind) -> Iterator[Entry]:
    """Yield clauses in which one sentence makes a field optional or reserves it, and names personal data."""
    for clause, found in scene.near:
        for sentence in clause.sentences or (clause.span,):
            optional = places(kind.optional, scene.text, sentence)
            personal = _personal(kind, scene.text, sentence) if optional else ()
            pairs = [{one, other} for one in optional for other in personal if _gap(one, other) <= REACH]
            if pairs:
                yield "", clause, merged(set().union(*pairs)), found
                break


def _gap(one: Span, other: Span) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def _personal(kind: Kind, text: str, span: Span) -> tuple[Span, ...]:
    """Return where personal data is named within a span."""
    found, other = places(kind.personal, text, span), places(kind.unless, text, span)
    return tuple(one for one in found if not any(far.meets(one) for far in other))


FINDERS: dict[str, Callable[[Scene, Kind], Iterator[Entry]]] = {
    "actor": _actors,
    "purpose": _worded,
    "period": _worded,
    "endless": _endless,
    "condition": _conditions,
    "dormant": _dormant,
}
"""How each kind of weak.toml is found."""
