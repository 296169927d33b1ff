"""Running text of MediaWiki markup, reduced to what a reader of the page sees, with the way back to the source."""

import re
from collections.abc import Iterator
from html import unescape

from impact.extract.blocks.powers import SIGN, is_power
from impact.extract.markdown.inline import Piece, with_tokens
from impact.extract.mediawiki.footnotes import FOOTNOTE

# Source: mediawiki.org, "Help:Formatting", "Help:Links", "Help:Templates", "Help:Magic words".
TOKEN = re.compile(
    rf"(?P<footnote>(?si:{FOOTNOTE.pattern.replace('(?P<words>', '(?:')}))"
    r"|<nowiki>(?P<plain>.{0,4000}?)</nowiki>"
    r"|(?P<unshown>\[\[\s?(?:File|Image|Media|Category)\s?:(?:[^\[\]]|\[\[[^\[\]]{0,200}\]\]|\[[^\[\]]{0,200}\]){0,800}\]\]"
    r"|__[A-Z]{3,30}__|'{5}|'{2,3})"
    r"|\[\[(?P<target>[^\[\]|\n]{1,300})(?:\|(?P<shown>[^\[\]]{0,500}))?\]\]"
    r"|\[(?P<address>(?:(?:https?:|ftp:)?//|mailto:)[^\s\[\]<>]{1,900})"
    r"(?:[ \t]+(?P<label>[^\[\]\n]{1,500}(?:\[[^\[\]]{0,200}\][^\[\]\n]{0,300})?))?\]"
    r"|\{\{(?P<template>[^{}]{1,800})\}\}"
    r"|(?P<tag></?[A-Za-z][\w:-]{0,40}(?:\s[^<>]{0,800})?/?>)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]\w{1,30});)",
    re.DOTALL,
)
ARGUMENT = re.compile(r"\|(?!\s*[\w ]{1,40}=)(?P<words>[^|]{1,800})")
"""A value without a name that a template is given, which it may show."""

DEEPEST = 4
"""Marks within marks that are read. Source: project judgment."""


class WikiText:
    """Reads running text."""

    def pieces(self, text: str, base: int = 0, depth: int = 0) -> Iterator[Piece]:
        """Yield seen characters with their place, generated ones with place -1, and tags ("<br>") with place -2.

        Args:
            text: Running text, lines parted by line ends.
            base: Added to each place.
            depth: How deep marks are nested so far.
        """
        return with_tokens(text, TOKEN, base, lambda match: self._token(match, base, depth))

    def _token(self, match: re.Match[str], base: int, depth: int) -> Iterator[Piece]:
        name = match.lastgroup or ""
        if name in {"shown", "label", "template"} and match[name].strip():
            yield from self._nested(match, name, base, depth)
        elif match["target"]:
            bare = match["target"].strip().lstrip(":#")
            yield bare, base + match.start("target") + match["target"].find(bare)
        elif name in {"plain", "address"}:
            yield match[name], base + match.start(name)
        elif name == "entity":
            yield unescape(match[name]), base + match.start()
        elif name == "tag":
            if match[name].lower() == "<sup>" and is_power(match.string[: match.start()], match.string[match.end() :]):
                yield SIGN, -1
            yield match[name], -2

    def _nested(self, match: re.Match[str], name: str, base: int, depth: int) -> Iterator[Piece]:
        """Yield the words that a link shows, or those that a template is given."""
        spans = [match.span(name)]
        if name == "template":
            spans = [given.span("words") for given in ARGUMENT.finditer(match.string, *match.span(name))]
        for number, (start, end) in enumerate(spans):
            if number:
                yield " ", -1
            inner = match.string[start:end]
            yield from self.pieces(inner, base + start, depth + 1) if depth < DEEPEST else [(inner, base + start)]
