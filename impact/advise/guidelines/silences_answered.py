"""What answers a silence beside clauses: words of the text, and titles of it, its sections and references."""

from collections.abc import Iterator

from impact.advise.context import Context
from impact.advise.guideline_rules import OmissionRule, rules
from impact.advise.phrases import pattern_of, places
from impact.records import ClauseKind, Span


def titled_or_worded(context: Context, rule: OmissionRule) -> bool:
    """Return whether words of the text, or a title in it, answer what a rule asks for."""
    if rule.words and places(rule.words, context.text, Span(0, len(context.text))):
        return True
    if rule.spread and _is_spread(context, rule):
        return True
    subject = pattern_of(rule.subjects) if rule.subjects else None
    return subject is not None and any(subject.search(title) for title in _titles(context))


def _is_spread(context: Context, rule: OmissionRule) -> bool:
    """Return whether so many clauses have words of a rule that the text as a whole answers it."""
    clauses = [clause for clause in context.whole.clauses if clause.assessed]
    having = sum(bool(places(rule.spread, context.text, clause.span)) for clause in clauses)
    return bool(clauses) and having >= rules().silences.spread * len(clauses)


def _titles(context: Context) -> Iterator[str]:
    """Yield the title of the text, its headings, and the words of its references."""
    yield context.whole.proposal.title
    for clause in context.whole.clauses:
        yield from clause.headings[-1:]
        if clause.kind is ClauseKind.REFERENCE:
            yield clause.span.of(context.text)
