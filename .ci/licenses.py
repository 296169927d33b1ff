"""Check the license of each package that the program installs, with all extras, against .ci/licenses.toml."""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from license_expression import ExpressionError, LicenseWithExceptionSymbol, get_spdx_licensing
from needs import installed, requirements

RULES = Path(__file__).parent / "licenses.toml"
SPDX = get_spdx_licensing()


def rules(path: Path = RULES) -> dict[str, Any]:
    """Return the licenses that are allowed, and what resolves unclear metadata."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def claimed(package: Distribution, known: Mapping[str, Any]) -> str:
    """Return the license that the metadata of a package states, as an SPDX expression; empty where it is not clear.

    The first of these counts: License-Expression; License, if it is an expression; the classifiers, if each of them is
    a known one.
    """
    metadata = package.metadata
    for field in ("License-Expression", "License"):
        if (stated := _field(package, field)) and _is_expression(stated):
            return stated
    classifiers = [
        line for line in metadata.get_all("Classifier") or () if line.startswith("License :: OSI Approved ::")
    ]
    if classifiers and all(line in known["classifiers"] for line in classifiers):
        return " AND ".join(known["classifiers"][line] for line in classifiers)
    return ""


def license_of(name: str, package: Distribution, known: Mapping[str, Any]) -> str:
    """Return the license of a package: as its metadata states it, else as the data resolves it; empty if unclear."""
    return claimed(package, known) or known["packages"].get(name, {}).get("license", "")


def refusals(packages: Mapping[str, Distribution | None], known: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each package that may not be a dependency."""
    for name, package in packages.items():
        if package is None:
            yield f"{name} is not installed, so that its license cannot be read"
        elif not (stated := license_of(name, package, known)):
            field = " ".join((_field(package, "License") or "nothing").split())[:60]
            yield f"{name} {package.version}: its license is not clear ({field}); resolve it in .ci/licenses.toml"
        elif not _is_allowed(SPDX.parse(stated), known["allowed"]):
            yield f"{name} {package.version}: {stated} is not allowed"


def spare(packages: Mapping[str, Distribution | None], known: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each resolution that nothing needs with the releases installed here; it fails no check."""
    for name in known["packages"]:
        package = packages.get(name)
        if package is None or claimed(package, known):
            yield f"{name} in .ci/licenses.toml resolves nothing with the releases installed here"


def _field(package: Distribution, name: str) -> str:
    """Return a field of the metadata; empty where it is absent, for which some libraries raise `KeyError`."""
    return next(iter(package.metadata.get_all(name) or ()), "")


def _is_expression(text: str) -> bool:
    try:
        return "\n" not in text.strip() and not SPDX.unknown_license_keys(text)
    except ExpressionError:
        return False


def _is_allowed(expression: Any, allowed: Mapping[str, str]) -> bool:
    """Return whether one license of each choice, and each license of a sum, is allowed; exceptions are never known."""
    if isinstance(expression, SPDX.OR):
        return any(_is_allowed(part, allowed) for part in expression.args)
    if isinstance(expression, SPDX.AND):
        return all(_is_allowed(part, allowed) for part in expression.args)
    return not isinstance(expression, LicenseWithExceptionSymbol) and expression.key in allowed


def main() -> None:
    """Print what is refused, and fail if anything is."""
    packages = installed(requirements(["all"]))
    found = [*refusals(packages, rules())]
    print(*found, *spare(packages, rules()), f"{len(packages)} licenses read, {len(found)} refused", sep="\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
