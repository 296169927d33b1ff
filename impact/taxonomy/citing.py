"""How people name an article of the International Bill of Human Rights, and which articles one takes in."""

import re
from functools import cache

from impact.taxonomy.load import load

_NUMBER = r"(?P<number>[1-9]\d?(?:\s*\(\w{1,3}\))*)"
_ARTICLE = r"(?:art(?:icle|\.)?\s*)?"


def article_in(question: str) -> str:
    """Return the article that a question names, as "ICCPR 17" or "ICCPR 2(3)"; empty where it is no such question.

    It names the instrument, by its initials or in full, and a number, in either order.
    """
    plain = " ".join(question.replace(",", " ").split())
    named = next(filter(None, (pattern.fullmatch(plain) for pattern in _patterns())), None)
    if named is None:
        return ""
    written = named["instrument"].casefold()
    instrument = next(
        key for key, text in load().instruments.items() if written in {key.casefold(), text.name.casefold()}
    )
    return f"{instrument} {''.join(named['number'].split()).casefold()}"


def covers(article: str, reference: str) -> bool:
    """Return whether one of an article and a reference is the other or a part of it: "ICCPR 19" and "ICCPR 19(3)"."""
    return article == reference or article.startswith(f"{reference}(") or reference.startswith(f"{article}(")


def wider(article: str) -> list[str]:
    """Return an article and those that it is a part of, the narrowest last: "ICCPR 19(3)" and "ICCPR 19"."""
    cuts = [place for place, character in enumerate(article) if character == "("]
    return [article, *(article[:place] for place in cuts)]


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = [re.escape(name) for key, named in load().instruments.items() for name in (key, named.name)]
    instrument = rf"(?:of\s|in\s)?(?:the\s)?(?P<instrument>{'|'.join(names)})"
    orders = (rf"{instrument}\s*{_ARTICLE}{_NUMBER}", rf"{_ARTICLE}{_NUMBER}\s*{instrument}")
    return tuple(re.compile(order, re.IGNORECASE) for order in orders)
