"""The words of one page as an engine hands them over: the seam between the PDF engines and the layout."""

import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain, compress
from struct import pack

Rectangle = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points, origin at the top left corner of the page as displayed."""

Style = tuple[float, bool]
"""Font size in points, and whether the font is bold."""


_CONTROLS = (*range(0x20), *range(0x7F, 0xA0), 0xFFFF)
_SPELT_OUT = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    # Bullets of Symbol and Wingdings, which have no Unicode value of their own in many PDFs.
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "-", "\uf0a8": "▫", "\uf076": "❖",
    "\uf06c": "●", "\uf06e": "■", "\uf06f": "□", "\uf0e0": "→", "\uf0df": "←", "\uf0b0": "°", "\uf0ae": "→",
}  # fmt: skip
_LIGATURES = "".join(filter(str.isprintable, _SPELT_OUT))
_TABLE = str.maketrans({**{chr(code): None for code in _CONTROLS}, **_SPELT_OUT})
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f"
_UNCLEAN = re.compile(f"[{''.join(map(re.escape, map(chr, _TABLE)))}{_UNSEEN}]")
_NOTHING = re.compile(f"[{_UNSEEN}]+")
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|cmbx|cmssbx|sfbx|-bd\b", re.IGNORECASE)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_UNSPACED = re.compile("[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


def no_styles(words: Sequence[int]) -> list[Style]:
    """Return the styles of words where nothing is known."""
    return [(0.0, False)] * len(words)


@dataclass(slots=True)
class PageWords:
    """The words of a page in content order.

    Attributes:
        number: 1-based.
        width: In points, as displayed.
        height: In points, as displayed.
        texts: Cleaned by `clean`; a trailing `LINE_END_HYPHEN` is kept.
        origins: Index of the first character of each word in the text stream of the page.
        turn: Quarter turns clockwise of the direction in which most text runs, as displayed: 0 to the right, 1 down,
            2 to the left (upside down), 3 up.
        styles: Gives the styles of the words with some indices; only valid while the page is open.
        inside: Whether all boxes are known to lie on the page.
        packed: All boxes as `impact.records.Layout` has them, a tenth of the size; empty where an engine does not give
            them. Good as long as no box changes.
        known: Whether all characters are known to have a meaning.
        characters: Characters of the text stream.
        cut: Whether words were left out because of the limit on characters.
        failed: Whether the engine could not make sense of the page.
    """

    number: int
    width: float
    height: float
    texts: list[str] = field(default_factory=list)
    origins: "array[int]" = field(default_factory=partial(array, "q"))
    boxes: list[Rectangle] = field(default_factory=list)
    turn: int = 0
    styles: Callable[[Sequence[int]], list[Style]] = no_styles
    inside: bool = False
    packed: "array[float]" = field(default_factory=lambda: array("f"))
    known: bool = False
    characters: int = 0
    cut: bool = False
    failed: bool = False

    @property
    def upright_width(self) -> float:
        """Width of the page turned so that its text stands upright."""
        return self.height if self.turn % 2 else self.width

    @property
    def upright_height(self) -> float:
        """Height of the page turned so that its text stands upright."""
        return self.width if self.turn % 2 else self.height

    def upright(self) -> list[Rectangle]:
        """Return the boxes as they are on the page turned so that its text stands upright."""
        return list(map(self._turned_back, self.boxes)) if self.turn else self.boxes

    def upright_box(self, word: int) -> Rectangle:
        """Return the box of a word as in `upright`; the work is not by the number of words."""
        x0, y0, x1, y1 = self.boxes[word] if self.boxes else self.packed[4 * word : 4 * word + 4]
        return self._turned_back((x0, y0, x1, y1))

    def packed_boxes(self, words: Sequence[int]) -> "array[float]":
        """Return the boxes of words as `packed` has them."""
        if self.boxes:  # packed at once, since an array takes numbers with a fraction at half the speed
            return array("f", pack(f"{4 * len(words)}f", *chain.from_iterable([self.boxes[word] for word in words])))
        if isinstance(words, range):
            return self.packed[4 * words.start : 4 * words.stop]
        return array("f", chain.from_iterable([self.packed[4 * word : 4 * word + 4] for word in words]))

    def _turned_back(self, box: Rectangle) -> Rectangle:
        x0, y0, x1, y1 = box
        width, height = self.width, self.height
        if self.turn == 1:
            return y0, width - x1, y1, width - x0
        if self.turn == 2:
            return width - x1, height - y1, width - x0, height - y0
        return (height - y1, x0, height - y0, x1) if self.turn == 3 else box


def is_seen(box: Rectangle, height: float) -> bool:
    """Return whether the middle of a word lies neither above nor below a page (its crop box), where nobody sees it.

    Words beside the page count as seen: their line runs off at the side, and its sentence would lose them.
    """
    return 0 <= box[1] + box[3] <= 2 * height


def shrink(words: PageWords) -> None:
    """Give up the boxes of a page that are known packed as well, as soon as its lines are known."""
    if words.inside and words.packed:
        words.boxes = []


def drop_unseen(words: PageWords) -> bool:
    """Leave out words that no reader sees; return whether there are any."""
    if words.inside:
        return False
    seen = [is_seen(box, words.height) for box in words.boxes]
    if all(seen):
        return False
    words.texts[:] = compress(words.texts, seen)
    words.origins = array("q", compress(words.origins, seen))
    words.boxes[:] = compress(words.boxes, seen)
    return True


def clip(words: PageWords) -> None:
    """Cut boxes off at the edges of the page, over which high fonts, slanted words and long lines reach.

    A word wholly beside the page keeps a box without width, at the edge over which its line runs off. Lines are to be
    found before, since they go by the height of the boxes.
    """
    if words.inside:
        return
    width, height = words.width, words.height
    for at, (x0, y0, x1, y1) in enumerate(words.boxes):
        if x0 < 0 or y0 < 0 or x1 > width or y1 > height:
            words.boxes[at] = (_within(x0, width), _within(y0, height), _within(x1, width), _within(y1, height))


def _within(value: float, most: float) -> float:
    return min(max(value, 0.0), most)


def clean(word: str) -> str:
    """Return `word` with ligatures spelt out and without control characters; empty if nothing is seen of it.

    Other unseen characters stay, for the whole document to be looked at (impact.extract.concealed).
    """
    if word.isascii() and word.isprintable():
        return word
    cleaned = word.translate(_TABLE)
    return "" if _NOTHING.fullmatch(cleaned) else cleaned


def without_unseen(text: str) -> str:
    """Return a text without characters that show nothing, by which no layout may go."""
    return text if text.isprintable() else _NOTHING.sub("", text)  # what shows nothing is not printable


@lru_cache(1024)
def is_bold(font: str) -> bool:
    """Return whether the name of a font is that of a bold one."""
    return _BOLD_NAME.search(font) is not None


def is_clean(text: str) -> bool:
    """Return whether `clean` would leave every word of `text` as it is; spaces part them."""
    if text.isprintable():
        return spells_out(text)
    return _UNCLEAN.search(text) is None


def spells_out(text: str) -> bool:
    """Return what `is_clean` does, of a text that is printable, as controls and what is unseen are not."""
    return text.isascii() or not any(map(text.__contains__, _LIGATURES))


def runs_leftwards(text: str) -> bool:
    """Return whether `text` holds a character of a script that is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def unspaced(text: str) -> bool:
    """Return whether `text`, one character, belongs to a script that puts no spaces between words."""
    return not text.isascii() and _UNSPACED.match(text) is not None
