"""Parse XML so that nothing outside of the file is read and nothing inside of it expands."""

import re
from html import unescape
from html.entities import html5
from typing import Any

from lxml import etree

from impact.errors import UnreadableError

DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']")
DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
DOCTYPE = re.compile(r"<!DOCTYPE\s[^\[>]{0,2000}(?:\[(?P<subset>.{0,200000}?)\]\s*)?>", re.DOTALL)
ENTITY = re.compile(
    r"<!ENTITY\s+([A-Za-z][\w.-]{0,60})\s+"
    r"(?:\"((?:[^\"&<%]|&(?:#\w{1,8}|[lg]t|amp|quot|apos);){0,200})\""
    r"|'((?:[^'&<%]|&(?:#\w{1,8}|[lg]t|amp|quot|apos);){0,200})')\s*>"
)
REFERENCE = re.compile(r"&([A-Za-z][\w.-]{0,60});")
CHARACTER = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
RUNNING = re.compile(r"[\w,;:(.!?]\s{1,80}\Z")
"""What stands before an entity in running text."""
LISTED = re.compile(r"&[\w.-]{1,60};[ \t]*\r?\n\s*\Z")
"""What stands before an entity in a list of them, one on each line, such as the authors in a header."""
NUMBERED = re.compile(r"(xep|rfc)-?(\d{3,5})", re.IGNORECASE)
SERIES = {"xep": "-", "rfc": " "}
"""What stands between the name of a series and the number of a document."""
XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
INVALID = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BOUNDARY = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)


def declared(data: bytes) -> str:
    """Return the encoding that an XML declaration names; empty where none."""
    match = DECLARED.search(data[:400])
    return match[1].decode("ascii") if match else ""


def parse(text: str, name: str) -> tuple[Any, tuple[str, ...]]:
    """Return the root element and warnings; comments and processing instructions are dropped.

    The document type is cut away before parsing. Entities that it defines with short plain text, and the named
    characters of HTML, become characters; of all others the name stands in running text, and nothing elsewhere.

    Raises:
        UnreadableError: If no element can be read.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, recover=True, huge_tree=True,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    clean = INVALID.sub(" ", _plain(DECLARATION.sub("", text)))
    try:
        root = etree.fromstring(clean.strip().encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        message = f"{name} appears to be XML, but contains no readable element"
        raise UnreadableError(message, "Check that the file is complete, or give it as HTML, text or PDF")
    errors = [error for error in parser.error_log if error.level > 1 and "Entity" not in error.message]
    note = f"The XML is not well-formed (line {errors[0].line}); what follows a fault may be missing." if errors else ""
    return root, (note,) if note else ()


def _plain(text: str) -> str:
    """Return the source without its document type and with characters instead of known entities."""
    doctype = DOCTYPE.search(text, 0, 300_000)
    entities: dict[str, str] = {}
    if doctype:
        for match in ENTITY.finditer(doctype["subset"] or ""):
            entities[match[1]] = unescape(CHARACTER.sub(_character, match[2] or match[3] or ""))
        text = text[: doctype.start()] + text[doctype.end() :]
    parts = BOUNDARY.split(text) if "<![CDATA[" in text else [text]
    return "".join(part if part.startswith("<![CDATA[") else REFERENCE.sub(_named(entities), part) for part in parts)


def _named(entities: dict[str, str]) -> Any:
    def replace(match: re.Match[str]) -> str:
        name = match[1]
        if name in XML_OWN:
            return match[0]
        before = match.string[max(0, match.start() - 81) : match.start()]
        is_running = (RUNNING.search(before) or NUMBERED.fullmatch(name)) and not LISTED.search(before)
        value = entities.get(name, html5.get(f"{name};", _shown(name) if is_running else ""))
        return value.replace("&", "&amp;").replace("<", "&lt;")

    return replace


def _shown(name: str) -> str:
    """Return what stands for an entity defined elsewhere: "XEP-0030", "RFC 6120", else its name in brackets."""
    numbered = NUMBERED.fullmatch(name)
    return f"{numbered[1].upper()}{SERIES[numbered[1].lower()]}{numbered[2]}" if numbered else f"[{name}]"


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
