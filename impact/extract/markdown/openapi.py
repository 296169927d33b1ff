"""YAML descriptions of interfaces (OpenAPI, AsyncAPI) and of settings: their titles and prose, the rest left out."""

from collections.abc import Sequence
from typing import Any

from impact.errors import UnreadableError
from impact.extract.blocks.decode import decode
from impact.extract.blocks.finish import document
from impact.extract.blocks.tree import OpenBlock
from impact.extract.markdown.inline import Inline
from impact.extract.markdown.lay import Layer, unnumbered
from impact.extract.markdown.markdown import lay
from impact.extract.markdown.yaml_fields import Field, fields_of
from impact.extract.options import Options
from impact.records import BlockKind, Document
from impact.typed import load

KEYS = load(dict[str, frozenset[str]], "impact.extract.markdown", "openapi.toml")
"""Keys whose values are prose, names of what stands below, or nothing to read."""

FACTS = {
    ("info", "title"): "title", ("info", "version"): "revision", ("title",): "title",
    ("info", "contact", "name"): "authors",
    ("info", "x-owner"): "organizations", ("version",): "revision",
}  # fmt: skip


def read(data: bytes, name: str, options: Options) -> Document:  # noqa: ARG001 - every reader has this signature
    """Read a YAML file; what is not prose (types, examples, patterns) is left out, and that is said in a warning.

    Raises:
        UnreadableError: If it is empty, blank, no text, or has no prose.
    """
    decoded = decode(data, name)
    source = decoded.text
    fields, lost = fields_of(source)
    description = Description(source)
    for field in fields:
        description.add(field)
    layer = description.layer
    layer.finish()
    if not layer.scribe.assembly.blocks:
        message = f"{name} is a YAML file without a description, summary or title to read"
        raise UnreadableError(message, "Give the document that describes it, as PDF, DOCX, HTML, Markdown or text")
    warnings = ["Only titles and descriptions in the YAML file were read; data types, examples and patterns were not."]
    if lost:
        warnings.append(f"{lost} lines are not valid YAML and were not read.")
    return document(
        layer.scribe.assembly,
        data,
        name,
        form="yaml",
        engine="text",
        properties=_facts(fields, source),
        warnings=(*decoded.warnings, *warnings),
    )


def _facts(fields: Sequence[Field], source: str) -> list[tuple[str, str]]:
    facts: dict[str, str] = {}
    for field in fields:
        key = FACTS.get(field.path)
        if key and field.lines:
            facts.setdefault(key, field.value(source))
    return list(facts.items())


class Description:
    """Lays the prose of fields, each under headings that name where it stands."""

    def __init__(self, source: str) -> None:
        self.layer = Layer(source, Inline(lambda name: f"[{name}]"), unnumbered)
        self._source = source
        self._waiting: list[tuple[float, Field]] = []
        self._laid: set[tuple[int, int]] = set()
        self._last: tuple[int, int] = (0, 0)

    def add(self, field: Field) -> None:
        """Lay a field, if it is prose or a name."""
        depth = len(field.path)
        key = field.path[-1]
        named = key in KEYS["names"] and (field.first or key == "operationId" or (key == "title" and depth <= 2))
        self._waiting = [(level, above) for level, above in self._waiting if level < depth - 0.5 * field.first]
        if any(part in KEYS["silent"] for part in field.path):
            return
        if not field.lines:
            if field.key[1] > field.key[0] and not _is_keyword(field.path):
                self._waiting.append((depth, field))
            return
        if named and len(field.lines) == 1:
            self._waiting.append((depth - 0.5, field))
            return
        if key in KEYS["prose"] or len(field.value(self._source).split()) >= 12:
            self._announce()
            lay(self._source, field.lines, layer=self.layer, base=min(depth, 3))

    def _announce(self) -> None:
        """Lay the keys above a prose field that were not yet laid, as headings; the innermost again after others."""
        for depth, field in self._waiting:
            place = field.lines[0] if field.lines else field.key
            last = field is self._waiting[-1][1]
            if place not in self._laid or (last and place != self._last):
                self._heading(place, min(max(int(depth + 0.5), 1), 9))
                self._laid.add(place)
                self._last = place

    def _heading(self, place: tuple[int, int], level: int) -> None:
        scribe: Any = self.layer.scribe
        scribe.open(OpenBlock(BlockKind.HEADING, "key", level))
        text = self._source[slice(*place)]
        bare = text.strip("\"' ")
        scribe.put(bare, place[0] + text.find(bare))
        scribe.close()


def _is_keyword(path: tuple[str, ...]) -> bool:
    """Return whether the last key is a keyword of the schema language, and not the name of a property."""
    return path[-1] in KEYS["keywords"] and path[-2:-1] != ("properties",)
