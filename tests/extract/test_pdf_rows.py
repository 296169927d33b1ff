"""Rows of tables of a PDF: the work to find them is by their number."""

from collections.abc import Iterator

from impact.extract.pdf.line import Line
from impact.extract.pdf.regions.rows import rows_of
from impact.extract.pdf.words import PageWords, Rectangle

SIDE, HEIGHT, PITCH, ROW = 10_000.0, 10.0, 12.0, 40.0
LEFT, RIGHT = (10.0, 50.0), (100.0, 150.0)


class CountedBoxes(list[Rectangle]):
    """Boxes of words; to look at a box is a call, as `steps` counts them."""

    def __getitem__(self, at):
        return super().__getitem__(at)

    def __iter__(self) -> Iterator[Rectangle]:
        for at in range(len(self)):
            yield self[at]


def turned_table(rows: int) -> list[Line]:
    """Return the lines of a table on a page turned by a quarter: rows of two cells of two lines, and rows of one."""
    page = PageWords(1, SIDE, SIDE, boxes=CountedBoxes(), turn=1)
    lines: list[Line] = []

    def draw(top: float, *cells: tuple[float, float]) -> None:
        first = len(page.boxes)
        page.boxes += [(SIDE - top - HEIGHT, x0, SIDE - top, x1) for x0, x1 in cells]
        words = list(range(first, len(page.boxes)))
        lines.append(Line(page, words, cells[0][0], top, cells[-1][1], top + HEIGHT, words[1:] and [1]))

    for row in range(rows):
        top = ROW * row
        for cell in (LEFT, RIGHT):
            draw(top, cell)
            draw(top + PITCH, cell)
        draw(top + 2 * PITCH, LEFT, RIGHT)
    return lines


def test_rows_of_a_turned_table_are_found_by_the_gap_of_the_row_next_to_them():
    found = rows_of(turned_table(3), lambda _: PITCH, lambda _: False)

    assert sorted(found.values()) == [row for row in (0, 5, 10) for _ in range(4)]


def test_twice_the_rows_of_a_turned_table_are_at_most_about_twice_the_work(steps):
    tables = (turned_table(40), turned_table(80))

    half, whole = (steps(lambda lines=lines: rows_of(lines, lambda _: PITCH, lambda _: False)) for lines in tables)

    assert whole < 2.3 * half
