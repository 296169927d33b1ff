"""Open a ZIP container (DOCX, PPTX) without letting it cost more than it may."""

import codecs
import io
import zipfile

from impact.errors import DAMAGED_ZIP, LimitError, UnreadableError
from impact.extract.options import Options

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
codecs.lookup("cp437")  # names in ZIP files; found now, since a reader in the jail may open no file any more

_AGAIN = "Download the file again; it may be incomplete"
_SMALLER = "If you trust the file, increase the limit in the options, or save it again in the program that created it"


class Container:
    """The parts of an office file; names are compared without case, as the packaging convention asks."""

    def __init__(self, packed: zipfile.ZipFile, name: str) -> None:
        self.name = name
        self._packed = packed
        self._entries = {_normal(entry.filename): entry for entry in packed.infolist()}

    def __contains__(self, part: str) -> bool:
        """Return whether the container holds the part."""
        return _normal(part) in self._entries

    def read(self, part: str) -> bytes:
        """Return the unpacked bytes of a part.

        Raises:
            UnreadableError: If the part is missing, damaged, encrypted or packed in an unknown way.
        """
        entry = self._entries.get(_normal(part))
        if entry is None:
            message = f"{self.name} contains no {part}, so it is not a valid office document"
            raise UnreadableError(message, "Open it in an office program and save it again as .docx or .pptx")
        if entry.flag_bits & 1:
            message = f"{self.name} is encrypted: its part {part} needs a password"
            raise UnreadableError(message, "Save a copy without a password and use that file")
        try:
            with self._packed.open(entry) as unpacked:
                # With a number, no more is unpacked than that; without one, all is, and then cut to what is declared.
                return unpacked.read(max(1, entry.file_size))
        except DAMAGED_ZIP as error:
            message = f"{self.name} is damaged: its part {part} cannot be unpacked ({error})"
            raise UnreadableError(message, _AGAIN) from error


def open_container(data: bytes, name: str, options: Options) -> Container:
    """Open an office file after looking at what it would unpack to.

    The sizes declared in the directory are what is checked, against the three limits of archives; reading never unpacks
    more than is declared.

    Raises:
        LimitError: If it has too many entries, unpacks to too much, or is packed too tightly to be honest.
        UnreadableError: If it is encrypted, an old binary office file, truncated or no ZIP at all.
    """
    if data.startswith(OLE):
        raise _refuse_ole(data, name)
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED_ZIP as error:
        message = f"{name} is not a complete ZIP file ({error}), so it is incomplete or not an office document"
        raise UnreadableError(message, _AGAIN) from error
    _check(packed, len(data), name, options)
    return Container(packed, name)


def _check(packed: zipfile.ZipFile, size: int, name: str, options: Options) -> None:
    entries = packed.infolist()
    if len(entries) > options.max_archive_entries:
        message = f"{name} contains {len(entries)} entries; at most {options.max_archive_entries} are read"
        raise LimitError(message, _SMALLER)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > options.max_archive_bytes:
        message = f"{name} would unpack to {unpacked} bytes; at most {options.max_archive_bytes} are read"
        raise LimitError(message, _SMALLER)
    if unpacked > options.max_archive_ratio * max(size, 1):
        ratio = unpacked // max(size, 1)
        message = f"{name} would unpack to {ratio} times its size; at most {options.max_archive_ratio} times is read"
        raise LimitError(message, _SMALLER)


def _refuse_ole(data: bytes, name: str) -> UnreadableError:
    if _ENCRYPTED in data:
        return UnreadableError(
            f"{name} is an office document encrypted with a password",
            "Save a copy without a password and use that file",
        )
    return UnreadableError(
        f"{name} is an office document in the old binary format", "Save it as .docx or .pptx and use that file"
    )


def _normal(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()
