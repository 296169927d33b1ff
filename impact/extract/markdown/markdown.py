"""Markdown: plain, kramdown-rfc and mmark sources of Internet-Drafts, Bikeshed sources of W3C specifications.

Read by an own reader: the maintained parsers give places of blocks, not of the words in them.
"""

import re
from collections.abc import Sequence

from impact.extract.blocks.decode import decode
from impact.extract.blocks.finish import document
from impact.extract.blocks.numbering import HeadingNumbers
from impact.extract.markdown.blocks import Blocks
from impact.extract.markdown.bold_lines import mark_questions, mark_titles
from impact.extract.markdown.chapters import STYLE as CHAPTER
from impact.extract.markdown.chapters import drop_repeated
from impact.extract.markdown.comments import hidden_sections, without_comments
from impact.extract.markdown.facts import of_bikeshed, of_references, of_toml, of_yaml
from impact.extract.markdown.inline import Inline
from impact.extract.markdown.lay import Layer, unnumbered
from impact.extract.markdown.marks import Raw
from impact.extract.markdown.section_numbers import SectionNumbers
from impact.extract.options import Options
from impact.records import BlockKind, Document

LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
PRE = re.compile(r"<pre\s([^<>]{0,1000})>", re.IGNORECASE)
METADATA = re.compile(r"class\s{0,9}=\s{0,9}[\"']?[^\"'>]{0,200}?\bmetadata\b", re.IGNORECASE)
PRE_END = re.compile(r"</pre", re.IGNORECASE)
METADATA_CHARACTERS = 60_000
"""Source: project judgment; a long list of editors and of terms has a tenth of it."""
SLUG = re.compile(r"[^\w -]+")

CONTENTS = re.compile(r"(?:table of )?contents|sommaire|inhalt", re.IGNORECASE)

Span = tuple[int, int]


def read(data: bytes, name: str, options: Options) -> Document:  # noqa: ARG001 - every reader has this signature
    """Read a Markdown file; fragments are stretches without marks, origins are characters of the decoded file.

    What the format generates ("[RFC2119]" for "{{RFC2119}}") has origin -1. Front matter at the start is that
    of the document, unless there is more: then each is that of a chapter, the first included.

    Raises:
        UnreadableError: If it is empty, blank or no text.
    """
    decoded = decode(data, name)
    source = without_comments(decoded.text)
    warnings = (*decoded.warnings, *hidden_sections(decoded.text))
    lines = [match.span(1) for match in LINE.finditer(source)]
    start, facts = _front(source, lines)
    metadata = metadata_of(source)
    if metadata is not None:
        facts = of_bikeshed(metadata.splitlines())
    aliases = of_references(source, lines[:start])
    layer = lay(source, lines[start:], bikeshed=metadata is not None, base=int(metadata is not None), aliases=aliases)
    if start and any(block.style == CHAPTER for block in layer.scribe.assembly.blocks):
        facts = [("chapter", value) for name, value in facts if name == "title"]
        layer = lay(source, lines, aliases=aliases)
    return document(
        layer.scribe.assembly, data, name, form="markdown", engine="text", properties=facts, warnings=warnings
    )


def lay(  # noqa: PLR0913 - all but two are choices, named by the caller
    source: str,
    lines: Sequence[Span],
    *,
    bikeshed: bool = False,
    layer: Layer | None = None,
    base: int = 0,
    aliases: dict[str, str] | None = None,
) -> Layer:
    """Lay lines of Markdown and return the layer that holds the blocks.

    Args:
        source: Text that the lines point into.
        lines: In order.
        bikeshed: Whether Bikeshed's shorthand and numbering hold, as in Markdown of ReSpec.
        layer: Takes the blocks; a new one where None.
        base: Added to the level of each heading that is no element of HTML. In Bikeshed, "#" makes an h2. Source:
            Bikeshed, "Markdown".
        aliases: What citations of other names show ("-cddl" -> "[RFC8610]").
    """
    raws = drop_repeated(source, Blocks(source, bikeshed=bikeshed).read(lines))
    labels = {**(aliases or {}), **_number(source, raws)}
    _mark_contents(source, raws)
    mark_titles(source, raws)
    mark_questions(source, raws)
    numbers = SectionNumbers(base + 1)
    if layer is None:
        inline = Inline(lambda name: labels.get(name, f"[{name}]"), shorthand=bikeshed)
        layer = Layer(source, inline, numbers.next if bikeshed else unnumbered)
    for raw in raws:
        if raw.style.startswith("boundary:"):
            continue
        if raw.kind is BlockKind.HEADING:
            raw.level += base
            if bikeshed:
                raw.number = numbers.next(raw.level, counted=raw.counted)
            raw.style = raw.style.removeprefix("front:")
        layer.lay(raw)
    layer.finish()
    return layer


def metadata_of(source: str) -> str | None:
    """Return the metadata block of a Bikeshed source; None where it has none."""
    for match in PRE.finditer(source):
        if METADATA.search(match[1]):
            end = PRE_END.search(source, match.end(), match.end() + METADATA_CHARACTERS)
            return source[match.end() : end.start()] if end else None
    return None


def _front(source: str, lines: Sequence[Span]) -> tuple[int, list[tuple[str, str]]]:
    """Return the first line behind the front matter, and its facts."""
    first = source[slice(*lines[0])].strip("\ufeff ") if lines else ""
    if first not in ("---", "%%%", "+++"):
        return 0, []
    for index in range(1, len(lines)):
        text = source[slice(*lines[index])].rstrip()
        if text in (first, "...") or (first == "---" and re.match(r"---\s+(?:abstract|middle|note)", text)):
            facts = (
                of_yaml(source, lines[1:index]) if first == "---" else of_toml(source[lines[1][0] : lines[index][0]])
            )
            return index + (text in (first, "...")), facts
    return 0, []


def _mark_contents(source: str, raws: Sequence[Raw]) -> None:
    """Mark the paragraphs of a table of contents that was pasted as text: lines that end in a page number."""
    inside = False
    for raw in raws:
        text = source[raw.lines[0][0] : raw.lines[-1][1]].strip() if raw.lines else ""
        if inside and raw.kind is BlockKind.PARAGRAPH and text[-1:].isdigit():
            raw.kind = BlockKind.CONTENTS
        else:
            inside = bool(CONTENTS.fullmatch(text))


def _number(source: str, raws: Sequence[Raw]) -> dict[str, str]:
    """Number the headings of a kramdown-rfc source and return what a citation of each anchor shows."""
    labels: dict[str, str] = {}
    outline: HeadingNumbers | None = None
    appendix = False
    for raw in raws:
        if raw.style in ("boundary:middle", "boundary:back"):
            appendix = raw.style.endswith("back")
            outline = HeadingNumbers(appendix=appendix)
        elif raw.kind is BlockKind.HEADING and outline and raw.counted:
            raw.number = outline.next(raw.level)
            label = f"{'Appendix' if appendix else 'Section'} {raw.number}"
            title = " ".join(source[start:end] for start, end in raw.lines)
            for anchor in (raw.anchor, SLUG.sub("", title.lower()).strip().replace(" ", "-")):
                if anchor:
                    labels.setdefault(anchor, label)
    return labels
