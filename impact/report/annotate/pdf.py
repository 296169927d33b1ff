"""`annotated.pdf`: the original with a highlight over the words of each finding and safeguard, and a note to each.

The pages, their text and what else the file holds stay as they are: packed streams are copied without being unpacked.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from impact.errors import UnreadableError

Point = tuple[float, float]
COLORS = {
    "high": (1.0, 0.73, 0.69),
    "medium": (1.0, 0.88, 0.56),
    "low": (0.76, 0.87, 0.97),
    "safeguard": (0.77, 0.92, 0.74),
    "doubtful": (0.87, 0.84, 0.94),
}
"""Red, green and blue of a highlight, light enough for black letters (the page shows through)."""

PRINTED = 4
"""Annotation flag by which it is printed too. Source: ISO 32000-1, table 165."""

SIGNED = 1
"""Bit of /SigFlags that says that there is a signature. Source: ISO 32000-1, table 219."""

DEEPEST = 50
SAME_SIZE = 1.0
"""Points by which the size of a page may differ from what was read. Source: project judgment (rounding)."""


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What of a page is displayed: a rectangle of user space (points), and the quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> Point:
        """Width and height as displayed."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def point(self, x: float, y: float) -> Point:
        """Return in user space a point of the page as displayed, origin at its top left corner."""
        turned: tuple[Callable[[], Point], ...] = (
            lambda: (self.left + x, self.top - y),
            lambda: (self.left + y, self.bottom + x),
            lambda: (self.right - x, self.bottom + y),
            lambda: (self.right - y, self.top - x),
        )
        return turned[self.turns]()


def annotate(data: bytes, name: str, letter: str) -> bytes:
    """Return the PDF with the notes of a letter (see `annotate.notes.letter`); equal input gives equal bytes.

    Raises:
        UnreadableError: If the file is encrypted, signed or damaged.
    """
    notes = json.loads(letter)
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            _refuse(pdf, name)
            pages = _Pages(pdf, notes)
            for note in notes["notes"]:
                pages.mark(note)
            pages.write_about(notes["about"])
            return _saved(pdf)
    except pikepdf.PasswordError as error:
        raise _encrypted(name) from error
    except pikepdf.PikepdfError as error:
        if b"/Encrypt" in data:  # in the jail, ciphers cannot be set up at all
            raise _encrypted(name) from error
        message = f"{name} is too damaged for notes to be added"
        raise UnreadableError(message, "Open it, print it to a new PDF, and analyze that file") from error


class _Pages:
    """The pages of one PDF, written on by their 1-based number."""

    def __init__(self, pdf: Pdf, notes: dict[str, Any]) -> None:
        self._pdf = pdf
        self._sizes: list[list[float]] = notes["pages"]
        self._author, self._date = notes["author"], _pdf_date(notes["made_at"])
        self._frames: dict[int, PageFrame | None] = {}
        self._unplaced = 0

    def mark(self, note: dict[str, Any]) -> None:
        """Highlight the boxes of a note, an annotation a page; the further ones say that they continue the first."""
        by_page: dict[int, list[Sequence[float]]] = {}
        for number, *box in note["boxes"]:
            by_page.setdefault(int(number), []).append(box)
        placed = [(number, frame, boxes) for number, boxes in by_page.items() if (frame := self._frame(number))]
        self._unplaced += not placed
        for part, (number, frame, boxes) in enumerate(placed):
            quads = [_quad(frame, box) for box in boxes]
            title = note["title"] if not part else f"{note['title']}, continued"
            color = COLORS[note["kind"]]
            fields = {
                "/NM": String(note["id"] if not part else f"{note['id']}-{part + 1}"),
                "/Subtype": Name.Highlight,
                "/QuadPoints": Array([number for quad in quads for point in quad for number in map(_round, point)]),
                "/C": Array(color),
                "/AP": Dictionary(N=self._wash(quads, color)),
            }
            self._add(number, fields, quads, (title, note["text"]))

    def write_about(self, text: str) -> None:
        """Put the note on the whole at the top left corner of the first page."""
        frame = self._frame(1)
        if frame is None:
            return
        if self._unplaced:
            text += f"\n{self._unplaced} of the notes could not be placed on a page; the report has them."
        quad = _quad(frame, (8, 8, 28, 28))
        fields = {
            "/NM": String("about"),
            "/Subtype": Name.Text,
            "/Name": Name.Note,
            "/Open": False,
            "/AP": Dictionary(N=self._sheet(quad)),
        }
        self._add(1, fields, [quad], ("Human rights brief", text))

    def _frame(self, number: int) -> PageFrame | None:
        """Return the frame of a page; None where there is no such page, or one of another size than was read."""
        if number not in self._frames:
            there = 1 <= number <= min(len(self._pdf.pages), len(self._sizes))
            frame = _frame(self._pdf.pages[number - 1].obj) if there else None
            if frame is not None:
                read = zip(frame.size, self._sizes[number - 1], strict=True)
                frame = frame if all(abs(side - other) <= SAME_SIZE for side, other in read) else None
            self._frames[number] = frame
        return self._frames[number]

    def _add(self, number: int, fields: dict[str, Any], quads: list[list[Point]], words: tuple[str, str]) -> None:
        page = self._pdf.pages[number - 1].obj
        common = {
            "/Type": Name.Annot,
            "/P": page,
            "/Rect": Array(_around(quads)),
            "/T": String(self._author),
            "/Subj": String(words[0]),
            "/Contents": String("\n".join(words)),
            "/M": String(self._date),
            "/CreationDate": String(self._date),
            "/F": PRINTED,
        }
        old = page.get("/Annots")
        annotations = (
            list(old) if isinstance(old, Array) else []
        )  # a new array: the old one may be shared with other pages
        page.Annots = Array([*annotations, self._pdf.make_indirect(Dictionary({**common, **fields}))])

    def _wash(self, quads: list[list[Point]], color: tuple[float, ...]) -> Object:
        """Return the look of a highlight: quads in one color, through which the page and other marks are seen."""
        lines = ["/Through gs", f"{_numbers(color)} rg"]
        for top_left, top_right, bottom_left, bottom_right in quads:
            corners = (top_left, top_right, bottom_right, bottom_left)
            lines += [f"{_numbers(point)} {'l' if at else 'm'}" for at, point in enumerate(corners)]
            lines.append("h f")
        through = Dictionary(ExtGState=Dictionary(Through=Dictionary(Type=Name.ExtGState, BM=Name.Darken)))
        return self._form(quads, lines, through)

    def _sheet(self, quad: list[Point]) -> Object:
        """Return the look of the note on the whole: a small sheet with three lines."""
        x0, y0, x1, y1 = _around([quad])
        lines = [
            f"{_numbers(COLORS['medium'])} rg 0.25 G 1 w",
            f"{_numbers((x0 + 1, y0 + 1, x1 - x0 - 2, y1 - y0 - 2))} re B",
        ]
        lines += [f"{_numbers((x0 + 5, y0 + up))} m {_numbers((x1 - 5, y0 + up))} l S" for up in (5, 10, 15)]
        return self._form([quad], lines, Dictionary())

    def _form(self, quads: list[list[Point]], lines: list[str], resources: Dictionary) -> Object:
        form = self._pdf.make_stream("\n".join(lines).encode("ascii"))
        form.Type, form.Subtype, form.Resources = Name.XObject, Name.Form, resources
        form.BBox = Array(_around(quads))
        return form


