"""Powers, which read as other numbers where raised digits stand on the line: 232 for the 32nd power of 2."""

import re

SIGN = "^"
"""What is said before an exponent."""

_EXPONENT = re.compile(r"\s*[-+\u2212]?(?:\d{1,3}|[a-z])(?!\w)")


def is_power(before: str, raised: str) -> bool:
    """Return whether raised text makes a power of the number before it; "st" behind "1" does not."""
    return before[-1:].isdecimal() and _EXPONENT.match(raised) is not None
