"""Names of WordprocessingML and the shortest ways to read its attributes."""

from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VAL = f"{W}val"
_OFF = frozenset({"0", "false", "off"})


def value_of(element: Element | None, child: str) -> str:
    """Return the value of a child element ("pStyle" of a w:pPr); empty where child or value is absent."""
    child_element = element.find(f"{W}{child}") if element is not None else None
    return (child_element.get(VAL) or "") if child_element is not None else ""


def switch(element: Element | None, child: str) -> bool | None:
    """Return whether a child element switches a property on or off; None where it is absent."""
    child_element = element.find(f"{W}{child}") if element is not None else None
    return None if child_element is None else (child_element.get(VAL) or "1") not in _OFF
