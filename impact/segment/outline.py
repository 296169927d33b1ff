"""Where in the document's tree a block stands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from impact.segment.headings import Heading
from impact.segment.numbers import LIST_STYLES, Addresses, Label, Lists, Style, bare, follows, slug
from impact.segment.parts import Part, is_operative, part_of


@dataclass(frozen=True, slots=True)
class Section:
    """A heading whose section is open, or a numbered paragraph that numbers what follows it.

    Attributes:
        level: As in `Heading`.
        number: Its own number, else that of the section around it.
        key: Its address.
        spans: Whether it holds most of the text: below a license that does, sections are no licenses.
    """

    level: int
    title: str
    number: str
    key: str
    part: Part
    spans: bool = False

    def holds(self, number: str) -> bool:
        """Return whether a number is one below its own: "4.1" below "4", not below "Introduction" in clause 4."""
        return number.startswith(f"{self.number}.") and self.title.startswith(self.number) and self.title != number


def _within(around: Part, inner: Part | None) -> Part:
    """Return the part of a section by that around it and its title: an introduction to an informative annex is one."""
    return around if inner is None or (inner is Part.BODY and around is Part.INFORMATIVE) else inner


@dataclass(slots=True)
class Outline:
    """The sections that are open while the blocks are walked in order.

    Attributes:
        spanning: Where the titles begin of sections that hold most of the text, sections below them included.
        last: Number of the last section or numbered paragraph.
    """

    spanning: frozenset[int] = frozenset()
    addresses: Addresses = field(default_factory=Addresses)
    lists: Lists = field(default_factory=Lists)
    last: Label | None = None
    _untitled: bool = False
    _path: list[Section] = field(default_factory=list)
    _paragraph: Section | None = None
    _counts: Counter[str] = field(default_factory=Counter)

    @property
    def titles(self) -> tuple[str, ...]:
        """Titles of the open sections, outermost first."""
        return tuple(section.title for section in self._path)

    @property
    def here(self) -> Section:
        """The numbered paragraph or section that is open; one without number or title before the first heading."""
        return self._paragraph or (self._path[-1] if self._path else Section(0, "", "", "", Part.BODY))

    @property
    def ordinal(self) -> int:
        """How many paragraphs without a number the open section has had."""
        return self._counts[self.here.key]

    def open_heading(self, heading: Heading, title: str) -> Section:
        """Close the sections that this heading ends and open its own; return it."""
        if self._untitled and not heading.number:
            return self._entitle(title)
        while self._path and self._path[-1].level >= heading.level:
            if self._path[-1].holds(heading.number):
                break
            self._path.pop()
        alike = self._path and self._path[-1].level == heading.level
        level = heading.level if alike else max(heading.level, self._path[-1].level + 1 if self._path else 1)
        self._paragraph = None
        self.lists.clear()
        around = self.here
        label, number = heading.label, heading.number
        shown = number
        if label and label.style in LIST_STYLES and around.number:
            number, shown = f"{around.number} {label.written}", label.written
            key = f"{around.key}/{bare([label.written])}"
        elif label:
            key, self.last = number.replace(" ", "-"), label
        else:
            key = "/".join(filter(None, (around.key, slug(title))))
        around_part = Part.BODY if around.spans and around.part is Part.BOILERPLATE else around.part
        part = _within(around_part, part_of(title))
        whole = f"{shown} {title}".strip() if title != heading.number else title
        spans = heading.start in self.spanning
        section = Section(level, whole, number or around.number, self.addresses.give(key), part, spans)
        self._path.append(section)
        self._untitled = label is not None and label.style is Style.NAMED and whole == heading.number
        return section

    def _entitle(self, title: str) -> Section:
        """Give "Annex A" the title that stands in a heading of its own behind it; return the section of the title."""
        top = self._path.pop()
        whole, part = f"{top.title} {title}", part_of(title) or top.part
        self._path.append(Section(top.level, whole, top.number, top.key, part))
        self._untitled = False
        return Section(top.level, whole, top.number, self.addresses.give(f"{top.key}/title"), part)

    def leave_heading(self) -> None:
        """Note that something else than a heading has come."""
        self._untitled = False

    def make_informative(self) -> None:
        """Note that the innermost section says that it is not normative."""
        if self._path and self._path[-1].part in {Part.BODY, Part.DEFINITIONS}:
            top = self._path[-1]
            self._path[-1] = Section(top.level, top.title, top.number, top.key, Part.INFORMATIVE)

    def numbers_section(self, label: Label) -> bool:
        """Return whether a number at the start of a paragraph is a section's, not a measured value or version."""
        if label.style is not Style.DOTTED:
            return False
        here = self._path[-1].number.rpartition(" ")[2] if self._path else ""
        if here and label.written.startswith(f"{here}."):
            return True
        return follows(self.last.parts if self.last else None, label.parts)

    def open_paragraph(self, label: Label) -> tuple[str, str]:
        """Enter a numbered paragraph; return its number and address."""
        self.lists.clear()
        self.last = label if label.style is Style.DOTTED else self.last
        here = self._path[-1] if self._path else None
        number = label.written.strip("().")
        key = self.addresses.give(number.replace(" ", "-"))
        self._paragraph = Section(0, "", number, key, here.part if here else Part.BODY)
        self._counts[key] = 1
        return number, key

    def item(self, label: Label, level: int) -> tuple[str, str]:
        """Enter a list item with a number of its own; return its number with the section's, and its address.

        Without a section's number, an operative word stands there, as it is cited: "considering a)"; the tenth item
        of a list is not clause 10.
        """
        names = self.lists.place(label, level)
        opening = self.here.title.rstrip(" ,:") if is_operative(self.here.title) else ""
        lead = self.here.number or opening
        number = " ".join(filter(None, (lead, *names)))
        if not lead and label.style is Style.DECIMAL:
            number = ""
        return number, self.addresses.give(f"{self.here.key or 'list'}/{bare(names)}")

    def counted(self, label: Label) -> tuple[str, str]:
        """Enter a paragraph with a bare number: an item below "resolves", else a paragraph of its own."""
        if not (self._path and is_operative(self._path[-1].title)):
            return self.open_paragraph(label)
        self._paragraph = None
        return self.item(label, 0)

    def named(self, label: Label) -> tuple[str, str]:
        """Enter a requirement with an identifier; return the identifier, and its address."""
        return label.written, self.addresses.give(bare([label.written.strip("[]")]).upper())

    def paragraph(self) -> tuple[str, str]:
        """Enter a paragraph without a number; return the section's number, and its address."""
        return self._counted("p")

    def row(self, table: int, cells: Sequence[str]) -> tuple[str, str]:
        """Enter a table row without a number; return the section's number, and its address."""
        return self._counted(f"t{self._table(table)}r") if cells else self._counted("p")

    def _table(self, table: int) -> int:
        key = f"{self.here.key}\0{table}"
        if key not in self._counts:
            self._counts[f"{self.here.key}\0tables"] += 1
            self._counts[key] = self._counts[f"{self.here.key}\0tables"]
        return self._counts[key]

    def _counted(self, sign: str) -> tuple[str, str]:
        here = self.here
        key = f"{here.key}\0{sign}" if sign != "p" else here.key
        self._counts[key] += 1
        name = f"{sign}{self._counts[key]}"
        return here.number, self.addresses.give("/".join(filter(None, (here.key, name))))
