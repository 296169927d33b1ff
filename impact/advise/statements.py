"""What clauses do, by the sentences that carry what was found in them, restated in the nouns of the clause."""

import re
from collections.abc import Iterable
from functools import cached_property

from impact.advise.context import Context
from impact.advise.relevance import tells_power
from impact.grammar import Voice
from impact.grammar.restate import Provision, restated
from impact.records import Cited, Clause, Span, Strength

_WORD = re.compile(r"\b[a-z]{2,}\b")
RULE, CLAIM = "Under {0},", "According to {0},"
_WITHIN = re.compile(r"(?:Under|According to) \{0\},(?P<case> (?:in|for|during) (?:the )?(?P<part>[^,]+),) ")


class Statements:
    """The statements of one assessment; no sentence is restated twice."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._stated: set[Span] = set()

    def first(self, cites: Iterable[Cited], mechanism: str = "") -> tuple[Cited, str] | None:
        """Return the first citation whose sentence can be restated and was not yet, with the statement; None if none.

        The statement has "{0}" where the clause is named, and words of the power that it is to show, if one is named.
        """
        for cite in cites:
            clause = self._context.clause(cite.clause)
            carrying = clause.carrying(cite.evidence, self._context.text)
            sentence, strength = carrying or (clause.span, clause.strength)
            text = None if sentence in self._stated else self._of(clause, sentence, strength, cite)
            if text and (not mechanism or tells_power(self._context, mechanism, sentence, text)):
                self._stated.add(sentence)
                return cite, text
        return None

    def _of(self, clause: Clause, sentence: Span, strength: Strength, cite: Cited) -> str | None:
        text, voice = self._context.text, self._context.readings.of(sentence).voice
        evidence = (
            Span(max(span.start - sentence.start, 0), span.end - sentence.start)
            for span in cite.evidence
            if span.meets(sentence)
        )
        provision = Provision(
            sentence=sentence.of(text),
            evidence=tuple(evidence),
            stem=clause.stem.of(text) if clause.stem else "",
            items=self._items(clause),
            common=self._common,
            claims=voice.value is Voice.TALK and (voice.sure or strength is Strength.DESCRIPTIVE),
        )
        stated = restated(provision)
        if stated is None or "{" in stated.replace("{0}", ""):
            return None
        return stated if clause.number else _without_heading(stated, clause.title).replace(RULE, CLAIM)

    def _items(self, clause: Clause) -> tuple[str, ...]:
        items = (item for item in self._context.whole.clauses if clause.stem and item.stem == clause.stem)
        return tuple(item.span.of(self._context.text) for item in items)

    @cached_property
    def _common(self) -> frozenset[str]:
        """Words that the text has in small letters."""
        return frozenset(_WORD.findall(self._context.text))


def _without_heading(statement: str, title: str) -> str:
    """Return a statement without the words that only repeat the title of its section, by which it names its clause."""
    match = _WITHIN.match(statement)
    if match is None or match["part"].casefold() != title.casefold():
        return statement
    return statement[: match.start("case")] + statement[match.end("case") :]
