"""A sentence as running text: without marks of layout, and with a way back to where each letter stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from impact.records import Span
from impact.typed import Pattern, load


@dataclass(frozen=True, slots=True)
class SurfaceMark:
    """A pattern of layout, and what it leaves behind.

    Attributes:
        pattern: With at most one group; what the group matched stays.
        case: Whether what stays is put into small letters.
    """

    pattern: Pattern
    source: str
    case: bool = False


@dataclass(frozen=True, slots=True)
class Surface:
    """Running text.

    Attributes:
        text: What a parser reads.
        origins: For each letter of `text`, its offset in the sentence.
    """

    text: str
    origins: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Return where the letters from `start` to `end` of the text stand in the sentence."""
        return Span(self.origins[start], self.origins[end - 1] + 1)


def surface(sentence: str) -> Surface:
    """Return a sentence as running text."""
    running = Surface(sentence, range(len(sentence)))
    for mark in _marks():
        running = _without(running, mark)
    blanks = [at for at, letter in enumerate(running.text) if letter.isspace()]
    doubled = {at for at in blanks if at == 0 or running.text[at - 1].isspace()}
    kept = [at for at in range(len(running.text)) if at not in doubled]
    letters = (" " if running.text[at].isspace() else running.text[at] for at in kept)
    return Surface("".join(letters), [running.origins[at] for at in kept])


def _without(running: Surface, mark: SurfaceMark) -> Surface:
    """Return running text in which a mark leaves what its group matched."""
    letters, origins, done = list[str](), list[int](), 0
    for match in mark.pattern.finditer(running.text):
        start, end = match.span(1) if mark.pattern.groups else (match.end(), match.end())
        letters += [running.text[done : match.start()], _cased(running.text[max(start, 0) : max(end, 0)], mark)]
        origins += [*running.origins[done : match.start()], *running.origins[max(start, 0) : max(end, 0)]]
        done = match.end()
    return Surface("".join([*letters, running.text[done:]]), [*origins, *running.origins[done:]])


def _cased(text: str, mark: SurfaceMark) -> str:
    """Return a text in small letters if the mark says so; letters whose small form is longer stay."""
    return text.lower() if mark.case and len(text.lower()) == len(text) else text


@cache
def _marks() -> tuple[SurfaceMark, ...]:
    return tuple(load(dict[str, tuple[SurfaceMark, ...]], "impact.grammar", "surface.toml")["mark"])
