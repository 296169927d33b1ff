"""Rows of tables are quoted with their cells parted."""

from pathlib import Path

from impact.pipeline import analyze, render


def brief(folder: Path, row: str) -> str:
    """Return the brief on a text with one row of a table, without marks."""
    path = folder / "control.md"
    path.write_text(f"# Control of lines\n\n## Fields\n\n| Field | Rule |\n|---|---|\n{row}\n", encoding="utf-8")
    return render(analyze(path, by=("cues",)), "md").replace("**", "").replace("\\", "")


def test_cells_of_a_quoted_row_are_parted_by_a_bar(tmp_path: Path) -> None:
    row = "| shutOff | The operator shall cut off the subscriber. |"

    assert "> shutOff | The operator shall cut off the subscriber." in brief(tmp_path, row)


def test_a_cell_that_says_enough_is_quoted_without_the_others(tmp_path: Path) -> None:
    row = "| shutOff | On request of the authority, the operator shall cut off the subscriber from all services. |"

    assert "> On request of the authority, the operator shall cut off" in brief(tmp_path, row)
