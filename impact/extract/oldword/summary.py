"""Title, author and the like of an OLE2 container. Source: [MS-OLEPS] 2.18 to 2.21 and [MS-OSHARED] 2.3.3.2.1."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from impact.extract.oldword.binary import u16, u32

STREAM = "\x05SummaryInformation"
_CODE_PAGE = 1
_NAMES = {2: "title", 3: "subject", 4: "creator", 5: "keywords", 6: "description", 12: "created", 13: "modified"}
_BYTES, _WIDE, _TIME = 0x1E, 0x1F, 0x40
_MOST = 200
"""Properties of a set at the most. Source: project judgment."""
_LONGEST = 10_000


def properties(stream: bytes) -> tuple[tuple[str, str], ...]:
    """Return the properties that a summary holds, under the names that they have in a DOCX; empty ones are left out."""
    start = u32(stream, 44)
    places = {
        u32(stream, start + 8 + 8 * index): start + u32(stream, start + 12 + 8 * index)
        for index in range(min(u32(stream, start + 4), _MOST))
    }
    code_page = u16(stream, places[_CODE_PAGE] + 4) if _CODE_PAGE in places else 0
    values = {name: _value(stream, places[key], code_page) for key, name in _NAMES.items() if key in places}
    return tuple((name, value) for name, value in values.items() if value)


def _value(stream: bytes, place: int, code_page: int) -> str:
    kind, size = u16(stream, place), min(u32(stream, place + 4), _LONGEST)
    if kind == _TIME:
        return _moment(int.from_bytes(stream[place + 4 : place + 12], "little"))
    if kind == _WIDE:
        return _plain(stream[place + 8 : place + 8 + 2 * size].decode("utf-16-le", "replace"))
    if kind == _BYTES:
        content = stream[place + 8 : place + 8 + size]
        coding = "utf-8" if code_page == 65001 else f"cp{code_page}"
        with suppress(LookupError, OSError):  # a code page that Python has not, or not in the jail
            return _plain(content.decode(coding, "replace"))
        return _plain(content.decode("cp1252", "replace"))
    return ""


def _plain(text: str) -> str:
    return text.split("\0", 1)[0].strip()


def _moment(ticks: int) -> str:
    """Return a time in ISO 8601; empty where there is none. Ticks are tenths of microseconds since 1601."""
    seconds = ticks // 10_000_000
    if not 11_644_473_600 < seconds < 2**34:
        return ""
    return (datetime(1601, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
