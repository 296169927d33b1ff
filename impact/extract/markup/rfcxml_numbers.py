"""Section numbers as xml2rfc computes them, and what a cross-reference shows."""

import re
from typing import Any

from impact.extract.blocks.numbering import letters

PN = re.compile(r"section-(?:appendix\.)?([A-Za-z0-9.]+)$")
FILE = re.compile(r"reference\.([\w.-]+?)(?:\.xml)?$")


class Numbers:
    """Numbers of sections by element, and labels of everything that can be referred to by anchor.

    Attributes:
        of: Number by section or references element; absent where it has none.
        grouped: Whether xml2rfc puts a "References" section around several lists of references.
        group: Number of that section.
    """

    def __init__(self, root: Any) -> None:
        self.of: dict[Any, str] = {}
        self.group = ""
        self._labels: dict[str, str] = {}
        self._shown = {element.get("target"): element.get("to") for element in root.iter("displayreference")}
        middle, back = root.find("middle"), root.find("back")
        count = self._sections(middle, "", 0, appendix=False)
        lists = [] if back is None else back.findall("references")
        self.grouped = len(lists) > 1
        if self.grouped:
            count += 1
            self.group = str(count)
        for position, element in enumerate(lists, 1):
            self._references(element, f"{count}.{position}" if self.grouped else str(count + 1))
        self._sections(back, "", 0, appendix=True)
        for element in root.iter("reference", "referencegroup"):
            if element.get("anchor"):
                self._labels[element.get("anchor")] = (
                    f"[{self._shown.get(element.get('anchor'), element.get('anchor'))}]"
                )

    def _sections(self, parent: Any, prefix: str, count: int, *, appendix: bool) -> int:
        """Number the sections below `parent` and return the count of numbered ones directly in it."""
        if parent is None:
            return count
        stack = [(parent, prefix, count, iter(parent.findall("section")))]
        while stack:
            element, lead, done, rest = stack.pop()
            section = next(rest, None)
            if section is None:
                if not stack:
                    return done
                continue
            number = ""
            if section.get("numbered") != "false" and (lead or element is parent):
                done += 1
                step = letters(done) if appendix and not lead else str(done)
                number = _printed(section) or (f"{lead}.{step}" if lead else step)
                self._keep(section, number, appendix=appendix)
            stack.append((element, lead, done, rest))
            stack.append((section, number, 0, iter(section.findall("section"))))
        return count

    def _references(self, element: Any, number: str) -> None:
        number = _printed(element) or number
        self._keep(element, number, appendix=False)
        for position, inner in enumerate(element.findall("references"), 1):
            self._keep(inner, _printed(inner) or f"{number}.{position}", appendix=False)

    def _keep(self, section: Any, number: str, *, appendix: bool) -> None:
        self.of[section] = number
        if section.get("anchor"):
            self._labels[section.get("anchor")] = f"{'Appendix' if appendix else 'Section'} {number}"

    def label(self, target: str) -> str:
        """Return what a bare reference to an anchor shows: "[RFC2119]", "Section 3.1", "Appendix A"."""
        return self._labels.get(target, f"[{self._shown.get(target, target)}]" if target else "")

    def shown(self, xref: Any) -> str:
        """Return the characters that xml2rfc generates for an empty cross-reference."""
        target, section = xref.get("target", ""), xref.get("section") or ""
        derived = xref.get("derivedContent")
        if section:
            name = "Appendix" if section[:1].isalpha() else "Section"
            form = xref.get("sectionFormat") or "of"
            label = self.label(target)
            return {
                "comma": f"{label}, {name} {section}",
                "parens": f"{label} ({name} {section})",
                "bare": section,
            }.get(form, f"{name} {section} of {label}")
        label = self.label(target)
        if xref.get("format") == "counter":
            return derived or label.rpartition(" ")[2]
        if derived and not label.startswith("["):
            return str(derived)
        return label


def _printed(section: Any) -> str:
    """Return the number that a prepared RFC states ("section-1.2", "section-appendix.a.1"); empty where none."""
    match = PN.match(section.get("pn") or "")
    if not match:
        return ""
    number = str(match[1])
    return number[:1].upper() + number[1:] if number[:1].isalpha() and "toc" not in number else number


def included(href: str) -> str:
    """Return the anchor of a reference that is included from the citation library ("RFC2119", "I-D.ietf-tls-esni")."""
    match = FILE.search(href.rpartition("/")[2])
    name = match[1] if match else href.rpartition("/")[2]
    return re.sub(r"^(RFC|BCP|STD)\.0*", r"\1", name)
