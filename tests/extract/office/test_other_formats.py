"""The same document as DOCX, DOC, RTF and ODT, as LibreOffice saves it; and real old files."""

import shutil
from pathlib import Path

import pytest
from office import needs_office, saved_as

from impact.extract import Options, readers
from impact.records import Document
from impact.segment import segment

OWN = Path(__file__).parents[3] / "corpora" / "proposals"
SHARED = Path(__file__).parents[4] / "shared" / "documents"


def clauses(document: Document) -> list[tuple[str, str, str]]:
    return [
        (clause.number, " ".join(document.quote(clause.span).split()), clause.strength.value)
        for clause in segment(document)
    ]


@needs_office
@pytest.mark.long
@pytest.mark.parametrize("form", ["doc", "rtf", "odt"])
def test_a_proposal_has_the_same_clauses_in_every_format(tmp_path: Path, form: str) -> None:
    file = tmp_path / "new-network.docx"
    shutil.copy(OWN / file.name, file)
    original = readers.read(file.read_bytes(), file.name, Options())
    saved = readers.read(saved_as(file, form), f"new-network.{form}", Options())

    assert saved.format == form
    assert clauses(saved) == clauses(original)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/documents is not beside the checkout")
def test_every_real_old_word_file_is_read_without_an_office_program() -> None:
    for path in SHARED.rglob("*.doc"):
        document = readers.read(path.read_bytes(), path.name, Options())
        assert document.engine == "olefile"
        assert document.words > 300
