"""Word documents made from the XML that a test is about."""

import io
import zipfile
from collections.abc import Callable

import pytest

from impact.extract import Options
from impact.extract.office import docx
from impact.records import Document

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOTS = {"numbering": "numbering", "styles": "styles", "comments": "comments", "footnotes": "footnotes"}

Make = Callable[..., bytes]


def make(body: str, **parts: str) -> bytes:
    """Return a DOCX with this content of w:body and of the other parts (numbering, styles, comments, footnotes)."""
    relations = "".join(
        f'<Relationship Id="r{part}" Type="{_OFFICE}/{part}" Target="{part}.xml"/>' for part in parts if part in _ROOTS
    )
    packages = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    files = {
        "_rels/.rels": f'<Relationships {packages}><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"<Relationships {packages}>{relations}</Relationships>",
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
    }
    files |= {f"word/{part}.xml": f"<w:{_ROOTS[part]} {_NAMES}>{xml}</w:{_ROOTS[part]}>" for part, xml in parts.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in files.items():
            archive.writestr(name, xml)
    return packed.getvalue()


@pytest.fixture
def make_docx() -> Make:
    return make


@pytest.fixture
def read_docx() -> Callable[..., Document]:
    def read(body: str, *, view: str = "accepted", **parts: str) -> Document:
        return docx.read(make(body, **parts), "made.docx", Options(view=view))

    return read
