"""Put the shapes of a slide into reading order and give each its place in points."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml.etree import _Element as Element

from impact.extract.blocks.slides import BoxTuple
from impact.extract.office.ooxml import MC, alternative, whole
from impact.extract.office.slidetext import A

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
POINT = 12700
"""English metric units in a point."""

BAND = 12.0
"""Points within which two tops count as one line, so that the left one comes first. Source: project judgment."""

TITLES = frozenset({"TITLE", "CENTER_TITLE", "VERTICAL_TITLE"})
FURNITURE = frozenset({"DATE", "FOOTER", "HEADER", "SLIDE_NUMBER"})
LISTS = frozenset({"BODY", "OBJECT", "VERTICAL_BODY", "VERTICAL_OBJECT"})


@dataclass(frozen=True, slots=True)
class PlacedShape:
    """A shape that is no group, with its box (x0, y0, x1, y1 in points) and the name of its placeholder type."""

    shape: Any
    box: BoxTuple
    role: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """How the units of a group become points of the slide: scale, then shift."""

    scale_x: float = 1 / POINT
    scale_y: float = 1 / POINT
    shift_x: float = 0.0
    shift_y: float = 0.0

    def box(self, left: float, top: float, width: float, height: float) -> BoxTuple:
        x0, y0 = left * self.scale_x + self.shift_x, top * self.scale_y + self.shift_y
        return x0, y0, x0 + max(width, 0) * self.scale_x, y0 + max(height, 0) * self.scale_y


def shapes_of(slide: Any, whole_slide: BoxTuple) -> list[PlacedShape]:
    """Return the shapes of a slide: titles first, then from top to bottom and left to right, groups kept together.

    Dates, slide numbers, running heads and feet are left out. A shape without a place of its own gets `whole_slide`.
    """
    choose_alternatives(slide.element)
    shapes = [shape for shape in _placed(slide.shapes, _Frame(), whole_slide) if shape.role not in FURNITURE]
    return sorted(shapes, key=lambda shape: shape.role not in TITLES)


def choose_alternatives(root: Element) -> None:
    """Replace each mc:AlternateContent in a tree by the branch to read."""
    for element in list(root.iter(f"{MC}AlternateContent")):
        parent, branch = element.getparent(), alternative(element)
        if parent is not None:
            place = parent.index(element)
            parent[place : place + 1] = list(branch) if branch is not None else []


def _placed(shapes: Iterable[Any], frame: _Frame, fallback: BoxTuple) -> Iterator[PlacedShape]:
    boxed = [(_box(shape, frame, fallback), shape) for shape in shapes]
    boxed.sort(key=lambda pair: (round(pair[0][1] / BAND), pair[0][0]))
    for box, shape in boxed:
        if shape.element.tag == f"{P}grpSp":
            yield from _placed(shape.shapes, _inner(shape.element, frame), box)
        else:
            yield PlacedShape(shape, box, shape.placeholder_format.type.name if shape.is_placeholder else "")


def _box(shape: Any, frame: _Frame, fallback: BoxTuple) -> BoxTuple:
    place = (shape.left, shape.top, shape.width, shape.height)
    return fallback if any(number is None for number in place) else frame.box(*place)


def _inner(group: Element, frame: _Frame) -> _Frame:
    transform = group.find(f"{P}grpSpPr/{A}xfrm")
    if transform is None:
        return frame
    x, y = _pair(transform, "off", "x", "y")
    width, height = _pair(transform, "ext", "cx", "cy")
    inner_x, inner_y = _pair(transform, "chOff", "x", "y")
    inner_width, inner_height = _pair(transform, "chExt", "cx", "cy")
    stretch_x = width / inner_width if inner_width > 0 else 1.0
    stretch_y = height / inner_height if inner_height > 0 else 1.0
    return _Frame(
        frame.scale_x * stretch_x,
        frame.scale_y * stretch_y,
        frame.shift_x + frame.scale_x * (x - inner_x * stretch_x),
        frame.shift_y + frame.scale_y * (y - inner_y * stretch_y),
    )


def _pair(transform: Element, name: str, first: str, second: str) -> tuple[int, int]:
    point = transform.find(f"{A}{name}")
    return (0, 0) if point is None else (whole(point.get(first), 0), whole(point.get(second), 0))
