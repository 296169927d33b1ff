"""Which words of a passage can be quoted alone, and which of them say most."""

import re
from collections.abc import Sequence
from functools import cache

from impact.advise.guidelines.section_points import announces
from impact.present.alone import stands_alone
from impact.present.words import words
from impact.records import Clause, Span, TextSetting
from impact.salience import SENTENCES, leaning, sentence_traits, weights

ANYWAY, ROUGHLY = 0.28, 0.5
"""Salience from which a passage is quoted though it leans on words before it or only asks, and from which it may be an
item, the cell of a table, or words without a beginning or an end. Source: models/salience/README.md."""

SHORTEST, SHORTEST_ITEM, LONGEST = 40, 30, 600
"""Characters of what is quoted, and of an item. Source: project judgment; a longer quote is not read in a meeting."""

ALSO = 0.25
"""Chance from which a quote begins with a sentence before the chosen one. Source: project judgment after reading
reports; readers missed that sentence more often than they found a quote too long."""

BRIEF = 160
"""Characters below which a quote begins with the sentence before it, whatever that says. Source: project judgment after
reading reports: alone it is hard to understand."""

WORDS, LEAST_WORDS = 8, 4
"""Blanks in an item that can be quoted though it is no sentence, and in one that is quoted roughly. Source: project
judgment; the place of an item says what it belongs to."""

REFERENCES, MORE_REFERENCES = 1, 2
"""References in words that are quoted, also roughly; more are a list of them. Source: project judgment."""

LETTERS = 0.9
"""Share of letters and blanks of words that are quoted; those with less are a formula. Source: project judgment."""

_BLANKS = re.compile(r"(?:(?<![\w.])[A-Z][\w()/]*(?: [\w()/]+){0,3}:\s+){2}")
"""Fields of a form without values: "Author(s): Created:"."""

_NAME = re.compile(r"(?:[a-z][a-z\d]*[A-Z_]|\d{1,3}[A-Za-z])\w*\s")
"""A name with which a sentence may begin without a capital: "burnAuth", "3GPP", "1st"."""

SUBJECTS = ("feature", "extension", "mechanism", "method", "interface", "module", "service", "system", "model")
"""What a document may be about beside itself. Source: project judgment."""

_ANSWER = re.compile(
    r"(?:yes|no|possibly|maybe|none|not (?:applicable|directly|really)|if (?:yes|no|so|not))[.,;:]", re.IGNORECASE
)
"""How an answer begins, which says nothing without its question."""

_CLOSED = (".", ".)", ".\u201d", "!", "?")


def quotable(
    clause: Clause, text: str, most: Span | None = None, setting: TextSetting = TextSetting.TEXT, chance: float = 0.0
) -> Span | None:
    """Return what to quote of a clause; None where nothing of it can be read alone.

    It is the sentence that says most, `most` where that is known, with those before it on which it leans, those behind
    it as far as there is room, because they often say what follows or what is done about it, and others before it that
    say something, or any before a short one. An answer begins a quote only below a heading that asks. Of a row of a
    table one sentence is quoted, an item without a full stop as a whole. By the `chance` that a reader wants to see it,
    more can be quoted (`ANYWAY`, `ROUGHLY`): what leans on words before the clause, from its beginning, or, if that is
    too long, the sentence alone; a clause that only asks and has no answer behind it; and what is no whole sentence.
    """
    rough = chance >= ROUGHLY
    anyway = rough if setting is TextSetting.TABLE else chance >= ANYWAY
    spans = clause.parts
    sentences = [span.of(text).strip() for span in spans]
    chances = [weights(SENTENCES).chance(traits) for traits in sentence_traits(sentences)]
    answers = [_ANSWER.match(sentence) is not None for sentence in sentences]
    opens = [_opens(sentence) and not answer for sentence, answer in zip(sentences, answers, strict=True)]
    asked = bool(clause.headings) and clause.headings[-1].endswith("?")
    telling = [place for place in range(len(spans)) if not sentences[place].endswith("?")]
    for best in sorted(telling, key=lambda place: (spans[place] != most, -chances[place])):
        first = next((place for place in range(best, -1, -1) if opens[place] or (asked and answers[place])), None)
        if first is None and anyway and _whole(sentences[best]) and not any(answers[: best + 1]):
            first = 0 if setting is not TextSetting.TABLE and _fits(spans, 0, best) else best
        if first is None or (setting is TextSetting.TABLE and first != best):
            continue
        if _readable(text[spans[first].start : spans[best].end], rough=rough):
            if setting is TextSetting.TABLE:
                return spans[best]
            last = _last(spans, sentences, first, best)
            return Span(spans[_first(spans, chances, opens, (first, last))].start, spans[last].end)
    after = text[clause.span.end :].lstrip().partition("\n")[0]
    asks = anyway and not telling and _readable(clause.span.of(text).strip()) and (not after or after.endswith("?"))
    return clause.span if asks else _fragment(clause, text, most, setting, rough=rough)


