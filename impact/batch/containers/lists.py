"""Lists of documents among the sources of a batch, and the rows that name its documents."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from impact.batch.containers.source_file import SourceFile
from impact.errors import UnreadableError
from impact.extract import Limits
from impact.extract.lists.listing import LONGEST as LONGEST_FIELD
from impact.extract.lists.listing import read_list
from impact.extract.lists.workbook import MOST_ROWS
from impact.records import ListedRow
from impact.sandbox.parent import perform

_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_PARTED = re.compile(r"[^0-9a-z]+")
_SERIES = re.compile(r"[tr]\d\d-[a-z0-9.]+-", re.IGNORECASE)
"""What ITU puts before the number of a contribution in the name of its file: "T17-SG13-C-0083". Source: names of ITU-T
and ITU-R documents."""

_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}\Z", re.IGNORECASE)
LONGEST = 60
"""Characters of the name of a file in which a number is looked for. Source: project judgment."""


def with_rows(document: SourceFile) -> SourceFile:
    """Return a document with the rows that it lists; unchanged if it is no list, or cannot be read."""
    if not document.may_list:
        return document
    name = document.name.rpartition("/")[2]
    with suppress(UnreadableError, ValueError, TypeError):
        limits = Limits()
        answer = perform(read_list, document.read(limits.file_bytes), name, "", limits)
        rows = tuple(_row(name, fields) for fields in json.loads(answer)[:MOST_ROWS])
        return replace(document, rows=rows)
    return document


def _row(name: str, fields: list[str]) -> ListedRow:
    number, title, organizations, item = (str(field)[:LONGEST_FIELD] for field in fields)
    return ListedRow(list=name, number=number, title=title, organizations=organizations, agenda_item=item)


class MeetingLists:
    """The rows of all lists so far, by the number of the document; those of the nearest list count."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[str, ListedRow]]] = defaultdict(list)

    def add(self, name: str, rows: Iterable[ListedRow]) -> None:
        """Take in the rows of the list that goes under a name, with "/" between its parts."""
        folder = name.rpartition("/")[0]
        for row in rows:
            if key := key_of(row.number):
                self._rows[key].append((folder, row))

    def row_of(self, name: str) -> ListedRow | None:
        """Return the row on the document that goes under a name: by the number with which a part of it begins.

        Of several lists the one in the same folder or in the nearest above counts; where none is above, there must be
        one row alone.
        """
        for keys in _keys_in(name) if self._rows else ():
            found = next((self._rows[key] for key in keys if key in self._rows), None)
            if found:
                above = [pair for pair in found if not pair[0] or name.startswith(f"{pair[0]}/")]
                if above:
                    return max(above, key=lambda pair: len(pair[0]))[1]
                return found[0][1] if len(found) == 1 else None
        return None


def key_of(number: str) -> str:
    """Return a number without marks, zeros before it and capitals: "c83" for "C-0083"."""
    return _PARTED.sub("", _ZEROS.sub("", number.casefold()))


def _keys_in(name: str) -> Iterator[list[str]]:
    """Yield for each part of a name, the last first, the keys that it may begin with, the longest first."""
    for part in reversed(name.split("/")):
        stem = _SUFFIX.sub("", part)[:LONGEST]
        yield _beginnings(key_of(stem)) + _beginnings(key_of(_SERIES.sub("", stem)))


def _beginnings(key: str) -> list[str]:
    """Return what a key may begin with: itself, or a number with letters that no digit goes on with."""
    ends = [
        end
        for end in range(len(key) - 1, 1, -1)
        if not (key[end - 1].isdigit() and key[end].isdigit()) and not key[:end].isdigit() and key[end - 1].isdigit()
    ]
    return [key, *(key[:end] for end in ends)]
