"""Look for words that reports may not say, in every report on every document of a folder.

Usage: python bench/wording.py DOCUMENTS [--by model|cues] [--every N]
Each document is analyzed and written in each format that is text or HTML, and as Word; words quoted from the document
do not count. Prints each word found with its surroundings, and ends with 1 if there is any.
"""

import argparse
import sys
import time
from io import BytesIO
from pathlib import Path

import docx

from impact.errors import ImpactError
from impact.pipeline import analyze, export
from impact.records import Assessment
from impact.report import FILE_NAMES

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "made"))

from forbidden import FORBIDDEN, own, unquoted  # noqa: E402 - stands with the tests, which ask the same of made reports

NOT_TEXT = {"xlsx", "pdf", "json", "csv"}
"""The workbook, JSON and CSV hold the same sentences beside the quotes; the PDF is the page."""


def words_of(form: str, data: bytes) -> str:
    """Return the words of a report."""
    name = FILE_NAMES[form]
    if name.endswith(".docx"):
        document = docx.Document(BytesIO(data))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    text = data.decode("utf-8")
    if name.endswith(".md"):
        return text.replace("**", "")
    return unquoted(text) if name.endswith(".html") else text


def without_headings(text: str, assessment: Assessment) -> str:
    """Return a report without the headings that it takes from the document, which stand there before another line.

    A number is followed by a comma in a report ("1.1, Scope").
    """
    for heading in sorted(
        {heading for clause in assessment.clauses for heading in clause.headings}, key=len, reverse=True
    ):
        if FORBIDDEN.search(heading):
            text = text.replace(heading, "").replace(heading.replace(" ", ", ", 1), "")
    return text


def main() -> None:
    """Go through the documents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--by", default="model")
    parser.add_argument("--every", type=int, default=1, help="each Nth document")
    options = parser.parse_args()
    forms = [form for form in FILE_NAMES if form not in NOT_TEXT and not form.endswith("-pdf")]
    read = failed = found = 0
    started = time.monotonic()
    for path in sorted(file for file in options.documents.rglob("*") if file.is_file())[:: options.every]:
        try:
            assessment = analyze(path, by=(options.by,))
        except ImpactError:
            failed += 1
            continue
        read += 1
        for form in forms:
            text = without_headings(words_of(form, export(assessment, form)), assessment)
            for wrong_words in own(text, assessment.document.text):
                found += 1
                print(f"{path.name}, {form}: {wrong_words}", flush=True)
    spent = time.monotonic() - started
    print(f"{read} documents in {', '.join(forms)}, {failed} could not be read, {found} words found; {spent:.0f} s")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
