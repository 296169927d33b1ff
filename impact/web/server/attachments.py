"""Files that a browser saves and never shows."""

from pathlib import Path
from urllib.parse import quote

from fastapi import Response

from impact.web.server.middleware import SANDBOXED

UNKNOWN = "application/octet-stream"
OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
}
"""Media type by suffix."""


def kind_of(name: str) -> str:
    """Return the media type of a file that we made; empty where it is not known."""
    return KINDS.get(Path(name).suffix, "")


def attachment(data: bytes, name: str, kind: str = "") -> Response:
    """Return a file that a browser saves and never shows, under a name of any letters (RFC 6266)."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_. ") else "_" for letter in name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"
    headers = {"Content-Disposition": disposition, "Content-Security-Policy": SANDBOXED}
    return Response(data, media_type=kind or UNKNOWN, headers=headers)
