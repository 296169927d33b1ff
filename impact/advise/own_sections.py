"""What a text itself says on privacy, human rights and security: the sections that it has on them."""

from collections.abc import Iterator

from impact.advise.citations import CLAUSES, distinctly_numbered
from impact.advise.context import Context
from impact.advise.guideline_rules import SectionRule, rules
from impact.advise.guidelines.section_points import announces, bare, has_title, sections_of, titled
from impact.advise.phrases import pattern_of, places
from impact.advise.summary_wording import wording
from impact.present.cleaning import plain
from impact.present.lists import listed
from impact.records import Cited, Clause, ClauseKind, Point, Sentence, Span, TextSetting

SECURITY, PRIVACY = "security-section", "privacy-section"

TELLING = 4
"""Weight from which a passage is quoted. Source: project judgment after reading reports."""

QUOTES = 2
"""Passages that are quoted. Source: project judgment."""

SHORTEST, LONGEST = 40, 420
"""Characters of a passage that is quoted. Source: project judgment."""

REFERENCES = 1
"""References in a passage that is quoted; more are a list of them. Source: project judgment."""

LETTERS = 0.9
"""Share of letters and blanks of a passage that is quoted; one with less is a formula. Source: project judgment."""

_SAYING, _BEARING = ("core", "beside"), ("possible", "reassuring")
"""Words of summary.toml that are counted, and of which it matters whether there is one."""

RAW = (TextSetting.TABLE, TextSetting.CODE)
"""What is not quoted here."""

_CLOSED = (".", ".)", ".\u201d", "!", "?")


def own_sections_of(context: Context) -> tuple[Sentence, ...]:
    """Return which sections a text has on what concerns people, which of them are empty, and what it says there."""
    points, _ = sections_of(context)
    full = [topic for topic in wording().sections if topic in points and points[topic].topic == topic]
    return (*_named(context, full), *_empty(context, points), *_quoted(context))


def _named(context: Context, topics: list[str]) -> Iterator[Sentence]:
    """Yield the sentence that names sections; that on security, which most texts have, only beside others."""
    if topics not in ([], [SECURITY]):
        named = listed([f"{wording().sections[topic]} ({{{place}}})" for place, topic in enumerate(topics)])
        groups = tuple(_firsts(context, rules().sections[topic]) for topic in topics)
        yield Sentence("section", wording().other["sections"].replace("{topics}", named), groups)


def _firsts(context: Context, rule: SectionRule) -> tuple[Cited, ...]:
    """Return the first clause below each heading of a kind."""
    firsts: dict[str, Clause] = {}
    for clause in _clauses(context, rule):
        title = next(heading for heading in reversed(clause.headings) if titled(heading, rule.titles))
        firsts.setdefault(bare(title), clause)
    cites = (Cited(clause.id, clause.sentences or (clause.span,)) for clause in firsts.values())
    return distinctly_numbered(context, cites)[:CLAUSES]


def _clauses(context: Context, rule: SectionRule) -> Iterator[Clause]:
    return (clause for clause in context.whole.clauses if clause.assessed and has_title(clause, rule))


def _empty(context: Context, points: dict[str, Point]) -> Iterator[Sentence]:
    """Yield which sections are still to be written, and that there is nothing to consider on privacy."""
    names, unwritten = wording().sections, wording().own["unwritten"]
    empty = {topic: points[topic].cites for topic in names if topic in points and points[topic].topic != topic}
    blank = [
        topic for topic, (cite,) in empty.items() if places(unwritten, context.text, context.clause(cite.clause).span)
    ]
    if blank:
        named = listed([f"{names[topic]} ({{{place}}})" for place, topic in enumerate(blank)])
        text = wording().other["section_unwritten" if len(blank) == 1 else "sections_unwritten"]
        yield Sentence("section", text.replace("{topics}", named), tuple(empty[topic] for topic in blank))
    if PRIVACY in empty and PRIVACY not in blank:
        yield Sentence("section", wording().other["section_nothing"], (empty[PRIVACY],))


