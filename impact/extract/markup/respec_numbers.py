"""Numbers of the sections of a ReSpec source, as the published page has them.

Source: ReSpec, src/core/sections.js, src/core/structure.js and src/w3c/conformance.js: a heading that stands in no
section of its own opens one; a section is numbered if its first element is a heading.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from impact.extract.blocks.numbering import letters

HEADINGS = {f"h{level}": level for level in range(1, 7)}
GENERATED = {"conformance": "Conformance", "idl-index": "IDL Index", "issue-summary": "Issue Summary", "index": "Index"}
"""Ids of sections to which ReSpec gives a heading, and that heading."""
OVERRIDE = "override"
FRONT = {"abstract": "Abstract", "sotd": "Status of This Document", "toc": ""}
"""Ids of sections that ReSpec makes introductory, and their headings. Source: ReSpec, src/core/structure.js."""
TITLES = frozenset({"title", "subtitle"})
"""Ids of headings that ReSpec takes for the head of the page."""
INTRODUCTORY, APPENDIX, UNLISTED = "introductory", "appendix", "notoc"
DEEPEST = 40
"""Sections within each other up to which they are numbered. Source: project judgment; far above any specification."""
NO_NUMBERS = re.compile(r"\bnoTOC\s{0,9}:\s{0,9}true\b")


@dataclass(frozen=True, slots=True)
class SectionNumber:
    """What ReSpec gives a section.

    Attributes:
        number: Empty where parts of the page are elsewhere, so that it cannot be known.
        level: Of the heading, from 2.
        title: Of the heading that it writes; empty where the source has one.
    """

    number: str
    level: int
    title: str = ""


@dataclass(slots=True)
class _Section:
    """A section of the published page; `key` is its heading, or the element itself where ReSpec writes that."""

    key: Any
    names: frozenset[str] = frozenset()
    title: str = ""
    absent: bool = False
    sections: list["_Section"] = field(default_factory=list)


def section_numbers(root: Any) -> dict[Any, SectionNumber]:
    """Return what ReSpec gives the sections of a page, by their headings.

    A section to which ReSpec writes the heading is its own key. A page whose configuration wants no numbers, or which
    was saved with them, has none.
    """
    if root.find_class("secno") or _wants_none(root):
        return {}
    sections = [section for part in root for section in _sections(part, None, DEEPEST)]
    return dict(_numbered(sections, "", 2))


def _wants_none(root: Any) -> bool:
    scripts = (script.text or "" for script in root.iter("script"))
    return any("respecConfig" in text and NO_NUMBERS.search(text) for text in scripts)


def _sections(container: Any, heading: Any, left: int) -> list[_Section]:
    """Return the sections of an element; its own heading opens none in it, a heading without a section does."""
    found: list[_Section] = []
    opened: list[tuple[int, _Section]] = []
    for child in container:
        tag = child.tag if isinstance(child.tag, str) else ""
        if child is heading or (heading is None and (tag == "h1" or child.get("id") in TITLES)):
            continue
        section, position = None, HEADINGS.get(tag, 0)
        if position:
            section = _Section(child)
        elif tag == "section":
            section, position = _read(child, left)
        elif found and _is_elsewhere(child):
            section, position = _Section(child, absent=True), 7
        if section:
            around = next((outer for level, outer in reversed(opened) if level < position), None)
            (around.sections if around else found).append(section)
        if tag in HEADINGS and section:
            opened = [(level, outer) for level, outer in opened if level < position] + [(position, section)]
    return found


def _read(element: Any, left: int) -> tuple[_Section, int]:
    """Return the section of an element, and the level of the heading by which it finds its place."""
    heading = next((child for child in element if child.tag in HEADINGS), None)
    identity, classes = element.get("id", ""), frozenset(element.get("class", "").split())
    front = FRONT[identity] if identity in FRONT and any(text.strip() for text in element.itertext()) else ""
    title = "" if heading is not None or OVERRIDE in classes else GENERATED.get(identity, front)
    names = classes | ({INTRODUCTORY} if identity in FRONT else frozenset())
    key = element if heading is None else heading
    absent = element.get("data-include") is not None or (heading is None and not title and _is_elsewhere(element))
    inner = _sections(element, heading if heading is not None else element, left - 1) if left else []
    numbered = heading is not None or bool(title)
    section = _Section(key, names if numbered else names | {UNLISTED}, title, absent, inner)
    return section, HEADINGS[heading.tag] if heading is not None else 1


def _is_elsewhere(element: Any) -> bool:
    """Return whether what ReSpec puts in the place of an element is in another file."""
    return element.get("data-include") is not None and element.get("data-include-replace") is not None


def _numbered(sections: list[_Section], prefix: str | None, level: int) -> Iterator[tuple[Any, SectionNumber]]:
    """Yield the numbers of sections beside each other; a prefix of None is one that cannot be known."""
    count, appendices, is_certain = 0, 0, prefix is not None
    for section in sections:
        is_certain = is_certain and not section.absent
        if INTRODUCTORY in section.names and section.title:
            yield section.key, SectionNumber("", min(level, 9), section.title)
        if section.absent or section.names & {INTRODUCTORY, UNLISTED}:
            continue
        lettered = bool(appendices) or (not prefix and APPENDIX in section.names and level == 2)
        count, appendices = count + (not lettered), appendices + lettered
        number = f"{prefix}{letters(appendices) if lettered else count}" if is_certain else ""
        yield section.key, SectionNumber(number, min(level, 9), section.title)
        yield from _numbered(section.sections, f"{number}." if is_certain else None, level + 1)
