"""The columns of findings, clauses and proposals: each field of a row is one, in this order, in every table.

What people read of them stands in docs/findings-csv.md, docs/exports.md and docs/portfolio.md.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from impact.present.words import confidence
from impact.records.report import AdjacentSafeguard, Report, ReportClause, ReportFinding, ReportSafeguard
from impact.tables.columns import columns_of, note
from impact.taxonomy.values import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """The document before each of its findings in a table of one document."""

    document: str = note("SHA-256 of the file")
    source: str = note("file name")
    number: str = note("number of the document")
    title: str = note("title of the document")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """The document before each of its findings or clauses in a table of many."""

    place: int = note("place in the reading list, from 1; 0 without one")
    name: str = note("where it was in what was given")
    folder: str = note("its folder in the output")
    document: str = note("SHA-256 of the file")
    number: str = note("number of the document")
    title: str = note("title of the document")
    body: str = note("standards body")
    group: str = note("group it is put before, with its body")
    organizations: tuple[str, ...] = note("source organizations")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A finding."""

    finding: str = note("stable id, as in report.json")
    level: str = note("high, medium or low")
    mechanism: str = note("id in the taxonomy")
    mechanism_name: str = note("name in the taxonomy, or the id where it has none")
    clause: str = note("address in the document")
    clause_number: str = note("official number")
    section: tuple[str, ...] = note("headings from the outermost")
    page: int = note("page on which the clause begins, from 1; 1 where pages mean nothing")
    strength: str = note("must, should, may or descriptive")
    confidence: float = note("0 to 1, for sorting")
    confidence_words: str = note("firm, fair or doubtful; confirmed where a reviewer confirmed or added it")
    doubtful: bool = note("whether a reader must decide")
    found_by: tuple[str, ...] = note("cues, model, reader, reviewer")
    evidence: tuple[str, ...] = note("the words that carry it")
    text: str = note("the whole clause")
    rights_primary: tuple[str, ...] = note("ids of the rights that it may touch by a primary link")
    rights_secondary: tuple[str, ...] = note("ids of the rights that it may touch by a secondary link")
    articles_primary: tuple[str, ...] = note("articles of the primary ones")
    scale: int = note("1 to 5")
    scope: int = note("1 to 5")
    irremediability: int = note("1 to 5")
    reason: str = note("why the three are what they are")
    safeguards: tuple[str, ...] = note("ids of firm matching safeguards in the same clause or section")
    safeguards_doubtful: tuple[str, ...] = note("ids of those that a reader must decide")
    compounds: tuple[str, ...] = note("ids of the compounds that it takes part in")
    change: str = note("added, unchanged or empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReaderRow:
    """What a second reader makes of a finding; behind it in tables of documents that one read."""

    second_reader: str = note("agrees, disagrees or added; empty where it was not asked about it")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """What reviewers decided on a finding; behind it in tables that follow their decisions."""

    decision: str = note("accepted, corrected, added or undecided")
    decided_by: tuple[str, ...] = note("names of those whose decision it is")
    remark: str = note("what they remarked with it")
    notes: tuple[str, ...] = note("further notes, each behind its author")
    signed: tuple[str, ...] = note("name and time of each signature; empty for a draft")
    comments: tuple[str, ...] = note("what reviewers said to each other, each behind its author and time")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseTableRow:
    """A clause."""

    clause: str = note("address in the document")
    clause_number: str = note("official number")
    section: tuple[str, ...] = note("headings from the outermost")
    kind: str = note("requirement, statement, definition, heading, reference and so on")
    page: int = note("page on which it begins, from 1; 1 where pages mean nothing")
    start: int = note("first character in the text that was read, 0-based")
    end: int = note("character behind the last")
    strength: str = note("must, should, may or descriptive")
    assessed: bool = note("whether it was assessed")
    text: str = note("its words")
    mechanisms: tuple[str, ...] = note("ids of mechanisms with a firm finding in it")
    doubtful: tuple[str, ...] = note("ids of mechanisms with a doubtful finding in it")
    safeguards: tuple[str, ...] = note("ids of safeguards that it provides")
    safeguards_doubtful: tuple[str, ...] = note("ids of those that a reader must decide")
    talked_about: tuple[str, ...] = note("ids of labels that it only talks about")


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioRow:
    """A document of a batch; what does not apply to it is empty."""

    place: int | None = note("place in the reading list, from 1", None)
    outcome: str = note("done, failed or duplicate")
    level: str = note("level that firm findings and pairs give, needs review, or not assessed", "")
    reason: str = note("why it stands there", "")
    number: str = note("number of the document", "")
    title: str = note("title of the document", "")
    body: str = note("standards body", "")
    group: str = note("group it is put before, with its body", "")
    question: str = note("question it is put before", "")
    organizations: tuple[str, ...] = note("source organizations", ())
    date: str = note("date", "")
    revision: str = note("revision", "")
    newest_revision: str = note("the newest revision where this is an older one", "")
    resembles: str = note("what it may be a re-issue of, and how strongly it resembles it", "")
    high_firm: int | None = note("powers with a firm finding of high level at most", None)
    high_doubtful: int | None = note("powers whose only findings of high level are doubtful", None)
    high_pairs: int | None = note("pairs of high level, firm ones alone", None)
    medium_firm: int | None = note("the same for medium", None)
    medium_doubtful: int | None = note("the same for medium", None)
    medium_pairs: int | None = note("the same for medium", None)
    low_firm: int | None = note("the same for low", None)
    low_doubtful: int | None = note("the same for low", None)
    low_pairs: int | None = note("the same for low", None)
    mechanisms_firm: tuple[str, ...] = note("ids of mechanisms with a firm finding", ())
    mechanisms_doubtful: tuple[str, ...] = note("ids of mechanisms with doubtful ones only", ())
    mechanisms_talked_about: tuple[str, ...] = note("ids of mechanisms that the text only talks about", ())
    compounds: tuple[str, ...] = note("ids of the pairs", ())
    rights_primary: tuple[str, ...] = note("ids of the rights to which a power found has a primary link", ())
    silences: int | None = note("matching safeguards that the text provides nowhere, over all powers", None)
    language: str = note("language", "")
    clauses_read: int | None = note("clauses that were assessed", None)
    pages: int | None = note("pages; empty where they mean nothing", None)
    pages_unread: int | None = note("pages that could not be read", None)
    remarks: int | None = note("remarks of the report on what was not read or was hidden", None)
    hidden: tuple[str, ...] = note("what was hidden in the text, and in which clauses", ())
    words: int | None = note("words", None)
    stage: str = note("where a document failed", "")
    failure: str = note("why it failed", "")
    hint: str = note("what to do", "")
    same_as: str = note("for a duplicate, the document with the same bytes", "")
    name: str = note("where it was in what was given")
    folder: str = note("its folder in the output")
    report: str = note("its report in the output", "")
    document: str = note("SHA-256 of the file")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRow:
    """How a document came; behind it where any of the batch came with another or is in a list, else left out."""

    part_of: str = note("the cover of the proposal that it is a further document of", "")
    attached_to: str = note("the message that it was attached to", "")
    agenda_item: str = note("agenda item, from a list of documents", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReadingRow:
    """What a second reader made of a document; behind it where one read any of the batch, else left out."""

    second_reader: str = note("model of the second reader", "")
    second_reader_host: str = note("where it answered; empty where answers came in by file", "")
    second_reader_prompt: str = note("digest of the wording of its questions", "")
    clauses_read_twice: int | None = note("clauses that it read", None)
    clauses_unread_twice: int | None = note("clauses that it was to read and did not", None)
    quotes_dropped: int | None = note("quotes of it that were not in their clause word for word", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsRow:
    """Whose decisions the report of a document follows; behind it where any report follows decisions, else left out."""

    decisions: str = note("who decided or signed, when, and how many items; empty where nobody decided", "")


SOURCE_FINDINGS = columns_of(SourceRow, FindingRow)
BATCH_FINDINGS = columns_of(DocumentRow, FindingRow)
BATCH_CLAUSES = columns_of(DocumentRow, ClauseTableRow)
PROPOSALS = columns_of(PortfolioRow)


def finding_rows(
    report: Report, taxonomy: Taxonomy, compounds: Mapping[str, Collection[str]] | None = None
) -> Iterator[FindingRow]:
    """Yield a row a finding, in the order of the text.

    `compounds` has the ids of the findings that take part in each compound; None for all that the report has.
    """
    members = {compound.id: compound.findings for compound in report.compounds} if compounds is None else compounds
    for clause, finding in report.findings():
        yield _finding_row(clause, finding, taxonomy, members)


def _finding_row(
    clause: ReportClause, finding: ReportFinding, taxonomy: Taxonomy, compounds: Mapping[str, Collection[str]]
) -> FindingRow:
    mechanism, severity = taxonomy.mechanisms.get(finding.mechanism), finding.severity
    primary = [right for right in finding.rights if right.link == "primary"]
    return FindingRow(
        finding=finding.id,
        level=severity.level.value,
        mechanism=finding.mechanism,
        mechanism_name=mechanism.name if mechanism else finding.mechanism,
        clause=clause.id,
        clause_number=clause.number,
        section=clause.headings,
        page=clause.page,
        strength=finding.strength.value,
        confidence=finding.confidence,
        confidence_words=confidence(finding)[0],
        doubtful=finding.doubtful,
        found_by=finding.by,
        evidence=tuple(quotation.quote for quotation in finding.evidence),
        text=clause.text,
        rights_primary=tuple(right.right for right in primary),
        rights_secondary=tuple(right.right for right in finding.rights if right.link == "secondary"),
        articles_primary=tuple(dict.fromkeys(article for right in primary for article in right.articles)),
        scale=severity.scale,
        scope=severity.scope,
        irremediability=severity.irremediability,
        reason=severity.reason,
        safeguards=_safeguards(finding.safeguards, doubtful=False),
        safeguards_doubtful=_safeguards(finding.safeguards, doubtful=True),
        compounds=tuple(name for name, findings in compounds.items() if finding.id in findings),
        change=finding.change or "",
    )


def clause_rows(report: Report) -> Iterator[ClauseTableRow]:
    """Yield a row a clause, also those not assessed, in the order of the text."""
    for clause in report.clauses:
        yield ClauseTableRow(
            clause=clause.id,
            clause_number=clause.number,
            section=clause.headings,
            kind=clause.kind.value,
            page=clause.page,
            start=clause.span.start,
            end=clause.span.end,
            strength=clause.strength.value,
            assessed=clause.assessed,
            text=clause.text,
            mechanisms=_mechanisms(clause, doubtful=False),
            doubtful=_mechanisms(clause, doubtful=True),
            safeguards=_safeguards(clause.safeguards, doubtful=False),
            safeguards_doubtful=_safeguards(clause.safeguards, doubtful=True),
            talked_about=clause.context,
        )


def _mechanisms(clause: ReportClause, *, doubtful: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.mechanism for finding in clause.findings if finding.doubtful is doubtful))


def _safeguards(
    safeguards: tuple[AdjacentSafeguard, ...] | tuple[ReportSafeguard, ...], *, doubtful: bool
) -> tuple[str, ...]:
    names = (safeguard.safeguard for safeguard in safeguards if safeguard.doubtful is doubtful)
    return tuple(dict.fromkeys(names))
