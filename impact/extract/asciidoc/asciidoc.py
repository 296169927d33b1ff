"""AsciiDoc: sources of OGC, ITU, OASIS and ISO standards (Metanorma), of Eclipse and others.

Read by an own reader: of the kept libraries, asciidoc makes pages without places of words, and asciidoctrine, in its
alpha releases, took over a minute for a source of 36 kB.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from impact.extract.asciidoc import signs
from impact.extract.asciidoc.blocks import AsciiDocBlocks
from impact.extract.asciidoc.inline import RunningText
from impact.extract.asciidoc.lines import Published, published
from impact.extract.asciidoc.sections import labels, number
from impact.extract.asciidoc.vocabulary import WORDS
from impact.extract.blocks.decode import decode
from impact.extract.blocks.facts import StatedFacts
from impact.extract.blocks.finish import document
from impact.extract.markdown.lay import Layer, unnumbered
from impact.extract.markdown.marks import Raw
from impact.extract.options import Options
from impact.records import BlockKind, Document


def read(data: bytes, name: str, options: Options) -> Document:  # noqa: ARG001 - every reader has this signature
    """Read an AsciiDoc file; fragments are stretches without marks, origins are characters of the decoded file.

    What the format generates (the value of an attribute, the title that a reference shows) has origin -1.

    Raises:
        UnreadableError: If it is empty, blank or no text, or has no words to read.
    """
    decoded = decode(data, name)
    source = published(decoded.text)
    shown: dict[str, str] = {}
    running = RunningText(lambda target: _label(target, shown), source.attributes)
    facts = StatedFacts()
    _take_header(source, facts)
    blocks = AsciiDocBlocks(source)
    raws = blocks.read()
    number(raws, source)
    shown.update(labels(raws, blocks.targets, source, running))
    layer = Layer(source.source, running, unnumbered)
    for raw in raws:
        layer.lay(raw)
    layer.finish()
    return document(
        layer.scribe.assembly,
        data,
        name,
        form="asciidoc",
        engine="text",
        properties=_facts(raws, source, running, facts),
        warnings=(*decoded.warnings, *_hidden(source)),
    )


def _label(target: str, shown: dict[str, str]) -> str:
    """Return what a reference without words shows. Source: Asciidoctor documentation, "Cross References"."""
    file, sign, anchor = target.rpartition("#")
    if (sign and not anchor) or (not sign and target.endswith((".adoc", ".asciidoc"))):
        return file or target
    return shown.get(anchor, f"[{anchor}]")


def _hidden(source: Published) -> Iterator[str]:
    if source.hidden:
        lines = "1 line was" if source.hidden == 1 else f"{source.hidden} lines were"
        yield f"{lines} not read, because the source includes them only in other versions of the document."


def _take_header(source: Published, facts: StatedFacts) -> None:
    """Take the lines of authors and revision, which stand directly below the title of the document, out of the lines.

    Source: Asciidoctor documentation, "Document Header".
    """
    lines = source.lines
    for index, (start, end) in enumerate(lines):
        text = source.source[start:end]
        if signs.TITLE.match(text) and text.startswith("= "):
            _take_people(source, facts, index + 1)
            return
        if text.strip() and not signs.ATTRIBUTES.match(text):
            return


def _take_people(source: Published, facts: StatedFacts, index: int) -> None:
    text = _at(source, index)
    people = [part.strip() for part in text.split(";")]
    if not text.strip() or not all(signs.AUTHOR.fullmatch(person) for person in people):
        return
    for person in people:
        facts.add("authors", re.sub(r"\s*<.*", "", person).replace("_", " "))
    del source.lines[index]
    revision = signs.REVISION.match(_at(source, index))
    if revision and (revision["number"] or revision["bare"]):
        facts.add("revision", revision["number"] or revision["bare"])
        facts.add("date", revision["date"] or "")
        del source.lines[index]


def _at(source: Published, index: int) -> str:
    return source.source[slice(*source.lines[index])] if index < len(source.lines) else ""


def _facts(raws: Sequence[Raw], source: Published, running: RunningText, facts: StatedFacts) -> list[tuple[str, str]]:
    """Return what the header states: the title of the document, or what an attribute gives for it, and the rest."""
    title = next((raw.lines[0] for raw in raws[:1] if raw.kind is BlockKind.HEADING and raw.level == 1), None)
    if title:
        facts.add("title", running.text(source.source[slice(*title)]))
    for name, value in source.attributes.items():
        fact = WORDS.facts.get(re.sub(r"_\d{1,2}$", "", name))
        if fact and (fact in {"authors", "organizations"} or fact not in facts):
            stated = running.text(value)
            settled = "" if signs.UNDEFINED.search(stated) else stated
            facts.add(fact, _number(settled, source.attributes) if fact == "number" else settled)
    return facts.pairs()


def _number(stated: str, attributes: Mapping[str, str]) -> str:
    """Return the number of a document as it is cited; empty for bare digits, which nobody cites.

    Source: Metanorma, "ITU document attributes": bureau.
    """
    bureau = attributes.get("bureau", "")
    if attributes.get("mn-document-class") == "itu" and bureau in {"T", "R", "D"} and stated[:1].isalpha():
        return f"ITU-{bureau} {stated}"
    return "" if stated.isdigit() else stated
