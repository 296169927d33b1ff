"""The styles of an old Word file, as the elements that styles.xml would hold. Source: [MS-DOC] 2.9.271 to 2.9.276."""

from lxml.etree import _Element as Element

from impact.extract.office.wordtree import add, add_look, add_numbering, root
from impact.extract.oldword import properties
from impact.extract.oldword.binary import u16, wide
from impact.extract.oldword.modifiers import modifiers

_PARAGRAPH, _CHARACTER = 1, 2
_NONE = 0x0FFF
"""Stands for no style, and in the number of a built-in style for one of the user."""

# Built-in styles by their number, under the names that Word gives them in English; a file may hold translated ones.
# Source: [MS-DOC] 2.9.260 (Stdf, sti).
_NAMES = {0: "Normal", 28: "Normal Indent", 29: "footnote text", 30: "annotation text", 31: "header", 32: "footer"}
_NAMES |= {number: f"heading {number}" for number in range(1, 10)}
_NAMES |= {number: f"index {number - 9}" for number in range(10, 19)}
_NAMES |= {number: f"toc {number - 18}" for number in range(19, 28)}
_NAMES |= {33: "index heading", 34: "caption", 35: "table of figures", 43: "endnote text", 44: "table of authorities"}
_NAMES |= {46: "toa heading", 47: "List", 48: "List Bullet", 49: "List Number", 62: "Title", 74: "Subtitle"}
_NAMES |= {number: f"List Bullet {number - 52}" for number in range(54, 58)}
_NAMES |= {number: f"List Number {number - 56}" for number in range(58, 62)}


def styles(sheet: bytes, fonts: list[str]) -> Element:
    """Return the root of the styles, each with its place in the sheet as id."""
    found = root("styles")
    defaults = add(add(add(found, "docDefaults"), "rPrDefault"), "rPr")
    add(defaults, "sz", 20)
    header = u16(sheet, 0)
    base = u16(sheet, 4)
    place = 2 + header
    for index in range(min(u16(sheet, 2), _NONE)):
        size = u16(sheet, place)
        if size:
            _style(found, str(index), sheet[place + 2 : place + 2 + size], base, fonts)
        place += 2 + size
        if place >= len(sheet):
            break
    return found


def _style(parent: Element, key: str, style: bytes, base: int, fonts: list[str]) -> None:
    built_in, kind, above = u16(style, 0) & _NONE, u16(style, 2) & 0xF, u16(style, 2) >> 4
    if kind not in (_PARAGRAPH, _CHARACTER):
        return
    length = u16(style, base)
    name = wide(style, base + 2, length)
    element = add(parent, "style", type="paragraph" if kind == _PARAGRAPH else "character", styleId=key)
    if kind == _PARAGRAPH and built_in == 0:
        element.set(f"{element.tag[: -len('style')]}default", "1")
    add(element, "name", _NAMES.get(built_in, name) or key)
    if above != _NONE:
        add(element, "basedOn", above)
    parts = _parts(style, base + 2 + 2 * (length + 1), u16(style, 4) & 0xF)
    if kind == _PARAGRAPH and parts:
        traits = properties.paragraph(0, modifiers(parts.pop(0)[2:]))
        below = add(element, "pPr")
        add_numbering(below, traits.list_id, traits.list_level)
        if traits.outline is not None:
            add(below, "outlineLvl", traits.outline)
    if parts:
        add_look(element, properties.characters(modifiers(parts[0]), fonts, ()).look)


def _parts(style: bytes, place: int, count: int) -> list[bytes]:
    """Return the lists of modifiers of a style, each on an even place."""
    parts = []
    for _ in range(count):
        place += place & 1
        size = u16(style, place)
        parts.append(style[place + 2 : place + 2 + size])
        place += 2 + size
    return parts
