"""Folders of the program that a child may read: its libraries and its package, never the folder a person works in."""

import os
import sys
from collections.abc import Iterable

_LIBRARIES = ("site-packages", "dist-packages")
FONTS = (
    "/etc/fonts",
    "/usr/share/fonts",
    "/usr/share/fontconfig",
    "/usr/local/share/fonts",
    "/usr/share/xml/fontconfig",
    "/var/cache/fontconfig",
    "/nix/store",
    "/gnu/store",
    *(f"{sys.base_prefix}/{folder}" for folder in ("etc/fonts", "fonts", "share/fonts", "var/cache/fontconfig")),
)
"""Where a system, or an installation of Conda, keeps fonts and what is known of them.

Source: `fonts.conf` of Debian, Fedora, Alpine, conda-forge and NixOS.
"""

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib is not loaded


def search_path() -> list[str]:
    """Return where a child looks for modules: as this process, but not in the folder it works in."""
    root = os.path.dirname(_PACKAGE)  # noqa: PTH120
    here = _here()
    entries = [os.path.abspath(entry) for entry in (*sys.path, root) if entry]  # noqa: PTH100
    return [entry for entry in entries if entry == root or _keeps_libraries(entry) or os.path.realpath(entry) != here]


def own_folders() -> tuple[str, ...]:
    """Return what a child may read once its modules are loaded.

    A folder on the search path that keeps nothing but libraries is among it as a whole; of any other, which may be the
    home of a person or the checkout of a project, only the modules that were loaded from it are.
    """
    whole = [os.path.dirname(os.__file__), _PACKAGE]  # noqa: PTH120
    others = []
    for entry in sys.path:
        if _keeps_libraries(entry) or os.path.isfile(entry):  # noqa: PTH113
            whole.append(entry)
        elif entry:
            others.append(entry)
    return (*whole, *_loaded_from(others))


def _here() -> str:
    try:
        return os.path.realpath(os.getcwd())  # noqa: PTH109
    except OSError:  # it was removed
        return ""


def _keeps_libraries(entry: str) -> bool:
    return os.path.basename(entry.rstrip(os.sep)) in _LIBRARIES  # noqa: PTH119


def _loaded_from(entries: Iterable[str]) -> list[str]:
    """Return folders of packages, and files of modules, that lie directly in folders."""
    found = []
    parents = set(entries)
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if "." in name or not isinstance(file, str):
            continue
        place = os.path.dirname(file) if hasattr(module, "__path__") else file  # noqa: PTH120
        if os.path.dirname(place) in parents:  # noqa: PTH120
            found.append(place)
    return found
