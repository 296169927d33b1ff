"""Rows of tables are quoted with their cells parted."""

from pathlib import Path

from impact.pipeline import analyze, render

ROW = "| shutOff | On request of the authority, the operator shall cut off the subscriber from all services. |"
SOURCE = f"# Control of lines\n\n## Fields\n\n| Field | Description |\n|---|---|\n{ROW}\n"


def test_cells_of_a_quoted_row_are_parted_by_a_bar(tmp_path: Path) -> None:
    path = tmp_path / "control.md"
    path.write_text(SOURCE, encoding="utf-8")

    text = render(analyze(path, by=("cues",)), "md")

    assert "shutOff | On request of the authority" in text.replace("**", "").replace("\\", "")
