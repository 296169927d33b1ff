"""The body of the one-page brief: gravest concerns with quotes, what a reader must decide, what stands beside them."""

from dataclasses import dataclass

from impact.present.cleaning import clipped, ended, plain
from impact.present.places import PlaceKind, cited_number, place_name
from impact.present.words import confidence
from impact.records import Advice, Clause, Document, SafeguardFinding, SafeguardStanding
from impact.report.onepage.wording import BriefWording
from impact.report.quotes.quote import SENTENCE, Piece, pieces
from impact.report.view.concerns import Concern
from impact.report.view.safeguards import weighed
from impact.report.view.subject import ReportSubject

GRAVEST = 3
QUOTE, STEM, PLACE = 220, 80, 24
"""About how many characters to show of each, so that the page stays one. Source: tests/report/test_onepage_paper.py."""

ALSO = 5
"""Further concerns that are named."""


@dataclass(frozen=True, slots=True)
class ClausePlace:
    """A place: number as the document has it, empty where it has none; page in words, empty where there are none."""

    number: str
    page: str


@dataclass(frozen=True, slots=True)
class GraveConcern:
    """One of the gravest concerns, with the quote that shows it best.

    Attributes:
        level: Level as a word of the program, for the looks.
        leveled: Whether it holds whatever a reader decides of doubtful safeguards.
        more: Words on the clauses that are not quoted; empty where there are none.
        rights: Names of the rights with a primary link, and their articles.
    """

    level: str
    leveled: bool
    name: str
    at: ClausePlace
    more: str
    stem: str
    runs: tuple[Piece, ...]
    sentence: str
    confidence: str
    rights: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenConcern:
    """A concern that a reader must decide; `runs` and `asks` are empty where it is only named."""

    level: str
    name: str
    at: ClausePlace
    more: str
    stem: str = ""
    runs: tuple[Piece, ...] = ()
    asks: str = ""


def graves(subject: ReportSubject, say: BriefWording) -> tuple[GraveConcern, ...]:
    """Return the gravest of the firm concerns, with two questions each where there are few.

    Questions that the quoted clause answers are left out.
    """
    few = len(subject.firm) < GRAVEST
    return tuple(_grave(subject, concern, say, 1 + few) for concern in subject.firm[:GRAVEST])


def _open_questions(concern: Concern, advice: Advice, say: BriefWording) -> tuple[str, ...]:
    """Return the general questions in the language of the page, without those that the quoted clause answers, or each.

    In English those about the quoted clause follow.
    """
    quoted = concern.findings[0].finding.id
    about = [question for question in advice.questions if question.finding == quoted]
    ids = {rated.finding.id for rated in concern.findings}
    everywhere = [set(question.settles) for question in advice.questions if question.finding in ids]
    settled = {text for question in about for text in question.settles} | (
        set.intersection(*everywhere) if everywhere else set()
    )
    worded = zip(say.get(f"{_power_key(concern)}.questions"), concern.mechanism.questions, strict=False)
    left = [text for text, english in worded if english not in settled]
    specific = [question.text for question in about if settled and question.specific and not question.strength]
    return (*left, *(specific if say.code == "en" else ()))


def opens(subject: ReportSubject, say: BriefWording) -> tuple[OpenConcern, ...]:
    """Return what a reader must decide, with quotes as far as firm concerns leave room, and quote no clause again."""
    firm, unsure = subject.firm, subject.unsure
    quoted = (concern.findings[0].finding.clause for concern in firm[:GRAVEST])
    seen, out = set(quoted), []
    for place, concern in enumerate(unsure[: room(len(unsure))], 1 + len(firm)):
        clause = concern.findings[0].finding.clause
        out.append(_open(subject, concern, say, quoted=place <= GRAVEST and clause not in seen))
        seen.add(clause)
    return tuple(out)


def room(count: int) -> int:
    """Return how many of `count` further concerns are named: a single one more rather than a count of it."""
    return ALSO + (count == ALSO + 1)


def _grave(subject: ReportSubject, concern: Concern, say: BriefWording, most: int) -> GraveConcern:
    """Return a concern with at most so many questions, and the more words of its stem the more questions."""
    first, document = concern.findings[0], subject.assessment.document
    clause = subject.assessment.clause(first.finding.clause)
    name = f"mechanisms.{concern.mechanism.id}"
    further, stem = _further(concern), _stem(clause, document, STEM * most)
    return GraveConcern(
        level=concern.level.value,
        leveled=concern.level is concern.firm,
        name=say.say(f"{name}.name"),
        at=place_of(clause, document, say),
        more=say.counted("counts.others", further) if further else "",
        stem=stem,
        runs=pieces(document.text, clause.span, first.finding.evidence, _room(stem)),
        sentence=say.say(
            f"sentences.{'several' if further else 'enables'}",
            strength=say.say(f"strength.{first.finding.strength.value}")
            + (say.say("labels.used") if first.where_used else ""),
            enables=say.say(f"{_power_key(concern)}.enables"),
        ),
        confidence=say.say(f"confidence.{confidence(first.finding)[0]}"),
        rights=tuple(
            (say.say(f"rights.{right.right}"), say.cited(right.articles))
            for right in first.rights
            if right.link == "primary"
        ),
        questions=_open_questions(concern, subject.advice, say)[:most],
    )


