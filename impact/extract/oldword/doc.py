"""Read old Word files (DOC): Word 97 and later in full, Word 2, 6 and 95 as their paragraphs.

The file has the paragraphs, styles, lists, notes and revision marks of a DOCX in tables of numbers. They are made the
elements that a DOCX holds and read as one (`impact.extract.office`).
"""

from collections.abc import Iterator
from contextlib import suppress

from lxml.etree import _Element as Element

from impact.errors import UnreadableError
from impact.extract.detect.content_kind import OLE2_START
from impact.extract.office.content import WordContent, lay
from impact.extract.office.numbering import Numbering
from impact.extract.office.styles import Styles
from impact.extract.office.wordtree import root
from impact.extract.oldword import early, summary
from impact.extract.oldword.binary import positions, u16
from impact.extract.oldword.container import OldContainer
from impact.extract.oldword.fib import FileInformation, information
from impact.extract.oldword.formatting import Formatting, character_entry, paragraph_entry
from impact.extract.oldword.lists import numbering
from impact.extract.oldword.pieces import pieced_text
from impact.extract.oldword.references import References, authors, fonts, references
from impact.extract.oldword.story import Story, WordTables
from impact.extract.oldword.stylesheet import styles
from impact.extract.options import Options
from impact.records import Document

_SECTION = 12
"""Bytes of a SED. Source: [MS-DOC] 2.9.245."""
_WORD_97 = 193
"""Version from which on a file has the tables of Word 97. Source: [MS-DOC] 2.5.1, nFib."""


def read(data: bytes, name: str, options: Options) -> Document:
    """Read a DOC; `view` of the options and the limits of a text hold here.

    `Layout.origins` is as in `office.docx`. There is one page, since Word does not store where pages break.

    Raises:
        UnreadableError: If it is protected by a password, truncated or damaged.
        LimitError: If it contains more characters than the options allow.
    """
    if not data.startswith(OLE2_START):
        return early.read(data, data, name, options)
    container = OldContainer(data, name)
    stream = container.read("WordDocument")
    if u16(stream, 2) < _WORD_97:
        return early.read(stream, data, name, options, properties=_properties(container))
    fib = information(stream, name)
    content = _content(fib, stream, container, name, options)
    return lay(content, data, name, options, form="doc", engine="olefile")


def _content(fib: FileInformation, stream: bytes, container: OldContainer, name: str, options: Options) -> WordContent:
    table = container.read(fib.table)
    data = container.read("Data")
    found = references(fib, table)
    names = fonts(fib, table)
    sections, _ = positions(fib.part("sections", table), _SECTION)
    source = WordTables(
        # Headers and notes come on top of what a document may have.
        text=pieced_text(stream, fib.part("clx", table), name, 2 * options.max_characters),
        paragraphs=Formatting(fib.part("paragraph_bins", table), stream, paragraph_entry),
        characters=Formatting(fib.part("character_bins", table), stream, character_entry),
        references=found,
        sections=frozenset(sections),
        fonts=names,
        authors=authors(fib, table),
        data=data,
    )
    start, length = fib.pairs["lists"]
    overrides = fib.pairs["list_overrides"][0]
    return WordContent(
        blocks=_blocks(Story(source), fib, found),
        styles=Styles(styles(fib.part("styles", table), names)),
        numbering=Numbering(
            numbering(
                table[start : start + length],
                table[start + length :] if length else b"",
                table[overrides:] if fib.pairs["list_overrides"][1] else b"",
            )
        ),
        notes=_notes(source),
        comments=_comments(source),
        properties=_properties(container),
    )


def _properties(container: OldContainer) -> tuple[tuple[str, str], ...]:
    # A summary is an extra: what is wrong with it keeps nobody from reading the text.
    with suppress(UnreadableError):
        return summary.properties(container.read(summary.STREAM))
    return ()


def _blocks(story: Story, fib: FileInformation, found: References) -> Iterator[Element]:
    yield from story.blocks(*fib.starts["main"])
    for start, end in found.loose:
        yield from story.blocks(start, end)


def _notes(source: WordTables) -> dict[tuple[str, str], Element]:
    story, notes = Story(source), dict[tuple[str, str], Element]()
    for (part, key), (start, end) in source.references.stretches.items():
        if part != "comments":
            note = notes[part, key] = root(part[:-1])
            note.extend(story.blocks(start, end))
    return notes


def _comments(source: WordTables) -> dict[str, tuple[str, str, str]]:
    story, found = Story(source), source.references
    return {
        key: (story.plain(start, end), found.authors.get(key, ""), "")
        for (part, key), (start, end) in found.stretches.items()
        if part == "comments"
    }
