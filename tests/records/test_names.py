"""The values are where all look for them, and are loaded when they are needed."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from impact import records

SEEN = [
    (f"{line.module}", alias.name)
    for line in ast.walk(ast.parse(Path(records.__file__).read_text(encoding="utf-8")))
    if isinstance(line, ast.ImportFrom) and line.module and line.module.startswith("impact.")
    for alias in line.names
]


@pytest.mark.parametrize(("module", "name"), SEEN)
def test_what_a_type_checker_sees_is_what_the_program_gets(module: str, name: str) -> None:
    assert getattr(records, name) is getattr(import_module(module), name)


def test_there_is_nothing_else() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Verdict'"):
        _ = records.Verdict

    assert len(records._HOMES) == len(SEEN) > 50


def test_reading_a_file_loads_no_advice() -> None:
    script = (
        "import sys, impact.extract.readers, impact.extract.text.text; print('impact.records.advice' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
