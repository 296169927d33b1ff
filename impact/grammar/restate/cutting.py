"""What may be left out of a sentence so that the rest stays true: tails that limit nothing and carry no evidence."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from impact.grammar.predicate import subject_of
from impact.grammar.restate.clause_parts import ClauseParts
from impact.grammar.restate.draft import Draft
from impact.grammar.restate.lexicon import words
from impact.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Evidence = tuple[Span, ...]
_RELATIVE = ("WDT", "WP", "WP$", "WRB")


def drafts_of(parts: ClauseParts, evidence: Evidence, common: frozenset[str]) -> Iterator[Draft]:
    """Yield the sentence, where it is short with its relative clauses, then ever shorter."""
    draft = Draft(parts.document, common)
    if len(draft.written(0, parts.stop).split()) <= words().most_with_tail:
        yield draft
    for tail in _relative_tails(parts):
        if _free(parts, tail, evidence):
            draft = draft.without(tail)
    yield draft
    for part in (*_loose_tails(parts), *_further_statements(parts)):
        if _free(parts, part, evidence):
            draft = draft.without(part)
            yield draft


def _free(parts: ClauseParts, cut: list["Token"], evidence: Evidence) -> bool:
    """Return whether words limit nothing and hold no evidence."""
    if not cut:
        return False
    start, end = cut[0].idx, cut[-1].idx + len(cut[-1])
    limited = words().limiting.search(parts.document.text[start:end])
    return not limited and not any(span.meets(Span(start, end)) for span in evidence)


def _relative_tails(parts: ClauseParts) -> Iterator[list["Token"]]:
    """Yield relative clauses behind a comma, to the next comma or the end."""
    for word in parts.document[parts.start : parts.stop]:
        if word.dep_ not in ("relcl", "advcl", "ccomp") or not any(part.tag_ in _RELATIVE for part in word.subtree):
            continue
        first, last = word.left_edge, word.right_edge
        if first.tag_ not in _RELATIVE and first.nbor().tag_ not in _RELATIVE:
            continue
        before = parts.document[first.i - 1]
        after = parts.document[last.i + 1] if last.i + 1 < len(parts.document) else None
        ends = after is None or last.i + 1 >= parts.stop
        closed = ends or (after is not None and after.text == "," and last.i < parts.top.i)
        if before.text == "," and closed and parts.top.i not in range(first.i, last.i + 1):
            yield list(parts.document[before.i : min(last.i + 1, parts.stop)])


def _loose_tails(parts: ClauseParts) -> Iterator[list["Token"]]:
    """Yield what ends a sentence and says why, or names examples, the last one first."""
    text = parts.document.text
    for match in reversed([*words().loose.finditer(text)]):
        cut = [word for word in parts.document[: parts.stop] if word.idx >= match.start()]
        if cut and cut[0].i > parts.act.verb.i + 1 and not any(verb in cut for verb in parts.verbs):
            yield cut


def _further_statements(parts: ClauseParts) -> Iterator[list["Token"]]:
    """Yield statements joined by "and" behind the first one that have a subject of their own, the last one first."""
    for verb in reversed(parts.verbs[1:]):
        subject = subject_of(verb)
        if subject is None or subject.i > verb.i:
            continue
        start = subject.left_edge.i
        while start and parts.document[start - 1].lower_ in (",", "and"):
            start -= 1
        glue = parts.document[start : subject.left_edge.i].text.lower()
        if "and" in glue and verb.right_edge.i >= parts.stop - 1:
            yield list(parts.document[start : parts.stop])
