"""Why a document stands where it stands, in words."""

from impact.batch.portfolio.entry import Entry
from impact.batch.portfolio.order import Step, steps, wording
from impact.present.cleaning import plain
from impact.present.words import counted, inside, language
from impact.taxonomy.values import Taxonomy


def reasons_of(entry: Entry, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return what each step of the order counted, in its order, or first that nothing was flagged or assessed."""
    said = wording()["reasons"]
    if not entry.assessed:
        return (str(said["language"]).format(language=language(entry.language)),)
    if not entry.read:
        return (str(said["nothing"]),)
    parts = [_part(step, names, taxonomy) for step in steps() if (names := step.of(entry))]
    if not entry.powers:
        read = counted(entry.read, "clause") + (" was read" if entry.read == 1 else " were read")
        parts.insert(0, str(said["unflagged"]).format(read=read))
    return tuple(parts)


def brief_of(entry: Entry, taxonomy: Taxonomy) -> str:
    """Return the reasons in one line: what counted first in full, the rest as numbers."""
    full = reasons_of(entry, taxonomy)
    if not entry.placed:
        return sentence(full)
    said = 1 if entry.powers else 2
    rest = [step.brief.format(count=len(names)) for step in steps() if (names := step.of(entry))]
    return sentence((*full[:said], *rest[1:]))


def sentence(reasons: tuple[str, ...]) -> str:
    """Return reasons as one sentence."""
    text = "; ".join(reasons)
    return f"{text[:1].upper()}{text[1:]}."


def short(mechanism: str, taxonomy: Taxonomy) -> str:
    """Return the name of a mechanism as it stands in a list; the id where the taxonomy has moved on."""
    names = wording()["short"]
    if mechanism in names:
        return str(names[mechanism])
    return inside(taxonomy.mechanisms[mechanism].name) if mechanism in taxonomy.mechanisms else plain(mechanism)


def _part(step: Step, ids: tuple[str, ...], taxonomy: Taxonomy) -> str:
    """Return what one step counted: "2 high powers: shut-off, traffic inspection"."""
    pairs = {rule.id: inside(rule.name) for rule in taxonomy.compounds}
    most = wording()["reasons"]["pairs" if step.count == "pairs" else "names"]
    names = [pairs[name] if name in pairs else short(name, taxonomy) for name in ids[:most]]
    more = f" and {len(ids) - most} more" if len(ids) > most else ""
    return (step.one if len(ids) == 1 else step.many).format(count=len(ids), names=", ".join(names) + more)
