"""What reports may not say, and how to tell their own words from those that they quote."""

import re

from lxml import html as lxml_html

FORBIDDEN = re.compile(
    r"\b(violat\w*|breach\w*|complian\w*|compl(y|ies|ied)|intent(ion\w*)?|motiv\w*|safe|safely|no risk|"
    r"risk[- ]free|score of|\d\.\d+ out of)\b",
    re.IGNORECASE,
)
"""Source: design of the project, "What a report may and may not say"."""

AROUND = 12
"""Characters beside a word that must stand in the document with it, for the word to be a quote."""


def unquoted(page: str) -> str:
    """Return the words of an HTML page without what it marks as quoted from the document."""
    tree = lxml_html.fromstring(page)
    for node in [*tree.iter("title", "blockquote", "q", "style"), *tree.find_class("verbatim")]:
        if node.getparent() is not None:
            node.drop_tree()
    return str(tree.text_content())


def own(text: str, document: str) -> list[str]:
    """Return each forbidden word of a text with what stands around it, but for those that are quoted.

    A word is quoted where it stands in the document with the same characters before it, or after it, or in quotation
    marks with all that is between them.
    """
    source = bare(document)
    said = re.sub("“([^”]*)”", lambda quote: "“”" if quote[1] in source else quote[0], bare(text))
    found = []
    for match in FORBIDDEN.finditer(said):
        before = said[max(0, match.start() - AROUND) : match.end()]
        after = said[match.start() : match.end() + AROUND]
        if before not in source and after not in source:
            found.append(said[max(0, match.start() - 40) : match.end() + 40])
    return found


def bare(text: str) -> str:
    """Return a text in one line, in lower case, with plain quotes, without the bar before each line of a quote."""
    lines = re.sub(r"\n\s*\| ", "\n", text)
    return re.sub(r"\s+", " ", lines).lower().replace("\u2019", "'")
