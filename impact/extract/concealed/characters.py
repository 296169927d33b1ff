"""Characters that show nothing, that look like others, or that are forms of Latin letters."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from impact.records.layout import ConcealmentKind
from impact.typed import loader

_SOFT_HYPHEN = "\u00ad"
_TAGS = "\U000e0000-\U000e007f"
_ZERO_WIDTH = "\u200b-\u200d\ufeff"
_JOINERS = "\u2060-\u2064"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\x01-\x07\x0e-\x1a\x1c-\x1f\x7f"
# Source: Unicode, DerivedCoreProperties.txt, Default_Ignorable_Code_Point; those above are among them.
_FILLERS = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0080-\U000e0fff"
)
_FORMS = (
    "\u210a-\u2113\u211b-\u211d\u2124\u2128\u212c-\u2131\u2133\u2134\u24b6-\u24e9\u1d2c-\u1d62\u1d9c\u1da0"
    "\u1dbb\u2071\u207f\u2090-\u209c\ufb00-\ufb06\U0001d400-\U0001d7ff\U0001f130-\U0001f189"
)
_WIDE = "\uff01-\uff5e"

_PLAIN = bytes((*range(0x20, 0x7F), *b"\t\n\r"))
CONTROLS = re.compile(f"[{_CONTROLS}]")
"""Control characters that no reader of plain text shows."""
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Controls that open or close a stretch in which characters are reordered."""
FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
"""The flag of a region: tags that an emoji is spelt with."""
JOINING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u200c\u200d") | frozenset(
    chr(code) for code in (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)
"""Characters that spelling needs after a letter of other scripts, or after an emoji."""


@dataclass(frozen=True, slots=True)
class Lookalikes:
    """Letters of other scripts by the Latin letter that they look like (lookalikes.toml)."""

    letters: dict[str, str]
    near: dict[str, str]


_lookalikes = loader(Lookalikes, "impact.extract.concealed", "lookalikes.toml")


@cache
def twins() -> dict[str, str]:
    """Return the Latin letter that each letter looks like; a capital I of any script counts as l."""
    lists = _lookalikes()
    return {
        character: letter
        for letters in (lists.near, lists.letters)
        for letter, characters in letters.items()
        for character in characters
    }


@cache
def unseen() -> dict[str, ConcealmentKind]:
    """Return as what each character that shows nothing hides words."""
    return {
        character: kind
        for characters, kind in (
            (_FILLERS, ConcealmentKind.FILLER),
            (_CONTROLS, ConcealmentKind.FILLER),
            (_SOFT_HYPHEN, ConcealmentKind.SOFT_HYPHEN),
            (_TAGS, ConcealmentKind.TAG),
            (_ZERO_WIDTH, ConcealmentKind.ZERO_WIDTH),
            (_JOINERS, ConcealmentKind.WORD_JOINER),
            (_DIRECTIONS, ConcealmentKind.REORDERED),
        )
        for character in _listed(characters)
    }


@cache
def plain_forms() -> dict[str, str]:
    """Return the Latin letters, digits or marks of which characters are forms."""
    forms = {character: unicodedata.normalize("NFKC", character) for character in _listed(_FORMS + _WIDE)}
    for first in ("\U0001f150", "\U0001f170"):  # negative circled and squared letters, which Unicode does not map
        forms |= {chr(ord(first) + place): chr(65 + place) for place in range(26)}
    return {character: form for character, form in forms.items() if form.isascii() and form != character}


@cache
def suspects() -> frozenset[str]:
    """Return the characters for which a text must be looked at more closely."""
    return frozenset((*unseen(), *plain_forms(), *twins()))


def finder(text: str) -> re.Pattern[str] | None:
    """Return what finds the suspect characters that a text has; None where it has none.

    A set of the characters of a text that are no plain ones takes less time than one search for six thousand, and
    leaving out bytes less than looking for characters.
    """
    if text.isascii():
        return CONTROLS if CONTROLS.search(text) else None
    others = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    present = suspects().intersection(others.decode("utf-8", "surrogatepass"))
    return re.compile(f"[{''.join(map(re.escape, sorted(present)))}]") if present else None


def _listed(ranges: str) -> list[str]:
    """Return the characters of a class as regular expressions have it: "a-cx"."""
    listed: list[str] = []
    place = 0
    while place < len(ranges):
        last = ranges[place + 2] if ranges[place + 1 : place + 2] == "-" else ranges[place]
        listed += map(chr, range(ord(ranges[place]), ord(last) + 1))
        place += 3 if ranges[place + 1 : place + 2] == "-" else 1
    return listed


def is_wide(character: str) -> bool:
    """Return whether a character is a fullwidth form of ASCII."""
    return "\uff01" <= character <= "\uff5e"
