"""Which documents hide words, by our judgment, and what the look costs.

`python bench/hidden.py FOLDER...` reads every file below the folders, prints those that get a remark with the words
that are hidden, and how much of the time of the reading the search for hidden words takes.
"""

import argparse
import logging
from pathlib import Path
from time import process_time

from impact.errors import ImpactError
from impact.extract import readers
from impact.extract.concealed import seen
from impact.extract.options import Options
from impact.records import Document, Span

WORDS = 8
"""Hidden words that are printed of a document."""


def main() -> None:
    """Read, look, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    logging.disable(logging.CRITICAL)
    read = undone = remarked = 0
    reading = looking = 0.0
    for path in sorted(path for folder in parser.parse_args().folders for path in folder.rglob("*") if path.is_file()):
        begun = process_time()
        try:
            document = readers.read(path.read_bytes(), path.name, Options())
        except ImpactError:
            continue
        reading += process_time() - begun
        read, undone = read + 1, undone + bool(document.concealments)
        begun = process_time()
        seen(document)
        looking += process_time() - begun
        if any(concealment.noted for concealment in document.concealments):
            remarked += 1
            show(path, document)
    print(f"{read} documents read, in {undone} something was undone, {remarked} have a remark.")
    print(f"The look takes {looking:.1f} s of {reading:.1f} s ({looking / max(reading, 0.01):.1%}).")


def show(path: Path, document: Document) -> None:
    """Print the hidden words of a document."""
    noted = [concealment for concealment in document.concealments if concealment.noted]
    print(f"{path}: {len(noted)}")
    for concealment in noted[:WORDS]:
        around = Span(max(concealment.span.start - 20, 0), min(concealment.span.end + 20, len(document.text)))
        print(f"  {concealment.kind.value}: {concealment.source[:60]!a} in {document.quote(around)!a}")


if __name__ == "__main__":
    main()
