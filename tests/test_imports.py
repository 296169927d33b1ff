"""A library is loaded without what it does not need here, and has it when it does."""

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from impact.imports import load_without


@pytest.fixture
def quay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the name of a library that takes a function from its module "tides"."""
    (tmp_path / "quay_of_tests").mkdir()
    (tmp_path / "quay_of_tests" / "__init__.py").write_text("from quay_of_tests.tides import height\n")
    (tmp_path / "quay_of_tests" / "tides.py").write_text("def height(hour, *, moon=0):\n    return hour + moon\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield "quay_of_tests"
    for name in ("quay_of_tests", "quay_of_tests.tides"):
        sys.modules.pop(name, None)


def test_a_part_is_loaded_when_its_function_is_called(quay: str) -> None:
    load_without(f"{quay}.tides", quay)

    before = f"{quay}.tides" in sys.modules
    height = import_module(quay).height(3, moon=2)

    assert (before, height, f"{quay}.tides" in sys.modules) == (False, 5, True)


def test_a_library_that_is_loaded_stays_as_it_is(quay: str) -> None:
    whole = import_module(quay).height

    load_without(f"{quay}.tides", quay)

    assert import_module(quay).height is whole


def test_parsing_and_matching_load_neither_commands_nor_integrals() -> None:
    script = (
        "import sys; from impact.grammar.parser import load; from impact.match.copied import minhash; "
        "load(); minhash({1}); print({'spacy.cli', 'httpx', 'scipy.integrate'} & sys.modules.keys())"
    )

    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert loaded.stdout == "set()\n"
