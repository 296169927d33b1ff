"""Read the streams of an OLE2 container, whose tables of sectors a hostile file may have chosen."""

import io
import struct

import olefile

from impact.errors import UnreadableError

DAMAGED = "Open it in an office program and save it again as DOCX"
_SECTORS_OF_TABLES = ((44, "sectors"), (64, "small sectors"), (72, "tables"))
"""Counts of sectors in the header. Source: [MS-CFB] 2.2."""


class OldContainer:
    """The streams of an OLE2 container by name."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open the container.

        Raises:
            UnreadableError: If its tables contradict its size or each other.
        """
        self._name = name
        self._size = len(data)
        self._check_header(data)
        try:
            self._ole = olefile.OleFileIO(io.BytesIO(data))
        except (OSError, ValueError, IndexError, struct.error, RecursionError) as error:
            raise self._damaged("its tables of sectors contradict each other") from error

    def _check_header(self, data: bytes) -> None:
        shift = int.from_bytes(data[30:32], "little")
        sectors = (len(data) >> shift) + 1 if shift in (9, 12) else 0
        for place, what in _SECTORS_OF_TABLES:
            if int.from_bytes(data[place : place + 4], "little") > sectors:
                raise self._damaged(f"it declares more {what} than it has")

    def read(self, stream: str) -> bytes:
        """Return the bytes of a stream; none where there is no such stream.

        Raises:
            UnreadableError: If it is larger than the file or its sectors are not there.
        """
        try:
            if not self._ole.exists(stream) or self._ole.get_type(stream) != olefile.STGTY_STREAM:
                return b""
            if self._ole.get_size(stream) > self._size:
                raise self._damaged(f"its stream {stream} is larger than the file")
            with self._ole.openstream(stream) as opened:
                return bytes(opened.read())
        except (OSError, ValueError, IndexError, struct.error, RecursionError) as error:
            raise self._damaged("its tables of sectors contradict each other") from error

    def _damaged(self, reason: str) -> UnreadableError:
        return UnreadableError(f"{self._name} is a damaged old Word file ({reason})", DAMAGED)
