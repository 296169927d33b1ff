"""What the head of a Markdown file says: YAML or TOML front matter, or Bikeshed's metadata."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from impact.extract.blocks.facts import StatedFacts
from impact.extract.markdown.yaml_fields import Field, Place, fields_of

# Source: kramdown-rfc's documented header keys; common keys of static site generators and of files with one clause.
NAMES = {
    "title": "title", "docname": "docname", "date": "date", "wg": "group", "workgroup": "group", "area": "area",
    "cat": "status", "category": "status", "number": "number", "submissiontype": "stream", "stream": "stream",
    "description": "description",
    "version": "revision", "status": "status", "lang": "language", "obsoletes": "obsoletes", "updates": "updates",
    "authors": "authors", "abbrev": "abbrev", "subtitle": "subtitle", "standard": "standard", "spec": "standard",
    "tr": "standard", "ts": "standard", "section": "part", "clause": "part", "annex": "part", "part": "part",
}  # fmt: skip
SHORT = re.compile(r"[a-z]{3,5}", re.IGNORECASE)
"""A key whose number may be that of a proposal in the series of this name ("eip: 5484")."""
SERIES = {"name": "title", "shortname": "number"}
"""Keys that stand together in specifications of a series. Source: Consensus-Oriented Specification System, 2/COSS."""
PEOPLE = frozenset({"name", "fullname"})
ORGANIZATIONS = frozenset({"org", "organization", "company", "affiliation"})
TOML = re.compile(r"^\s*(?P<key>[A-Za-z][\w-]*)\s*=\s*[\"'](?P<value>[^\"'\n]*)[\"']", re.MULTILINE)
FIELD = re.compile(r"([A-Za-z!][\w !-]{1,40}?):[ \t]*(.*)$")


def of_yaml(source: str, lines: Sequence[Place]) -> list[tuple[str, str]]:
    """Return the facts of YAML front matter."""
    facts, person = StatedFacts(), _Person()
    series: dict[str, str] = {}
    for field in _fields(source, lines):
        path = [part for part in field.path if part != "-"]
        value = field.value(source).strip("\"'")
        value = value[1:-1].strip("\"'") if value.startswith("[") and value.endswith("]") else value
        if not value or not path:
            continue
        if path[0] in ("author", "authors", "editor") and len(path) > 1:
            person = _Person(is_editor=path[0] == "editor") if field.first else person
            person.enter(path[-1].lower(), value, facts)
        elif len(path) == 1 and (path[0].lower() in NAMES or path[0] == "author"):
            facts.add(NAMES.get(path[0].lower(), "authors"), value)
        elif len(path) == 1 and path[0] in SERIES:
            series.setdefault(path[0], value)
        elif len(path) == 1 and SHORT.fullmatch(path[0]) and value.isdecimal():
            facts.add(path[0].lower(), value)
    if series.keys() == SERIES.keys():
        for key, value in series.items():
            facts.add(SERIES[key], value)
    return facts.pairs()


@dataclass(slots=True)
class _Person:
    """Somebody named in front matter, whose role may stand before or after the name."""

    name: str = ""
    is_editor: bool = False

    def enter(self, key: str, value: str, facts: StatedFacts) -> None:
        """Enter a field of this person, and state what it tells."""
        if key in PEOPLE:
            self.name = value
            facts.add("authors", value)
        elif key in ORGANIZATIONS:
            facts.add("organizations", value)
        elif key == "role":
            self.is_editor = value == "editor"
        if self.is_editor:
            facts.add("editors", self.name)


def _fields(source: str, lines: Sequence[Place]) -> list[Field]:
    return fields_of(source, lines[0][0], lines[-1][1])[0] if lines else []


def of_references(source: str, lines: Sequence[Place]) -> dict[str, str]:
    """Return what citations of a reference's second name show ("-cddl" for "RFC8610: cddl")."""
    shown: dict[str, str] = {}
    for field in _fields(source, lines):
        if len(field.path) == 2 and field.path[0] in ("normative", "informative") and len(field.lines) == 1:
            name = field.value(source)
            shown[f"-{name}"] = shown[name] = f"[{field.path[1]}]"
        elif len(field.path) == 3 and field.path[2] == "-" and field.path[0] in ("normative", "informative"):
            shown[f"-{field.value(source)}"] = f"[{field.path[1]}]"
    return shown


def of_toml(text: str) -> list[tuple[str, str]]:
    """Return the facts of TOML front matter, as mmark and static site generators write it."""
    facts = StatedFacts()
    names = NAMES | {"organization": "organizations", "fullname": "authors", "value": "docname"}
    for match in TOML.finditer(text):
        if match["key"].lower() in names:
            facts.add(names[match["key"].lower()], match["value"])
    return facts.pairs()


def of_bikeshed(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Return the facts of a Bikeshed metadata block; editors give authors and organizations too."""
    facts = StatedFacts()
    key = ""
    for line in lines:
        match = FIELD.match(line) if line[:1].strip() else None
        if match:
            key = match[1].strip().lower()
            facts.add(key, match[2])
            if key in ("editor", "author"):
                _person(facts, match[2], key)
        elif key and line.strip():
            facts.extend(key, line)
    return facts.pairs()


def _person(facts: StatedFacts, value: str, role: str) -> None:
    """Split "Name, w3cid 1, Organization https://..., mail" into a person and an organization."""
    parts = [part.strip() for part in value.split(",")]
    name = re.sub(r"\s+\d{3,}$", "", parts[0])
    facts.add("authors", name)
    if role == "editor":
        facts.add("editors", name)
    for part in parts[1:]:
        bare = re.sub(r"\s*(?:https?://\S+|\S+@\S+)", "", part).strip()
        if bare and not re.match(r"w3cid\b|\d+$", bare):
            facts.add("organizations", bare)
            return