def _stem(clause: Clause, document: Document, limit: int) -> str:
    """Return the last sentence that introduces the list of which a clause is an item; of a long one the last words."""
    stem = document.quote(clause.stem) if clause.stem else ""
    last = plain([*SENTENCE.split(stem)][-1])
    return last if len(last) <= limit else ended(last, STEM)


def _room(stem: str) -> int:
    """Return about how many characters of a clause to show below what introduces it, which has lines of its own."""
    return max(QUOTE - len(stem) - STEM // 2, QUOTE // 2) if stem else QUOTE


def _further(concern: Concern) -> int:
    """Return how many clauses there are beside one, as the page counts all of them."""
    return len(concern.clauses) - 1


def _power_key(concern: Concern) -> str:
    """Return where the words on what a concern enables stand: those of its variant, if it is one."""
    mechanism = concern.mechanism
    return f"variants.{mechanism.id}.{mechanism.variant}" if mechanism.variant else f"mechanisms.{mechanism.id}"


def _open(subject: ReportSubject, concern: Concern, say: BriefWording, *, quoted: bool) -> OpenConcern:
    first, further, document = concern.findings[0].finding, _further(concern), subject.assessment.document
    clause = subject.assessment.clause(first.clause)
    stem = _stem(clause, document, STEM) if quoted else ""
    name = f"mechanisms.{concern.mechanism.id}"
    return OpenConcern(
        level=concern.level.value,
        name=say.say(f"{name}.name"),
        at=place_of(clause, document, say),
        more=say.counted("counts.others", further) if further else "",
        stem=stem,
        runs=pieces(document.text, clause.span, first.evidence, _room(stem)) if quoted else (),
        asks=say.say(f"sentences.{'any' if further else 'decide'}", enables=say.say(f"{_power_key(concern)}.enables"))
        if quoted
        else "",
    )


def instruments(concerns: tuple[Concern, ...], say: BriefWording) -> tuple[tuple[str, str], ...]:
    """Return short form and name of each instrument whose articles are cited."""
    refs = [
        ref
        for concern in concerns
        for right in concern.findings[0].rights
        if right.link == "primary"
        for ref in right.articles
    ]
    cited = {ref.split(" ")[0] for ref in refs}
    names = say.get("instruments")
    return tuple((instrument["short"], instrument["name"]) for name, instrument in names.items() if name in cited)


def place_of(clause: Clause, document: Document, say: BriefWording) -> ClausePlace:
    """Return where a clause is, in the language of the page: by its number, else by its heading in the document."""
    page = say.say("labels.page", page=clause.page) if document.paged else ""
    number, name = plain(clause.number), place_name(clause, document)
    if not number and name.kind in {PlaceKind.PART, PlaceKind.HEADING}:
        return ClausePlace(clipped(name.text.strip("\u201c\u201d"), 2 * PLACE), page)
    return ClausePlace(clipped(cited_number(number) if say.code == "en" else number, PLACE), page)


def silences(subject: ReportSubject, say: BriefWording) -> tuple[tuple[str, ClausePlace | None], ...]:
    """Return the names of the safeguards that would answer a power found and stand nowhere.

    Beside each the first place where the text rules it out at such a power, if it does.
    """
    assessment = subject.assessment
    lacking = {(concern.mechanism.id, name) for concern in subject.firm for name in concern.lacking}
    denied: dict[str, ClausePlace] = {}
    for gap in subject.advice.gaps:
        if gap.standing is SafeguardStanding.DENIED and gap.cites and (gap.mechanism, gap.safeguard) in lacking:
            denied.setdefault(gap.safeguard, place_of(assessment.clause(gap.cites[0].clause), assessment.document, say))
    names = {name for _, name in lacking}
    named = (name for name in subject.taxonomy.safeguards if name in names)
    return tuple((say.say(f"safeguards.{name}"), denied.get(name)) for name in named)


def safeguards(
    subject: ReportSubject, say: BriefWording, *, doubtful: bool = False
) -> tuple[tuple[str, ClausePlace, bool], ...]:
    """Return the name of each safeguard found, or of each that only a reader can tell, with one place.

    That is the first of those that bind most, or the surest where a reader must decide. Beside it whether a reader
    has to weigh whom a safeguard found serves.
    """
    assessment, left = subject.assessment, () if doubtful else weighed(subject)
    first: dict[str, SafeguardFinding] = {}
    for safeguard in sorted(assessment.safeguards, key=_bindingness):
        first.setdefault(safeguard.safeguard, safeguard)
    named = (first[name] for name in subject.taxonomy.safeguards if name in first)
    return tuple(
        (
            say.say(f"safeguards.{safeguard.safeguard}"),
            place_of(assessment.clause(safeguard.clause), assessment.document, say),
            safeguard.safeguard in left,
        )
        for safeguard in named
        if safeguard.doubtful is doubtful
    )


def _bindingness(safeguard: SafeguardFinding) -> tuple[bool, float]:
    return safeguard.doubtful, -safeguard.confidence if safeguard.doubtful else safeguard.strength.rank
