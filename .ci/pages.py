"""What the project pages of a package index say of releases: PyPI's JSON names the vulnerabilities of the newest alone.

Some indexes that stand in for PyPI answer for projects, but not for single releases, as pip-audit asks for them.
"""

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

INDEX = "https://pypi.org/pypi"
SECONDS = 20
"""For an answer. Source: project judgment."""

AT_ONCE = 8
"""Requests at a time. Source: project judgment."""


def report_of(releases: Iterable[str], index: str = INDEX) -> dict[str, Any]:
    """Return what the pages of an index say of releases ("name==1.0"), in the form of pip-audit's JSON."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return {"dependencies": list(threads.map(lambda release: _package(release, index), releases))}


def _package(release: str, index: str) -> dict[str, Any]:
    name, _, version = release.partition("==")
    try:
        with urlopen(f"{index}/{name}/json", timeout=SECONDS) as answer:  # noqa: S310 (the address is ours)
            page = json.load(answer)
        newest, flaws = page["info"]["version"], page["vulnerabilities"]
    except (URLError, OSError, ValueError, KeyError, TypeError) as error:
        return {"name": name, "skip_reason": f"{release}: {index} does not answer for it ({error})"}
    if newest != version:
        return {"name": name, "skip_reason": f"{release}: {index} tells only about the newest release, {newest}"}
    vulnerable = [{"id": flaw["id"], "fix_versions": flaw["fixed_in"]} for flaw in flaws if not flaw.get("withdrawn")]
    return {"name": name, "version": version, "vulns": vulnerable}