def _refuse(pdf: Pdf, name: str) -> None:
    if pdf.is_encrypted:
        raise _encrypted(name)
    form = pdf.Root.get("/AcroForm")
    flags = form.get("/SigFlags", 0) if isinstance(form, Dictionary) else 0
    if (isinstance(flags, int) and flags & SIGNED) or "/Perms" in pdf.Root:
        message = f"{name} is signed, and adding notes would invalidate the signature"
        raise UnreadableError(message, "Print it to a new PDF and analyze that file, or use the report")


def _encrypted(name: str) -> UnreadableError:
    return UnreadableError(f"{name} is encrypted, so notes cannot be added", "Save a copy without encryption")


def _frame(page: Object) -> PageFrame:
    """Return what is displayed of a page.

    Source: ISO 32000-1, 14.11.2; PDFium, which takes 8.5 by 11 inches where a page names no size.
    """
    media = _rectangle(_inherited(page, "/MediaBox")) or (0.0, 0.0, 612.0, 792.0)
    crop = _rectangle(_inherited(page, "/CropBox")) or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    turn = _inherited(page, "/Rotate")
    return PageFrame(left, bottom, right, top, int(turn / 90) % 4 if isinstance(turn, int | Decimal) else 0)


def _inherited(page: Object, key: str) -> Any:
    """Return an attribute of a page or of the nearest node above it that has it."""
    node: Any = page
    for _ in range(DEEPEST):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _rectangle(value: Any) -> tuple[float, float, float, float] | None:
    """Return a rectangle with its corners in order; None for what is none, or is empty."""
    if not isinstance(value, Array) or len(value) != 4:
        return None
    try:
        x0, y0, x1, y1 = (float(number) for number in value)
    except (TypeError, ValueError):
        return None
    box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box[0] < box[2] and box[1] < box[3] else None


def _quad(frame: PageFrame, box: Sequence[float]) -> list[Point]:
    """Return the corners of a box of the displayed page: top left, top right, bottom left, bottom right.

    Source: the order that Acrobat writes and viewers expect, which is not that of ISO 32000-1, 12.5.6.10.
    """
    x0, y0, x1, y1 = box
    return [frame.point(x0, y0), frame.point(x1, y0), frame.point(x0, y1), frame.point(x1, y1)]


def _around(quads: list[list[Point]]) -> tuple[float, float, float, float]:
    xs = [x for quad in quads for x, _ in quad]
    ys = [y for quad in quads for _, y in quad]
    return _round(min(xs)), _round(min(ys)), _round(max(xs)), _round(max(ys))


def _round(number: float) -> float:
    return round(number, 2)


def _numbers(values: Sequence[float]) -> str:
    return " ".join(f"{value:.2f}" for value in values)


def _pdf_date(iso: str) -> str:
    """Return "D:20261124120000+00'00'" for "2026-11-24T12:00:00+00:00"."""
    digits = iso[:19].translate(str.maketrans("", "", "-:T"))
    zone = iso[19:25].replace(":", "'") + "'" if len(iso) == 25 else "Z"
    return f"D:{digits}{zone}"


def _saved(pdf: Pdf) -> bytes:
    out = BytesIO()
    pdf.save(
        out,
        min_version="1.4",  # the first with transparency
        deterministic_id=True,
        fix_metadata_version=False,
        compress_streams=True,  # those that are not packed yet; object streams would swell else
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.preserve,
    )
    return out.getvalue()
