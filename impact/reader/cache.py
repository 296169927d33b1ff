"""Answers on disk, each in a small file under its key, so that nothing is asked twice."""

import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from impact.reader.answer import LARGEST, Claims, as_json, claims_in
from impact.reader.reasons import UnreadReason
from impact.taxonomy.values import Taxonomy

_KEY = re.compile(r"[0-9a-f]{64}")


class AnswerCache:
    """A folder of answers that any number of processes may share: files are written whole or not at all.

    A file holds choices from our lists and quotes, as `as_json` writes them, and nothing else that a model wrote. It is
    checked like an answer of a server each time it is used.
    """

    def __init__(self, folder: Path, taxonomy: Taxonomy) -> None:
        self._folder, self._taxonomy = folder, taxonomy

    def find(self, key: str) -> Claims | None:
        """Return the stored claims on a clause; None where there are none, or the file is damaged."""
        text = self.text(key)
        claims = UnreadReason.NO_ANSWER if text is None else claims_in(text, self._taxonomy)
        return None if isinstance(claims, UnreadReason) else claims

    def text(self, key: str) -> str | None:
        """Return a stored answer unchecked; None where there is none."""
        try:
            with self._path(key).open(encoding="utf-8") as file:
                return file.read(LARGEST + 1)
        except (OSError, ValueError):
            return None

    def keep(self, key: str, claims: Claims) -> None:
        """Store claims on a clause, replacing any that are there.

        Raises:
            OSError: If the folder cannot be written to.
        """
        self.keep_text(key, as_json(claims))

    def keep_text(self, key: str, answer: str) -> None:
        """Store an answer that has already been checked, replacing any that is there.

        Raises:
            OSError: If the folder cannot be written to.
        """
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, aside = mkstemp(prefix=".", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(answer + "\n")
            Path(aside).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(aside).unlink()
            raise

    def packed(self) -> dict[str, str]:
        """Return all answers as they are stored, by key, to be sent elsewhere."""
        files = ((path.parent.name + path.stem, path) for path in sorted(self._folder.glob("??/*.json")))
        return {key: path.read_text(encoding="utf-8") for key, path in files if is_key(key)}

    def unpack(self, answers: Mapping[str, str], checked: Callable[[str], str | UnreadReason]) -> None:
        """Store answers that were packed elsewhere, once `checked` has accepted them.

        Raises:
            OSError: If the folder cannot be written to.
        """
        for key, text in answers.items():
            answer = checked(text)
            if not isinstance(answer, UnreadReason):
                self.keep_text(key, answer)

    def _path(self, key: str) -> Path:
        if not is_key(key):
            raise ValueError(f"{key[:80]!r} is no key of an answer")
        return self._folder / key[:2] / f"{key[2:]}.json"


def is_key(text: str) -> bool:
    """Return whether a text has the form of a key, the only text that may become a file name."""
    return bool(_KEY.fullmatch(text))
