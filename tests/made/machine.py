"""What a bare machine lacks: a test that needs it skips itself, but fails where all has to be there (`.ci/run`)."""

import os

COMPLETE = bool(os.environ.get("IMPACT_COMPLETE"))


def lacking(program: str, packages: str) -> str:
    """Return the reason to skip a test that needs a program; fail the test where nothing may be missing."""
    reason = f"no {program} here: apt-get install {packages}"
    assert not COMPLETE, reason
    return reason
