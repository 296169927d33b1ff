"""What a portfolio keeps of one document: small, so that thousands of them fit into memory."""

from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass

from impact.batch.record import Record
from impact.present.cleaning import clipped, plain
from impact.present.second_reader import reader_name
from impact.records import Grade, Level, PageVerdict, Strength
from impact.records.report import Report, ReportClause, ReportFinding

UNREAD = frozenset({PageVerdict.SCAN, PageVerdict.BROKEN_MAP})
TITLE, FIELD, QUOTE, ORGANIZATIONS = 300, 120, 240, 40


@dataclass(frozen=True, slots=True)
class MechanismSummary:
    """The findings of one mechanism in one document.

    Attributes:
        firm: The gravest level of its firm findings that holds whatever a reader decides of doubtful safeguards; `NONE`
            where all are doubtful.
        doubtful: The gravest level of its findings that a reader must decide, where that is graver than `firm`; else
            `NONE`.
        clauses: Number of clauses with a firm finding.
        doubts: Number of clauses with doubtful findings only.

    Raises:
        ValueError: If there is no finding, or firm clauses without a firm level.
    """

    mechanism: str
    firm: Level
    doubtful: Level
    clauses: int
    doubts: int

    def __post_init__(self) -> None:
        if self.clauses + self.doubts < 1 or (self.firm is Level.NONE) != (self.clauses == 0):
            msg = f"power {self.mechanism!r}: {self.firm}, {self.doubtful}, {self.clauses} and {self.doubts} clauses"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Quote:
    """The clause of the gravest finding: its words, cut to two lines, and where it stands."""

    text: str
    number: str
    page: int
    mechanism: str


