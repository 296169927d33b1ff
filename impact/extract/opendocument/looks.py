"""The styles of an OpenDocument text: of paragraphs as styles.xml of a DOCX would hold them, of characters as looks."""

from collections.abc import Iterable, Iterator

from lxml.etree import _Element as Element

from impact.extract.office.styles import LONGEST_CHAIN
from impact.extract.office.wordtree import RunLook, add, add_look, root
from impact.extract.opendocument.package import FO, OFFICE, STYLE, TEXT

_DEFAULT = "Standard"
_BOLD = frozenset({"bold", "600", "700", "800", "900"})


class OdtStyles:
    """The styles of a file.

    Attributes:
        root: The paragraph styles.
        lists: Name of the list style that a paragraph style brings, by its name.
    """

    def __init__(self, parts: Iterable[Element | None]) -> None:
        """Read styles.xml and content.xml; None for one that is absent."""
        self.root = root("styles")
        self.lists: dict[str, str] = {}
        self._characters: dict[str, Element] = {}
        self._looks: dict[str, RunLook] = {}
        self._names: dict[str, str] = {}
        for part in parts:
            for style, automatic in _styles(part):
                self._read(style, automatic=automatic)

    def _read(self, style: Element, *, automatic: bool) -> None:
        family, name = style.get(f"{STYLE}family"), style.get(f"{STYLE}name") or ""
        if family == "text":
            self._characters.setdefault(name, style)
        elif family == "paragraph" and name and name not in self._names:
            above = style.get(f"{STYLE}parent-style-name") or ""
            shown = style.get(f"{STYLE}display-name") or name.replace("_20_", " ")
            if automatic:
                shown = self._names.get(above, above or _DEFAULT)
            self._names[name] = shown
            element = add(self.root, "style", type="paragraph", styleId=name)
            if name == _DEFAULT:
                element.set(f"{element.tag[: -len('style')]}default", "1")
            add(element, "name", shown)
            if above:
                add(element, "basedOn", above)
            level = style.get(f"{STYLE}default-outline-level") or ""
            if level.isdecimal() and 1 <= int(level[:3]) <= 9:
                add(add(element, "pPr"), "outlineLvl", int(level) - 1)
            add_look(element, _look(style))
            list_style = style.get(f"{STYLE}list-style-name")
            if list_style is not None:
                self.lists[name] = list_style

    def look(self, name: str) -> RunLook:
        """Return what a character style says, with what it inherits."""
        if name not in self._looks:
            looks, at = list[RunLook](), name
            while at in self._characters and len(looks) < LONGEST_CHAIN:
                looks.append(_look(self._characters[at]))
                at = self._characters[at].get(f"{STYLE}parent-style-name") or ""
            found = RunLook()
            for look in looks:
                found = over(found, look)
            self._looks[name] = found
        return self._looks[name]


def over(look: RunLook, base: RunLook) -> RunLook:
    """Return a look with its gaps filled from another."""
    return RunLook(
        base.bold if look.bold is None else look.bold,
        look.size or base.size,
        base.hidden if look.hidden is None else look.hidden,
        look.font or base.font,
    )


def _styles(part: Element | None) -> Iterator[tuple[Element, bool]]:
    for place in ("styles", "automatic-styles"):
        for style in part.iterfind(f"{OFFICE}{place}/{STYLE}style") if part is not None else ():
            yield style, place == "automatic-styles"


def _look(style: Element) -> RunLook:
    font = style.find(f"{STYLE}text-properties")
    if font is None:
        return RunLook()
    weight, shown = font.get(f"{FO}font-weight"), font.get(f"{TEXT}display")
    size = font.get(f"{FO}font-size") or ""
    points = size.removesuffix("pt")
    return RunLook(
        bold=None if weight is None else weight in _BOLD,
        size=round(2 * float(points)) if _is_number(points) and points != size else 0,
        hidden=None if shown is None else shown == "none",
        font=(font.get(f"{FO}font-family") or font.get(f"{STYLE}font-name") or "").split(",")[0].strip("'\" "),
    )


def _is_number(text: str) -> bool:
    return len(text) < 8 and text.replace(".", "", 1).isdecimal()
