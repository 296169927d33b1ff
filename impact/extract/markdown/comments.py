"""HTML comments in Markdown: words of the source that no reader of the published text sees."""

import re
from collections.abc import Iterator

from impact.extract.markdown.regions import fence_end

FENCE_OR_COMMENT = re.compile(r"^[ \t>]*(`{3,}(?![^\r\n]*`)|~{3,})|<!--", re.MULTILINE)
HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]+\w[^\r\n]*", re.MULTILINE)
END = "-->"

HIDDEN = 100
"""Words of a comment with a heading from which its absence is remarked. Source: project judgment; instructions of
templates have no headings, and a heading alone hides nothing."""

NAMED = 2
"""Headings that the remark names. Source: project judgment."""


def without_comments(text: str) -> str:
    """Return the text with HTML comments outside of fences made blank, its length and lines kept."""
    parts, place = [], 0
    for start, end in _comments(text):
        parts += [text[place:start], re.sub(r"[^\r\n]", " ", text[start:end])]
        place = end
    return "".join([*parts, text[place:]])


def hidden_sections(text: str) -> tuple[str, ...]:
    """Return a remark on whole sections in comments, which are not read; none where there are none."""
    comments = [text[start:end] for start, end in _comments(text)]
    hidden = [comment for comment in comments if HEADING.search(comment) and len(comment.split()) >= HIDDEN]
    if not hidden:
        return ()
    titles = [title.strip("# \t") for comment in hidden for title in HEADING.findall(comment)]
    named = ", ".join(f"\u201c{title}\u201d" for title in titles[:NAMED]) + " and others" * (len(titles) > NAMED)
    words = sum(len(comment.split()) for comment in hidden)
    return (f"Sections in comments of the source ({words:,} words) were not read: {named}",)


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield where comments outside of fences begin and end, with their marks; an open one is none."""
    match = FENCE_OR_COMMENT.search(text)
    while match:
        if match[1]:
            _, after = fence_end(text, match.end(), match[1], match[0].count(">"), len(text))
        else:
            end = text.find(END, match.end())
            if end < 0:
                return
            after = end + len(END)
            yield match.start(), after
        match = FENCE_OR_COMMENT.search(text, after)
