"""Where in the document's tree a block stands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from impact.segment.headings import Heading
from impact.segment.numbers import Addresses, Label, Lists, Style, bare, follows, slug
from impact.segment.parts import Part, part_of


@dataclass(frozen=True, slots=True)
class Section:
    """A heading whose section is open, or a numbered paragraph that numbers what follows it.

    Attributes:
        level: As in `Heading`.
        title: With its number.
        number: Its own number, else that of the section around it.
        key: Its address.
        part: What the section is for.
    """

    level: int
    title: str
    number: str
    key: str
    part: Part


@dataclass(slots=True)
class Outline:
    """The sections that are open while the blocks are walked in order."""

    addresses: Addresses = field(default_factory=Addresses)
    lists: Lists = field(default_factory=Lists)
    last: Label | None = None
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
    def started(self) -> bool:
        """Whether a heading has come."""
        return bool(self._path)

    def open_heading(self, heading: Heading, title: str, label: Label | None) -> Section:
        """Close the sections that this heading ends and open its own; return it."""
        while self._path and self._path[-1].level >= heading.level:
            self._path.pop()
        self._paragraph = None
        self.lists.clear()
        around = self.here
        if label and heading.number:
            key, self.last = bare([heading.number]), label
        else:
            key = "/".join(filter(None, (around.key, slug(title))))
        part = part_of(title) or around.part
        whole = f"{heading.number} {title}".strip() if title != heading.number else title
        section = Section(heading.level, whole, heading.number or around.number, self.addresses.give(key), part)
        self._path.append(section)
        return section

    def make_informative(self) -> None:
        """Note that the innermost section says that it is not normative."""
        if self._path and self._path[-1].part in {Part.BODY, Part.DEFINITIONS}:
            top = self._path[-1]
            self._path[-1] = Section(top.level, top.title, top.number, top.key, Part.INFORMATIVE)

    def numbers_section(self, label: Label) -> bool:
        """Return whether a number at the start of a paragraph is a section's, not a measured value or version."""
        if label.style is not Style.DOTTED:
            return False
        here = self._path[-1].number if self._path else ""
        if here and label.written.startswith(f"{here}."):
            return True
        return follows(self.last.parts if self.last else None, label.parts)

    def open_paragraph(self, label: Label) -> tuple[str, str]:
        """Enter a numbered paragraph; return its number and address."""
        self.lists.clear()
        self.last = label
        here = self._path[-1] if self._path else None
        key = self.addresses.give(bare([label.written]))
        self._paragraph = Section(0, "", label.written, key, here.part if here else Part.BODY)
        self._counts[key] = 1
        return label.written, key

    def item(self, label: Label, level: int) -> tuple[str, str]:
        """Enter a list item with a number of its own; return its number with the section's, and its address."""
        names = self.lists.place(label, level)
        number = " ".join(filter(None, (self.here.number, *names)))
        return number, self.addresses.give("/".join(filter(None, (self.here.key, bare(names)))))

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
