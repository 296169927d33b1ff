"""What docs/architecture.md tells of the code stands there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_every_path_that_the_architecture_names_is_there():
    paths = re.findall(r"`((?:[a-z_]+/)+(?:[a-z_.*]+)?|[a-z_]+/[a-z_/]+\.(?:py|toml))`", TEXT)
    missing = [path for path in paths if not list(ROOT.glob(path)) and not list((ROOT / "impact").glob(path))]

    assert len(paths) > 50
    assert missing == []


@pytest.mark.long
def test_the_picture_of_the_rooms_is_what_the_code_says():
    command = [sys.executable, ROOT / "bench" / "architecture.py", ROOT / "docs" / "architecture.svg", "--check"]

    assert subprocess.run(command, check=False).returncode == 0
