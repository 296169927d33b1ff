"""Whether DOC, RTF and ODT give the words that LibreOffice reads, and the clauses of the DOCX they were saved from.

`python bench/formats.py FILE...` has LibreOffice save each DOCX as DOC, RTF and ODT, and these (and each DOC that is
given) as DOCX again. For each format it prints three means with the lowest value in brackets:

- words: F1 of the words that our reader finds and those in the DOCX that LibreOffice makes of the same file;
- clauses, numbers: F1 of the texts of all clauses, and of texts with their numbers, against those of the first DOCX;
- the same two for the way by LibreOffice: of the DOCX that it makes of the file.
"""

import argparse
import re
import subprocess
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from lxml import etree

from impact.extract.options import Options
from impact.extract.readers import read
from impact.records import Document
from impact.segment import segment

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
FORMS = {"doc": "doc:MS Word 97", "rtf": "rtf", "odt": "odt"}
SIGNS = {f"{W}p": " ", f"{W}tab": " ", f"{W}br": " ", f"{W}noBreakHyphen": "-"}
PARTS = ("document", "footnotes", "endnotes")


def saved(files: Sequence[Path], form: str, folder: Path) -> dict[str, Path]:
    """Have LibreOffice save files in another format, and return those that it could by the stem of their names."""
    folder.mkdir()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=3600)
    return {file.stem: file for file in folder.glob(f"*.{form.partition(':')[0]}")}


def words(text: str) -> Counter[str]:
    """Return how often each word is in a text, without case."""
    return Counter(re.findall(r"\w+", text.casefold()))


def shown(file: Path) -> str:
    """Return the text of a DOCX by its plain elements, without our reader."""
    pieces: list[str] = []
    with zipfile.ZipFile(file) as archive:
        for part in PARTS:
            if f"word/{part}.xml" in archive.namelist():
                root = etree.fromstring(archive.read(f"word/{part}.xml"))
                etree.strip_elements(root, FALLBACK, f"{W}moveFrom", with_tail=False)
                pieces.extend(_piece(element) for element in root.iter(f"{W}*"))
    return "".join(pieces)


def _piece(element: etree._Element) -> str:
    return element.text or "" if element.tag == f"{W}t" else SIGNS.get(str(element.tag), "")


def f1(left: Counter, right: Counter) -> float:
    """Return twice what both have by what each has."""
    return 2 * (left & right).total() / max(left.total() + right.total(), 1)


def loaded(file: Path) -> Document:
    """Return a document."""
    return read(file.read_bytes(), file.name, Options())


def clauses(document: Document) -> tuple[Counter, Counter]:
    """Return the texts of the clauses, and texts with numbers."""
    found = [(clause.number, " ".join(document.quote(clause.span).casefold().split())) for clause in segment(document)]
    return Counter(text for _, text in found), Counter(found)


def means(rows: Iterable[Sequence[float]]) -> str:
    """Return the means of columns, each with its lowest value."""
    return "  ".join(f"{sum(column) / len(column):.3f} ({min(column):.3f})" for column in zip(*rows, strict=True))


def main() -> None:
    """Print a line a format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    files = parser.parse_args().files
    originals = {file.stem: file for file in files if file.suffix == ".docx"}
    known = {stem: clauses(loaded(file)) for stem, file in originals.items()}
    with tempfile.TemporaryDirectory() as name:
        for form, filter_name in FORMS.items():
            made = saved([*originals.values()], filter_name, Path(name, form))
            made |= {file.stem: file for file in files if file.suffix == f".{form}"}
            again = saved([*made.values()], "docx", Path(name, f"{form}-docx"))
            agreement, ours, theirs = [], [], []
            for stem, file in sorted(made.items()):
                document = loaded(file)
                agreement.append((f1(words(document.text), words(shown(again[stem]))),))
                if stem in known:
                    ours.append([f1(*pair) for pair in zip(known[stem], clauses(document), strict=True)])
                    theirs.append([f1(*pair) for pair in zip(known[stem], clauses(loaded(again[stem])), strict=True)])
            print(f"{form}: {len(agreement)} files, words {means(agreement)}")
            if ours:
                print(f"     clauses, numbers: ours {means(ours)}; by LibreOffice {means(theirs)}")


if __name__ == "__main__":
    main()
