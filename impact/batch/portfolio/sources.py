"""Texts by the organizations that they name as their source: counts of texts, in alphabetical order."""

from collections.abc import Sequence
from dataclasses import dataclass

from impact.batch.portfolio.gather import RankedDocument
from impact.batch.portfolio.order import natural, wording
from impact.records import Level


@dataclass(frozen=True, slots=True)
class Source:
    """An organization; `flagged` and `high` are None where it has too few texts to say more than their number.

    Attributes:
        name: As the first of its texts in reading order writes it.
        flagged: Of these, how many have a firm finding of any level.
        high: Of these, how many have a firm finding of high level.
    """

    name: str
    texts: int
    flagged: int | None
    high: int | None


def sources_of(documents: Sequence[RankedDocument]) -> tuple[Source, ...]:
    """Return each organization by name; a text with several sources counts for each."""
    least = wording().limits["compared"]
    texts: dict[str, list[RankedDocument]] = {}
    names: dict[str, str] = {}
    for document in documents:
        for key, name in {name.casefold(): name for name in document.summary.organizations}.items():
            names.setdefault(key, name)
            texts.setdefault(key, []).append(document)
    return tuple(_source(names[key], texts[key], least) for key in sorted(texts, key=natural))


def _source(name: str, texts: Sequence[RankedDocument], least: int) -> Source:
    if len(texts) < least:
        return Source(name, len(texts), None, None)
    levels = [[power.firm for power in text.summary.powers] for text in texts]
    flagged = sum(any(level is not Level.NONE for level in of_text) for of_text in levels)
    return Source(name, len(texts), flagged, sum(Level.HIGH in of_text for of_text in levels))
