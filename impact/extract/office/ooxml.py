"""What DOCX and PPTX share: safe parsing of XML parts, relationships, core properties, choosing alternatives."""

import io
import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from impact.errors import UnreadableError
from impact.extract.office.archive import Container

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PROPERTIES = ("title", "creator", "subject", "created", "modified", "keywords", "description", "category")

_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
_SAFE: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "huge_tree": False, "remove_comments": True, "remove_pis": True,
}  # fmt: skip
_WHOLE = re.compile(r"-?\d{1,9}")


def parse(container: Container, part: str) -> Element:
    """Return the root element of an XML part; entities stay unresolved and nothing is fetched.

    Raises:
        UnreadableError: If the part is missing, declares a document type, or is not well-formed.
    """
    data = xml_of(container, part)
    try:
        return etree.fromstring(data, etree.XMLParser(**_SAFE))
    except etree.XMLSyntaxError as error:
        raise _damaged(container, part, error) from error


def stream(container: Container, part: str, parent: str, tags: Iterable[str]) -> Iterator[Element]:
    """Yield those children of the `parent` element that have one of `tags`, in order, and free each after its use.

    Keeps memory flat in the number of children.

    Raises:
        UnreadableError: As `parse` does; possibly after some children.
    """
    events = etree.iterparse(io.BytesIO(xml_of(container, part)), events=("end",), tag=tuple(tags), **_SAFE)
    try:
        for _, element in events:
            above = element.getparent()
            if above is None or above.tag != parent:
                continue
            yield element
            element.clear()
            while (before := element.getprevious()) is not None:
                above.remove(before)
    except etree.XMLSyntaxError as error:
        raise _damaged(container, part, error) from error


def xml_of(container: Container, part: str) -> bytes:
    """Return the bytes of an XML part with the names of the strict variant (ISO/IEC 29500-1) made transitional.

    Raises:
        UnreadableError: If the part is missing or declares a document type, which office files never do.
    """
    data = container.read(part)
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        message = f"{container.name} declares a document type in {part}, which office programs do not produce"
        raise UnreadableError(message, "Do not open it in another program; ask the sender for a clean copy")
    if b"purl.oclc.org/ooxml" in data[:8192]:
        for strict, transitional in _STRICT.items():
            data = data.replace(strict, transitional)
    return data


def relationships(container: Container, part: str) -> dict[str, tuple[str, str]]:
    """Return kind (last word of the relationship's type) and target part by id, for the internal ones of `part`.

    An empty name stands for the package itself.
    """
    folder, base = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{base}.rels")
    if rels not in container:
        return {}
    targets = {}
    for relation in parse(container, rels).iterfind("*"):
        if relation.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")
        targets[relation.get("Id") or ""] = ((relation.get("Type") or "").rsplit("/", 1)[-1], target)
    return targets


def core_properties(container: Container) -> tuple[tuple[str, str], ...]:
    """Return those of `PROPERTIES` that docProps/core.xml holds with a value; none if the part is absent or damaged."""
    if "docProps/core.xml" not in container:
        return ()
    try:
        root = parse(container, "docProps/core.xml")
    except UnreadableError:
        return ()
    values = {etree.QName(child).localname: (child.text or "").strip() for child in root.iterfind("*")}
    return tuple((name, values[name]) for name in PROPERTIES if values.get(name))


def alternative(element: Element) -> Element | None:
    """Return the one branch of an mc:AlternateContent to read: the first choice, else the fallback."""
    branch = element.find(f"{MC}Choice")
    return branch if branch is not None else element.find(f"{MC}Fallback")


def whole(value: str | None, default: int) -> int:
    """Return an attribute's whole number, or `default` where it is absent, no number or absurdly long."""
    return int(value) if value and _WHOLE.fullmatch(value) else default


def _damaged(container: Container, part: str, error: etree.XMLSyntaxError) -> UnreadableError:
    message = f"{container.name} is damaged: its part {part} is not well-formed XML ({error.msg})"
    return UnreadableError(message, "Open it in an office program, repair it there, and save it again")
