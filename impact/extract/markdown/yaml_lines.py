"""Values of a YAML text with their lines: tolerant, by indentation, without aliases, tags or other machinery."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ENTRY = re.compile(
    r"(?P<lead>[ \t]*)(?P<dashes>(?:-[ \t]+)*-?(?<=-)|)(?P<gap>[ \t]*)"
    r"(?:(?P<key>\"[^\"\n]{1,200}\"|'[^'\n]{1,200}'"
    r"|[^\s#\"'\[\]{},&*!|>%@`:-][^:#\n]{0,200}?|-?[\w./{}<>$-][^:#\n]{0,200}?)"
    r"[ \t]*:(?=\s|$))?[ \t]*(?P<value>.*)$"
)
BLOCK = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
COMMENT = re.compile(r"(?:^|\s)#.*$")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A key or list item.

    Attributes:
        path: Keys from the outside to the inside, its own last; an item of a list adds "-".
        key: Place of its own key in the source; empty for a plain list item.
        lines: Places of the lines of its value, without quotes and indentation; empty where nested values follow.
        literal: Whether line ends in the value count.
        first: Whether it is the first key of a list item.
    """

    path: tuple[str, ...]
    key: Span
    lines: tuple[Span, ...]
    literal: bool = False
    first: bool = False

    def value(self, source: str) -> str:
        """Return the value as one line."""
        return " ".join(" ".join(source[start:end].split()) for start, end in self.lines).strip()


def entries(source: str, lines: Sequence[Span]) -> Iterator[Entry]:
    """Yield the entries of the lines in order; a line that is no YAML continues the value before it."""
    stack: list[tuple[int, str]] = []
    index = 0
    while index < len(lines):
        start, end = lines[index]
        match = ENTRY.match(source, start, end)
        index += 1
        text = source[start:end].strip()
        if not match or not text or text[0] in "#%" or text in ("---", "..."):
            continue
        indent = len(match["lead"])
        dashed = match["dashes"].count("-")
        column = match.start("key") - start if match["key"] is not None else indent + 2 * dashed
        while stack and stack[-1][0] >= indent + (0 if not dashed or stack[-1][1] == "-" else 1):
            stack.pop()
        if dashed:
            stack.append((indent, "-"))
        if match["key"] is not None:
            stack.append((max(column, indent), match["key"].strip("\"'")))
        value, index, literal = _value(source, lines, index, match, indent)
        key = match.span("key") if match["key"] is not None else (start, start)
        yield Entry(tuple(name for _, name in stack), key, value, literal, bool(dashed and match["key"] is not None))


def _value(
    source: str, lines: Sequence[Span], index: int, match: re.Match[str], indent: int
) -> tuple[tuple[Span, ...], int, bool]:
    """Return the lines of a value, the next line, and whether line ends count."""
    start, end = match.span("value")
    text = source[start:end]
    floor = match.start("key") - match.start() if match["key"] is not None else indent
    if BLOCK.match(text):
        found, index = _deeper(source, lines, index, floor)
        return found, index, text[0] == "|"
    quote = text[:1] if text[:1] in "\"'" else ""
    if quote:
        return _quoted(source, lines, index, (start, end), quote)
    comment = COMMENT.search(text)
    end = start + len((text[: comment.start()] if comment else text).rstrip())
    if start >= end or text[0] in "&*!":
        return (), index, False
    plain = [(start, end)]
    while index < len(lines):
        first, last = lines[index]
        bare = COMMENT.sub("", source[first:last]).strip()
        follows = ENTRY.match(source, first, last)
        deep = len(source[first:last]) - len(source[first:last].lstrip()) > floor
        if not bare or not deep or (follows and (follows["key"] is not None or follows["dashes"])):
            break
        place = first + source[first:last].find(bare)
        plain.append((place, place + len(bare)))
        index += 1
    return tuple(plain), index, False


def _deeper(source: str, lines: Sequence[Span], index: int, floor: int) -> tuple[tuple[Span, ...], int]:
    """Return the lines of a block scalar without their common indentation, blank ones as empty places."""
    found: list[Span] = []
    common = -1
    while index < len(lines):
        start, end = lines[index]
        text = source[start:end]
        depth = len(text) - len(text.lstrip(" "))
        if text.strip():
            if depth <= floor and not (floor == 0 and depth > 0):
                break
            common = depth if common < 0 else common
            found.append((start + min(depth, common), end))
        else:
            found.append((start, start))
        index += 1
    while found and found[-1][0] == found[-1][1]:
        found.pop()
    return tuple(found), index


def _quoted(
    source: str, lines: Sequence[Span], index: int, first: Span, quote: str
) -> tuple[tuple[Span, ...], int, bool]:
    """Return the lines of a quoted value, at most 500; it ends with the line that holds the closing quote."""
    start, end = first[0] + 1, first[1]
    found: list[Span] = []
    for _ in range(500):
        close = source.find(quote, start, end)
        while close > 0 and (source[close - 1] == "\\" or source[close : close + 2] == "''"):
            close = source.find(quote, close + 2, end)
        if close >= 0:
            found.append((start, close))
            break
        found.append((start, end))
        if index >= len(lines):
            break
        start, end = lines[index]
        start += len(source[start:end]) - len(source[start:end].lstrip())
        index += 1
    return tuple(found), index, False
