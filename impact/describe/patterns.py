"""The patterns of the readers, kept as data in patterns.toml."""

import re
import tomllib
from functools import cache
from pathlib import Path


def pattern(family: str, name: str) -> re.Pattern[str]:
    """Return a compiled pattern; white space in it means nothing, case does not count unless it says `(?-i:...)`.

    Raises:
        KeyError: If there is none of that name.
    """
    return _compiled(_texts()[family][name])


@cache
def _texts() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = tomllib.loads((Path(__file__).parent / "patterns.toml").read_text("utf-8"))
    return data


@cache
def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)
