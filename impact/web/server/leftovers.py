"""Temporary folders with documents that a killed server or child left behind."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIXES = ("impact-upload-", "impact-portfolio-", "impact-doc-")
"""Of the folders that this program makes for uploads, portfolios and old Word files; all are used for minutes."""

AGE = 6 * 3600.0
"""Seconds after which nobody uses one any more. Source: an upload takes at most half an hour, a reading less."""


def drop_leftovers(now: float) -> None:
    """Delete our own temporary folders that are older than `AGE`; `now` as `time.time` gives it."""
    for path in Path(tempfile.gettempdir()).glob("impact-*"):
        with suppress(OSError):
            found = path.lstat()
            is_ours = path.name.startswith(PREFIXES) and found.st_uid == os.getuid() and not path.is_symlink()
            if is_ours and now - found.st_mtime > AGE:
                shutil.rmtree(path, ignore_errors=True)
