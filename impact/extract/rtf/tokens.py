"""Cut an RTF file into its tokens: groups, control words, control symbols, bytes and text.

Source: Rich Text Format Specification, version 1.9.1, "RTF Syntax".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from impact.errors import UnreadableError

DEEPEST = 1000
"""Groups inside of groups at the most; Word itself writes some 20. Source: project judgment."""

_TOKEN = re.compile(
    rb"(?P<text>[^\\{}\r\n\0]+)|\\(?:(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,20})?[ ]?|'(?P<byte>[0-9A-Fa-f]{2})"
    rb"|(?P<symbol>[^A-Za-z]))|(?P<open>\{)|(?P<close>\})|[\r\n\0]+|.",
    re.DOTALL,
)
_BRACE = re.compile(rb"[{}]|\\bin(\d{1,9})[ ]?|\\.", re.DOTALL)


class TokenKind(IntEnum):
    """What a token is; a pattern has one group for each."""

    TEXT = 1
    WORD = 2
    BYTE = 4
    SYMBOL = 5
    OPEN = 6
    CLOSE = 7
    END = 8


@dataclass(slots=True)
class RtfGroup:
    """A group that is read as a whole: words with their numbers, bytes of text, and groups."""

    items: list["tuple[str, int | None] | bytes | RtfGroup"] = field(default_factory=list)

    @property
    def groups(self) -> list["RtfGroup"]:
        """Return the groups directly in it."""
        return [item for item in self.items if isinstance(item, RtfGroup)]

    @property
    def words(self) -> dict[str, int | None]:
        """Return the words directly in it with their numbers; of words that are repeated, the last."""
        return {item[0]: item[1] for item in self.items if isinstance(item, tuple)}

    @property
    def name(self) -> str:
        """Return the first word, which names the destination."""
        return next((item[0] for item in self.items if isinstance(item, tuple) and item[0] != "*"), "")

    @property
    def text(self) -> bytes:
        """Return the bytes of text directly in it."""
        return b"".join(item for item in self.items if isinstance(item, bytes))

    def pieces(self) -> Iterator[str | bytes]:
        """Yield the text directly in it: characters by number, and bytes without those for readers that lack these."""
        skip = 0
        for item in self.items:
            if isinstance(item, tuple):
                if item[0] == "u" and item[1] is not None:
                    yield chr(item[1] & 0xFFFF)
                    skip = 1
            elif isinstance(item, bytes):
                yield item[skip:]
                skip = 0


class Tokens:
    """The tokens of a file, in order.

    Attributes:
        word: Of the last token, if it is a word or symbol.
        number: Of the last token, if it is a word with one.
        content: Bytes of the last token, if it is text or a byte.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.word = ""
        self.number: int | None = None
        self.content = b""
        self._data = data
        self._name = name
        self._place = 0

    def next(self) -> TokenKind:
        """Move to the next token and return what it is."""
        while True:
            match = _TOKEN.match(self._data, self._place)
            if match is None:
                return TokenKind.END
            self._place = match.end()
            kind = match.lastindex
            if kind is None:
                continue
            if kind in (2, 3):
                self.word = match[2].decode("ascii")
                self.number = int(match[3]) if kind == 3 else None
                if self.word == "bin":
                    self._place += max(self.number or 0, 0)
                    continue
                return TokenKind.WORD
            self.content = match[kind]
            if kind == TokenKind.BYTE:
                self.content = bytes((int(self.content, 16),))
            elif kind == TokenKind.SYMBOL:
                self.word = self.content.decode("latin-1")
            return TokenKind(kind)

    def skip(self) -> None:
        """Move behind the end of the group that is open."""
        depth = 1
        while depth:
            match = _BRACE.search(self._data, self._place)
            if match is None:
                self._place = len(self._data)
                return
            self._place = match.end()
            if match[1]:
                self._place += int(match[1])
            elif match[0] in (b"{", b"}"):
                depth += 1 if match[0] == b"{" else -1

    def group(self) -> RtfGroup:
        """Read on to the end of the group that is open and return it."""
        whole = RtfGroup()
        above: list[RtfGroup] = []
        while True:
            kind = self.next()
            if kind is TokenKind.OPEN:
                inner = RtfGroup()
                whole.items.append(inner)
                above.append(whole)
                self.check(len(above))
                whole = inner
            elif kind in (TokenKind.CLOSE, TokenKind.END):
                if not above:
                    return whole
                whole = above.pop() if kind is TokenKind.CLOSE else above[0]
                if kind is TokenKind.END:
                    return whole
            elif kind is TokenKind.WORD:
                whole.items.append((self.word, self.number))
            elif kind is TokenKind.SYMBOL:
                whole.items.append((self.word, None) if self.word == "*" else self.content)
            else:
                whole.items.append(self.content)

    def check(self, depth: int) -> None:
        """Refuse groups that are nested without end.

        Raises:
            UnreadableError: If there are more than `DEEPEST`.
        """
        if depth > DEEPEST:
            message = f"{self._name} is a damaged RTF file (groups are nested more than {DEEPEST} deep)"
            raise UnreadableError(message, "Open it in an office program and save it again as DOCX")