@dataclass(frozen=True, slots=True)
class SecondSummary:
    """Who read a document a second time, how many clauses, why others were not read, and how many quotes were dropped.

    Attributes:
        host: Empty where answers came in by file.
        unread: Each reason with its number of clauses.
    """

    model: str
    host: str
    prompt: str
    clauses: int
    unread: tuple[tuple[str, int], ...]
    dropped: int


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One document that was analyzed; all text is one line without control characters.

    Attributes:
        title: Title, or the name of the file where it has none.
        group: Body and group it was submitted to ("ITU-T SG13"); empty if not stated.
        pages: Number of pages; 0 where pages mean nothing to a reader.
        unread: Numbers of the pages that could not be read, ascending.
        assessed: Whether its language is one that is assessed.
        read: Number of clauses that were assessed.
        powers: Mechanisms found, gravest firm level first, then as in the report.
        talked: Ids of mechanisms that clauses only talk about (a threat, a prohibition, a citation) and none proposes.
        grade: What its firm findings and pairs give, or that it is for a reader to decide.
        pairs: Compounds: id and the level that is firm, none where a reader must decide, as in the report.
        rights: Id of each right touched, with the ids of the mechanisms that have a primary link to it.
        silences: Number of pairs of a power found and a matching safeguard that the text provides nowhere.
        quote: The gravest finding's clause; None where nothing was found.
        remarks: Number of remarks on what was not read, and on what was hidden in the text.
        hidden: The latter.
        agenda_item: What a list of documents says; empty where none does.
        second: The second reader; None where there was none.
    """

    record: Record
    title: str
    number: str
    body: str
    group: str
    question: str
    organizations: tuple[str, ...]
    date: str
    revision: str
    language: str
    pages: int
    words: int
    unread: tuple[int, ...]
    assessed: bool
    read: int
    grade: Grade
    powers: tuple[MechanismSummary, ...]
    talked: tuple[str, ...]
    pairs: tuple[tuple[str, Level], ...]
    rights: tuple[tuple[str, tuple[str, ...]], ...]
    silences: int
    quote: Quote | None
    remarks: int
    second: SecondSummary | None = None
    hidden: tuple[str, ...] = ()
    agenda_item: str = ""

    @property
    def has_place(self) -> bool:
        """Whether it has a place in the reading list: something of it was assessed."""
        return self.assessed and self.read > 0


def summary_of(record: Record, report: Report, mechanisms: Container[str]) -> DocumentSummary:
    """Return what the portfolio keeps of a report; the ids of `mechanisms` tell them from safeguards."""
    document, powers = report.document, _powers(report)
    language = _field(document.language)
    assessed = not report.unassessed
    return DocumentSummary(
        record=record,
        title=clipped(plain(document.title), TITLE) or clipped(plain(record.name), TITLE),
        number=_field(document.number),
        body=_field(document.body),
        group=_group(_field(document.body), _field(document.group)),
        question=_field(document.question),
        organizations=_organizations(document.source_organizations),
        date=_field(document.date),
        revision=_field(document.revision),
        language=language,
        pages=document.pages if document.paged else 0,
        words=document.words,
        unread=tuple(page.number for page in report.extraction.pages if page.verdict in UNREAD),
        assessed=assessed,
        read=sum(clause.assessed for clause in report.clauses) if assessed else 0,
        grade=report.headline.grade,
        powers=powers,
        talked=_talked(report, mechanisms, {power.mechanism for power in powers}),
        pairs=tuple((compound.id, report.firm_of(compound)) for compound in report.compounds),
        rights=_rights(report),
        silences=len(report.silences),
        quote=_quote(report),
        remarks=len(report.extraction.warnings) + len(report.extraction.remarks or ()),
        second=_second(report),
        hidden=tuple(plain(remark) for remark in report.extraction.remarks or ()),
        agenda_item=_agenda_item(report),
    )


def _agenda_item(report: Report) -> str:
    filing = report.document.filing
    return _field(filing.listed.agenda_item) if filing and filing.listed else ""


def _second(report: Report) -> SecondSummary | None:
    second = report.second_reading
    if second is None:
        return None
    unread = tuple(Counter(clause.reason for clause in second.unread).items())
    names = (reader_name(second.model), reader_name(second.host), _field(second.prompt))
    return SecondSummary(*names, second.clauses, unread, second.dropped)


def _field(text: str) -> str:
    return clipped(plain(text), FIELD)


def _group(body: str, group: str) -> str:
    """Return body and group in one; the body once where the group begins with it ("ISO/TC 34")."""
    return group if group.casefold().startswith(body.casefold()) and group else f"{body} {group}".strip()


def _organizations(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_field, names[:ORGANIZATIONS]))))


def _powers(report: Report) -> tuple[MechanismSummary, ...]:
    findings: dict[str, list[tuple[ReportClause, ReportFinding]]] = defaultdict(list)
    for clause, finding in report.findings():
        findings[finding.mechanism].append((clause, finding))
    powers = [_power(mechanism, pairs) for mechanism, pairs in findings.items()]
    return tuple(sorted(powers, key=lambda power: (-power.firm, -power.doubtful)))


def _power(mechanism: str, findings: Sequence[tuple[ReportClause, ReportFinding]]) -> MechanismSummary:
    firm = max((finding.severity.firm for _, finding in findings if not finding.doubtful), default=Level.NONE)
    gravest = max(finding.severity.level for _, finding in findings)
    clauses = {clause.id for clause, finding in findings if not finding.doubtful}
    doubts = {clause.id for clause, _ in findings} - clauses
    return MechanismSummary(mechanism, firm, gravest if gravest > firm else Level.NONE, len(clauses), len(doubts))


def _talked(report: Report, mechanisms: Container[str], proposed: Container[str]) -> tuple[str, ...]:
    labels = dict.fromkeys(label for clause in report.clauses for label in clause.context)
    return tuple(label for label in labels if label in mechanisms and label not in proposed)


def _rights(report: Report) -> tuple[tuple[str, tuple[str, ...]], ...]:
    touching: dict[str, dict[str, None]] = {right.right: {} for right in report.rights}
    for _, finding in report.findings():
        for right in finding.rights:
            if right.link == "primary":
                touching.setdefault(right.right, {})[finding.mechanism] = None
    return tuple((right, tuple(mechanisms)) for right, mechanisms in touching.items())


def _quote(report: Report) -> Quote | None:
    """Return the clause that shows the gravest power best: firm before doubtful, graver before less grave."""
    best = max(report.findings(), key=lambda pair: _telling(pair[1]), default=None)
    if best is None:
        return None
    clause, finding = best
    text = cut_around(clause.text, finding.evidence[0].quote, QUOTE)
    return Quote(text, _field(clause.number), clause.page if report.document.paged else 0, finding.mechanism)


def _telling(finding: ReportFinding) -> tuple[bool, Level, bool, float]:
    normative = finding.strength is not Strength.DESCRIPTIVE
    return not finding.doubtful, finding.severity.level, normative, round(finding.confidence, 1)


def cut_around(text: str, evidence: str, limit: int) -> str:
    """Return a text in one line, cut to `limit` characters so that the words that carry the finding are in it."""
    text, evidence = plain(text), plain(evidence)
    at = text.find(evidence)
    if at + len(evidence) <= limit:
        return clipped(text, limit)
    start = text.find(" ", max(0, at - limit // 3)) + 1
    return "[\N{HORIZONTAL ELLIPSIS}] " + clipped(text[start:], limit)
