"""Numbers that a format computes and the source does not contain: of list items and of sections."""

from collections.abc import Callable

from impact.extract.blocks.numerals import numeral


def counted(form: str, count: int) -> str:
    """Return the number of an item as a browser shows it ("1.", "b.", "iv.")."""
    return f"{FORMS[form](count) if form in FORMS and count > 0 else count}."


def letters(count: int) -> str:
    """Return 1 as "A", 26 as "Z", 27 as "AA"."""
    letters = ""
    while count > 0:
        count, rest = divmod(count - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


FORMS: dict[str, Callable[[int], str]] = {
    "a": lambda count: letters(count).lower(),
    "A": letters,
    "i": lambda count: numeral(count, "lowerRoman"),
    "I": lambda count: numeral(count, "upperRoman"),
}


class HeadingNumbers:
    """Numbers of headings that follow each other: by level, the first level met being the outermost.

    Attributes:
        appendix: Whether the outermost are counted by letters.
    """

    def __init__(self, *, appendix: bool = False) -> None:
        self.appendix = appendix
        self._counts: list[int] = []
        self._levels: list[int] = []

    def next(self, level: int) -> str:
        """Return the number of the next heading of this level."""
        while self._levels and self._levels[-1] > level:
            self._levels.pop()
            if self._levels and self._levels[-1] >= level:
                self._counts.pop()
            elif not self._levels:
                break
        if not self._levels or self._levels[-1] < level:
            self._levels.append(level)
            if len(self._counts) < len(self._levels):
                self._counts.append(0)
        del self._counts[len(self._levels) :]
        self._counts[-1] += 1
        parts = [str(count) for count in self._counts]
        if self.appendix:
            parts[0] = letters(self._counts[0])
        return ".".join(parts)
