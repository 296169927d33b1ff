"""YAML descriptions of interfaces (OpenAPI, AsyncAPI) and of settings: their titles and prose, the rest left out."""

import re
from collections.abc import Sequence
from typing import Any

from impact.errors import UnreadableError
from impact.extract.blocks.decode import decode
from impact.extract.blocks.finish import document
from impact.extract.blocks.tree import Frame
from impact.extract.markdown.inline import Inline
from impact.extract.markdown.lay import Layer
from impact.extract.markdown.markdown import lay
from impact.extract.markdown.yaml_lines import Entry, entries
from impact.extract.options import Options
from impact.records import BlockKind, Document

LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
# Source: OpenAPI Specification 3.1, fields that hold CommonMark or titles; Apple device management schemas.
PROSE = frozenset(
    [
        "description",
        "summary",
        "content",
        "discussion",
        "abstract",
        "note",
        "notes",
        "comment",
        "rationale",
        "text",
        "details",
    ]
)
NAMES = frozenset({"key", "name", "operationId", "title", "payloadtype", "requesttype"})
SILENT = frozenset(
    [
        "example",
        "examples",
        "default",
        "enum",
        "pattern",
        "x-code-samples",
        "license",
        "contact",
        "servers",
        "rangelist",
        "subkeytype",
    ]
)
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
    found = list(entries(source, [match.span(1) for match in LINE.finditer(source)]))
    reader = Reader(source)
    for entry in (one for one in found if one.path):
        reader.take(entry)
    layer = reader.layer
    layer.finish()
    if not layer.scribe.assembly.blocks:
        message = f"{name} is YAML without any description, summary or title to read"
        raise UnreadableError(message, "Give the document that explains it, as PDF, DOCX, HTML, Markdown or text")
    left_out = "Of the YAML only titles and descriptions were read; types, examples and patterns were left out."
    return document(
        layer.scribe.assembly,
        data,
        name,
        form="yaml",
        engine="text",
        properties=_facts(found, source),
        warnings=(*decoded.warnings, left_out),
    )


def _facts(found: Sequence[Entry], source: str) -> list[tuple[str, str]]:
    facts: dict[str, str] = {}
    for entry in found:
        key = FACTS.get(entry.path)
        if key and entry.lines:
            facts.setdefault(key, entry.value(source))
    return list(facts.items())


class Reader:
    """Lays the prose of entries, each under headings that name where it stands."""

    def __init__(self, source: str) -> None:
        self.layer = Layer(source, Inline(lambda name: f"[{name}]"), lambda _level, _attributes: "")
        self._source = source
        self._waiting: list[tuple[float, Entry]] = []

    def take(self, entry: Entry) -> None:
        """Lay one entry, if it is prose or a name."""
        depth = len(entry.path)
        key = entry.path[-1]
        named = key in NAMES and (entry.first or key == "operationId" or (key == "title" and depth <= 2))
        self._waiting = [(level, one) for level, one in self._waiting if level < depth - 0.5 * entry.first]
        if any(part in SILENT for part in entry.path):
            return
        if not entry.lines:
            if entry.key[1] > entry.key[0]:
                self._waiting.append((depth, entry))
            return
        if named and len(entry.lines) == 1:
            self._waiting.append((depth - 0.5, entry))
            return
        if key in PROSE or len(entry.value(self._source).split()) >= 12:
            self._announce()
            self._prose(entry, depth)

    def _announce(self) -> None:
        """Lay the keys above a prose entry that were not yet laid, as headings."""
        for index, (depth, entry) in enumerate(self._waiting):
            if entry.path and entry.key[1] < 0:
                continue
            place = entry.lines[0] if entry.lines else entry.key
            self._heading(place, min(max(int(depth + 0.5), 1), 9))
            self._waiting[index] = (depth, Entry(entry.path, (0, -1), ()))

    def _heading(self, place: tuple[int, int], level: int) -> None:
        scribe: Any = self.layer.scribe
        scribe.open(Frame(BlockKind.HEADING, "key", level))
        text = self._source[slice(*place)]
        bare = text.strip("\"' ")
        scribe.put(bare, place[0] + text.find(bare))
        scribe.close()

    def _prose(self, entry: Entry, depth: int) -> None:
        lay(self._source, entry.lines, layer=self.layer, base=min(depth, 3))
