"""What is restated, and its words as running text without what a report leaves out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from impact.grammar.restate.lexicon import words
from impact.grammar.surface import Surface, surface
from impact.records import Span

_PARENTHESIS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_OPEN_PARENTHESIS = re.compile(r"\s\([^()]*\)?$")
_BETWEEN = re.compile(r"\bbetween\b[^,]*$")
_VERB = re.compile(r"\b(?:shall|must|should|may|can|will|is|are|has|have)\b")
_CAPITALS = re.compile(r"\bMAY\b")
_MARKS = re.compile(r"<(?P<name>[\w.-]+)>(?=\s|$)|(?<=\w)\((?P<plural>e?s)\)")
"""Marks around the name of an element and the end of "session(s)"."""
_BEGUN = re.compile(r"\W*[a-z]+\b")
"""How a sentence begins whose beginning was lost."""
_LABEL = re.compile(r"^\W*\w[^.:;,]{0,60}:\s")
_LOST = re.compile(rf"<[A-Za-z/][^<>]*>|{_LABEL.pattern}")
"""What running text leaves out although the sentence needs it: other tags, a label before it."""
_STOP = re.compile(r"[.;,\s]*$")


@dataclass(frozen=True, slots=True)
class Provision:
    """A sentence of a clause, with what is needed to understand it alone.

    Attributes:
        sentence: As the text has it.
        evidence: Where the words stand in it that must not be left out.
        stem: The sentence that introduces the list of which the sentence is an item; empty where it is none.
        common: Words that the text has in small letters; a capital at the beginning of a sentence is lowered for them.
        items: All items of that list.
        claims: Whether the sentence tells of something, rather than laying down a rule.
    """

    sentence: str
    evidence: tuple[Span, ...] = ()
    stem: str = ""
    items: tuple[str, ...] = ()
    common: frozenset[str] = frozenset()
    claims: bool = False

    @property
    def capitals(self) -> bool:
        """Whether the sentence permits in the capitals of RFC 2119."""
        return bool(_CAPITALS.search(self.sentence) or _CAPITALS.search(self.stem))


@dataclass(frozen=True, slots=True)
class RunningWords:
    """A sentence as running text, with the evidence in it; none of it where the report leaves all of that out."""

    text: str
    evidence: tuple[Span, ...]


def running_words(provision: Provision) -> RunningWords | None:
    """Return the words of a provision without parentheses, references and examples; none where nothing fit is left."""
    joined = _joined(provision)
    if joined is None or (not provision.stem and _BEGUN.match(joined.sentence)):
        return None
    bare = _without(Surface(joined.sentence, range(len(joined.sentence))), _marks(joined.sentence))
    if _LOST.search(bare.text):
        return None
    running = surface(bare.text)
    running = Surface(running.text, [bare.origins[origin] for origin in running.origins])
    for cut in _CUTS:
        running = _without(running, cut(running.text))
    running = _statement(running, joined.evidence)
    evidence = tuple(span for place in joined.evidence if (span := _within(running, place)))
    lost = joined.evidence and not evidence
    if lost or any(part.pattern.search(running.text) for part in words().unfit):
        return None
    return RunningWords(running.text, evidence)


def _joined(provision: Provision) -> Provision | None:
    """Return an item of a list with the words of its stem that it completes; none where it cannot stand without it."""
    if not provision.stem:
        return provision
    stem = " ".join(provision.stem.split()).rstrip(" :,-\N{EM DASH}\N{EN DASH}")
    alternatives = any(words().item_or.search(item) for item in (provision.sentence, *provision.items))
    if alternatives or words().stem_choice.search(stem):
        return None
    end = words().item_end.search(provision.sentence)
    item = provision.sentence[: end.start() if end else None]
    following = words().stem_following.search(stem)
    if following and (_LABEL.search(item) or _VERB.search(item)):
        return None
    if following or words().stem_open.search(stem):
        head = surface(stem).text[: _length(stem, following)]
        begun = surface(item)
        begun = _without(begun, _parentheses(begun.text))
        lowered = begun.text[:1].lower() + begun.text[1:] if begun.text[1:2].islower() else begun.text
        moved = tuple(span for place in provision.evidence if (span := _within(begun, place)))
        shifted = tuple(Span(span.start + len(head) + 1, span.end + len(head) + 1) for span in moved)
        return replace(provision, sentence=f"{head} {lowered}", evidence=shifted)
    alone = words().stem_alone.search(stem) and not words().stem_bound.search(stem)
    return replace(provision, sentence=item) if alone else None


def _length(stem: str, following: "re.Match[str] | None") -> int:
    """Return how many characters of a stem, as running text, an item completes."""
    running = surface(stem).text
    again = words().stem_following.search(running) if following else None
    return again.start() if again else len(running)


def _statement(running: Surface, evidence: tuple[Span, ...]) -> Surface:
    """Return that of several statements parted by semicolons that has the evidence, where the others limit nothing."""
    place = next((span for first in evidence if (span := _within(running, first))), None)
    borders = [at for at, letter in enumerate(running.text) if letter == ";"]
    if place is None or not borders or any(place.start <= border < place.end for border in borders):
        return running
    start = max((border + 1 for border in borders if border < place.start), default=0)
    end = min((border for border in borders if border >= place.end), default=len(running.text))
    if words().limiting.search(running.text[:start]) or words().limiting.search(running.text[end:]):
        return running
    begin = start + len(running.text[start:end]) - len(running.text[start:end].lstrip())
    return _without(running, [Span(0, begin), Span(end, len(running.text))])


def _marks(text: str) -> Iterable[Span]:
    """Yield what stands around the name of an element, and around the end of a plural."""
    for match in _MARKS.finditer(text):
        inner = match.span("name" if match["name"] else "plural")
        yield from (Span(match.start(), inner[0]), Span(inner[1], match.end()))


def _parentheses(text: str) -> Iterable[Span]:
    """Yield parentheses and brackets that limit nothing; what does not close to the end is one too."""
    for pattern in (_PARENTHESIS, _OPEN_PARENTHESIS):
        for match in pattern.finditer(text):
            spaced = match[0][:1].isspace() or match.start() == 0
            inner = match[0].strip(" ([")
            if spaced and not words().limiting.search(inner) and not inner.startswith("or "):
                yield Span(*match.span())


def _references(text: str) -> Iterable[Span]:
    for match in words().reference.finditer(text):
        if not words().reference_bound.search(text[: match.start() + 1]):
            yield Span(*match.span())


def _opener(text: str) -> Iterable[Span]:
    if match := words().opener.match(text):
        yield Span(*match.span())


def _example(text: str) -> Iterable[Span]:
    """Yield an example at the end of a sentence, behind a comma or a noun; one that limits something stays."""
    match = words().example.search(text)
    if match and _BETWEEN.search(text, 0, match.start()):
        return
    if match and match.start() and not (words().limiting.search(text, match.end()) or _VERB.search(text, match.end())):
        yield Span(match.start(), len(_STOP.sub("", text)))


_CUTS = (_parentheses, _references, _example, _opener, partial(_opener))


def _without(running: Surface, cuts: Iterable[Span]) -> Surface:
    text, origins = running.text, list(running.origins)
    for cut in sorted(set(cuts), key=lambda span: -span.start):
        text = text[: cut.start] + text[cut.end :]
        del origins[cut.start : cut.end]
    return Surface(text, origins)


def _within(running: Surface, place: Span) -> Span | None:
    """Return where a place of a sentence is in its running text; none where nothing is left of it."""
    left = [at for at, origin in enumerate(running.origins) if place.start <= origin < place.end]
    return Span(left[0], left[-1] + 1) if left else None
