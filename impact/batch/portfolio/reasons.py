"""Why a document stands where it stands, in words."""

from impact.batch.portfolio.order import OrderStep, steps, wording
from impact.batch.portfolio.summary import DocumentSummary
from impact.present.cleaning import plain
from impact.present.lists import counted, inside
from impact.present.words import language
from impact.taxonomy.values import Taxonomy


def reasons_of(summary: DocumentSummary, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return what the steps of the order counted, in its order, or first that nothing was flagged or assessed."""
    reasons = wording().reasons
    if not summary.assessed:
        return (reasons.language.format(language=language(summary.language)),)
    if not summary.read:
        return (reasons.nothing,)
    parts = [_part(step, names, taxonomy) for step, names in _counted(summary)]
    if not summary.powers:
        read = counted(summary.read, "clause") + (" was read" if summary.read == 1 else " were read")
        parts.insert(0, reasons.unflagged.format(read=read))
    return tuple(parts)


def brief_of(summary: DocumentSummary, taxonomy: Taxonomy) -> str:
    """Return the reasons in one line: what counted first in full, the rest as numbers."""
    full = reasons_of(summary, taxonomy)
    if not summary.has_place:
        return sentence(full)
    rest = [step.brief.format(count=len(names)) for step, names in _counted(summary)]
    return sentence((*full[: 1 if summary.powers else 2], *rest[1:]))


def _counted(summary: DocumentSummary) -> list[tuple[OrderStep, tuple[str, ...]]]:
    """Return the steps that count something, with its ids; those that are worded alike are counted in the first."""
    by_wording: dict[str, tuple[OrderStep, tuple[str, ...]]] = {}
    for step in steps():
        if names := step.of(summary):
            first, before = by_wording.get(step.several, (step, ()))
            by_wording[step.several] = first, (*before, *names)
    return list(by_wording.values())


def sentence(reasons: tuple[str, ...]) -> str:
    """Return reasons as one sentence."""
    text = "; ".join(reasons)
    return f"{text[:1].upper()}{text[1:]}."


def short(mechanism: str, taxonomy: Taxonomy) -> str:
    """Return the name of a mechanism as it stands in a list; the id where the taxonomy has moved on."""
    names = wording().short
    if mechanism in names:
        return names[mechanism]
    return inside(taxonomy.mechanisms[mechanism].name) if mechanism in taxonomy.mechanisms else plain(mechanism)


def _part(step: OrderStep, ids: tuple[str, ...], taxonomy: Taxonomy) -> str:
    """Return what one step counted: "2 high powers: shut-off, traffic inspection"."""
    pairs = {rule.id: inside(rule.name) for rule in taxonomy.compounds}
    reasons = wording().reasons
    most = reasons.pairs if step.count == "pairs" else reasons.names
    names = [pairs[name] if name in pairs else short(name, taxonomy) for name in ids[:most]]
    more = f" and {len(ids) - most} more" if len(ids) > most else ""
    return (step.single if len(ids) == 1 else step.several).format(count=len(ids), names=", ".join(names) + more)
