"""What the text leaves open, as reports show it: safeguards that bind nobody, and words that leave a power open."""

from collections.abc import Sequence
from dataclasses import dataclass

from impact.records import Advice, Assessment, Cited, Gap, Loose, Standing
from impact.report.cards import Places, Where
from impact.report.phrases import RuledOut
from impact.report.quotes import Piece, pieces
from impact.report.script import in_clauses
from impact.report.words import inside, listed
from impact.taxonomy.values import Taxonomy

QUOTES = 2
LIMIT = 300
ENTRIES = 12
OTHERS = 12

Line = tuple[Where, tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class Unbinding:
    """A safeguard that no clause makes binding although clauses speak of it.

    Attributes:
        name: Of the safeguard.
        how: One sentence on what the text does with it.
        powers: Name and anchor of each power found that it would match, gravest first.
        power: The clause that shows the gravest of them.
        quotes: A few of the clauses that speak of the safeguard, the weak words marked.
        others: Places of the other ones.
        denied: Whether the text rules the safeguard out at the gravest of them.
    """

    name: str
    how: str
    powers: tuple[tuple[str, str], ...]
    power: Line
    quotes: tuple[Line, ...]
    others: tuple[Where, ...]
    denied: bool


@dataclass(frozen=True, slots=True)
class Open:
    """Words that leave a power open, quoted with what to ask.

    Attributes:
        title: What is open; for powers without an end or conditions with the name of the power.
        loose: The advice it shows.
        quotes: A few of its clauses, the words marked.
        others: Places of some further clauses.
        more: How many places are neither quoted nor named.
    """

    title: str
    loose: Loose
    quotes: tuple[Line, ...]
    others: tuple[Where, ...]
    more: int


def unbinding(assessment: Assessment, advice: Advice, at: Places, taxonomy: Taxonomy) -> tuple[Unbinding, ...]:
    """Return the safeguards that are left out in words or weakly worded, those of the gravest powers first."""
    groups: dict[str, list[Gap]] = {}
    for gap in advice.gaps:
        if gap.standing is not Standing.ABSENT and not gap.told:
            groups.setdefault(gap.safeguard, []).append(gap)
    return tuple(_unbinding(assessment, gaps, at, taxonomy) for gaps in groups.values())


def ruled_out(advice: Advice, at: Places) -> RuledOut:
    """Return where the text rules out a safeguard at a power."""
    return {
        (one.mechanism, one.safeguard): listed(in_clauses([place.full for place in at.each(cited)]))
        for one in advice.gaps
        if one.standing is Standing.DENIED and (cited := [each.clause for each in one.cites])
    }


def opened(assessment: Assessment, advice: Advice, at: Places, taxonomy: Taxonomy) -> tuple[Open, ...]:
    """Return the loose ends, at most `ENTRIES`, in the order of the advice."""
    return tuple(_open(assessment, one, at, taxonomy) for one in advice.loose[:ENTRIES])


def further(cites: Sequence[Cited], quoted: Sequence[Cited], at: Places) -> list[Where]:
    """Return where the clauses stand that are cited and not quoted, in the order of the text, a number once."""
    shown = {at.where(one.clause).full for one in quoted}
    return list(at.each(one.clause for one in cites if at.where(one.clause).full not in shown))


def _unbinding(assessment: Assessment, gaps: list[Gap], at: Places, taxonomy: Taxonomy) -> Unbinding:
    first = gaps[0]
    cites = first.cites
    powers = tuple((inside(taxonomy.mechanisms[one.mechanism].name), f"m-{one.mechanism}") for one in gaps)
    return Unbinding(
        name=taxonomy.safeguards[first.safeguard].name,
        how=_how(first),
        powers=powers,
        power=_line(assessment, first.power, at),
        quotes=tuple(_line(assessment, one, at) for one in cites[:QUOTES]),
        others=tuple(further(cites, cites[:QUOTES], at)[:OTHERS]),
        denied=first.standing is Standing.DENIED,
    )


def _how(gap: Gap) -> str:
    if gap.standing is Standing.WEAK:
        return f"Each clause that was found to provide it does so in weak words: {listed(gap.weak)}."
    if gap.standing is Standing.DENIED:
        return f"No clause was found to provide it, and at the power it is {listed(gap.weak)}."
    return f"No clause was found to provide it; where the text speaks of it, it is {listed(gap.weak)}."


def _open(assessment: Assessment, one: Loose, at: Places, taxonomy: Taxonomy) -> Open:
    title = f"{one.name}: {inside(taxonomy.mechanisms[one.mechanism].name)}" if one.mechanism else one.name
    quoted = list(dict.fromkeys(one.cites))[:QUOTES]
    others = further(one.cites, quoted, at)
    return Open(
        title=title,
        loose=one,
        quotes=tuple(_line(assessment, each, at) for each in quoted),
        others=tuple(others[:OTHERS]),
        more=max(0, len(others) - OTHERS),
    )


def _line(assessment: Assessment, cited: Cited, at: Places) -> Line:
    runs = pieces(assessment.document.text, at.clause(cited.clause).span, cited.evidence, LIMIT)
    return at.where(cited.clause), runs
