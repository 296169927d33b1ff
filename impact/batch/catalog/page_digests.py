"""Which pages of an archive are there, and of what they were made, so that unchanged ones stay as they are."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from impact.batch.catalog.files import CatalogFiles
from impact.batch.catalog.pageplan import KINDS

PATH = "pages/made.json"
"""The file that says so, below the archive."""

_PAGE = re.compile(rf"index\.html|pages/(?:(?:{'|'.join(KINDS)})/)?[a-z0-9-]+-[1-9][0-9]*\.html")
"""Paths that pages have."""

Digests = Mapping[str, str]
"""Digests of what pages show, by their paths."""


@dataclass(frozen=True, slots=True)
class PageChanges:
    """What came of making pages: how many were written, stayed as they were, and went."""

    written: int
    unchanged: int
    removed: int


def read(files: CatalogFiles) -> dict[str, str]:
    """Return the digests of the pages that are there; none where the file is absent or damaged.

    Whoever can write to the archive can change the file, and pages that it names may be removed: paths that no page has
    are left out.
    """
    try:
        pages = json.loads(files.get(PATH) or b"{}")
    except ValueError:
        return {}
    texts = isinstance(pages, dict) and all(isinstance(digest, str) for digest in pages.values())
    return {path: digest for path, digest in pages.items() if _PAGE.fullmatch(path)} if texts else {}


def keep(files: CatalogFiles, before: Digests, now: Digests) -> None:
    """Write the digests of the pages that are there now, where those in `before` were read at the beginning.

    If another process has written other digests meanwhile, nobody knows whose pages are there: those on which the two
    differ are left out, so that they are made again next time.
    """
    there = read(files)
    agreed = now if there == before else {path: digest for path, digest in now.items() if there.get(path) == digest}
    files.put({PATH: json.dumps(dict(sorted(agreed.items())), indent=0).encode()})
