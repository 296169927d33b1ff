"""What an RTF file says before its text: fonts, styles, lists, authors, properties.

Source: RTF specification 1.9.1, "Header" and "Document Area: Information Group".
"""

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from impact.extract.office.wordtree import add, root
from impact.extract.rtf.codepages import SYMBOLS, ByteDecoder, charset
from impact.extract.rtf.tokens import RtfGroup

_LEVELS = 9
_LONGEST = 60
"""Characters of the pattern of a number at the most. Source: project judgment."""

# Number formats of \levelnfc. Source: RTF specification 1.9.1, "List Table".
_FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 22: "decimalZero",
    18: "decimalEnclosedCircle", 23: "bullet", 57: "numberInDash", 58: "russianLower", 59: "russianUpper", 255: "none",
}  # fmt: skip
_PROPERTIES = {
    "title": "title",
    "subject": "subject",
    "author": "creator",
    "keywords": "keywords",
    "doccomm": "description",
}
_TIMES = {"creatim": "created", "revtim": "modified"}


@dataclass(slots=True)
class RtfHeaders:
    """The tables of a file as they come.

    Attributes:
        fonts: Name and codec by number.
        styles: Root of the styles, with their numbers as ids.
        numbering: Root of the numbering; the numbers of overrides are the ids of lists.
        lists: Ids of the lists that are known.
        authors: Of revision marks.
    """

    code_page: str = "cp1252"
    fonts: dict[int, tuple[str, str]] = field(default_factory=dict)
    styles: Element = field(default_factory=lambda: root("styles"))
    numbering: Element = field(default_factory=lambda: root("numbering"))
    lists: set[str] = field(default_factory=set)
    authors: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)

    def plain(self, group: RtfGroup) -> str:
        """Return the text directly in a group."""
        decoder = ByteDecoder()
        pieces = group.pieces()
        text = "".join(piece if isinstance(piece, str) else decoder.decode(piece, self.code_page) for piece in pieces)
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip(" ")


def read_fonts(headers: RtfHeaders, table: RtfGroup) -> None:
    """Read the table of fonts."""
    for font in [*table.groups, table]:
        words = font.words
        number = words.get("f")
        if number is not None:
            name = headers.plain(font).split(";")[0]
            codec = charset(words.get("fcharset"), headers.code_page)
            # Some programs give a symbol font by its name alone.
            is_symbol = name.lower() == "symbol" or name.lower().startswith("wingdings")
            headers.fonts[number] = (name, SYMBOLS if is_symbol and codec == headers.code_page else codec)


def read_styles(headers: RtfHeaders, sheet: RtfGroup) -> None:
    """Read the paragraph styles."""
    for style in sheet.groups:
        words = style.words
        if {"cs", "ds", "ts"} & set(words):
            continue
        number = words.get("s") or 0
        element = add(headers.styles, "style", type="paragraph", styleId=str(number))
        if not number:
            element.set(f"{element.tag[: -len('style')]}default", "1")
        add(element, "name", headers.plain(style).split(";")[0].strip())
        above = words.get("sbasedon")
        if above is not None and above != number:
            add(element, "basedOn", above)
        if words.get("outlinelevel") is not None:
            add(add(element, "pPr"), "outlineLvl", words["outlinelevel"])


def read_lists(headers: RtfHeaders, table: RtfGroup) -> None:
    """Read the table of lists."""
    for entry in table.groups:
        if entry.name == "list":
            shared = add(headers.numbering, "abstractNum", abstractNumId=str(entry.words.get("listid")))
            levels = [group for group in entry.groups if group.name == "listlevel"]
            for index, level in enumerate(levels[:_LEVELS]):
                _add_level(shared, index, level)


def read_overrides(headers: RtfHeaders, table: RtfGroup) -> None:
    """Read the table of list overrides, which paragraphs refer to."""
    for entry in table.groups:
        words = entry.words
        key = str(words.get("ls"))
        num = add(headers.numbering, "num", numId=key)
        add(num, "abstractNumId", str(words.get("listid")))
        headers.lists.add(key)
        changes = [group for group in entry.groups if group.name == "lfolevel"]
        for index, change in enumerate(changes[:_LEVELS]):
            element = add(num, "lvlOverride", ilvl=str(index))
            for level in change.groups:
                if level.name == "listlevel":
                    _add_level(element, index, level)
            if "listoverridestartat" in change.words and change.words.get("levelstartat") is not None:
                add(element, "startOverride", change.words["levelstartat"])


def _add_level(parent: Element, index: int, level: RtfGroup) -> None:
    words = level.words
    element = add(parent, "lvl", ilvl=str(index))
    add(element, "start", max(words.get("levelstartat") or 0, 0))
    add(element, "numFmt", _FORMS.get(words.get("levelnfcn", words.get("levelnfc")) or 0, "decimal"))
    text = next((group for group in level.groups if group.name == "leveltext"), RtfGroup())
    add(element, "lvlText", _pattern(text))
    if words.get("levellegal"):
        add(element, "isLgl")
    if words.get("levelnorestart"):
        add(element, "lvlRestart", 0)


def _pattern(text: RtfGroup) -> str:
    """Return the pattern of a number; its first byte is its length, and bytes below 9 stand for levels."""
    letters: list[str] = []
    for piece in text.pieces():
        letters.extend(piece if isinstance(piece, str) else piece.decode("cp1252", "replace"))
    if not letters:
        return ""
    shown = letters[1 : 1 + min(ord(letters[0]), _LONGEST)]
    return "".join(f"%{ord(letter) + 1}" if ord(letter) < _LEVELS else letter.replace("%", "") for letter in shown)


def read_authors(headers: RtfHeaders, table: RtfGroup) -> None:
    """Read the authors of revision marks."""
    headers.authors.extend(headers.plain(author).rstrip(";") for author in table.groups)


def read_properties(headers: RtfHeaders, info: RtfGroup) -> None:
    """Read title, author and the like."""
    for entry in info.groups:
        if entry.name in _PROPERTIES and _PROPERTIES[entry.name] not in headers.properties:
            headers.properties[_PROPERTIES[entry.name]] = headers.plain(entry)
        elif entry.name in _TIMES:
            words = {key: value or 0 for key, value in entry.words.items()}
            if words.get("yr"):
                date = f"{words['yr']:04d}-{words.get('mo', 1):02d}-{words.get('dy', 1):02d}"
                headers.properties[_TIMES[entry.name]] = (
                    f"{date}T{words.get('hr', 0):02d}:{words.get('min', 0):02d}:00Z"
                )
