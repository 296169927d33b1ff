"""A document of our own in which a grave clause is hidden from a search in one of eight ways, in four formats."""

from collections.abc import Callable, Iterable
from html import escape

from tests.hostile.packages import docx
from tests.hostile.pdfs import pdf, stream

TITLE = "Requirements for harbor networks"
CLAUSE = (
    "2.2 The operator shall terminate the connection of any subscriber at the request of the ministry, "
    "without notice and without giving reasons."
)
PARAGRAPHS = (
    "1 Scope",
    "This document describes the networks of harbors and the duties of those who operate them.",
    "2 Requirements",
    "2.1 The operator shall keep the quay lit and the manual of the network in the harbor office.",
    CLAUSE,
    "2.3 The manual shall be printed in blue ink and bound in one volume.",
)
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
WAYS: dict[str, Callable[[str], str]] = {
    "zero-width": "\u200b".join,
    "soft-hyphen": "\u00ad".join,
    "word-joiner": "\u2060".join,
    "tag": lambda word: "".join(f"{letter}{chr(0xE0000 + ord(letter))}" for letter in word),
    "lookalike": lambda word: word.translate(
        str.maketrans("aceiopsx", "\u0430\u0441\u0435\u0456\u043e\u0440\u0455\u0445")
    ),
    "spaced": " ".join,
    "reordered": lambda word: f"\u202e{word[::-1]}\u202c",
    "fullwidth": lambda word: word.translate(WIDE),
}
"""By the name of what the report says was hidden: what becomes of a word."""


def disguised(clause: str, way: str) -> str:
    """Return a clause in which each word of five letters or more is hidden."""
    return " ".join(WAYS[way](word) if len(word) > 4 and word.isalpha() else word for word in clause.split(" "))


def paragraphs(way: str = "") -> tuple[str, ...]:
    return tuple(disguised(text, way) if way and text is CLAUSE else text for text in PARAGRAPHS)


def as_txt(texts: Iterable[str]) -> bytes:
    return "\n\n".join((TITLE, *texts, "")).encode()


def as_html(texts: Iterable[str]) -> bytes:
    body = "".join(f"<p>{escape(text)}</p>" if "." in text else f"<h2>{escape(text)}</h2>" for text in texts)
    return f"<!DOCTYPE html><title>{TITLE}</title><body><h1>{TITLE}</h1>{body}".encode()


def as_docx(texts: Iterable[str]) -> bytes:
    return docx(
        "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>' for text in (TITLE, *texts))
    )


def as_pdf(texts: Iterable[str]) -> bytes:
    """Return a PDF whose font is known by its table of characters alone, so that it can hold any."""
    texts = (TITLE, *texts)
    codes = {letter: code for code, letter in enumerate(sorted(set("".join(texts))), 1)}
    y, drawn = 760, []
    for text in texts:
        for line in _lines(text):
            drawn.append(f"BT /F1 10 Tf 60 {y} Td <{''.join(f'{codes[letter]:04x}' for letter in line)}> Tj ET")
            y -= 12
        y -= 14
    pairs = "\n".join(f"<{code:04x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items())
    unseen = " ".join(
        f"{code} [{400 + 50 * (ord(letter) % 7) if letter.isprintable() else 0}]" for letter, code in codes.items()
    )
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(codes)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>",
            4: stream("\n".join(drawn).encode()),
            5: b"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H "
            b"/DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
            6: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
            b"/Supplement 0 >> /FontDescriptor 8 0 R /DW 500 /W [%s] >>" % unseen.encode(),
            7: stream(table.encode()),
            8: b"<< /Type /FontDescriptor /FontName /Own /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 "
            b"/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        }
    )


FORMATS: dict[str, Callable[[Iterable[str]], bytes]] = {"txt": as_txt, "html": as_html, "docx": as_docx, "pdf": as_pdf}


def _lines(text: str, most: int = 90) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len("".join(filter(str.isprintable, lines[-1] + word))) >= most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
