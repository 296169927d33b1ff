"""Sources of XMPP extension protocols, whose header and headings have elements of their own."""

from typing import Any

from impact.extract.blocks.facts import StatedFacts

READ = frozenset({"title", "abstract"})
"""Elements of the header that are part of the text. Source: XEP-0001, the template of the series."""

_STATED = ("title", "status")


def is_xep(root: Any) -> bool:
    """Return whether a document is one of the series."""
    return bool(root.tag == "xep")


def is_field(element: Any) -> bool:
    """Return whether an element is a field of the header that readers see beside the text, such as a revision."""
    parent = element.getparent()
    return parent is not None and parent.tag == "header" and element.tag not in READ


def facts_of_xep(root: Any) -> tuple[tuple[str, str], ...]:
    """Return what the header says, by name; the date is that of the newest revision."""
    facts = StatedFacts()
    header = root.find("header")
    for element in header if header is not None else ():
        value = (element.text or "").strip()
        if element.tag == "number":
            facts.add("number", f"XEP-{value}" if value.isdecimal() else "")
        elif element.tag in _STATED:
            facts.add(element.tag, value)
    newest = root.find("header/revision")
    for tag, name in (("version", "revision"), ("date", "date")) if newest is not None else ():
        facts.add(name, newest.findtext(tag) or "")
    return tuple(facts.pairs())
