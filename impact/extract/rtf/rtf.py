"""Read RTF files: the same paragraphs, styles, lists, notes, tables and revision marks that a DOCX has.

They are made the elements that a DOCX holds and read as one (`impact.extract.office`). Where a paragraph is in no list
that the file defines, its number is the one that the writing program put before it.
"""

from impact.extract.office.content import WordContent, lay
from impact.extract.office.numbering import Numbering
from impact.extract.office.styles import Styles
from impact.extract.options import Options
from impact.extract.rtf.parsing import RtfParser
from impact.records import Document


def read(data: bytes, name: str, options: Options) -> Document:
    """Read an RTF file; `view` of the options and the limits of a text hold here.

    `Layout.origins` is as in `office.docx`. There is one page, since pages break where they are shown.

    Raises:
        UnreadableError: If it is damaged.
        LimitError: If it contains more characters or paragraphs than the options allow.
    """
    parser = RtfParser(data, name, options)
    blocks = parser.read()
    content = WordContent(
        blocks=blocks,
        styles=Styles(parser.headers.styles),
        numbering=Numbering(parser.headers.numbering),
        notes=parser.writer.notes,
        comments=parser.writer.comments,
        properties=tuple((key, value) for key, value in parser.headers.properties.items() if value),
    )
    return lay(content, data, name, options, form="rtf", engine="text")
