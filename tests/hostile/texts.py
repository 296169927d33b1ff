"""Hostile plain text, and files that only look like text. `TEXTS` maps a file name to a function for its bytes."""

import random
import struct
import zlib
from collections.abc import Callable, Mapping

from tests.hostile.pdfs import PROSE


def rubbish() -> bytes:
    return random.Random(3).randbytes(200_000)  # noqa: S311 - rubbish, not a secret


def png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 72)) + chunk(b"IEND", b"")


def bait() -> bytes:
    """Runs of what patterns for headings, contents lines and hyphens like to go back and forth over."""
    lines = ["1." * 20_000, " " * 50_000 + "x", "." * 50_000 + " 7", "-" * 50_000, "a-\n" * 5_000, "( " * 20_000]
    return ("\n\n".join(lines) + "\n" + PROSE).encode()


def long_runs() -> bytes:
    """Return short pieces that repeat without an end, on one line each."""
    return "\n\n".join(run * 100_000 for run in ("a ", "1.", "((", "[[", "A.1 ", "0", "shall ")).encode()


def mixed_encodings() -> bytes:
    """Return lines in four encodings and stray bytes between them."""
    codes = ("utf-8", "latin-1", "cp1252", "utf-8")
    lines = [f"Caf\u00e9 \u00a7 {number}: {PROSE}\n\n".encode(codes[number % 4]) for number in range(40)]
    return b"\xff\xc0\xed\xa0\x80".join(lines)


def headings() -> bytes:
    return "".join(f"{number}. Heading {number}\n\n" for number in range(1, 100_001)).encode() + PROSE.encode()


TEXTS: Mapping[str, Callable[[], bytes]] = {
    "bait.txt": bait,
    "long-runs.txt": long_runs,
    "long-line.txt": lambda: PROSE.encode() * 150_000,
    "endless-word.txt": lambda: b"x" * 2_000_000,
    "headings.txt": headings,
    "empty.pdf": lambda: b"",
    "white-space.txt": lambda: b" \r\n\t\n" * 1000,
    "rubbish.txt": rubbish,
    "picture.docx": png,
    "picture.pdf": png,
    "program.docx": lambda: b"MZ\x90\0\x03\0\0\0" + bytes(5000),
    "program.txt": lambda: b"\x7fELF\x02\x01\x01" + bytes(5000),
    "note.rtf": lambda: b"{\\rtf1\\ansi The operator shall log.}",
    "half-utf16.txt": lambda: b"\xff\xfe" + "The operator shall log.".encode("utf-16-le")[:-1],
    "unmarked-utf16.txt": lambda: (PROSE * 20).encode("utf-16-le"),
    "mixed-encodings.txt": mixed_encodings,
    "nul-bytes.txt": (PROSE.replace(" ", "\0") * 20).encode,
    "control-characters.txt": f"\x1b]0;title\x07\u202e{PROSE}\u2066\r\x08\x0c{PROSE}".encode,
}
