"""Stretches of Markdown whose content is no Markdown: fences, raw elements, drawings, indented code."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from impact.extract.markdown.marks import Raw, Span
from impact.records import BlockKind

FENCE = re.compile(r"(`{3,}|~{3,})\s*([^`\n]*)$")
LINE_BEGIN, LINE_END = r"(?:(?<=\n)|(?<=\r)(?!\n))", r"[ \t]*(?=[\r\n]|\Z)"
# Source: CommonMark 0.31.2, section 4.6; Mermaid, "Usage": elements with this class are drawn.
RAW = re.compile(
    r"\s*<(pre|xmp|script|style|textarea|svg|(?:div|p)(?=\s[^<>]{0,200}\bclass\s*=\s*[\"']?mermaid\b))\b([^>]*)>",
    re.IGNORECASE,
)
DRAWN = ("div", "p")
DRAWING = re.compile(r"@start(uml|mindmap|wbs|gantt|json|yaml|salt|ditaa|dot)\b")
"""Source: PlantUML, "Language specification": each ends with a line of the same name."""

LONGEST = 2000
"""Lines of a drawing. Source: project judgment."""

SETTINGS = re.compile(r"metadata|link-defaults|anchors|biblio|ignored-specs|include|info")
"""Classes of Bikeshed's elements that are for the program. Source: Bikeshed, "Metadata" and "Autolinking"."""


def region_at(source: str, lines: Sequence[Span], index: int, start: int) -> tuple[int, Raw | None]:
    """Return the line behind a region that begins in a line, and its code; the number is 0 where none begins.

    Scripts, styles and tables of links are left out.

    Args:
        source: Text that the lines point into.
        lines: In order.
        index: Of the line.
        start: Its first character that is not white, behind marks of quotation.
    """
    text = source[start : lines[index][1]].rstrip()
    if fence := FENCE.match(text):
        return _fenced(source, lines, index, fence, start)
    if drawing := DRAWING.match(text):
        return _drawn(source, lines, index, drawing)
    raw = RAW.match(text)
    if raw and (raw[1].lower() != "svg" or "</svg" not in text.lower()):
        return _raw(source, lines, index, raw, start)
    return 0, None


def indented_at(source: str, lines: Sequence[Span], index: int) -> tuple[int, Raw]:
    """Return the line behind indented code that begins in a line, and the code."""
    raw = Raw(kind=BlockKind.CODE, style="code")
    while index < len(lines):
        start, end = lines[index]
        text = source[start:end]
        if text.strip() and not text.startswith(("    ", "\t")):
            break
        raw.lines.append((min(start + 4, end) if text.startswith(" ") else min(start + 1, end), end))
        index += 1
    while raw.lines and not source[raw.lines[-1][0] : raw.lines[-1][1]].strip():
        raw.lines.pop()
    return index, raw


def _fenced(source: str, lines: Sequence[Span], index: int, fence: re.Match[str], first: int) -> tuple[int, Raw]:
    """Take a fence whose mark begins at a character, without the quotation marks and the indent of its lines."""
    style = fence[2].strip().split(" ")[0][:40] or "fence"
    prefix = source[lines[index][0] : first]
    stop, resume = fence_end(source, lines[index][1], fence[1], prefix.count(">"), lines[-1][1])
    after = bisect_left(lines, (stop,), index + 1)
    quote = re.compile(rf"{_quotation(prefix.count('>'))}[ ]{{0,{len(prefix.rpartition('>')[2])}}}")
    inside = (
        (match.end() if (match := quote.match(source, *line)) else line[0], line[1])
        for line in lines[index + 1 : after]
    )
    return after + (resume > stop), Raw(list(inside), BlockKind.CODE, style=style)


def fence_end(source: str, start: int, fence: str, quoted: int, end: int) -> tuple[int, int]:
    """Return where the content of a fence ends, and where the text goes on.

    A fence in a quotation ends with that. Where no later line is as long as the fence, a shorter one of the same kind
    closes it: authors miscount, and the rest of the text is no code.

    Args:
        source: The whole text.
        start: End of the line that opens the fence.
        fence: Its signs.
        quoted: Quotation marks before it.
        end: Where to stop looking.
    """
    shorter = None
    for border in _borders(fence, quoted).finditer(source, start, end):
        if border["shorter"] is None:
            stop = border if border["closing"] is not None else shorter or border
            return stop.span()
        shorter = shorter or border
    return shorter.span() if shorter else (end, end)


@lru_cache(maxsize=64)
def _borders(fence: str, quoted: int) -> re.Pattern[str]:
    """Return a pattern for lines that are not in the quotation of a fence, that close it, or are shorter than it."""
    quote = _quotation(quoted)
    return re.compile(
        rf"{LINE_BEGIN}(?:(?!{quote})|(?P<closing>{quote}[ \t]*{fence[0]}{{{len(fence)},}}{LINE_END})"
        rf"|(?P<shorter>{quote}[ \t]*{fence[0]}{{3,}}{LINE_END}))"
    )


def _quotation(marks: int) -> str:
    return rf"(?:[ \t]*>){{{marks}}}"


def _drawn(source: str, lines: Sequence[Span], index: int, drawing: re.Match[str]) -> tuple[int, Raw | None]:
    """Take a drawing that is described in words; one without its last line is none."""
    ends = f"@end{drawing[1]}"
    for after in range(index + 1, min(index + LONGEST, len(lines))):
        if source[slice(*lines[after])].strip().startswith(ends):
            return after + 1, Raw(list(lines[index + 1 : after]), BlockKind.CODE, style=drawing[1])
    return 0, None


def _raw(source: str, lines: Sequence[Span], index: int, raw: re.Match[str], first: int) -> tuple[int, Raw | None]:
    name, attributes = raw[1].lower(), raw[2].lower()
    closing = f"</{name}"
    block = Raw(kind=BlockKind.CODE, style="mermaid" if name in DRAWN else name)
    after = index
    while after < len(lines):
        start = first + raw.end() if after == index else lines[after][0]
        end = lines[after][1]
        closed = source[start:end].lower().find(closing)
        if closed >= 0:
            if source[start : start + closed].strip():
                block.lines.append((start, start + closed))
            break
        if source[start:end].strip() or block.lines:
            block.lines.append((start, end))
        after += 1
    shown = name in DRAWN or (name in ("pre", "xmp") and not SETTINGS.search(attributes))
    return after + 1, block if shown else None
