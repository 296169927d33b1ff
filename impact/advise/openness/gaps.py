"""Safeguards that would match a power and that no clause makes binding: absent, left out in words, or weakly worded."""

from collections.abc import Iterable, Sequence

from impact.advise.context import Scene
from impact.advise.openness.weak import denials, hedges, soft
from impact.advise.phrases import places
from impact.records import Cited, Clause, Gap, Mention, SafeguardFinding, Span, Standing, Strength
from impact.taxonomy.values import Taxonomy

LEAVING = frozenset({"deferred", "outside", "implementation", "local"})
"""Hedges by which a sentence that speaks of a safeguard leaves it out. Source: project judgement."""


def gaps_of(scene: Scene, given: Sequence[SafeguardFinding], taxonomy: Taxonomy) -> tuple[Gap, ...]:
    """Return the gaps of each power found: powers gravest first, safeguards in the order of the taxonomy.

    A safeguard is weak if each sentence that provides it recommends, permits or hedges; one binding sentence anywhere
    in the text closes the gap, and so does a doubtful one, since a reader may find that it binds.

    Args:
        scene: The firm assessment.
        given: The safeguards found, doubtful ones too.
        taxonomy: Which safeguards match which power.
    """
    found = {name: [one for one in given if one.safeguard == name] for name in taxonomy.safeguards}
    weak = {name: _weak(scene, ones) for name, ones in found.items()}
    left = {name: _left(scene, name) for name in taxonomy.safeguards}
    return tuple(
        gap
        for mechanism in scene.shown
        for safeguard in scene.told(mechanism, taxonomy).safeguards
        if (gap := _gap(scene, mechanism, safeguard, weak[safeguard], left[safeguard]))
    )


Quoted = dict[str, tuple[Cited, tuple[str, ...]]]
"""By clause: its words that are weak, and what makes them so, as printed."""


def _gap(scene: Scene, mechanism: str, safeguard: str, weak: Quoted | None, left: Quoted) -> Gap | None:
    if weak is None:
        return None
    power = scene.cited(scene.shown[mechanism][0])
    denied = {} if weak else _denied(scene, mechanism, safeguard)
    found = weak or denied or left
    standing = Standing.WEAK if weak else Standing.DENIED if denied else Standing.LEFT if left else Standing.ABSENT
    order = _nearest(scene, mechanism, found)
    kinds = sorted({kind for _, kinds in found.values() for kind in kinds})
    return Gap(mechanism, safeguard, standing, power, tuple(found[one][0] for one in order), tuple(kinds))


def _denied(scene: Scene, mechanism: str, safeguard: str) -> Quoted:
    """Return the clauses of a power, and those beside them, that deny a safeguard."""
    words = denials().get(safeguard)
    if words is None:
        return {}
    own = [scene.clause(one.finding.clause) for one in scene.shown[mechanism]]
    clauses = {each.id: each for one in own for each in (one, *scene.beside(one))}
    found = {clause.id: words.within(scene.text, clause.span) for clause in clauses.values()}
    return {name: (Cited(name, spans), (words.name,)) for name, spans in found.items() if spans}


def _nearest(scene: Scene, mechanism: str, found: Quoted) -> list[str]:
    """Return the clauses, those that have a finding of the mechanism first, then those of a section that has one."""
    clauses = {one.finding.clause for one in scene.shown[mechanism]}
    near = scene.assessment.index.under_headings_of(clauses)
    return sorted(found, key=lambda one: (one not in clauses, one not in near))


def _weak(scene: Scene, given: Iterable[SafeguardFinding]) -> Quoted | None:
    """Return the clauses that provide a safeguard weakly, in the order of the text; None where there is no gap.

    Doubtful ones are not cited.
    """
    firm: Quoted = {}
    unsure = False
    for one in given:
        kinds, spans = _weakness(scene, one)
        if not kinds:
            return None
        if one.doubtful:
            unsure = True
        else:
            firm.setdefault(one.clause, (Cited(one.clause, spans), kinds))
    return None if unsure and not firm else firm


def _weakness(scene: Scene, found: SafeguardFinding) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """Return what makes a sentence weak, and the words; no kinds where one binds, or "may" speaks of something else."""
    clause = scene.clause(found.clause)
    meets = [sentence for sentence in clause.sentences if any(sentence.meets(span) for span in found.evidence)]
    if any(_binds(scene, clause, meet) for meet in meets):
        return (), ()
    sentence = _carrying(scene, meets, found)
    wanted = [*([soft()[found.strength.value]] if found.strength.value in soft() else []), *hedges()]
    words = {one.name: one.within(scene.text, sentence) for one in wanted}
    other = {one.name for one in soft().values() if places(one.unless, scene.text, sentence)}
    kinds = tuple(
        one.name for one in wanted if words[one.name] or (one.id == found.strength.value and one.name not in other)
    )
    return kinds, tuple(sorted({span for spans in words.values() for span in spans})) or found.evidence


def _carrying(scene: Scene, meets: list[Span], found: SafeguardFinding) -> Span:
    """Return the sentence that provides a safeguard: of those with its words the one that recommends or permits."""
    soften = soft().get(found.strength.value)
    said = [meet for meet in meets if soften and soften.within(scene.text, meet)]
    return (said or meets or [scene.clause(found.clause).span])[0]


def _binds(scene: Scene, clause: Clause, sentence: Span) -> bool:
    """Return whether a sentence of a clause is a requirement that no hedge empties."""
    said = dict(clause.provisions())
    return said.get(sentence) is Strength.MUST and not any(hedge.within(scene.text, sentence) for hedge in hedges())


def _left(scene: Scene, safeguard: str) -> Quoted:
    """Return the clauses that speak of a safeguard in a sentence that leaves it out."""
    found: Quoted = {}
    for mention in scene.assessment.mentions:
        if mention.label == safeguard and mention.clause not in found:
            kinds, spans = _leaving(scene, scene.clause(mention.clause), mention)
            if kinds:
                found[mention.clause] = (Cited(mention.clause, spans), kinds)
    return found


def _leaving(scene: Scene, clause: Clause, mention: Mention) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    sentence = scene.sentence(clause, mention.evidence[0])
    words = {hedge.name: hedge.within(scene.text, sentence) for hedge in hedges() if hedge.id in LEAVING}
    return tuple(name for name, found in words.items() if found), tuple(
        sorted({s for found in words.values() for s in found})
    )
