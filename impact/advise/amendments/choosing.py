"""Which changes of wording are proposed for which clause."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from impact.advise.amendments.library import Entry, denials, library
from impact.advise.amendments.working import NORMATIVE, Ground, Worked, runs, strengthened, worked
from impact.advise.context import Scene
from impact.advise.questions.questions import slots, telling, unsettled
from impact.records import Amendment, Clause, ClauseKind, Gap, RatedFinding, Setting, Span, Standing, Strength
from impact.taxonomy import load

FIRST, FURTHER = 3, 1
"""Amendments for the first finding that any fits, and for each further one. Source: project judgement."""

RANKS = {Standing.DENIED: 0, Standing.ABSENT: 0, Standing.LEFT: 1, Standing.WEAK: 2}
GIVEN = 3
"""Rank of a safeguard that the text makes binding already."""

BARRED = 4
"""Rank of a safeguard that would be beside the point in the clause."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """An entry that fits a clause, with what it does to it."""

    entry: Entry
    done: Worked


def amendments_of(scene: Scene, gaps: Sequence[Gap], found: Iterable[RatedFinding] = ()) -> tuple[Amendment, ...]:
    """Return the amendments for the findings that are shown, in their order.

    Safeguards that the text lacks come first, then those that it leaves out or words weakly. Several amendments of one
    clause are different in kind where they can be, and each change is offered once a power. Where rules show a power,
    what an introduction tells of it is left as it is, and nothing is put into or after code, where no rule stands.

    Args:
        scene: The firm assessment.
        gaps: What the text lacks.
        found: All findings, doubtful ones too, for what would be beside the point in a clause.
    """
    barred = _barred(scene, found)
    made: list[Amendment] = []
    stronger: set[str] = set()
    for mechanism in scene.shown:
        ranks = {gap.safeguard: RANKS[gap.standing] for gap in gaps if gap.mechanism == mechanism}
        offered: set[str] = set()
        chosen = scene.chosen(mechanism)
        prose = [one for one in chosen if scene.setting(scene.clause(one.finding.clause)) is not Setting.CODE]
        rules = [one for one in prose if not telling(scene, one)]
        for judged in rules or prose:
            beside = barred[""] | barred[judged.finding.clause]
            ordered = {
                **dict.fromkeys(beside, BARRED),
                **{name: rank for name, rank in ranks.items() if name not in beside},
            }
            new = tuple(_for(scene, judged, ordered, FURTHER if offered else FIRST, offered))
            offered |= {one.id for one in new}
            made += new
        made += _stronger(scene, mechanism, gaps, stronger)
    return tuple(made)


def _barred(scene: Scene, found: Iterable[RatedFinding]) -> Mapping[str, set[str]]:
    """Return by clause the safeguards beside the point in it, and under "" those beside the point in the whole text.

    The whole text is about the power of which it has most firm findings. Source: project judgement.
    """
    mechanisms, barred = load().mechanisms, defaultdict[str, set[str]](set)
    for one in (*(each for ones in scene.shown.values() for each in ones), *found):
        barred[one.finding.clause] |= {*mechanisms[one.finding.mechanism].bars}
    if scene.most:
        barred[""] |= {*mechanisms[scene.most].bars}
    return barred


def _for(
    scene: Scene, judged: RatedFinding, ranks: Mapping[str, int], most: int, offered: Collection[str]
) -> Iterator[Amendment]:
    """Yield the amendments for one finding that were not offered for another clause of the same power."""
    if unsettled(scene, judged):
        return
    clause = scene.clause(judged.finding.clause)
    ground = ground_of(scene, clause, judged.finding.evidence[0], judged)
    words = {**scene.house, **_things(scene, judged)}
    ruled, among = _ruled(scene, clause, ground), _among(scene, judged, clause)
    fitting = [
        Fitting(entry, done)
        for entry in library()[judged.finding.mechanism]
        if (ruled or entry.edit == "narrow" or (among and entry.edit == "sentence"))
        and not (_id(judged, entry) in offered or ranks.get(entry.safeguard) == BARRED)
        and (done := worked(entry, ground, words))
    ]
    fitting.sort(key=lambda one: ranks.get(one.entry.safeguard, GIVEN))
    for one in _varied(fitting, most):
        entry = one.entry
        yield Amendment(
            id=_id(judged, entry),
            finding=judged.finding.id,
            clause=clause.id,
            safeguard=entry.safeguard,
            edit=one.done[0],
            setting=ground.setting,
            runs=runs(ground.text, one.done[1]),
            why=entry.why,
            source=entry.source,
            against=_against(scene, clause, entry),
        )


def _against(scene: Scene, clause: Clause, entry: Entry) -> tuple[str, ...]:
    """Return the clauses that stand against a change: denials of its safeguard beside it, and words that it names.

    Those are looked for beside it, at firm findings, beside these, and in code, where a field may have to go.
    """
    found = []
    for one in scene.beside(clause):
        words = (denials().get(judged.finding.mechanism, {}).get(entry.safeguard) for judged in scene.at(one.id))
        if any(word and re.search(word, one.span.of(scene.text), re.IGNORECASE) for word in words):
            found.append(one.id)
    if entry.against:
        firm = [scene.clause(one.finding.clause) for ones in scene.shown.values() for one in ones]
        firm += [near for one in firm for near in scene.beside(one)]
        code = (clause for clause in scene.assessment.clauses if clause.kind is ClauseKind.CODE)
        others = [one for one in (*scene.beside(clause), *firm, *code) if one.id != clause.id]
        found += [one.id for one in others if re.search(entry.against, one.span.of(scene.text), re.IGNORECASE)]
    return tuple(sorted(set(found), key=lambda name: scene.clause(name).span.start))


def _ruled(scene: Scene, clause: Clause, ground: Ground) -> bool:
    """Return whether the sentence that carries a finding is a rule, by its own verb or by that of its stem.

    What only tells how things are has no verb to which a rule could be added; its words can be changed all the same.
    """
    stem = clause.stem.of(scene.text) if clause.stem else ""
    return ground.strength is not Strength.DESCRIPTIVE and bool(NORMATIVE.search(f"{stem} {ground.words}"))


def _among(scene: Scene, judged: RatedFinding, clause: Clause) -> bool:
    """Return whether a clause has a number of its own in a section that has rules, so that a rule could follow it."""
    own = bool(clause.number and clause.headings) and not clause.headings[-1].startswith(clause.number)
    return (
        own
        and not telling(scene, judged)
        and any(NORMATIVE.search(one.span.of(scene.text)) for one in scene.beside(clause))
    )


def _id(judged: RatedFinding, entry: Entry) -> str:
    return f"{judged.finding.mechanism}/{entry.id}"


def _varied(fitting: Sequence[Fitting], most: int) -> list[Fitting]:
    """Return the first few, of which each brings another edit and another safeguard where that can be."""
    taken: list[Fitting] = []
    left = list(fitting)
    while left and len(taken) < most:
        edits, guards = {one.done[0] for one in taken}, {one.entry.safeguard for one in taken}
        best = min(left, key=lambda one: (one.done[0] in edits) + (one.entry.safeguard in guards))
        taken.append(best)
        left = [one for one in left if one is not best and not (one.entry.kin and one.entry.kin == best.entry.kin)]
    return taken


def _things(scene: Scene, judged: RatedFinding) -> dict[str, str]:
    """Return the thing concerned by its names in the library, with and without a capital."""
    told = slots(scene, judged)
    said, named = ("".join(phrase.text for phrase in told.get(name, ())) for name in ("data", "named"))
    things = {"data": said, "Data": said[:1].upper() + said[1:], "named": named}
    return {name: words for name, words in things.items() if words}


def _stronger(scene: Scene, mechanism: str, gaps: Sequence[Gap], seen: set[str]) -> Iterator[Amendment]:
    """Yield for each weak safeguard of a power the change that makes its nearest clause bind; a clause once."""
    judged = scene.shown[mechanism][0]
    for gap in gaps:
        cited = gap.cites[0] if gap.mechanism == mechanism and gap.standing is Standing.WEAK else None
        if cited is None or cited.clause in seen:
            continue
        clause = scene.clause(cited.clause)
        ground = ground_of(scene, clause, cited.evidence[0])
        weak = [Span(span.start - clause.span.start, span.end - clause.span.start) for span in cited.evidence]
        done = strengthened(ground, weak, scene.house["shall"])
        if done:
            seen.add(cited.clause)
            yield Amendment(
                id="stronger",
                finding=judged.finding.id,
                clause=clause.id,
                safeguard=gap.safeguard,
                edit=done[0],
                setting=ground.setting,
                runs=runs(ground.text, done[1]),
                why="The safeguard then binds as the power does.",
                source="RFC 2119; project judgement",
            )


def ground_of(scene: Scene, clause: Clause, at: Span, judged: RatedFinding | None = None) -> Ground:
    """Return a clause as the ground of a change, with the sentence that has the beginning of `at`."""
    sentence = scene.sentence(clause, at)
    start = clause.span.start
    within = Span(max(sentence.start - start, 0), min(sentence.end, clause.span.end) - start)
    strength = judged.finding.strength if judged else clause.strength
    return Ground(clause.span.of(scene.text), within, scene.setting(clause), strength)
