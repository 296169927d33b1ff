"""Quotes: the words of a clause with the evidence marked, cut only where they are very long."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from impact import typed
from impact.present.cleaning import GAP, shown
from impact.records import Span, merged
from impact.report.quotes.code import begun, is_code, lines


@dataclass(frozen=True, slots=True)
class CutWords:
    """All of cuts.toml: words by which long quotes are cut."""

    abbreviations: tuple[str, ...]
    joining: tuple[str, ...]
    leading: tuple[str, ...]
    leaning: tuple[str, ...]
    dangling: tuple[str, ...]
    relative: tuple[str, ...]


def _no(before: Iterable[str]) -> str:
    return "".join(rf"(?<!\b{re.escape(word)})" for word in before)


CUT_WORDS = typed.load(CutWords, "impact.report.quotes", "cuts.toml")

AROUND = 160
SENTENCE = re.compile(rf"{_no(CUT_WORDS.abbreviations)}[.!?][\u201d\")]?(\s+)(?=[A-Z\u201c\"]|['\u2018][A-Z])")
PAUSE = re.compile(r"[,;:](\s+)(?=\w)")
"""Where a cut does least harm beside the end of a sentence."""

JOINT = re.compile(rf"{_no(CUT_WORDS.leading)}\s+(?=(?:{'|'.join(CUT_WORDS.joining)})\s)")
"""Where it does less than elsewhere: before a word that joins."""

LEANING = re.compile(rf"(?:{'|'.join(CUT_WORDS.leaning)})\b")
DANGLING = re.compile(rf"(?:\s+(?:{'|'.join(CUT_WORDS.dangling)}))+\s*\Z")
PARTED = re.compile(r"(?:\s+[A-Z]\S*)+\s*\Z|\s+\S+\s*\Z")
OF, RELATIVE = re.compile(r"\s*of\b"), re.compile(rf"\s+(?:{'|'.join(CUT_WORDS.relative)})\b")
"""The last word, or the name that ends there, and what keeps it with the next words, or with those to the next pause.

Source: project judgment.
"""

LISTED = re.compile(r"[,;](?:\s+(?:and|or|and/or))?\s*\Z|\s+(?:and|or|and/or)\s*\Z")
"""What joins an item of a list to the next one."""

SLACK = 60
"""Characters by which a quote may be longer or shorter to end where its words do. Source: project judgment."""

BRACKETS = (("(", ")"), ("[", "]"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a quote: verbatim words, marked or not, or a gap where words were left out."""

    text: str
    marked: bool = False
    gap: bool = False


def pieces(
    text: str, span: Span, evidence: Iterable[Span], limit: int, core: Iterable[Span] | None = None
) -> tuple[Piece, ...]:
    """Return the characters of `span` as runs, those of `evidence` that lie in it marked.

    Up to `limit` characters all is quoted. Beyond it, what stands around the `core`, or without one around the
    evidence, is quoted, up to about `limit` characters, and each cut is a gap.
    """
    marks = merged([_within(mark, span) for mark in evidence if mark.meets(span)])
    kept = marks if core is None else merged([_within(part, span) for part in core if part.meets(span)])
    windows = _quoted_spans(text, span, kept, limit)
    out: list[Piece] = []
    for position, window in enumerate(windows):
        if (position == 0 and window.start > span.start) or position > 0:
            out.append(Piece(GAP, gap=True))
        out += _runs(text, window, marks)
    if windows[-1].end < span.end:
        out.append(Piece(GAP, gap=True))
    return tuple(out)