def is_short_item(wording: str) -> bool:
    """Return whether words are an item of two words or more that is no question: "Track guests"."""
    words = wording.strip().rstrip(";,.")
    return (
        words[:1].isalpha() and " " in words and not words.endswith(("?", ":")) and _readable(words, least=len(words))
    )


def _fragment(clause: Clause, text: str, most: Span | None, setting: TextSetting, *, rough: bool) -> Span | None:
    """Return what to quote of a clause without a whole sentence: an item, a cell, or words without beginning or end."""
    wording = clause.span.of(text).strip()
    if setting is TextSetting.TABLE:
        return _telling_cell(clause, text) if rough else None
    listed = setting is TextSetting.LIST or (rough and setting is TextSetting.ASIDE)
    if listed and _is_item(wording, rough=rough):
        return clause.span
    ways = (clause.span, *([most] if most else [])) if rough and not wording.endswith("?") else ()
    return next((span for span in ways if _is_rough(span.of(text).strip())), None)


def _telling_cell(clause: Clause, text: str) -> Span | None:
    """Return the longest cell of a row, if its words can be quoted."""
    start, cells = clause.span.start, clause.span.of(text).split("\t")
    longest = max(range(len(cells)), key=lambda place: len(cells[place]))
    begin = start + sum(len(cell) + 1 for cell in cells[:longest])
    words = cells[longest].strip()
    return Span(begin, begin + len(cells[longest])) if words.count(" ") >= LEAST_WORDS and _readable(words) else None


def _first(spans: Sequence[Span], chances: Sequence[float], opens: Sequence[bool], quoted: tuple[int, int]) -> int:
    """Return the place of the first sentence of a quote of the sentences from one place to another (both quoted)."""
    first, last = quoted
    while (earlier := next((place for place in range(first - 1, -1, -1) if opens[place]), None)) is not None:
        is_brief = spans[last].end - spans[first].start < BRIEF
        if not _fits(spans, earlier, last) or not (is_brief or max(chances[earlier:first]) >= ALSO):
            break
        first = earlier
    return first


def _last(spans: Sequence[Span], sentences: Sequence[str], first: int, best: int) -> int:
    """Return the place of the last sentence of a quote that begins at `first` and must have `best`."""
    last = best
    while last + 1 < len(spans) and _fits(spans, first, last + 1) and sentences[last + 1].endswith(_CLOSED):
        last += 1
    return last


def _is_item(wording: str, *, rough: bool) -> bool:
    """Return whether the words of an item that is no sentence can be quoted."""
    least, shortest = (LEAST_WORDS, SHORTEST_ITEM) if rough else (WORDS, SHORTEST)
    words = wording.rstrip(";,.") if rough else wording
    return (
        words[:1].isalpha() and words[-1:].isalnum() and words.count(" ") >= least and _readable(words, least=shortest)
    )


def _is_rough(wording: str) -> bool:
    """Return whether words that may lack their beginning, or announce what follows, can be quoted."""
    return wording.endswith((*_CLOSED, ":")) and not _ANSWER.match(wording) and _readable(wording, rough=True)


def _fits(spans: Sequence[Span], first: int, last: int) -> bool:
    return spans[last].end - spans[first].start <= LONGEST


def _opens(sentence: str) -> bool:
    """Return whether a quote can begin with a sentence."""
    leans = leaning().match(sentence) and not _subject().match(sentence)
    return _whole(sentence) and not leans and stands_alone(sentence)


def _whole(sentence: str) -> bool:
    """Return whether a sentence has its beginning and its end, and announces nothing that follows."""
    begins = sentence[:1].isupper() or _NAME.match(sentence) is not None
    return begins and sentence.endswith(_CLOSED) and not announces(sentence)


@cache
def _subject() -> re.Pattern[str]:
    """Return what matches the subject of a document, which leans on nothing: "This specification", "This feature"."""
    selves = "|".join(words().reading.selves)
    return re.compile(rf"(?:{selves}|this (?:{'|'.join(SUBJECTS)}))\b", re.IGNORECASE)


def _readable(wording: str, *, rough: bool = False, least: int = SHORTEST) -> bool:
    letters = sum(character.isalpha() or character.isspace() for character in wording)
    references = MORE_REFERENCES if rough else REFERENCES
    formal = wording.count("[") > references or letters < LETTERS * len(wording) or _BLANKS.search(wording) is not None
    return not formal and least <= len(wording) <= LONGEST
