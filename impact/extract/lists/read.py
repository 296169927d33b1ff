"""Read a workbook as a document: each sheet a heading, each row of cells a row; a list of documents is refused."""

from impact.errors import UnreadableError
from impact.extract.blocks.builder import CELL_GLUE, Assembly
from impact.extract.blocks.finish import document
from impact.extract.lists.listing import rows_of
from impact.extract.lists.workbook import sheets
from impact.extract.office.archive import open_container
from impact.extract.office.ooxml import core_properties
from impact.extract.options import Options
from impact.extract.text import text
from impact.records import BlockKind, Document

ALONE = (
    "Run impact batch on the folder or archive with these documents: their titles and sources are taken from the list"
)


def read_xlsx(data: bytes, name: str, options: Options) -> Document:
    """Read an Excel workbook as tables; origins are the ordinals of its cells.

    Raises:
        UnreadableError: If it is a list of documents, damaged, encrypted, or has no text.
    """
    _refuse_list(data, name, options)
    assembly, origin = Assembly(), 0
    for table, (title, rows) in enumerate(sheets(data, name, options)):
        assembly.put(title, origin=origin)
        assembly.close(kind=BlockKind.HEADING, level=1)
        for cells in rows:
            for cell in filter(str.strip, cells):
                origin += 1
                assembly.glue(CELL_GLUE)  # nothing before the first cell
                words = assembly.put(" ".join(cell.split()), origin=origin)
                assembly.cell(words.start)
            assembly.close(kind=BlockKind.ROW, table=table)
    properties = core_properties(open_container(data, name, options))
    return document(assembly, data, name, form="xlsx", engine="lxml", properties=properties)


def read_csv(data: bytes, name: str, options: Options) -> Document:
    """Read a CSV file that is no list of documents after all as text; raises as `read_xlsx`."""
    _refuse_list(data, name, options)
    return text.read(data, name, options)


def _refuse_list(data: bytes, name: str, options: Options) -> None:
    count = sum(1 for _ in rows_of(data, name, options))
    if count:
        what = f"a list of {count} document{'s' * (count != 1)}, not a proposal"
        raise UnreadableError(f"{name} is {what}", ALONE)
