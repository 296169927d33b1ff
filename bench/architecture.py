"""Draw the rooms of the program from its own imports: `python bench/architecture.py docs/architecture.svg [--check]`.

A row is a layer of the import contract in pyproject.toml, the highest first. A box is a room, with its lines of code,
what its docstring says, and the rooms that it imports. A line leads to each room that is imported, unless another one
that is imported leads to it; lines to the rooms of `GROUND`, which nearly all use, are left out. With `--check` nothing
is written; the exit code is 1 if the file is no longer what the code says, but for the numbers of lines.
"""

import argparse
import ast
import re
import sys
import textwrap
import tomllib
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "impact"
WIDTH, WIDEST, GAP, BETWEEN = 1500, 560, 14, 44
GROUND = frozenset({"records", "typed", "errors", "paths"})
SIZE = re.compile(r'<tspan class="uses">[\d,]+</tspan>')
STYLE = (
    "text{font-family:sans-serif;font-size:11px;fill:#1d2733}.name{font-size:15px;font-weight:bold}.uses{fill:#5b6b7b;font-size:10px}"
    "rect{fill:#f4f7fa;stroke:#8ea3b8}.arrow{stroke:#c3d0dc;stroke-width:1.5;fill:none}"
)


@dataclass(frozen=True)
class Room:
    """A package or module at the top of the program, with the names of the rooms that it imports."""

    name: str
    purpose: str
    lines: int
    imports: frozenset[str]


@dataclass(frozen=True)
class Box:
    """A room in its place, with the lines of text in it, each with its class."""

    room: Room
    x: float
    y: int
    width: float
    height: int
    lines: tuple[tuple[str, str], ...]

    def drawn(self) -> str:
        """Return the box as SVG."""
        x, size = self.x + 8, f'<tspan class="uses">{self.room.lines:,}</tspan>'
        texts = [f'<text class="name" x="{x:.0f}" y="{self.y + 19}">{self.room.name} {size}</text>']
        for number, (kind, line) in enumerate(self.lines):
            texts.append(f'<text class="{kind}" x="{x:.0f}" y="{self.y + 35 + 13 * number}">{escape(line)}</text>')
        place = f'x="{self.x:.0f}" y="{self.y}" width="{self.width:.0f}" height="{self.height}" rx="6"'
        return f"<rect {place}/>" + "".join(texts)


def main() -> None:
    """Draw, or say whether the drawing is up to date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    drawing = draw(layers(), {room.name: room for room in rooms()})
    if options.check:
        sys.exit(SIZE.sub("", options.target.read_text(encoding="utf-8")) != SIZE.sub("", drawing))
    options.target.write_text(drawing, encoding="utf-8")


def layers() -> list[list[str]]:
    """Return the rooms of each layer, the highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    contract = next(contract for contract in contracts if contract["type"] == "layers" and "exhaustive" in contract)
    return [re.findall(r"\w+", layer) for layer in contract["layers"]]


def rooms() -> list[Room]:
    """Return the rooms of the program."""
    paths = sorted(
        path for path in (ROOT / PACKAGE).iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    )
    return [_room(path) for path in paths if path.stem not in {"__init__", "__main__"}]


def _room(path: Path) -> Room:
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    texts = [file.read_text(encoding="utf-8") for file in files]
    trees = [ast.parse(text) for text in texts]
    modules = {module for tree in trees for node in ast.walk(tree) for module in _modules(node)}
    imported = {module.split(".")[1] for module in modules if module.startswith(f"{PACKAGE}.")} - {
        path.stem,
        "__version__",
    }
    purpose = (ast.get_docstring(trees[0]) or "").split("\n")[0]
    return Room(path.stem, purpose, sum(text.count("\n") for text in texts), frozenset(imported))


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        return [node.module] if node.module != PACKAGE else [f"{PACKAGE}.{alias.name}" for alias in node.names]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def draw(order: list[list[str]], known: dict[str, Room]) -> str:
    """Return the drawing as SVG."""
    boxes: dict[str, Box] = {}
    top = GAP
    for layer in order:
        width = min((WIDTH - GAP) / len(layer) - GAP, WIDEST)
        left = (WIDTH - len(layer) * (width + GAP) + GAP) / 2
        row = {name: _box(known[name], left + index * (width + GAP), top, width) for index, name in enumerate(layer)}
        height = max(box.height for box in row.values())
        boxes |= {name: replace(box, height=height) for name, box in row.items()}
        top += height + BETWEEN
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}"><style>{STYLE}</style>']
    parts += [_arrow(boxes[name], boxes[below]) for name in boxes for below in sorted(_nearest(name, known) - GROUND)]
    parts += [box.drawn() for box in boxes.values()]
    return "\n".join([*parts, "</svg>\n"])


def _nearest(name: str, known: dict[str, Room]) -> set[str]:
    """Return the rooms imported that are not reached through another one that is."""
    direct = known[name].imports & known.keys()
    return {room for room in direct if not any(room in _reached(other, known) for other in direct - {room})}


def _reached(name: str, known: dict[str, Room]) -> set[str]:
    below = known[name].imports & known.keys()
    return below.union(*(_reached(room, known) for room in below))


def _arrow(upper: Box, lower: Box) -> str:
    x, y, end, floor = upper.x + upper.width / 2, upper.y + upper.height, lower.x + lower.width / 2, lower.y
    return f'<path class="arrow" d="M{x:.0f} {y} C{x:.0f} {y + 40} {end:.0f} {floor - 40} {end:.0f} {floor}"/>'


def _box(room: Room, x: float, y: int, width: float) -> Box:
    columns = int(width / 6.4)
    uses = f"uses {', '.join(sorted(room.imports))}" if room.imports else ""
    lines = [("", line) for line in textwrap.wrap(room.purpose, columns)]
    lines += [("uses", line) for line in textwrap.wrap(uses, int(columns * 1.1))]
    return Box(room, x, y, width, 30 + 13 * len(lines), tuple(lines))


if __name__ == "__main__":
    main()
