"""Check that the lock files in requirements/ fit pyproject.toml; .ci/lock writes them."""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from needs import HERE, PROJECT, requirements
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = {"dev": ("dev",), "server": ("pdf", "postgres", "reader", "web")}
"""Files in requirements/ by the extras that they lock."""

ENVIRONMENTS = tuple(
    {
        "implementation_name": "cpython",
        "os_name": "posix",
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "platform_system": "Linux",
        "python_full_version": f"{version}.0",
        "python_version": version,
        "sys_platform": "linux",
    }
    for version in ("3.11", "3.12", "3.13")
    for machine in ("x86_64", "aarch64")
)
RENEW = "run .ci/lock"
_PIN = re.compile(r"^(?P<name>[\w.-]+)(?:\[[\w.,-]+\])?==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\$")
_VIA = re.compile(r"^    #(?: via|  ) (?P<name>[\w.-]+)")
_DIGEST = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


@dataclass(frozen=True, slots=True)
class Pin:
    """A release in a lock file, with the number of its digests, and what asks for it: packages, or this project."""

    version: str
    marker: Marker | None
    digests: int
    via: frozenset[str]

    @property
    def direct(self) -> bool:
        """Whether pyproject.toml itself asks for it."""
        return PROJECT["name"] in self.via


def pins_in(text: str) -> dict[str, list[Pin]]:
    """Return the pins of a lock file by name; a name may have several, for different environments."""
    pins: dict[str, list[Pin]] = defaultdict(list)
    for block in re.split(r"\n(?=[^\s#])", text):
        lines = block.splitlines()
        if found := next(filter(None, map(_PIN.match, lines)), None):
            marker = Marker(found["marker"]) if found["marker"] else None
            digests = sum(_DIGEST.match(line) is not None for line in lines)
            via = frozenset(asking["name"] for asking in map(_VIA.match, lines) if asking)
            pins[canonicalize_name(found["name"])].append(Pin(found["version"], marker, digests, via))
    return dict(pins)


def misfits(pins: Mapping[str, list[Pin]], wanted: Iterable[Requirement]) -> Iterator[str]:
    """Yield in what a lock file does not fit what is wanted, a line each."""
    wanted = list(wanted)
    for requirement in wanted:
        for environment in ENVIRONMENTS:
            if requirement.marker and not requirement.marker.evaluate(environment):
                continue
            locked = [pin for pin in pins.get(canonicalize_name(requirement.name), ()) if _applies(pin, environment)]
            where = f"Python {environment['python_version']} on {environment['platform_machine']}"
            if not locked:
                yield f"{requirement} is not locked for {where}"
            for pin in locked:
                if not requirement.specifier.contains(pin.version, prereleases=True):
                    yield f"{requirement} is locked as {pin.version} for {where}"
    names = {canonicalize_name(requirement.name) for requirement in wanted}
    for name, locked in pins.items():
        if name not in names and any(pin.direct for pin in locked):
            yield f"{name} is locked for pyproject.toml, which does not ask for it any more"
        if not all(pin.digests for pin in locked):
            yield f"{name} is locked without a digest"


def apart(part: Mapping[str, list[Pin]], whole: Mapping[str, list[Pin]]) -> Iterator[str]:
    """Yield the names that two lock files do not lock alike."""
    for name, pins in part.items():
        if {pin.version for pin in pins} != {pin.version for pin in whole.get(name, ())}:
            yield f"{name} is locked differently in requirements/server.txt and requirements/dev.txt"


def constraints(path: Path) -> str:
    """Return a lock file as constraints for pip: versions without digests."""
    return "\n".join(
        f"{name}=={pin.version}{f' ; {pin.marker}' if pin.marker else ''}"
        for name, pins in pins_in(path.read_text(encoding="utf-8")).items()
        for pin in pins
    )


def _applies(pin: Pin, environment: dict[str, str]) -> bool:
    return pin.marker is None or pin.marker.evaluate(environment)


def main() -> None:
    """Print in what the lock files do not fit, and fail if there is anything."""
    pins = {name: pins_in((HERE / "requirements" / f"{name}.txt").read_text(encoding="utf-8")) for name in LOCKS}
    found = [
        f"requirements/{name}.txt: {line}"
        for name, extras in LOCKS.items()
        for line in misfits(pins[name], requirements(extras))
    ]
    found += apart(pins["server"], pins["dev"])
    print(*dict.fromkeys(found), f"{sum(map(len, pins['dev'].values()))} releases are locked", sep="\n")
    sys.exit(f"the lock files do not fit pyproject.toml: {RENEW}" if found else 0)


if __name__ == "__main__":
    main()
