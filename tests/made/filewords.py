"""All words of a file that was sent out, whatever its kind."""

import re
from io import BytesIO

import docx
import openpyxl


def words_of(name: str, data: bytes, without: frozenset[str] = frozenset()) -> str:
    """Return the words of a file by its name, with single blanks.

    Args:
        name: Of the file; "annotated.docx" has the words of its comments alone, the rest is the original.
        data: The whole file.
        without: Ids of sections of a page and names of sheets to be left out.
    """
    return " ".join(" ".join(_texts(name, data, without)).replace("\\", "").split())


def _texts(name: str, data: bytes, without: frozenset[str]) -> list[str]:
    if name.endswith(".docx"):
        word = docx.Document(BytesIO(data))
        comments = [note.text for note in word.comments]
        if name.startswith("annotated"):
            return comments
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        return [*(paragraph.text for paragraph in word.paragraphs), *cells, *comments]
    if name.endswith(".xlsx"):
        book = openpyxl.load_workbook(BytesIO(data))
        rows = (row for sheet in book if sheet.title not in without for row in sheet.iter_rows())
        return [str(cell.value) for row in rows for cell in row if cell.value]
    if name.endswith(".pdf"):
        import pypdfium2

        return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    if name.endswith(".html"):
        from lxml import html

        page = html.document_fromstring(data.decode())
        for part in without:
            if (found := page.find(f".//*[@id='{part}']")) is not None:
                found.drop_tree()
        for style in page.findall(".//style") + page.findall(".//script"):
            style.drop_tree()
        return [page.text_content()]
    return [re.sub(r"<[^>]+>", " ", data.decode("utf-8-sig"))]
