"""Real documents, where they lie beside the checkout."""

import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from impact.extract import Options
from impact.extract.office import docx, pptx

SHARED = Path(__file__).parents[4] / "shared" / "documents"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ABSENT = (f"{W}del", f"{W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
NEEDED = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/documents is not beside the checkout")


def letters(text):
    return Counter(letter for letter in text if letter.isalnum())


def shown(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    pieces = root.iter(f"{W}t")
    return "".join(piece.text or "" for piece in pieces if next(piece.iterancestors(*ABSENT), None) is None)


@pytest.mark.shared
@NEEDED
@pytest.mark.parametrize("pattern", ["T-REC-E.119-*-A.docx", "T-REC-G.Imp8101-*.docx", "T-REC-P.917-*.docx"])
def test_no_letter_of_a_real_document_is_lost(pattern):
    for path in SHARED.rglob(pattern):
        data = path.read_bytes()
        assert not letters(shown(data)) - letters(docx.read(data, path.name, Options()).text)


@pytest.mark.shared
@NEEDED
def test_every_fragment_of_a_real_deck_has_a_box():
    for path in SHARED.rglob("*.pptx"):
        document = pptx.read(path.read_bytes(), path.name, Options())
        assert document.text
        assert len(document.layout.boxes) == 4 * len(document.layout)
