"""Packages under a license that is not allowed, or not clear, are refused as dependencies."""

from pathlib import Path

import licenses
import pytest
from needs import installed
from packaging.requirements import Requirement

RULES = licenses.rules()
NO_RESOLUTIONS = RULES | {"packages": {}}


def install(folder: Path, name: str, *lines: str) -> None:
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("\n".join(["Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0", *lines, ""]))


def refused(folder: Path, name: str = "made", rules: dict[str, object] = NO_RESOLUTIONS) -> list[str]:
    return [*licenses.refusals(installed([Requirement(name)], [str(folder)]), rules)]


@pytest.mark.parametrize(
    "lines",
    [
        ["License-Expression: GPL-3.0-or-later"],
        ["License-Expression: AGPL-3.0-only"],
        ["License: GPL-3.0-only"],
        ["License-Expression: MIT AND GPL-2.0-only"],
        ["License-Expression: GPL-3.0-or-later WITH GCC-exception-3.1"],
        ["License-Expression: LicenseRef-Proprietary"],
        ["Classifier: License :: OSI Approved :: GNU General Public License v3 (GPLv3)"],
        [
            "Classifier: License :: OSI Approved :: MIT License",
            "Classifier: License :: OSI Approved :: GNU Affero General",
        ],
        ["License: GPLv3+"],
        ["License: see the file"],
        ["License: UNKNOWN"],
        [],
    ],
    ids=lambda lines: " ".join(lines) or "nothing said",
)
def test_gpl_agpl_and_unknown_licenses_are_refused(lines: list[str], tmp_path: Path) -> None:
    install(tmp_path, "made", *lines)

    (line,) = refused(tmp_path)

    assert line.startswith("made 1.0: ")
    assert "is not allowed" in line or "is not clear" in line


@pytest.mark.parametrize(
    "lines",
    [
        ["License-Expression: MIT"],
        ["License-Expression: GPL-2.0-only OR BSD-3-Clause"],
        ["License: Apache-2.0"],
        ["License: BSD", "Classifier: License :: OSI Approved :: BSD License"],
        ["License-Expression: BSD-3-Clause AND Zlib"],
    ],
    ids=" ".join,
)
def test_permissive_licenses_pass_in_each_form_of_metadata(lines: list[str], tmp_path: Path) -> None:
    install(tmp_path, "made", *lines)

    assert refused(tmp_path) == []


def test_a_gpl_package_that_a_dependency_brings_is_refused(tmp_path: Path) -> None:
    install(tmp_path, "made", "License-Expression: MIT", "Requires-Dist: deeper[most]")
    install(tmp_path, "deeper", "License-Expression: MIT", "Requires-Dist: deepest; extra == 'most'")
    install(tmp_path, "deepest", "License-Expression: GPL-3.0-only")

    assert refused(tmp_path) == ["deepest 1.0: GPL-3.0-only is not allowed"]


def test_a_package_that_is_not_installed_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == ["made is not installed, so that its license cannot be read"]


def test_unclear_metadata_is_resolved_by_data(tmp_path: Path) -> None:
    install(tmp_path, "made", "License: BSD")
    resolved = {"packages": {"made": {"license": "BSD-2-Clause", "source": "LICENSE"}}}

    assert refused(tmp_path)
    assert refused(tmp_path, rules=RULES | resolved) == []


def test_data_does_not_overrule_what_metadata_states(tmp_path: Path) -> None:
    install(tmp_path, "made", "License-Expression: GPL-3.0-only")
    resolved = {"packages": {"made": {"license": "MIT", "source": "LICENSE"}}}

    assert refused(tmp_path, rules=RULES | resolved) == ["made 1.0: GPL-3.0-only is not allowed"]


def test_a_resolution_that_nothing_needs_is_named(tmp_path: Path) -> None:
    install(tmp_path, "made", "License-Expression: MIT")
    resolved = RULES | {"packages": {"made": {"license": "MIT", "source": "LICENSE"}}}

    (line,) = licenses.spare(installed([Requirement("made")], [str(tmp_path)]), resolved)

    assert line.startswith("made in .ci/licenses.toml resolves nothing")


def test_each_license_has_a_reason_and_each_resolution_a_source() -> None:
    assert all(RULES["allowed"].values())
    assert all(package["license"] and package["source"] for package in RULES["packages"].values())
