"""The shorthand that ReSpec and Bikeshed sources write in running text, reduced to what a reader of the page sees."""

import re
from collections.abc import Iterator

# Source: ReSpec documentation, "Shorthands guide"; Bikeshed documentation, "Autolinking shorthands".
SHORTHAND = re.compile(
    r"\[=(?P<term>[^\[\]\n=|]{1,200}(?:\|[^\]\n=]{1,200})?)=\]"
    r"|\{\{(?P<idl>[^{}]{1,200})\}\}"
    r"|<\{(?P<element>[^{}<>\n]{1,100})\}>"
    r"|\[\[(?P<cite>[!?]?[A-Za-z0-9][\w.:+-]{0,60})(?:\s(?:inline|obsolete|snapshot|current))?\]\]"
    r"|\[\[(?P<slot>\\[\w]{1,60})\]\]"
    r"|\[\[\[(?P<title>#?[\w.-]{1,60})\]\]\]"
    r"|`(?P<code>[^`\n]{1,200})`"
    r"|(?<![\w|])\|(?P<variable>[A-Za-z][\w ()-]{0,40}?)\|(?![\w|])"
    r"|\[\^(?P<attribute>[^\]^\n]{1,60})\^\]"
)
TAIL = re.compile(r"(?:.*[|]|.*/(?=[^/ ]))?(?P<seen>.+?)(?:!!\w+)?$", re.DOTALL)


def visible(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that are seen, in order; signs of shorthand are left out.

    A citation keeps one pair of its brackets, a slot both.
    """
    place = 0
    for match in SHORTHAND.finditer(text):
        yield place, match.start()
        name = match.lastgroup or "code"
        start, end = match.span(name)
        if name == "cite":
            flag = int(text[start] in "!?")
            yield start - 1, start
            yield start + flag, end + 1
        elif name == "slot":
            yield start - 2, start
            yield start + 1, end + 2
        else:
            seen = TAIL.match(match[name]) if name in ("term", "idl", "element", "attribute") else None
            yield (start + seen.start("seen"), start + seen.end("seen")) if seen else (start, end)
        place = match.end()
    yield place, len(text)