def _quoted(context: Context) -> Iterator[Sentence]:
    """Yield the most telling passages."""
    subject, telling = _found(context)
    for clause, span in telling:
        text = wording().other["section_says" if (clause, span) == telling[0] else "section_adds"]
        quote = plain(span.of(context.text)).replace("{", "(").replace("}", ")")
        sentence = text.replace("{topic}", wording().sections[subject]).replace("{quote}", quote)
        yield Sentence("section", sentence, ((Cited(clause.id, (span,)),),))


def _found(context: Context) -> tuple[str, list[tuple[Clause, Span]]]:
    """Return the passages to quote and on what they are: of a section on privacy or rights, else one of any clause.

    Elsewhere a passage must name somebody to whom something may happen. What only reassures is not quoted.
    """
    sections = {topic: list(_clauses(context, rules().sections[topic])) for topic in wording().sections}
    for topic, clauses in sections.items():
        if topic != SECURITY and (telling := _telling(context, clauses)):
            return topic, telling
    own, text = wording().own, context.text
    there = [
        clause for clause in context.whole.clauses if clause.assessed and places(own["pointed"], text, clause.span)
    ]
    return PRIVACY, _telling(context, there, own["pointed"], most=1)


def _telling(
    context: Context, clauses: list[Clause], needed: tuple[str, ...] = (), most: int = QUOTES
) -> list[tuple[Clause, Span]]:
    """Return the passages that say most of what may happen to people, of different clauses, in their order.

    Only passages that hold one of the phrases `needed` count, if there are any.
    """
    flagged = {rated.finding.clause for rated in context.whole.findings}
    ranked: list[tuple[int, int, Clause, Span]] = []
    for clause in clauses:
        running = clause.kind is not ClauseKind.DEFINITION and context.setting(clause) not in RAW
        if running and clause.id not in flagged:
            passages = [
                (_weight(span.of(context.text)), span)
                for span in _passages(context, clause)
                if not needed or places(needed, context.text, span)
            ]
            weight, span = max(passages, key=lambda passage: passage[0], default=(0, clause.span))
            if weight >= TELLING:
                ranked.append((-weight, span.start, clause, span))
    named: dict[str, tuple[Clause, Span]] = {}
    for _, _, clause, span in sorted(ranked, key=lambda entry: entry[:2]):
        named.setdefault(clause.number or clause.id, (clause, span))
    return sorted(list(named.values())[:most], key=lambda passage: passage[1])


def _passages(context: Context, clause: Clause) -> Iterator[Span]:
    """Yield the sentences of a clause that stand alone, and with the one before it each that leans on it."""
    leaning, last = pattern_of(wording().own["leaning"]), None
    for span in clause.sentences or (clause.span,):
        sentence = span.of(context.text)
        if not sentence[:1].isupper() or not sentence.rstrip().endswith(_CLOSED) or announces(sentence):
            last = None
        elif leaning.match(sentence) is None:
            last = span
            yield span
        elif last is not None:
            yield Span(last.start, span.end)
            last = None


def _weight(passage: str) -> int:
    """Return how much a passage says of what may happen to people; 0 for one that is too short or long to be quoted."""
    own = wording().own
    letters = sum(character.isalpha() or character.isspace() for character in passage)
    formal = passage.count("[") > REFERENCES or letters < LETTERS * len(passage)
    if formal or not SHORTEST <= len(passage) <= LONGEST:
        return 0
    if pattern_of(own["concerned"]).search(passage) is None:
        return 0
    core, beside = (
        len({match.group().lower() for match in pattern_of(own[name]).finditer(passage)}) for name in _SAYING
    )
    possible, reassuring = (pattern_of(own[name]).search(passage) is not None for name in _BEARING)
    return 2 * core + beside + 2 * possible - 6 * reassuring if core else 0
