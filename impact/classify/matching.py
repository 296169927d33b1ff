"""Match cues in a text by spaCy, after a cheap look at which of them can match at all."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from impact.classify.library import Cue
from impact.classify.notation import Pattern
from impact.grammar.parser import load_spacy
from impact.records import Span

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

_WORDS = re.compile(r"[^\W_]+")
_RUN = re.compile(r"\s\s|[^\S ]")


def words_of(text: str) -> frozenset[str]:
    """Return the lower-case words of a text, as `Index.candidates` wants them, and "n't" where one ends so."""
    lower = text.lower()
    words = frozenset(_WORDS.findall(lower))
    return words | {"n't"} if "n't" in lower or "n\u2019t" in lower else words


@dataclass(frozen=True, slots=True)
class Match:
    """Where one line of a cue matches; `place` counts from the start of the text searched."""

    cue: Cue
    line: str
    place: Span


def find(text: str, candidates: Iterable[tuple[Cue, Pattern]]) -> list[Match]:
    """Return where cues match in `text`, ordered by place, name and line.

    Of several matches of one pattern that overlap, the shortest is kept.
    """
    chosen = list(candidates)
    if not chosen:
        return []
    plain, places = _spaced(text)
    document = _tokenizer()(plain)
    words = [token.lower_ for token in document]
    matches: list[Match] = []
    for cue, pattern in chosen:
        occupied: list[tuple[int, int]] = []
        for start, end in sorted(_matches(document, words, pattern), key=lambda match: (match[1] - match[0], match)):
            if all(end <= other or start >= until for other, until in occupied):
                occupied.append((start, end))
                piece = document[start:end]
                place = Span(places[piece.start_char], places[piece.end_char - 1] + 1)
                matches.append(Match(cue, pattern.line, place))
    return sorted(matches, key=lambda match: (match.place, match.cue.name, match.line))


def _matches(document: "Doc", words: Sequence[str], pattern: Pattern) -> Iterator[tuple[int, int]]:
    """Yield the first token of each match of a pattern, and the one after its last.

    spaCy's time goes with the tokens that it is given, so it gets only those that the pattern can reach from its rarest
    word.
    """
    matcher = _matcher(pattern)
    for start, end in windows(words, pattern):
        for _, first, last in matcher(document[start:end]):
            yield start + first, start + last


def windows(words: Sequence[str], pattern: Pattern) -> Iterator[tuple[int, int]]:
    """Yield where a pattern can match at all, as half-open ranges of the lower-case `words` of a text, in order."""
    start = end = 0
    for place, word in enumerate(words):
        if word in pattern.rarest:
            if end and place - pattern.reach >= end:
                yield start, end
            if not end or place - pattern.reach >= end:
                start = max(0, place - pattern.reach)
            end = min(len(words), place + pattern.reach + 1)
    if end:
        yield start, end


def _spaced(text: str) -> tuple[str, Sequence[int]]:
    """Return the text with one blank for each run of white space, and where each of its characters stood.

    spaCy makes a token of its own of a line end or a second blank, so that no cue of several words would match over it.
    """
    if not _RUN.search(text):
        return text, range(len(text))
    places = [at for at, letter in enumerate(text) if not (letter.isspace() and at and text[at - 1].isspace())]
    return "".join(" " if text[at].isspace() else text[at] for at in places), places


@cache
def _tokenizer() -> Any:
    """Return spaCy's English tokenizer, which here also splits at hyphens, slashes and underscores.

    It leaves "cannot" whole, as cues and their index have it.
    """
    load_spacy()
    from spacy.lang.en import English
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
    from spacy.vocab import create_vocab

    usual = English.Defaults
    infixes = [*(usual.infixes or ()), r"[-–‑/_]", r"(?<=[a-z])\.(?=[A-Z])"]  # noqa: RUF001 (hyphens)
    return Tokenizer(
        create_vocab(English.lang, usual),
        rules={word: parts for word, parts in usual.tokenizer_exceptions.items() if word.lower() != "cannot"},
        prefix_search=compile_prefix_regex(usual.prefixes or ()).search,
        suffix_search=compile_suffix_regex(usual.suffixes or ()).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=usual.token_match,
        url_match=usual.url_match,
    )


@cache
def _matcher(pattern: Pattern) -> "Matcher":
    """Return the matcher of one pattern, made when first needed.

    One matcher for each pattern, not one for all: spaCy evaluates every set predicate of a matcher on every token, so
    that a matcher with hundreds of patterns would cost hundreds of milliseconds a page.
    """
    from spacy.matcher import Matcher

    matcher = Matcher(_tokenizer().vocab, validate=False)
    matcher.add("cue", [[dict(token) for token in pattern.tokens]])
    return matcher
