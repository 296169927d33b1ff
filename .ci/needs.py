"""What the program needs: the requirements of pyproject.toml, and the installed distributions that answer them."""

import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def requirements(extras: Iterable[str] = ()) -> Iterator[Requirement]:
    """Yield what pyproject.toml requires, with these extras and the extras that they name in turn."""
    yield from map(Requirement, PROJECT["dependencies"])
    for extra in extras:
        yield from _of_extra(extra)


def _of_extra(extra: str) -> Iterator[Requirement]:
    for requirement in map(Requirement, PROJECT["optional-dependencies"][extra]):
        if requirement.name == PROJECT["name"]:
            for part in sorted(requirement.extras):
                yield from _of_extra(part)
        else:
            yield requirement


def installed(wanted: Iterable[Requirement], path: list[str] | None = None) -> dict[str, Distribution | None]:
    """Return the distributions that these requirements install here, by name; None for one that is not installed."""
    known = {canonicalize_name(found.name): found for found in distributions(**({"path": path} if path else {}))}
    result: dict[str, Distribution | None] = {}
    todo, done = list(wanted), set[tuple[str, frozenset[str]]]()
    while todo:
        requirement = todo.pop()
        name, extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
        if (name, extras) in done:
            continue
        done.add((name, extras))
        result[name] = known.get(name)
        for line in (known[name].requires or ()) if name in known else ():
            further = Requirement(line)
            if further.marker is None or any(further.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                todo.append(further)
    return dict(sorted(result.items()))