def unlisted(runs: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the words of an item of a list without what joins it to the next one."""
    if not runs or runs[-1].gap:
        return tuple(runs)
    last = replace(runs[-1], text=LISTED.sub("", runs[-1].text))
    return (*runs[:-1], last) if last.text else tuple(runs[:-1])


def beginning(text: str, span: Span, evidence: Iterable[Span], limit: int) -> int:
    """Return where the words that `pieces` shows begin."""
    marks = merged([_within(mark, span) for mark in evidence if mark.meets(span)])
    start = _quoted_spans(text, span, marks, limit)[0].start
    return start + len(text[start : span.end]) - len(text[start : span.end].lstrip())


def _quoted_spans(text: str, span: Span, marks: Sequence[Span], limit: int) -> list[Span]:
    code = is_code(text, span)
    quoted = begun(text, span, marks) if code else span
    if len(quoted) <= limit:
        return [quoted]
    if code:
        return lines(text, quoted, marks, limit)
    return _whole(text, _windows(text, span, marks, limit), span, limit // 2)


def _whole(text: str, windows: Iterable[Span], span: Span, room: int) -> list[Span]:
    """Return windows with the sentences in which they begin or end quoted whole, where that takes few characters more.

    So is the sentence before one that begins with "This" or the like; and all of the span where little is left out.

    All of them together may grow by `room` characters.
    """
    out: list[Span] = []
    for window in windows:
        ended = SENTENCE.search(text, max(span.start, window.end - 2), span.end)
        end = ended.start(1) if ended else span.end
        end = end if end - window.end <= room else window.end
        room -= end - window.end
        start = _begun(text, window.start, span.start, room)
        room -= window.start - start
        leans = LEANING.match(text, start) and out and start - out[-1].end <= AROUND
        if out and (leans or not text[out[-1].end : start].strip()):
            out[-1] = Span(out[-1].start, max(out[-1].end, end))
        else:
            out.append(Span(start, end))
    return out if len(span) - sum(map(len, out)) > room else [span]


def _begun(text: str, offset: int, least: int, room: int) -> int:
    """Return where the sentence begins that a window begins in, or, at twice the room, the one on which that leans."""
    begins = [least, *_after(SENTENCE, text, least, offset + 1)]
    if len(begins) > 1 and LEANING.match(text, begins[-1]) and offset - begins[-2] <= 2 * room:
        return begins[-2]
    return begins[-1] if offset - begins[-1] <= room else offset


def _within(part: Span, span: Span) -> Span:
    return Span(max(part.start, span.start), min(part.end, span.end))


def _windows(text: str, span: Span, marks: Sequence[Span], limit: int) -> list[Span]:
    """Return what to keep of a long span: the evidence with the words around it, or its beginning."""
    if not marks:
        return [Span(span.start, _closing(text, span.start + limit, Span(span.start, span.end), span.start, limit))]
    around = [_within(Span(_before(text, mark, span.start, limit), mark.end + AROUND), span) for mark in marks]
    out: list[Span] = []
    left = limit
    for part in merged(around):
        shown_to = out[-1].end if out else span.start
        new = [mark for mark in marks if part.start <= mark.start < part.end and mark.end > shown_to]
        if not new:
            continue
        start = _resuming(text, shown_to, part.start, new[0], max(left, 2 * AROUND)) if out else part.start
        end = max(min(part.end, start + max(left, AROUND)), new[0].end)
        last = max(mark.end for mark in new if mark.start < end)
        last = last if last <= end + min(SLACK, limit // 4) else end
        end = max(end, last)
        closed = Span(start, _closing(text, end, Span(start, span.end), last, limit))
        left -= min(len(closed), end - start)
        out = [*out[:-1], Span(out[-1].start, closed.end)] if out and start <= shown_to else [*out, closed]
        if left <= 0:
            break
    return out


def _resuming(text: str, shown_to: int, start: int, mark: Span, room: int) -> int:
    """Return where a later window begins: with the sentence of its mark where there is room, else at `start`.

    Where little or nothing would be left out, it goes on where the window before it ends, at `shown_to`.
    """
    begins = [begin for begin in _after(SENTENCE, text, shown_to - 2, mark.start + 1) if begin >= shown_to]
    at = begins[-1] if begins and mark.end - begins[-1] <= room else max(start, shown_to)
    return shown_to if at - shown_to <= SLACK else at


def _before(text: str, mark: Span, least: int, limit: int) -> int:
    """Return where to begin before a mark: at a sentence where one begins near, so far that the mark is still shown.

    Else at the sentence that has the mark where there is room for it, at a pause, at a word that joins, or at any.
    """
    near = min(AROUND, limit // 3)
    offset = max(mark.start - near, least)
    if offset - least <= near // 2:
        return least
    early = max(offset - near // 2, least)
    if begins := _after(SENTENCE, text, early, mark.start + 1):
        return min(begins, key=lambda begin: abs(begin - offset))
    far = max(least, mark.end - limit, mark.start - limit * 2 // 3)
    if begins := [*([least] if far == least else []), *_after(SENTENCE, text, far, mark.start + 1)]:
        return max(begins)
    for pattern in (PAUSE, JOINT):
        if begins := _after(pattern, text, early, mark.start + 1):
            return min(begins, key=lambda begin: abs(begin - offset))
    return _backward(text, offset, least)


def _closing(text: str, end: int, whole: Span, shown_to: int, limit: int) -> int:
    """Return where to end a window that begins as `whole` does, within no open bracket where it can be helped."""
    cut = _until(text, end, whole, shown_to, limit)
    for opening, closing in BRACKETS:
        at = text.rfind(opening, whole.start, cut)
        if at < 0 or closing in text[at:cut]:
            continue
        closed = text.find(closing, cut, min(whole.end, cut + SLACK))
        if closed >= 0:
            cut = closed + 1
        elif at > shown_to:
            cut = at - len(text[:at]) + len(text[:at].rstrip())
    return cut


def _until(text: str, end: int, whole: Span, shown_to: int, limit: int) -> int:
    """Return where to end a window that begins as `whole` does: with it, with a sentence, at a pause or at a word.

    `whole` ends with what is quoted, `shown_to` with the words that the window is for.
    """
    slack = min(SLACK, limit // 4)
    if whole.end - end <= slack:
        return whole.end
    half = max(shown_to, whole.start + (end - whole.start) // 2)
    for pattern, first, last in ((SENTENCE, half, end + slack), (PAUSE, max(half, end - SLACK), end)):
        if ends := [match.start(1) for match in pattern.finditer(text, first, last) if match.start(1) >= shown_to]:
            return ends[-1] if pattern is SENTENCE else ends[-1] - 1
    cut = end if text[end].isspace() else _backward(text, end, whole.start)
    if OF.match(text, cut) and (parted := PARTED.search(text, max(shown_to, cut - SLACK), cut)):
        cut = parted.start()
    dangling = DANGLING.search(text, max(shown_to if shown_to <= cut else whole.start, cut - SLACK), cut)
    cut = dangling.start() if dangling else cut
    on = RELATIVE.match(text, cut) and PAUSE.search(text, cut, min(whole.end, cut + SLACK + 2))
    return on.start() if on else cut


def _after(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[int]:
    return [match.end() for match in pattern.finditer(text, start, end)]


def _backward(text: str, offset: int, least: int) -> int:
    """Return the nearest word border at or before `offset`, or `offset` where none is near."""
    near = max(least, offset - AROUND // 2)
    if offset <= least:
        return least
    space = max(text.rfind(" ", near, offset), text.rfind("\n", near, offset))
    return space + 1 if space >= near else offset


def _runs(text: str, window: Span, marks: Sequence[Span]) -> list[Piece]:
    out: list[Piece] = []
    offset = window.start
    for mark in marks:
        if not mark.meets(window):
            continue
        part = _within(mark, window)
        if part.start > offset:
            out.append(Piece(shown(text[offset : part.start])))
        out.append(Piece(shown(text[part.start : part.end]), marked=True))
        offset = part.end
    if offset < window.end:
        out.append(Piece(shown(text[offset : window.end])))
    return out
