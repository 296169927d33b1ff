"""Rights in words, by mechanisms, and what each right says."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact.present.words import words
from impact.records import Assessment, RatedFinding
from impact.report.view.concerns import Concern
from impact.taxonomy.values import Article, Right, Taxonomy


@dataclass(frozen=True, slots=True)
class RightLine:
    """A right with its articles and what may be done to it, in words."""

    name: str
    articles: str
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
    return RightLine(right.name, ", ".join(right.articles), derogation, limits, source, f"right-{right.id}")


def primary_rights(rated: RatedFinding, taxonomy: Taxonomy) -> str:
    """Return the rights to which a finding has a primary link, each with its articles."""
    primary = [right for right in rated.rights if right.link == "primary"]
    return "; ".join(f"{taxonomy.rights[right.right].name} ({', '.join(right.articles)})" for right in primary)
