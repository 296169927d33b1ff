"""Which sections a text itself has on privacy, human rights and security."""

from collections.abc import Iterator

from impact.advise.citations import CLAUSES, distinctly_numbered
from impact.advise.context import Context
from impact.advise.guideline_rules import SectionRule, rules
from impact.advise.guidelines.section_points import bare, has_title, sections_of, titled
from impact.advise.phrases import places
from impact.advise.summary_wording import wording
from impact.present.lists import listed
from impact.records import Cited, Clause, Point, Sentence

SECURITY, PRIVACY = "security-section", "privacy-section"

LEAST_WORDS = 40
"""Words from which a section discusses its topic. Source: readers of reports; what is shorter says that there is
nothing to consider, or refers to another text."""


def own_sections_of(context: Context, *, quoted: bool = False) -> tuple[Sentence, ...]:
    """Return which sections a text has on what concerns people, unless passages are `quoted`, and which are empty."""
    points, _ = sections_of(context)
    section_topics = (topic for topic in wording().sections if topic in points and points[topic].topic == topic)
    full = [topic for topic in section_topics if _speaks(context, topic)]
    return (*(() if quoted else _named(context, full)), *_empty(context, points))


def _speaks(context: Context, topic: str) -> bool:
    """Return whether sections have more than a sentence on their topic, by their words and not their headings alone."""
    telling = wording().telling.get(topic, ())
    spans = [clause.span for clause in _clauses(context, rules().sections[topic])]
    is_long = sum(len(span.of(context.text).split()) for span in spans) >= LEAST_WORDS
    return is_long and (not telling or any(places(telling, context.text, span) for span in spans))


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
    cites = (Cited(clause.id, clause.parts) for clause in firsts.values())
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
        text = wording().other["section_unwritten"].replace("{topics}", named)
        yield Sentence("section", text, tuple(empty[topic] for topic in blank))
    if PRIVACY in empty and PRIVACY not in blank:
        yield Sentence("section", wording().other["section_nothing"], (empty[PRIVACY],))
