"""The plain installation analyzes and compares; each other command names in one line the extra that it needs."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from impact.cli import main
from impact.cli.installed import EXTRAS

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "corpora" / "proposals" / "new-network.docx"
DISTRIBUTIONS = {
    "PIL": "pillow",
    "argon2": "argon2-cffi",
    "python_multipart": "python-multipart",
    "sklearn": "scikit-learn",
}
FORMS = "html,json,md,csv,docx,xlsx,annotated,onepage,review,contribution"
PLAIN = f"""
import sys
for name in {sorted({name for names in EXTRAS.values() for name in names} - {"PIL", "rich"})}:
    sys.modules[name] = None  # as if it were not installed; spaCy and pikepdf bring the two others
from impact.cli import main
main()
"""


def analyze_plainly(*arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", PLAIN, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_analyzing_in_every_form_but_pdf_needs_no_extra(tmp_path: Path) -> None:
    result = analyze_plainly("analyze", SAMPLE, "--format", FORMS, "--out", tmp_path)

    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "findings.xlsx").stat().st_size
    assert (tmp_path / "findings.csv").stat().st_size


def test_comparing_needs_no_extra(tmp_path: Path) -> None:
    result = analyze_plainly("compare", SAMPLE, SAMPLE, "--out", tmp_path)

    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("command", "missing", "extra"),
    [
        (("batch", str(SAMPLE), "--out", "results"), "duckdb", "batch"),
        (("match", str(SAMPLE), "--library", "known"), "datasketch", "match"),
        (("review", "list"), "sqlalchemy", "review"),
        (("user", "list"), "argon2", "review"),
        (("train",), "sklearn", "train"),
        (("evaluate", str(SAMPLE)), "pandas", "train"),
        (("reader", "calibrate", str(SAMPLE)), "sklearn", "train"),
        (("serve",), "fastapi", "web"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else value,
)
def test_a_command_whose_extra_is_missing_says_in_one_line_what_to_install(
    command: tuple[str, ...], missing: str, extra: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, missing, None)

    result = CliRunner().invoke(main, command)

    assert result.exit_code == 1
    assert result.stderr.endswith(f"needs {missing}, which is not installed. pip install 'impact-rights[{extra}]'.\n")
    assert result.stderr.count("\n") == 1
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("extra", EXTRAS)
def test_a_command_looks_for_all_that_its_extra_installs(extra: str) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]

    def installed_by(name: str) -> set[str]:
        needed = set()
        for requirement in map(Requirement, extras[name]):
            nested = [installed_by(part) for part in requirement.extras if requirement.name == "impact-rights"]
            needed |= set().union(*nested) if nested else {canonicalize_name(requirement.name)}
        return needed

    assert {DISTRIBUTIONS.get(name, name) for name in EXTRAS[extra]} == installed_by(extra)
