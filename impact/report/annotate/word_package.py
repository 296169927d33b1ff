"""The parts of a Word file, some of them to be written anew; all others are carried over as they are."""

import posixpath
import zipfile
from io import BytesIO
from typing import Any

from lxml import etree

from impact.errors import DAMAGED_ZIP, UnreadableError

Element = Any
"""An lxml element; the stubs of lxml know its class by a private name only."""

TYPES = "[Content_Types].xml"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
OLD = (1980, 1, 1, 0, 0, 0)
"""Time of a part that the original does not hold: the earliest that a ZIP file can say."""

_AGAIN = "Open it in an office program, save it again as .docx, and analyze that file"


class Package:
    """One file, opened; part names are compared without case, as the packaging convention asks."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open the file.

        Raises:
            UnreadableError: If it is no ZIP file, signed, or holds macros or a template.
        """
        self.name = name
        try:
            self._packed = zipfile.ZipFile(BytesIO(data))
        except DAMAGED_ZIP as error:
            raise self._damaged() from error
        self._entries = {_normal(entry.filename): entry for entry in self._packed.infolist()}
        self._written: dict[str, bytes] = {}
        if any(part.startswith("_xmlsignatures/") for part in self._entries):
            message = f"{name} is signed, and adding comments would invalidate the signature"
            raise UnreadableError(message, "Save a copy without signatures and analyze that file, or use the report")

    def __contains__(self, part: str) -> bool:
        """Return whether the file holds the part."""
        return _normal(part) in self._entries

    def parse(self, part: str) -> Element:
        """Return the root of an XML part, with its comments; entities stay unresolved and nothing is fetched.

        Raises:
            UnreadableError: If it is missing, damaged or declares a document type.
        """
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            root = etree.fromstring(self._read(part), parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged() from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._damaged()
        return root

    def put(self, part: str, root: Element) -> None:
        """Write a part anew, or one more."""
        xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._written[_normal(part)] = xml
        if part not in self:
            entry = zipfile.ZipInfo(part, OLD)
            entry.compress_type = zipfile.ZIP_DEFLATED
            self._entries[_normal(part)] = entry

    def target(self, part: str, kind: str) -> str:
        """Return the part to which `part` (empty: the package) has a relationship of a kind; empty where there is none.

        The kind is the last word of the relationship's type.
        """
        rels = rels_of(part)
        if rels not in self:
            return ""
        for relation in self.parse(rels).iterfind("*"):
            if (relation.get("Type") or "").rsplit("/", 1)[-1] == kind and relation.get("TargetMode") != "External":
                joined = posixpath.join("/", posixpath.dirname(part), relation.get("Target") or "")
                return posixpath.normpath(joined).lstrip("/")
        return ""

    def relate(self, part: str, kind: str, target: str) -> None:
        """Add a relationship from `part` to `target`, a part in the same folder; `kind` is its whole type."""
        rels = rels_of(part)
        root = self.parse(rels) if rels in self else etree.Element(f"{PACKAGE}Relationships")
        identities = {relation.get("Id") for relation in root}
        identity = next(name for at in range(len(identities) + 1) if (name := f"rIdNotes{at}") not in identities)
        etree.SubElement(root, f"{PACKAGE}Relationship", Id=identity, Type=kind, Target=posixpath.basename(target))
        self.put(rels, root)

    def declare(self, part: str, content_type: str) -> None:
        """Say of what type a part is, unless that is said already."""
        root = self.parse(TYPES)
        if not any(_normal(override.get("PartName") or "") == _normal(part) for override in root):
            etree.SubElement(root, f"{CONTENT}Override", PartName=f"/{part}", ContentType=content_type)
            self.put(TYPES, root)

    def type_of(self, part: str) -> str:
        """Return the declared type of a part; empty where only its suffix tells."""
        overrides = (
            override for override in self.parse(TYPES) if _normal(override.get("PartName") or "") == _normal(part)
        )
        return next((override.get("ContentType") or "" for override in overrides), "")

    def packed(self) -> bytes:
        """Return the whole file: parts in their order, each with its time; equal input gives equal bytes."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for part, entry in self._entries.items():
                copy = zipfile.ZipInfo(entry.filename, entry.date_time)
                copy.external_attr, copy.create_system = entry.external_attr, 3
                stored = entry.compress_type == zipfile.ZIP_STORED
                copy.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                package.writestr(copy, self._read(part))
        return out.getvalue()

    def _read(self, part: str) -> bytes:
        if _normal(part) in self._written:
            return self._written[_normal(part)]
        entry = self._entries.get(_normal(part))
        if entry is None or entry.flag_bits & 1:
            raise self._damaged()
        try:
            with self._packed.open(entry) as unpacked:
                # With a number, no more is unpacked than that; extraction has refused files that declare too much.
                return unpacked.read(max(1, entry.file_size))
        except DAMAGED_ZIP as error:
            raise self._damaged() from error

    def _damaged(self) -> UnreadableError:
        return UnreadableError(f"{self.name} is too damaged for comments to be added", _AGAIN)


def rels_of(part: str) -> str:
    """Return the part with the relationships of `part`."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _normal(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()
