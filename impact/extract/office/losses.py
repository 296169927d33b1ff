"""What of an office document was not read, in sentences."""

from collections.abc import Iterable, Iterator

OBJECTS = ("picture, drawing or embedded object", "pictures, drawings or embedded objects")
CHARTS = ("picture, chart or embedded object", "pictures, charts or embedded objects")
HIDDEN = ("character of hidden text", "characters of hidden text")
PARTS = ("embedded part in another format", "embedded parts in other formats")
"""What is left out, for one and for several."""


def slides_beyond(most: int) -> tuple[str, str]:
    """Return the same of slides beyond a limit."""
    return f"slide beyond the first {most}", f"slides beyond the first {most}"


def unread(losses: Iterable[tuple[tuple[str, str], int]]) -> Iterator[str]:
    """Yield a sentence for each kind of which something was left out, with how many."""
    for (single, several), count in losses:
        if count:
            yield f"1 {single} was not read." if count == 1 else f"{count} {several} were not read."
