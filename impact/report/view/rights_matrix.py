"""Rights in words, by mechanisms, and what each right says."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact.present.articles import articles_cited
from impact.present.words import words
from impact.records import Assessment, RatedFinding
from impact.report.view.concerns import Concern
from impact.taxonomy.values import Article, Right, Taxonomy

DEROGABLE, PROGRESSIVE = "ICCPR", "ICESCR"
"""The instrument with a derogation clause (ICCPR 4), and that with progressive realization (ICESCR 2(1))."""


@dataclass(frozen=True, slots=True)
class RightLine:
    """A right with its articles and what may be done to it, in words.

    Attributes:
        cited: The articles by instrument, each with what holds for it: "UDHR 12; ICCPR 17 (derogable; qualified)".
    """

    name: str
    articles: str
    cited: str
    derogation: str
    limits: str
    source: str
    anchor: str


@dataclass(frozen=True, slots=True)
class RightRow:
    """One right: a cell a concern ("primary", "secondary" or "") and the number of findings that may touch it.

    `links` are the addresses of the official texts, by instrument.
    """

    right: Right
    line: RightLine
    articles: tuple[Article, ...]
    cells: tuple[str, ...]
    findings: int
    links: Mapping[str, str]

    @property
    def primary(self) -> bool:
        """Whether any mechanism found has a primary link to it."""
        return "primary" in self.cells


def rights_matrix(assessment: Assessment, concerns: tuple[Concern, ...], taxonomy: Taxonomy) -> tuple[RightRow, ...]:
    """Return one row a right touched, in the order of the taxonomy."""
    links = [
        {
            **{link.right: "secondary" for link in concern.mechanism.secondary},
            **{link.right: "primary" for link in concern.mechanism.primary},
        }
        for concern in concerns
    ]
    return tuple(
        RightRow(
            right=taxonomy.rights[right],
            line=right_line(right, "", taxonomy),
            articles=tuple(taxonomy.articles[ref] for ref in taxonomy.rights[right].articles),
            cells=tuple(link.get(right, "") for link in links),
            findings=len(ids),
            links={instrument.id: instrument.link for instrument in taxonomy.instruments.values()},
        )
        for right, ids in assessment.rights
    )


def right_line(name: str, source: str, taxonomy: Taxonomy) -> RightLine:
    """Return a right with its articles, derogability and limits in words."""
    right = taxonomy.rights[name]
    word = words().derogation.get(right.derogation, right.derogation)
    derogation = words().derogations.get(right.id, word)
    limits = words().limits.get(right.limits, right.limits)
    articles, cited = ", ".join(right.articles), _cited(right, derogation, limits, taxonomy)
    return RightLine(right.name, articles, cited, derogation, limits, source, f"right-{right.id}")


def _cited(right: Right, derogation: str, limits: str, taxonomy: Taxonomy) -> str:
    """Return the articles by instrument; only the ICCPR has a derogation clause, and only the ICESCR is progressive."""
    numbers: dict[str, list[str]] = {}
    for article in (taxonomy.articles[ref] for ref in right.articles):
        numbers.setdefault(article.instrument, []).append(article.number)
    derogations = {taxonomy.articles[ref].derogation for ref in right.articles if ref.startswith(DEROGABLE)}
    if right.derogation == "no clause" and len(derogations) == 1:
        (single,) = derogations
        derogation = words().derogation.get(single, single)
    limited = PROGRESSIVE if right.limits == "progressive" else DEROGABLE
    home = limited if limited in numbers else [*numbers][-1]
    parts = []
    for instrument, articles in numbers.items():
        holds = [derogation] * (instrument == DEROGABLE) + [limits] * (instrument == home)
        limits_named = f" ({'; '.join(holds)})" if holds else ""
        parts.append(f"{instrument} {', '.join(articles)}{limits_named}")
    return "; ".join(parts)


def primary_rights(rated: RatedFinding, taxonomy: Taxonomy) -> str:
    """Return the rights to which a finding has a primary link, each with its articles."""
    primary = [right for right in rated.rights if right.link == "primary"]
    return "; ".join(f"{taxonomy.rights[right.right].name} ({articles_cited(right.articles)})" for right in primary)
