"""The patterns of the readers, kept as data in patterns.toml."""

import re
from typing import Annotated

from impact.typed import loader

Written = Annotated[re.Pattern[str], re.IGNORECASE | re.VERBOSE]


def pattern(family: str, name: str) -> re.Pattern[str]:
    """Return a compiled pattern; white space in it means nothing, case does not count unless it says `(?-i:...)`.

    Raises:
        KeyError: If there is none of that name.
    """
    return _patterns()[family][name]


_patterns = loader(dict[str, dict[str, Written]], "impact.describe", "patterns.toml")
