"""Lists of AsciiDoc that are open: which item belongs to which, and its number."""

import re
from dataclasses import dataclass, field

from impact.extract.asciidoc import signs
from impact.extract.asciidoc.attributes import BlockAttributes
from impact.extract.blocks.numbering import counted

# Source: Asciidoctor documentation, "Ordered Lists": numeral styles by depth, and by name.
BY_DEPTH = ("1", "a", "i", "A", "I")
BY_NAME = {"arabic": "1", "decimal": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}

CALLOUT = "<"
"""Key of a list of notes on a listing, which is in no other list and has none in it."""


@dataclass(frozen=True, slots=True)
class ListMark:
    """A mark of a list item or term at the start of a line.

    Attributes:
        key: Marks of the same list have the same.
        end: Characters of the mark.
        number: As written; empty where it is counted or where there is none.
    """

    key: str
    end: int
    number: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether the format counts its items."""
        return self.key.startswith(".")


@dataclass(slots=True)
class OpenList:
    """A list, its numeral style, and how far it is."""

    key: str
    form: str = ""
    count: int = 0


@dataclass(slots=True)
class OpenLists:
    """Lists within lists, the outermost first."""

    stack: list[OpenList] = field(default_factory=list)

    def enter(self, mark: ListMark, attributes: BlockAttributes) -> str:
        """Open or go on with the list of a mark, and return the number of its item; empty where it has none."""
        keys = [level.key for level in self.stack]
        if keys and CALLOUT in {mark.key, keys[-1]} and mark.key != keys[-1]:
            self.stack.clear()
            keys.clear()
        if mark.key in keys:
            del self.stack[keys.index(mark.key) + 1 :]
            if attributes.style in BY_NAME or "start" in attributes.named:
                self.stack[-1] = self._begun(mark, attributes)
        else:
            self.stack.append(self._begun(mark, attributes))
        if not mark.is_counted:
            return mark.number
        self.stack[-1].count += 1
        return counted(self.stack[-1].form, self.stack[-1].count)

    def _begun(self, mark: ListMark, attributes: BlockAttributes) -> OpenList:
        start = attributes.named.get("start", "1")
        form = BY_NAME.get(attributes.style, BY_DEPTH[min(len(mark.key), len(BY_DEPTH)) - 1])
        return OpenList(mark.key, form, int(start) - 1 if re.fullmatch(r"\d{1,6}", start) else 0)


def mark_of(text: str) -> ListMark | None:
    """Return the mark that a line without its indent begins with; None where it begins with none."""
    for pattern in (signs.BULLET, signs.ORDERED, signs.COUNTER):
        match = pattern.match(text)
        if match:
            numbered = pattern is signs.COUNTER
            return ListMark("1" if numbered else match[1], match.end(), match[1] if numbered else "")
    callout = signs.CALLOUT.match(text)
    return ListMark(CALLOUT, callout.end(), f"{callout[1]}." if callout[1].isdigit() else "") if callout else None
