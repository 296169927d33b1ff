"""The parts of an OpenDocument file, the names of its elements, and what it says of itself.

Source: OASIS OpenDocument 1.3, part 2 (packages) and part 3 (schema).
"""

import re

from lxml import etree
from lxml.etree import _Element as Element

from impact.errors import UnreadableError
from impact.extract.office.archive import Container, open_container
from impact.extract.office.ooxml import parse
from impact.extract.options import Options

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_OASIS}office:1.0}}"
TEXT = f"{{{_OASIS}text:1.0}}"
TABLE = f"{{{_OASIS}table:1.0}}"
STYLE = f"{{{_OASIS}style:1.0}}"
DRAW = f"{{{_OASIS}drawing:1.0}}"
PRESENTATION = f"{{{_OASIS}presentation:1.0}}"
FO = f"{{{_OASIS}xsl-fo-compatible:1.0}}"
SVG = f"{{{_OASIS}svg-compatible:1.0}}"
META = f"{{{_OASIS}meta:1.0}}"
LOEXT = f"{{{_OASIS}loext:1.0}}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_PROPERTIES = {
    f"{DC}title": "title",
    f"{DC}subject": "subject",
    f"{DC}description": "description",
    f"{META}keyword": "keywords",
    f"{META}initial-creator": "creator",
    f"{DC}creator": "creator",
    f"{META}creation-date": "created",
    f"{DC}date": "modified",
}
_BLANKS = re.compile("[ \t\r\n]+")


def open_package(data: bytes, name: str, options: Options) -> Container:
    """Open a file.

    Raises:
        UnreadableError: If it is protected by a password, damaged or no package.
        LimitError: If it would unpack to more than the options allow.
    """
    container = open_container(data, name, options)
    manifest = "META-INF/manifest.xml"
    if manifest in container and b":encryption-data" in container.read(manifest):
        message = f"{name} is an OpenDocument file protected by a password"
        raise UnreadableError(message, "Open it with the password and save it without")
    return container


def part(container: Container, name: str) -> Element | None:
    """Return the root of a part; None where it is absent."""
    return parse(container, name) if name in container else None


def properties(container: Container) -> tuple[tuple[str, str], ...]:
    """Return title, author and the like; none if they are absent or damaged."""
    try:
        root = part(container, "meta.xml")
    except UnreadableError:
        root = None
    values: dict[str, str] = {}
    for element in root.iterfind(f"{OFFICE}meta/*") if root is not None else ():
        name = _PROPERTIES.get(str(element.tag))
        if name and (element.text or "").strip():
            values.setdefault(name, (element.text or "").strip())
    return tuple(values.items())


def squeezed(text: str) -> str:
    """Return text with each run of white space as one blank, as it is shown."""
    return _BLANKS.sub(" ", text)


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return etree.QName(element).localname


def count_of(element: Element, name: str, most: int) -> int:
    """Return the number in an attribute, 1 to `most`."""
    value = element.get(name) or ""
    return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 10 else 1
