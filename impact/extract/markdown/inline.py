"""Running text of Markdown, reduced to what a reader of the page sees, with the way back to the source."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape

from impact.extract.blocks.powers import SIGN, is_power
from impact.extract.markdown.shorthand import TAIL, visible

# Source: CommonMark 0.31.2, sections 2.4, 6.1 to 6.6; kramdown syntax (span attributes); kramdown-rfc (citations);
# Spec-Up (references to terms); FHIR IG Publisher (marks around a requirement: its number, actors and category). Marks
# of which some are escaped come from formatters that escaped what was emphasized.
TOKEN = re.compile(
    r"(?=(?:\\\*){0,8}\*)(?=\*{0,8}\\\*)(?:\\?\*){3,8}(?P<stressed>\w[^*\\]{0,100}?)(?<!\s)(?:\\?\*){3,8}"
    r"|\[\[(?:[Rr]ef|[Dd]ef):\s{0,3}(?P<term>[^\[\],|\s][^\[\],|]{0,199}?)\s{0,3}(?:[,|][^\[\]]{0,300})?\]\]"
    r"|\\(?P<escape>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`{1,6})(?!`)(?P<code>.{1,600}?)(?<!`)(?P=ticks)(?!`)"
    r"|(?P<image>!\[[^\[\]]{0,300}\](?:\([^()]{0,500}(?:\([^()]{0,200}\)[^()]{0,300})?\)|\[[^\[\]]{0,100}\]))"
    r"|\[\^(?P<footnote>[^\[\]\s]{1,60})\]"
    r"|\[(?P<link>[^\[\]]{0,800}(?:\[[^\[\]]{0,300}\][^\[\]]{0,300})?)\]"
    r"(?:\([^()\n]{0,800}(?:\([^()]{0,200}\)[^()\n]{0,300})?\)|\[[^\[\]\n]{0,200}\])"
    r"|<(?P<auto>(?:https?|mailto|ftp):[^<>\s]{1,500})>"
    r"|\u00a7{1,2}(?:[\w-]{1,40}\??(?:\^[\w, -]{1,60}){1,6}:(?=\w)|(?=\s*\Z))"
    r"|\{\{(?P<cite>[^{}\n]{1,200})\}\}"
    r"|(?P<attribute>\{[:#.][^{}\n]{0,300}\}|\{%[^{}]{0,300}%\}|\{(?:mainmatter|backmatter|frontmatter)\})"
    r"|(?P<tag></?[A-Za-z][\w:-]{0,40}(?:\s[^<>]{0,800})?/?>)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]\w{1,30});)"
    r"|(?P<marks>\*{1,3}|(?<![^\W_])_{1,3}|~~)(?=[^\s*_]|(?<=\*)_\w|(?<=_)\*{1,2}\w)(?P<strong>.{1,600}?)(?<=[^\s])(?P=marks)(?!(?<=_)\w)",
    re.DOTALL,
)
CITED = re.compile(
    r"(?:(?P<where>(?:Section|Appendix|Figure|Table)s? [\w., -]{1,60}?) of )?(?P<flag>[!?]?)(?P<name>[^,!?].*)$"
)

Piece = tuple[str, int]


class Inline:
    """Reads running text.

    Attributes:
        shorthand: Whether the shorthand of Bikeshed counts.
        label: Returns what a citation of a name shows ("RFC2119" -> "[RFC2119]", an anchor -> "Section 3").
    """

    def __init__(self, label: Callable[[str], str], *, shorthand: bool = False) -> None:
        self._label = label
        self._shorthand = shorthand

    def pieces(self, text: str, base: int = 0, depth: int = 0) -> Iterator[Piece]:
        """Yield seen characters with their place, generated ones with place -1, and tags ("<li>") with place -2.

        Args:
            text: Running text, lines parted by line ends.
            base: Added to each place.
            depth: How deep marks are nested so far; at most 4 are taken off.
        """
        place = 0
        for match in TOKEN.finditer(text):
            yield from self._plain(text, place, match.start(), base)
            yield from self._token(match, base, depth)
            place = match.end()
        yield from self._plain(text, place, len(text), base)

    def _plain(self, text: str, start: int, end: int, base: int) -> Iterator[Piece]:
        if not self._shorthand:
            if start < end:
                yield text[start:end], base + start
            return
        part = text[start:end]
        for first, last in visible(part):
            if first < last:
                yield part[first:last], base + start + first

    def _token(self, match: re.Match[str], base: int, depth: int) -> Iterator[Piece]:
        for name in ("link", "strong"):
            if match[name] is not None:
                inner = match[name]
                if depth < 4:
                    yield from self.pieces(inner, base + match.start(name), depth + 1)
                else:
                    yield inner, base + match.start(name)
                return
        for name in ("stressed", "term", "escape", "code", "auto"):
            if match[name] is not None:
                bare = match[name].strip() if name == "code" else match[name]
                yield bare, base + match.start(name) + match[name].find(bare)
                return
        if match["tag"]:
            raised = match["tag"].lower() == "<sup>"
            if raised and is_power(match.string[: match.start()], match.string[match.end() :]):
                yield SIGN, -1
            yield match["tag"], -2
        elif match["entity"]:
            yield unescape(match["entity"]), base + match.start()
        elif match["cite"]:
            yield from self._cite(match, base)

    def _cite(self, match: re.Match[str], base: int) -> Iterator[Piece]:
        if self._shorthand:
            seen = TAIL.match(match["cite"])
            if seen:
                yield seen["seen"], base + match.start("cite") + seen.start("seen")
            return
        cited = CITED.match(match["cite"].strip())
        if cited:
            name = cited["name"].partition("=")[0].strip()
            where = f"{cited['where']} of " if cited["where"] else ""
            yield where + self._label(name), -1


def with_tokens(
    text: str, token: re.Pattern[str], base: int, read: Callable[[re.Match[str]], Iterable[Piece]]
) -> Iterator[Piece]:
    """Yield running text with its places, and what `read` returns instead of each token; `base` is added to places."""
    place = 0
    for match in token.finditer(text):
        if place < match.start():
            yield text[place : match.start()], base + place
        yield from read(match)
        place = match.end()
    if place < len(text):
        yield text[place:], base + place


def joined(lines: Sequence[tuple[int, int]], source: str) -> tuple[str, list[int]]:
    """Return lines of the source as one text parted by line ends, and where each begins in it."""
    starts, length = [], 0
    for start, end in lines:
        starts.append(length)
        length += end - start + 1
    return "\n".join(source[start:end] for start, end in lines), starts
