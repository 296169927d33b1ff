"""What the first characters of a line say: a heading, a list item, a caption, contents, code."""

import re
from collections.abc import Sequence

NUMBER = r"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){0,7}[A-Za-z]?|[A-Z](?:\.[0-9]{1,3}){1,7})"
HEADING = re.compile(rf"({NUMBER})\.?[ \t\xa0]+(?=\S)")
ANNEX = re.compile(r"(?:Appendix|Annex|APPENDIX|ANNEX)\s+([A-Z]|[0-9]{1,2}|[IVX]+)\b(?![,;])")
# Source: RFC 7322, section 4: unnumbered sections of an RFC, and names that older RFCs used for them.
UNNUMBERED = re.compile(
    r"(?:abstract|status of this memo|copyright(?: notice)?|table of contents|contents|foreword|preface|introduction"
    r"|acknowledge?ments?|authors?'? address(?:es)?|references|(?:normative|informative) references|contributors"
    r"|index|full copyright statement|intellectual property(?: statement| rights)?|iesg note|security considerations"
    r"|modal verbs terminology|history|scope|summary|bibliography|editors?'? address(?:es)?"
    r"|iab members.*|iana considerations|executive summary)[.:]?",
    re.IGNORECASE,
)
CONTENTS = re.compile(r"(?:table of )?contents(?: page)?", re.IGNORECASE)
LEADER = re.compile(r"(?:\.\s?){4,}|(?:\s\.){3,}|_{4,}|\u2026{2,}")
BULLET = re.compile(
    r"(?:[-*+\u2022\u00b7\u25aa\u25cf\u25e6\u2013\u2014\u2023\u2043\uf0b7]|o(?=\s{2}|\s[A-Z]))\s+(?=\S)"
)
COUNTER = re.compile(
    r"(?:\((?:[0-9]{1,3}|[A-Za-z]|[ivxlc]{1,5})\)|(?:[0-9]{1,3}|[A-Za-z]|[ivxlc]{1,5})\)"
    r"|(?:[0-9]{1,3}|[a-z]|i{2,3}|i[vx]|vi{1,3}|xi{1,3}|xi?v|xvi{1,3})\.)\s+(?=\S)"
)
REFERENCE = re.compile(r"\[[A-Za-z0-9][\w .:+/-]{0,40}\](?:\s{2,}|\s*$)")
CAPTION = re.compile(r"(?:Figure|Fig\.|Table)\s+[A-Z0-9][\w.-]{0,9}(?:\s*:|\s*[.\u2013-](?!\w)|\s*$)")
NOTE = re.compile(
    r"(?:NOTE|EXAMPLE|[Ee]ditor['\u2019]s [Nn]ote|EDITOR['\u2019]S NOTE)(?:\s+[0-9]{1,2})?(?: to entry)?\s*[:\u2013-]"
)

FIELD = re.compile(r"[A-Z][^:]{1,70}:(?P<value>\s{2,}\S)?(?(value)|$)")
"""Term of a list of fields without blank lines between them: two spaces before the value, or the value below. Source:
xml2rfc sets compact definition lists so."""

TERMINAL = (".", ":", ";", "?", "!", ".)", '."', '?"')
GAP = re.compile(r"(?<=\S)\s{3,}(?=\S)")
WIDE_GAP = re.compile(r"(?<=\S)\s{5,}(?=\S)")
WORD = re.compile(r"(?<![\w/.<-])[A-Za-z][a-z']+(?![\w/>-])")
NO_SYMBOL = re.compile(r"[\w\s]+")
WORDS = re.compile(r"[\w\s,'\u2019-]+;")
PLAIN_PROSE = 0.06
"""Share of symbols below which a line is no head of a function either. Source: project judgment on RFC text."""
SYMBOLS = re.compile(r"[-+|=_/\\<>^~#*.:]{3,}|(?:^|\s)\|(?:\s|$)|\+-\+")
CODE = re.compile(
    r"::=|^(?:#include|#define|typedef|struct|/\*|\*/|//|<\?xml|</?[a-zA-Z][\w:.-]*(?:\s[^>]*)?/?>?$|--\s|;\s)"
    r"|[{};]\s*(?:(?://|--|/\*).*)?$|^[a-zA-Z][\w-]*\s+=/?\s|^[\w<>\"'./-]+\s*=\s*[\w\"'%<(\[{]+$|^\"[\w-]+\"\s*:"
    r"|^[}\])]|^(?:0x)?(?:[0-9a-f]{2}[ :]){4,}|^(?:\$|>>>)\s|^[A-Z]{3,8} \S+ HTTP/[0-9]|^[0-9A-Za-z+/=]{40,}$"
)

COMMENT = re.compile(r"/\*|\*/|//\s|;{1,3}\s|\(\*\s")
"""Source: C (ISO/IEC 9899), 6.4.9; RFC 5234 (ABNF), 3.9; ISO/IEC 14977 (EBNF), 5.9. No sentence begins so."""


def mark(text: str) -> re.Match[str] | None:
    """Return the bullet, counter or name of a reference that a line begins with."""
    return BULLET.match(text) or COUNTER.match(text) or REFERENCE.match(text)


def depth(number: str) -> int:
    """Return the level of a heading with this number: 1 for "3" and "A", 2 for "3.1"."""
    return number.count(".") + 1


def symbols(text: str) -> float:
    """Return the share of characters that are neither letters, digits nor white space; 0 for no characters."""
    return len(NO_SYMBOL.sub("", text)) / max(len(text), 1)


def looks_prose(text: str) -> bool:
    """Return whether a line reads as running words. Source: project judgment on RFC text."""
    return len(WORD.findall(text)) >= 5 and symbols(text) < 0.12


def without_marks(lines: Sequence[str]) -> list[str]:
    """Return lines without bullets and counters, and without the semicolon that ends an item or a rule in words."""
    ruled = looks_prose(lines[0]) and symbols(lines[0]) < PLAIN_PROSE
    marked = [(line, mark(line)) for line in lines]
    return [
        (line[matched.end() :] if matched else line).rstrip(";" if matched or (ruled and WORDS.fullmatch(line)) else "")
        for line, matched in marked
    ]


def looks_drawn(text: str) -> bool:
    """Return whether a line looks like part of a drawing, a table in columns or code, and not like a sentence."""
    field = FIELD.match(text)
    text = text[field.end() - 1 :] if field and field["value"] else text
    if COMMENT.match(text):
        return True
    if looks_prose(text):
        return bool(WIDE_GAP.search(text) or "::=" in text)
    return bool(CODE.search(text) or SYMBOLS.search(text) or GAP.search(text)) or symbols(text) > 0.35
