"""Names of documents, and of their folders in the output."""

import re
import unicodedata
from hashlib import sha256

_LONGEST = 80
"""Bytes of a document's name that are kept in the name of its folder. Source: project judgment; systems allow 255
for a name, some 260 for a whole path."""

_HALF = re.compile("[\ud800-\udfff]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
"""Names of devices on Windows, with any suffix. Source: "Naming Files, Paths, and Namespaces", learn.microsoft.com."""


def clean(name: str) -> str:
    """Return a name with "/" between its parts, without empty and "." parts, and with U+FFFD for what is no text."""
    text = _HALF.sub("\ufffd", name.replace("\\", "/"))
    return "/".join(part for part in text.split("/") if part not in {"", "."}) or "unnamed"


def folder_of(name: str) -> str:
    """Return the name of the folder of a document: its own name as far as all systems can hold it, and a mark.

    The mark is made of the whole name, so names that differ in folders or capitals alone get different folders, and a
    document gets the same one in each run, whatever else is in the batch.
    """
    file = unicodedata.normalize("NFC", name.rpartition("/")[2])
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in file).lstrip(".")
    safe = safe.encode()[:_LONGEST].decode("utf-8", "ignore").rstrip(".") or "unnamed"
    safe = f"_{safe}" if _RESERVED.match(safe) else safe
    return f"{safe}-{sha256(name.encode()).hexdigest()[:8]}"


class DocumentNames:
    """Gives each document of a batch a name of its own; it keeps 16 bytes a document."""

    def __init__(self) -> None:
        self._places: set[int] = set()
        self._folders: set[int] = set()

    def claim(self, name: str, place: str) -> str | None:
        """Return the name under which a document goes; None if the document at this place was there before.

        The place is its whole path or address, and after a NUL what else tells it from others there. Where the name
        wanted is taken, parts of the path are put before it, or a number behind it.
        """
        if self._seen(self._places, place):
            return None
        wanted, parts = clean(name), clean(place.partition("\0")[0]).split("/")
        longer = ("/".join(parts[-length:]) for length in range(wanted.count("/") + 2, len(parts) + 1))
        for candidate in (wanted, *longer):
            if not self._seen(self._folders, folder_of(candidate)):
                return candidate
        number = 2
        while self._seen(self._folders, folder_of(f"{wanted} ({number})")):
            number += 1
        return f"{wanted} ({number})"

    @staticmethod
    def _seen(among: set[int], text: str) -> bool:
        mark = int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")
        if mark in among:
            return True
        among.add(mark)
        return False
