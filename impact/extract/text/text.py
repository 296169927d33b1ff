"""Plain text: RFCs and Internet-Drafts, notes, and texts dumped from PDF or Word."""

from impact.extract.blocks.builder import Assembly
from impact.extract.blocks.decode import decode
from impact.extract.blocks.finish import document
from impact.extract.options import Options
from impact.extract.text.dump import is_dump, lay_dump
from impact.extract.text.joining import WordStock
from impact.extract.text.layout import lay_indented
from impact.extract.text.lines import lines_of
from impact.records import Document


def read(data: bytes, name: str, options: Options) -> Document:
    """Read a plain text file; fragments are lines, origins are characters of the decoded file.

    Raises:
        UnreadableError: If it is empty, blank or no text.
    """
    decoded = decode(data, name)
    lines, paged = lines_of(decoded.text)
    warnings = list(decoded.warnings)
    if lines and lines[-1].page > options.max_pages:
        warnings.append(f"Pages after page {options.max_pages} were not read ({lines[-1].page} pages in all).")
        lines = [line for line in lines if line.page <= options.max_pages]
    assembly, words = Assembly(), WordStock(decoded.text)
    if is_dump(lines):
        paged = lay_dump(assembly, lines, words) or paged
    else:
        lay_indented(assembly, lines, words)
    return document(assembly, data, name, form="text", engine="text", warnings=warnings, paged=paged)
