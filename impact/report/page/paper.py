"""The page as it is on paper: what only the screen shows is left out, and the annex unless it is asked for."""

from typing import Any

from lxml import html

from impact.report.quotes.ledger import quote_anchor

CLAUSES = "All clauses of the text are in the HTML page and in the Excel workbook (formats html and xlsx)."
SCREEN = "screen"
"""Class of what only the screen shows."""

MORE, PAPER = "more", "paper"
"""Classes of what only the screen and the annex show, and of what only paper without the annex shows."""


def printed(page: str, *, annex: bool) -> Any:
    """Return the tree of a page without what paper does not show; links to what is gone lead to a quote or nowhere."""
    tree: Any = html.document_fromstring(page)
    gone = {SCREEN, *([PAPER] if annex else [MORE, "annex"])}
    for name in sorted(gone):
        for element in tree.find_class(name):
            if element.getparent() is not None:
                element.drop_tree()
    for element in tree.find_class(MORE):  # so that no style hides it
        element.classes.discard(MORE)
    for listed in tree.xpath("//*[@id='clauses']"):
        listed.clear()
        listed.tag, listed.text = "p", CLAUSES
    ids = set(tree.xpath("//@id"))
    for link in tree.xpath("//a[starts-with(@href, '#')]"):
        target = link.get("href")[1:]
        if target not in ids and quote_anchor(target) in ids:
            link.set("href", f"#{quote_anchor(target)}")
        elif target not in ids:
            del link.attrib["href"]
    return tree
