"""A finding or safeguard as the desk shows it: what the program found, beside what was decided on it."""

from dataclasses import dataclass

from impact.assess.rights import touched_by
from impact.present.cleaning import clipped, plain
from impact.present.words import if_holds
from impact.records import Level
from impact.records.report import Report, ReportFinding
from impact.review.decide.count import statuses_for
from impact.review.decide.reading import Desk
from impact.review.decide.status import DecisionStatus, undecided
from impact.review.values.decision import SubjectKind
from impact.review.values.subject import Subject
from impact.review.values.users import User
from impact.taxonomy import load
from impact.taxonomy.values import Mechanism, Safeguard
from impact.web.desk.wording import TextRun, corrected, level_of, name_of, place, runs, words

QUOTE = 520
"""Characters of a clause that are quoted beside a finding. Source: project judgment; about eight lines."""

SNIPPET = 110
"""Characters of the words of a clause in a row of the list. Source: project judgment; two lines."""


@dataclass(frozen=True, slots=True)
class DeskFinding:
    """A finding or safeguard with what holds for it.

    Attributes:
        status: What was decided; undecided where nothing was.
        finding: As the report has it; None for a safeguard and for what a reviewer added.
        paged: Whether page numbers mean something to a reader.
        by: Names of those whose decision it is, where others may know.
        dom: Id in the page of the desk.
        disputed: Whether reviewers differ on it and it is not settled.
    """

    subject: Subject
    status: DecisionStatus
    finding: ReportFinding | None
    paged: bool
    by: tuple[str, ...] = ()
    dom: str = ""
    disputed: bool = False

    @property
    def is_finding(self) -> bool:
        """Whether it is a finding, not a safeguard."""
        return self.subject.kind is SubjectKind.FINDING

    @property
    def is_open(self) -> bool:
        """Whether it is doubtful and nobody has decided it."""
        return self.subject.doubtful and not self.status.decided

    @property
    def needs(self) -> bool:
        """Whether it needs a decision: nobody decided it, or reviewers differ."""
        return self.disputed or not self.status.decided

    @property
    def is_grave(self) -> bool:
        """Whether its level is high, or would be if it is confirmed."""
        return self.level == Level.HIGH

    @property
    def chance(self) -> float:
        """How likely the program finds it, 0 to 1; 1 for what a reviewer added."""
        return self.subject.source.confidence if self.subject.source else 1.0

    @property
    def rank(self) -> tuple[int, tuple[int, ...]]:
        """Place in the list: doubtful ones and safeguards by their chance, others by level and the three numbers."""
        if self.subject.doubtful or not self.is_finding:
            return 0, (-round(1000 * self.chance),)
        return -Level(self.level or Level.NONE), tuple(-number for number in self.subject.triple or ())

    @property
    def snippet(self) -> str:
        """The first words of its clause that carry it; of what was added, the beginning of the clause."""
        quotes = [quote for quote, _ in self.subject.evidence]
        return clipped(plain(" … ".join(quotes) or self.subject.place.text), SNIPPET)

    @property
    def name(self) -> str:
        """Name of the mechanism or safeguard."""
        return name_of(self.subject.label)

    @property
    def place(self) -> str:
        """Number of the clause and page, in words."""
        return place(self.subject.place.number, self.subject.place.page, paged=self.paged)

    @property
    def verdict(self) -> str:
        """What was decided, in words."""
        return verdict_words(self.status)

    @property
    def decision(self) -> str:
        """What was decided and why, in words."""
        return f"{self.verdict}: {self.status.text}" if self.status.text else self.verdict

    @property
    def correction(self) -> str:
        """What a reviewer put in place of what the program said, in words."""
        return corrected(self.status.correction)

    @property
    def level(self) -> str:
        """The level that the program gives; empty for none."""
        return self.subject.level.value if self.subject.level else ""

    @property
    def shade(self) -> str:
        """How its words are marked in the document: by its level, as a safeguard, or as doubtful."""
        return "doubtful" if self.is_finding and self.is_open else self.level or "guard"

    @property
    def level_words(self) -> str:
        """The level as far as it holds, which a doubtful finding says while it is undecided."""
        return if_holds(self.subject.level) if self.subject.level and self.is_open else self.level

    @property
    def decided_level(self) -> str:
        """The level of a reviewer's numbers where there are some, else the program's."""
        return level_of(self.status.correction) or self.level

    @property
    def decided_level_words(self) -> str:
        """`decided_level` as far as it holds."""
        return level_of(self.status.correction) or self.level_words

    @property
    def mechanism(self) -> Mechanism | None:
        """The mechanism of a finding; None where the taxonomy has it no longer."""
        return load().mechanisms.get(self.subject.label)

    @property
    def definition(self) -> Mechanism | Safeguard | None:
        """What the taxonomy says of the mechanism or safeguard; None where it has it no longer."""
        return self.mechanism or load().safeguards.get(self.subject.label)

    @property
    def question(self) -> str:
        """What to ask about a finding; empty for a safeguard."""
        return self.mechanism.questions[0] if self.mechanism else ""

    @property
    def statement(self) -> str:
        """What the clause may enable, with its strength, or provides; of a doubtful one what is to be confirmed."""
        if self.mechanism:
            return self.enables(words().provisions[self.subject.strength.value])
        safeguard = load().safeguards.get(self.subject.label)
        return self._confirmed(f"the clause {safeguard.benefit.rstrip('.')}") if safeguard else ""

    def enables(self, provision: str = "the clause") -> str:
        """Return what the clause of a finding may enable; empty for a safeguard."""
        return self._confirmed(f"{provision} may enable {self.mechanism.enables}") if self.mechanism else ""

    @property
    def _decided_mechanism(self) -> Mechanism | None:
        """The mechanism of `decided_label` in the form that fits the clause."""
        mechanism = load().mechanisms.get(self.decided_label)
        return mechanism.variant_for([self.subject.place.text]) if mechanism else None

    def _confirmed(self, statement: str) -> str:
        """Return a statement as a sentence, which says so where it is to be confirmed."""
        return f"To be confirmed: {statement}." if self.is_open else f"{statement[0].upper()}{statement[1:]}."

    @property
    def primary_rights(self) -> tuple[str, ...]:
        """Ids of the rights that it may touch first."""
        rights = self.finding.rights if self.finding else ()
        return tuple(dict.fromkeys(right.right for right in rights if right.link == "primary"))

    @property
    def decided_label(self) -> str:
        """The mechanism or safeguard as corrected, where it was corrected."""
        return self.status.correction.label or self.subject.label

    @property
    def decided_name(self) -> str:
        """Name of the mechanism or safeguard as corrected, where it was corrected."""
        return name_of(self.decided_label)

    @property
    def decided_effect(self) -> str:
        """What the clause may enable by the label as corrected; empty for a safeguard."""
        mechanism = self._decided_mechanism
        return self._confirmed(f"the clause may enable {mechanism.enables}") if mechanism else ""

    @property
    def decided_question(self) -> str:
        """What to ask about it by the label as corrected; empty for a safeguard."""
        return self._decided_mechanism.questions[0] if self._decided_mechanism else ""

    @property
    def decided_rights(self) -> str:
        """The rights that it may touch by the label as corrected, each with its articles; empty for a safeguard."""
        mechanism = self._decided_mechanism
        parts: dict[str, list[str]] = {"primary": [], "secondary": []}
        for touched in touched_by(mechanism, load()) if mechanism else ():
            parts[touched.link].append(f"{load().rights[touched.right].name} ({', '.join(touched.articles)})")
        further = f"; further: {', '.join(parts['secondary'])}" if parts["secondary"] else ""
        return "; ".join(parts["primary"]) + further

    @property
    def rights(self) -> str:
        """The rights that it may touch: "Privacy (UDHR 12, ICCPR 17); further: ..."."""
        parts: dict[str, list[str]] = {"primary": [], "secondary": []}
        for touched in self.finding.rights if self.finding else ():
            right = load().rights.get(touched.right)
            name, articles = right.name if right else plain(touched.right), ", ".join(touched.articles)
            primary = touched.link == "primary"
            parts[touched.link].append(f"{name} ({articles})" if articles and primary else name)
        further = f"; further: {', '.join(parts['secondary'])}" if parts["secondary"] else ""
        return "; ".join(parts["primary"]) + further

    def quote(self, limit: int = QUOTE) -> tuple[TextRun, ...]:
        """Return about `limit` characters of its clause around its evidence, which is marked."""
        start = self.subject.place.span.start
        marks = [(span.start - start, span.end - start, self.subject.id) for _, span in self.subject.evidence]
        return runs(self.subject.place.text, marks, limit)


def findings_of(desk: Desk, viewer: User, report: Report) -> tuple[DeskFinding, ...]:
    """Return what there is to decide, in the order of the desk."""
    statuses = statuses_for(viewer, desk.blinding, desk.own, desk.outcomes)
    disputed = {conflict.subject for conflict in desk.conflicts if conflict.blocks}
    rated = {finding.id: finding for _, finding in report.findings()}
    return tuple(
        DeskFinding(
            subject=subject,
            status=statuses.get(subject.id) or undecided(subject),
            finding=rated.get(subject.id),
            paged=report.document.paged,
            dom=f"i{index}",
            disputed=subject.id in disputed,
        )
        for index, subject in enumerate(desk.subjects)
    )


def beside(subject: Subject, status: DecisionStatus | None, by: tuple[str, ...] = (), *, paged: bool) -> DeskFinding:
    """Return a finding beside what was decided on it, if anything, without its rights and reason."""
    return DeskFinding(subject, status or undecided(subject), None, paged, by)


def verdict_words(status: DecisionStatus) -> str:
    """Return a verdict in words."""
    return words().verdicts[status.verdict.value]
