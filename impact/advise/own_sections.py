"""What a text itself says on privacy, human rights and security: the sections that it has on them."""

from collections.abc import Iterator

from impact.advise.context import Context
from impact.advise.guideline_rules import SectionRule, rules
from impact.advise.guidelines.section_points import announces, has_title, sections_of
from impact.advise.phrases import pattern_of
from impact.advise.summary_wording import wording
from impact.present.cleaning import plain
from impact.present.lists import listed
from impact.records import Cited, Clause, Sentence, Span

TELLING = 2
"""Different words of its subject from which a sentence of a section is quoted. Source: project judgment."""

SHORTEST, LONGEST = 40, 320
"""Characters of a sentence that is quoted. Source: project judgment."""


def own_sections_of(context: Context) -> tuple[Sentence, ...]:
    """Return a sentence that names the sections that a text has on what concerns people, and one that quotes them."""
    points, _ = sections_of(context)
    names = wording().sections
    groups = {topic: points[topic].cites for topic in names if topic in points and points[topic].topic == topic}
    if not groups:
        return ()
    topics = listed([f"{names[topic]} ({{{place}}})" for place, topic in enumerate(groups)])
    text = wording().other["sections"].replace("{topics}", topics)
    return (Sentence("section", text, tuple(groups.values())), *_quoted(context))


def _quoted(context: Context) -> Iterator[Sentence]:
    """Yield the sentence of the first of these sections that has most words of its subject, if it has enough."""
    for topic in wording().sections:
        rule = rules().sections.get(topic)
        telling = _telling(context, rule) if rule and rule.substance else None
        if telling:
            clause, span = telling
            text = wording().other["section_says"].replace("{topic}", wording().sections[topic])
            quote = plain(span.of(context.text)).replace("{", "(").replace("}", ")")
            yield Sentence("section", text.replace("{quote}", quote), ((Cited(clause.id, (span,)),),))
            return


def _telling(context: Context, rule: SectionRule) -> tuple[Clause, Span] | None:
    """Return the sentence with most different words of the subject; the earliest of several."""
    flagged = {rated.finding.clause for rated in context.whole.findings}
    pattern = pattern_of(rule.substance)
    best: tuple[int, Clause, Span] | None = None
    for clause in context.whole.clauses:
        if not clause.assessed or clause.id in flagged or not has_title(clause, rule):
            continue
        for span in clause.sentences or (clause.span,):
            sentence = span.of(context.text)
            if not SHORTEST <= len(sentence) <= LONGEST or announces(sentence):
                continue
            count = len({match.group().lower() for match in pattern.finditer(sentence)})
            if count >= TELLING and (best is None or count > best[0]):
                best = count, clause, span
    return best[1:] if best else None
