"""Optional parts of the installation, as the package itself declares them."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from impact.doctor.values import Check, CheckedPlaces, Health
from impact.present.lists import listed

PART, PACKAGE = "Optional parts", "impact-rights"
USES = {
    "batch": "many documents at once (impact batch)",
    "cluster": "batches on a Dask cluster",
    "match": "checks for known proposals (impact match)",
    "pdf": "PDF reports",
    "postgres": "a store in PostgreSQL",
    "reader": "a second reader (--reader)",
    "remote": "documents at addresses such as s3://",
    "review": "reviews and accounts (impact review, impact user)",
    "train": "training and evaluation (impact train, impact evaluate)",
    "web": "the web server (impact serve)",
}
"""What each extra is for; others are for developers."""

_NAME, _EXTRA = re.compile(r"^([A-Za-z0-9._-]+)(?:\[([^\]]*)\])?"), re.compile(r"""extra\s*==\s*['"]([^'"]+)['"]""")


def check(_places: CheckedPlaces) -> Check:
    """Return which optional parts are installed."""
    declared = {extra: lacking for extra in USES if (lacking := _lacking(extra)) is not None}
    there = [extra for extra, lacking in declared.items() if not lacking]
    absent = [extra for extra, lacking in declared.items() if lacking]
    installed = f"Installed: {listed(there)}." if there else "No optional part is installed."
    if not absent:
        return Check(PART, Health.OK, installed if declared else "This installation declares no optional parts.")
    named = listed([f"{extra} ({', '.join(declared[extra])})" for extra in absent])
    uses, wanted = listed([USES[extra] for extra in absent]), ",".join(absent)
    meaning = f"Not available: {uses}. To install: pip install '{PACKAGE}[{wanted}]'."
    return Check(PART, Health.MISSING, f"{installed} Missing: {named}.", meaning)


def _lacking(extra: str) -> list[str] | None:
    """Return the packages of an extra that are not installed; None where there is no such extra."""
    names = list(_packages(extra, set()))
    return [name for name in names if not _is_installed(name)] if names else None


def _packages(extra: str, seen: set[str]) -> Iterator[str]:
    """Yield the packages of an extra, those of extras that it includes among them."""
    seen.add(extra)
    for requirement in _requirements():
        named = _EXTRA.search(requirement)
        package = _NAME.match(requirement)
        if named is None or named[1] != extra or package is None:
            continue
        if package[1] != PACKAGE:
            yield package[1]
            continue
        for other in (package[2] or "").split(","):
            if other.strip() and other.strip() not in seen:
                yield from _packages(other.strip(), seen)


def _requirements() -> list[str]:
    try:
        return requires(PACKAGE) or []
    except PackageNotFoundError:
        return []


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True
