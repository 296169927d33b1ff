"""The word lists of `pdfwords.toml`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("hyphenated.toml").read_text(encoding="utf-8"))


@cache
def stop_words() -> frozenset[str]:
    """Return the frequent words of languages in Latin script, lower case."""
    return frozenset(word for words in _lists()["stop_words"].values() for word in words)


@cache
def hyphen_words(name: str) -> frozenset[str]:
    """Return one of the lists about hyphens: always, before_words, compounds or suspended."""
    return frozenset(_lists()["hyphens"][name])
