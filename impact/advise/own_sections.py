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
from impact.records import Cited, Clause, ClauseKind, Point, Sentence, Span

SECURITY, PRIVACY = "security-section", "privacy-section"

TELLING = 2
"""Different words of privacy from which a sentence is quoted. Source: project judgment."""

SHORTEST, LONGEST = 40, 280
"""Characters of a sentence that is quoted. Source: project judgment."""

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
    """Yield the most telling sentence of the first of these sections that has one, else of any such clause."""
    aware = pattern_of(wording().own["aware"])
    for topic in wording().sections:
        if telling := _telling(context, list(_clauses(context, rules().sections[topic]))):
            break
    else:
        topic = PRIVACY
        told = (clause for clause in context.whole.clauses if clause.assessed)
        telling = _telling(context, [clause for clause in told if aware.search(clause.span.of(context.text))])
    if telling:
        clause, span = telling
        subject = wording().sections[PRIVACY if topic == SECURITY else topic]
        text = wording().other["section_says"].replace("{topic}", subject)
        quote = plain(span.of(context.text)).replace("{", "(").replace("}", ")")
        yield Sentence("section", text.replace("{quote}", quote), ((Cited(clause.id, (span,)),),))


def _telling(context: Context, clauses: list[Clause]) -> tuple[Clause, Span] | None:
    """Return the sentence with most different words of privacy, examples last; the earliest of several."""
    flagged = {rated.finding.clause for rated in context.whole.findings}
    best: tuple[int, Clause, Span] | None = None
    for clause in clauses:
        if clause.id not in flagged and clause.kind is not ClauseKind.DEFINITION:
            for span in clause.sentences or (clause.span,):
                count = _count(span.of(context.text))
                if count >= TELLING and (best is None or count > best[0]):
                    best = count, clause, span
    return best[1:] if best else None


def _count(sentence: str) -> int:
    """Return how many different words of privacy a sentence has; 0 for one that does not stand alone."""
    own = wording().own
    whole = sentence[:1].isupper() and sentence.rstrip().endswith(_CLOSED)
    leans = pattern_of(own["leaning"]).match(sentence) is not None or announces(sentence)
    if not whole or leans or not SHORTEST <= len(sentence) <= LONGEST:
        return 0
    words = pattern_of(rules().sections[PRIVACY].substance).finditer(sentence)
    return len({match.group().lower() for match in words}) - bool(pattern_of(own["example"]).search(sentence))
