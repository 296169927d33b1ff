"""Running text of AsciiDoc, reduced to what a reader of the page sees, with the way back to the source."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape

from impact.extract.asciidoc.vocabulary import WORDS
from impact.extract.blocks.powers import SIGN, is_power
from impact.extract.markdown.inline import Piece, with_tokens

_CONTENT = r"(?:\\\]|[^\[\]]|\[[^\[\]]{0,400}\]){0,1500}+"
"""Of a macro, in brackets."""

_MACROS = "|".join(sorted(WORDS.shown | WORDS.unshown, key=len, reverse=True))

# Source: Asciidoctor documentation, "Text Formatting", "Macros", "Passthroughs"; lib/asciidoctor/rx.rb; Metanorma,
# "Text formatting". The last is what begins or parts lines in a cell with blocks in it.
TOKEN = re.compile(
    r"\\(?P<escape>\*\*|__|``|##|\]|[*_`#^~{<\[(|&+]|https?:|[a-z]{2,12}:(?=[^\s\[\]]*\[))"
    r"|\+{3}(?P<raw>.{1,800}?)\+{3}"
    r"|\$\$(?P<dollars>.{1,800}?)\$\$|\+\+(?P<double>(?!\s).{1,800}?)\+\+|(?<![\w+])\+(?P<literal>(?![\s+])[^\n+]{1,400}?)(?<!\s)\+(?!\w)"
    r"|(?P<open>[\"'])`(?=\S)(?P<curved>[^`]{1,800}?)(?<=\S)`(?P<shut>(?P=open))"
    r"|``(?P<code2>.{1,600}?)``(?!`)|(?<![\w`])`(?P<code>(?!\s)[^`]{1,600}?)(?<!\s)`(?![\w`])"
    r"|<<(?P<reference>[^<>,\n][^<>,]{0,300})(?:,(?P<named>[^<>]{0,600}))?>>"
    r"|\[\[\[(?P<entry>[\w:][^\[\],]{0,200})(?:,[ \t]*(?P<label>[^\[\]]{1,300}))?\]\]\]"
    r"|(?P<anchor>\[\[[\w:][^\[\]]{0,300}\]\]|\[[\w.#% -]{1,80}\](?=[*_#`]))"
    rf"|(?:(?<![\w.])|(?=footnote))(?P<macro>{_MACROS})::?(?P<target>(?:pass:\[[^\]]*\]|[^\s\[\]:{{][^\s\[\]]{{0,800}})?)\[(?P<content>{_CONTENT})\]"
    rf"|<?(?P<url>(?:https?|ftp|mailto):(?://)?[^\s\[\]<>|]{{1,900}})(?:>|\[(?P<text>{_CONTENT})\])?"
    r"|\{\{(?P<concept>[^{},\n]{1,200})(?:,(?P<shown>[^{}\n]{1,300}))?\}\}"
    rf"|\{{(?:(?P<set>(?:set|counter2?):[^{{}}\n]{{1,200}})|(?P<attribute>\w[\w-]{{0,80}}))\}}(?P<tail>[^\s\[\]{{}}|]{{0,300}}\[{_CONTENT}\])?"
    r"|\(\(\((?P<hidden>[^()]{1,300})\)\)\)|\(\((?P<index>[^()]{1,300})\)\)"
    r"|(?P<wide>\*\*|__|##)(?=\S)(?P<strong>.{1,800}?)(?<=\S)(?P=wide)"
    r"|(?<![\w;:}*_#])(?P<mark>[*_#])(?![\s*_#]{2}|\s)(?P<stressed>.{1,800}?)(?<=\S)(?P=mark)(?!\w)"
    r"|\^(?P<super>[^\s^]{1,80})\^|~(?P<sub>[^\s~]{1,80})~"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]\w{1,30});)"
    r"|(?P<turn>(?<=\s)\+(?=[ \t]*(?:\n|\Z)))"
    r"|^(?P<lead>[ \t]*(?:(?:\*{1,5}|-|\.{1,5})[ \t]+(?=\S)|(?:\+|-{2}|[-.=_*]{4,}"
    r"|\[(?:[.%#]|source|listing|literal|[A-Z]{3,9}(?=\])|[\w-]{1,40}=)[^\[\]\n]{0,200}\](?=[ \t]*\n))[ \t]*$))",
    re.DOTALL | re.MULTILINE,
)
MARKUP = re.compile(r"<[^<>]{0,400}>")
ATTRIBUTED = re.compile(r",\s*[\w-]+\s*=")
ADDRESS = re.compile(r"(?:https?|ftp|mailto|link|xref):[^\s\[]*$")
DEEPEST = 6
"""Marks within marks, and attributes within attributes, that are read. Source: project judgment."""
MOST_GENERATED = 1_000_000
"""Characters of values of attributes that are set in one text. Source: project judgment; a value may name others."""

AS_WRITTEN = ("escape", "dollars", "double", "literal", "index")
NESTED = ("strong", "stressed", "super", "sub")


class RunningText:
    """Reads running text.

    Attributes:
        label: Returns what a reference to a name shows.
        attributes: Values by name.
    """

    def __init__(self, label: Callable[[str], str], attributes: Mapping[str, str]) -> None:
        self.label = label
        self.attributes = attributes
        self._left = MOST_GENERATED
        self._readers: dict[str, Callable[[re.Match[str], int, int], Iterator[Piece]]] = {
            "raw": self._raw,
            "open": self._curved,
            "code": self._code,
            "code2": self._code,
            "reference": self._reference,
            "entry": self._entry,
            "macro": self._macro,
            "url": self._url,
            "concept": self._concept,
            "attribute": self._attribute,
            "entity": self._entity,
        }

    def text(self, source: str) -> str:
        """Return running text as it is seen, on one line."""
        return " ".join("".join(text for text, _ in self.pieces(source)).split())

    def pieces(self, text: str, base: int = 0, depth: int = 0) -> Iterator[Piece]:
        """Yield seen characters with their place, and generated ones with place -1.

        Args:
            text: Running text, lines parted by line ends.
            base: Added to each place.
            depth: How deep marks are nested so far.
        """
        if depth > DEEPEST:
            yield text, base
            return
        yield from with_tokens(text, TOKEN, base, lambda match: self._token(match, base, depth))

    def _token(self, match: re.Match[str], base: int, depth: int) -> Iterator[Piece]:
        for name in (*AS_WRITTEN, *NESTED):
            if match[name] is not None:
                inner, place = match[name], base + match.start(name)
                if name == "super" and is_power(match.string[: match.start()], inner):
                    yield SIGN, place - len(SIGN)
                yield from self.pieces(inner, place, depth + 1) if name in NESTED else ((inner, place),)
                return
        for name, read in self._readers.items():
            if match[name] is not None:
                yield from read(match, base, depth)
                return

    def _raw(self, match: re.Match[str], base: int, _depth: int) -> Iterator[Piece]:
        """Yield what is passed to the page as it is, without its elements."""
        place = match.start("raw")
        for element in [*MARKUP.finditer(match.string, *match.span("raw")), None]:
            end = element.start() if element else match.end("raw")
            if place < end:
                yield match.string[place:end], base + place
            place = element.end() if element else end

    def _curved(self, match: re.Match[str], base: int, depth: int) -> Iterator[Piece]:
        yield match["open"], base + match.start("open")
        yield from self.pieces(match["curved"], base + match.start("curved"), depth + 1)
        yield match["shut"], base + match.start("shut")

    def _code(self, match: re.Match[str], base: int, depth: int) -> Iterator[Piece]:
        """Yield code; marks and attributes count in it unless it stands between signs of plus, too."""
        name = "code" if match["code"] is not None else "code2"
        inner, place = match[name], base + match.start(name)
        if len(inner) > 2 and inner[0] == inner[-1] == "+":
            yield inner[1:-1], place + 1
        else:
            yield from self.pieces(inner, place, depth + 1)

    def _reference(self, match: re.Match[str], base: int, depth: int) -> Iterator[Piece]:
        named = match["named"]
        if named and named.strip() and not re.match(r"\s*\w+\s*=", named):
            yield from self.pieces(named.strip(), base + match.start("named") + _lead(named), depth + 1)
        else:
            yield self.label(match["reference"].strip()), -1

    def _entry(self, match: re.Match[str], base: int, _depth: int) -> Iterator[Piece]:
        if match["label"]:
            yield f"[{match['label'].strip()}]", -1
        else:
            yield f"[{match['entry']}]", base + match.start("entry") - 1

    def _macro(self, match: re.Match[str], base: int, depth: int) -> Iterator[Piece]:
        name, target, content = match["macro"], match["target"], match["content"]
        if name in WORDS.unshown:
            return
        if content.strip():
            start, end = link_text(content)
            yield from self.pieces(content[start:end], base + match.start("content") + start, depth + 1)
        elif name == "xref":
            yield self.label(target), -1
        else:
            yield target, base + match.start("target")

    def _url(self, match: re.Match[str], base: int, depth: int) -> Iterator[Piece]:
        text = match["text"] or ""
        start, end = link_text(text)
        if text[start:end].strip():
            yield from self.pieces(text[start:end], base + match.start("text") + start, depth + 1)
        else:
            yield match["url"], base + match.start("url")

    def _concept(self, match: re.Match[str], base: int, _depth: int) -> Iterator[Piece]:
        name = "shown" if match["shown"] else "concept"
        yield match[name].strip(), base + match.start(name) + _lead(match[name])

    def _attribute(self, match: re.Match[str], base: int, depth: int) -> Iterator[Piece]:
        """Yield the value of an attribute, or the words of the link that it is the address of."""
        name, tail = match["attribute"].lower(), match["tail"] or ""
        value = self.attributes.get(name, "")
        place = base + match.start("tail")
        is_address = name not in WORDS.characters and (tail.startswith("[") if not value else ADDRESS.match(value))
        if tail and is_address:
            address, _, content = tail.removesuffix("]").partition("[")
            start, end = link_text(content)
            if content[start:end].strip():
                yield from self.pieces(content[start:end], place + len(address) + 1 + start, depth + 1)
                return
        yield from self._value(name, f"{{{match['attribute']}}}", base + match.start(), depth)
        yield from self.pieces(tail, place, depth + 1)

    def _value(self, name: str, written: str, place: int, depth: int) -> Iterator[Piece]:
        """Yield the value of an attribute as generated, or the reference to it as written where it has none."""
        self._left -= len(self.attributes.get(name, "")) + 1
        if name in self.attributes and self._left > 0:
            for text, _ in self.pieces(self.attributes[name], 0, depth + 1):
                yield text, -1
        elif name in WORDS.characters:
            yield WORDS.characters[name], -1
        elif name not in {"empty", "blank"}:
            yield written, place

    def _entity(self, match: re.Match[str], base: int, _depth: int) -> Iterator[Piece]:
        yield unescape(match["entity"]), base + match.start()


def link_text(content: str) -> tuple[int, int]:
    """Return where the text of a link begins and ends in its brackets: without attributes, and the sign of a window."""
    quoted = re.match(r"\s*\"([^\"]*)\"\s*(?:,|$)", content)
    if quoted:
        return quoted.span(1)
    attributes = ATTRIBUTED.search(content)
    end = attributes.start() if attributes else len(content)
    if re.match(r"\s*[\w-]+=\S", content):
        return 0, 0
    bare = content[:end].rstrip()
    return 0, len(bare.removesuffix("^"))


def _lead(text: str) -> int:
    """Return how many white characters a text begins with."""
    return len(text) - len(text.lstrip())
