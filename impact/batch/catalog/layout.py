"""Where the Parquet parts of an archive lie: a folder a table, a folder a meeting in it, and parts below that."""

import re
import unicodedata
from hashlib import sha256

DOCUMENTS, FINDINGS = "proposals", "findings"
TABLES = (DOCUMENTS, FINDINGS)
"""Folders of the tables."""

NO_MEETING = "none"
_LONGEST = 60
_MARK = 8
_OTHERS = re.compile(r"[^a-z0-9]+")
_TOKEN = re.compile(r"[A-Za-z0-9_-]+")


def meeting_slug(name: str) -> str:
    """Return the short name of a meeting for folders and addresses: small letters, digits and hyphens.

    Names that differ have different short names: where something was left out, a mark of the whole name follows.
    """
    bare = unicodedata.normalize("NFKD", name.casefold())
    slug = _OTHERS.sub("-", "".join(letter for letter in bare if not unicodedata.combining(letter))).strip("-")
    slug = slug[:_LONGEST].rstrip("-") or NO_MEETING
    is_plain = slug == name != NO_MEETING or not name
    return slug if is_plain else f"{slug}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:_MARK]}"


def part_path(table: str, meeting: str, token: str) -> str:
    """Return the path of a part below the archive: "proposals/meeting=sg13-2026/part-TOKEN.parquet".

    Args:
        table: One of `TABLES`.
        meeting: Name of the meeting, as people write it.
        token: The part's own, which no other run gives to another part.

    Raises:
        ValueError: If there is no such table, or the token has other characters than letters, digits, "-" and "_".
    """
    if table not in TABLES or not _TOKEN.fullmatch(token):
        msg = f"no part of {table!r} is named {token!r}: tables are {', '.join(TABLES)}"
        raise ValueError(msg)
    return f"{table}/meeting={meeting_slug(meeting)}/part-{token}.parquet"


def beside(path: str, token: str) -> str:
    """Return the path of another part in the folder of a part."""
    return f"{path.rpartition('/')[0]}/part-{token}.parquet"
