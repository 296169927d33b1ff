"""Load a library without a part of it that takes long to load and is not needed here."""

import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands for a module of functions, which is loaded when one of them is called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return what calls the function of that name."""
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*arguments: Any, **named: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*arguments, **named)

        return call


def load_without(part: str, library: str) -> None:
    """Load a library, unless it is loaded, while `part` is put off: a module from which it takes functions alone."""
    if library in sys.modules or part in sys.modules:
        return
    sys.modules[part] = _Later(part)
    try:
        import_module(library)
    finally:
        del sys.modules[part]
