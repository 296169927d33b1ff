"""The cover of a contribution that comes as an archive: the document named by its number."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

_NUMBER = re.compile(
    r"(?:"
    r"[A-Z]{1,3}[0-9]?-\d{6,7}"  # 3GPP TR 21.900, 5.3: S2-2101234, SP-210123
    r"|[A-Z]\w{1,7}\(\d\d\)[A-Z]?\d{5,6}(?:r\d{1,2})?"  # ETSI, contributions: LI(21)P58016r1, CYBER(24)000012
    r"|[TR]\d\d-[A-Z0-9.]{2,12}-(?:\d{6}-)?(?:[A-Z]{1,6}-){1,3}\d{1,4}"  # ITU: T17-SG13-C-0083
    r"|(?:C|TD|COL)-?\d{1,5}"
    r")",
    re.IGNORECASE,
)
"""Numbers of contributions that bodies publish as one archive. Source: the bodies' rules as noted; project judgment."""

_PARTED = re.compile(r"[^a-z0-9]+")
MOST = 100
"""Documents of an archive that may still be one proposal. Source: project judgment; contributions have under twenty."""


def number_of(name: str) -> str:
    """Return the number of a contribution with which the name of a file begins; empty where there is none."""
    match = _NUMBER.match(PurePosixPath(name).name)
    end = match.end() if match else 0
    rest = PurePosixPath(name).name[end : end + 1]
    return match[0] if match and not rest.isdigit() else ""


def cover_among(archive: str, names: Sequence[str]) -> int | None:
    """Return which member of an archive is the cover of one proposal; None where it holds documents side by side.

    The archive is named by the number of a contribution, and so is the cover; where several members are, it is the one
    with the shortest path, then the shortest name.
    """
    number = number_of(archive)
    if not number or not 1 <= len(names) <= MOST:
        return None
    wanted = _plain(number)
    fitting = [at for at, name in enumerate(names) if _plain(number_of(name)) == wanted]
    if not fitting:
        return 0 if len(names) == 1 else None
    return min(fitting, key=lambda at: (names[at].count("/"), len(names[at]), names[at]))


def _plain(number: str) -> str:
    return _PARTED.sub("", number.casefold())
