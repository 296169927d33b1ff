"""Which of the text formats some characters are."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import PurePath

from impact.errors import UnreadableError

# White space, comments, processing instructions and a document type may stand before the root element of XML.
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\s+([\w:.-]+)", re.IGNORECASE)
_DOCTYPE_REST = re.compile(r"[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ELEMENT = re.compile(r"<([A-Za-z_][\w:.-]*)(?=[\s/>])")
# Source: https://speced.github.io/bikeshed/#metadata
_BIKESHED = re.compile(r"<pre\s[^>]*class\s*=\s*[\"']?metadata\b", re.IGNORECASE)
# Elements that open an HTML page, and no other format.
_HTML_ROOTS = frozenset({"html", "head", "body", "title", "meta", "link", "script", "style"})
# Elements that a fragment of HTML may begin with; a Markdown text may, too.
_HTML_PARTS = frozenset(
    {"article", "center", "div", "dl", "font", "form", "h1", "h2", "h3", "header", "main", "nav", "ol", "p", "pre"}
    | {"section", "span", "table", "ul"}
)
_HTML_TAG = re.compile(r"</?(?:p|div|span|h[1-6]|ul|ol|li|table|t[rdh]|br|section|body|html|a)\b[^>]*>", re.IGNORECASE)
_HTML_SUFFIXES, _TAGS = frozenset({".html", ".htm", ".xhtml"}), 10
"""Names of fragments of HTML that begin with words, and the tags that these have at least. Source: project judgment."""
_MARKDOWN_HEADING = re.compile(r"^#{1,6} +\S", re.MULTILINE)
_MARKDOWN_MARK = re.compile(
    r"^(?:#{1,6} +\S|```|~~~|[*+-] +\S|\|.*\||> |!?\[[^\]]+\][(:\[])|\]\(\S{1,500}\)|\*\*\S|`[^`\n]+`", re.MULTILINE
)
# Source: Asciidoctor documentation, "Section Titles", "Attribute Entries", "Block Attributes". Wikis close a title with
# its mark, too.
_ASCIIDOC_TITLE = re.compile(r"^={1,5} +[^\s=](?:.*[^\s=])?[ \t]*$", re.MULTILINE)
_ASCIIDOC_FIRST = re.compile(r"\A(?:\s*\n|//.*\n|:[\w-]+:.*\n)*= +[^\s=].*[^\s=]\s*$", re.MULTILINE)
_ASCIIDOC_MARK = re.compile(
    r"^(?::!?[\w-]+!?:(?: .*)?|\[\[?[A-Za-z_#.%][^\[\]\n]*\]\]?|\.[A-Z]\w.*|\|={3,}|={4,}|-{4,}|\.{4,}"
    r"|(?:include|image|ifdef)::.*\]|(?:NOTE|TIP|WARNING|IMPORTANT|CAUTION): .*|\.{1,3} \S.*)[ \t]*$"
    r"|<<[\w-]+(?:,[^<>\n]*)?>>|\b(?:xref|link):\S+\[|https?://[^\s\[\]]+\[[^\]\n]+\]",
    re.MULTILINE,
)
# Source: mediawiki.org, "Help:Formatting".
_WIKI_TITLE = re.compile(r"^(={2,6})[ \t]*[^=\s](?:.*[^=\s])?[ \t]*\1[ \t]*$", re.MULTILINE)
_WIKI_MARK = re.compile(
    r"^(?:[*#]+ ?\w|\{\||\|-|<pre>)|'''?\w|\[\[[^\[\]\n]+\]\]|\[https?://\S+ [^\]\n]+\]|</?(?:nowiki|ref|source)\b",
    re.MULTILINE,
)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:.*\r?\n)*?(?:---|\.\.\.)[^\n]*\r?\n", re.MULTILINE)
_YAML_LINE = re.compile(r"^\s*(?:- +|-$)?(?:[\w$./{}-]+|\"[^\"]+\"|'[^']+'):(?:\s|$)|^\s*- ")
_YAML_KEY = re.compile(r"[\w$.-]+:(?:\s|$)")
_OPENAPI = re.compile(r"^(?:openapi|swagger|asyncapi): *[\"']?\d", re.MULTILINE)
_SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mkd": "markdown",
    ".bs": "markdown",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".mediawiki": "mediawiki",
    ".wiki": "mediawiki",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".txt": "text",
    ".text": "text",
}


def kind(text: str, name: str) -> str:
    """Return html, rfcxml, xml, markdown, asciidoc, mediawiki, yaml or text, by the first characters of a file.

    The suffix decides among Markdown, AsciiDoc, MediaWiki, YAML and plain text only where the characters leave it open.

    Raises:
        UnreadableError: If it is a drawing (SVG) or a document in one XML file that is not read.
    """
    suffix = _SUFFIXES.get(PurePath(name).suffix.lower(), "")
    # A page of a wiki may begin with an element, too.
    marked = _by_root(text, name) if text.lstrip().startswith("<") and suffix != "mediawiki" else ""
    if marked or _is_fragment(text, name):
        return marked or "html"
    return next((form for form, looks in _LOOKS.items() if looks(text, suffix)), "text")


def _is_fragment(text: str, name: str) -> bool:
    """Return whether a file that is named so is a fragment of HTML that begins with words."""
    return PurePath(name).suffix.lower() in _HTML_SUFFIXES and len(_HTML_TAG.findall(text)) >= _TAGS


def _by_root(text: str, name: str) -> str:
    """Return the kind by the first element; empty where the text only happens to begin with an angle bracket."""
    start, declared, doctype = 0, text.lstrip().startswith("<?xml"), ""
    while True:
        if prolog := _PROLOG.match(text, start):
            start = prolog.end()
        elif root_name := _DOCTYPE.match(text, start):
            doctype = root_name[1].lower()
            rest = _DOCTYPE_REST.match(text, root_name.end())
            start = rest.end() if rest else len(text)
        else:
            break
    if _BIKESHED.search(text[: start + 4096]):
        return "markdown"
    element = _ELEMENT.match(text, start)
    root = (element[1] if element else doctype).lower()
    return _root_kind(root, doctype, declared=declared, text=text, name=name)


def _root_kind(root: str, doctype: str, *, declared: bool, text: str, name: str) -> str:
    if root.rpartition(":")[2] == "svg":
        raise UnreadableError(
            f"{name} is an SVG drawing, which is not supported", "Export the text in the drawing as PDF"
        )
    if root == "rfc" or doctype == "rfc":
        return "rfcxml"
    if root in _HTML_ROOTS or doctype == "html":
        return "html"
    if declared or doctype:
        return "xml"
    is_named = _SUFFIXES.get(PurePath(name).suffix.lower()) == "markdown"
    headed = is_named and _MARKDOWN_HEADING.search(text) is not None
    if root in _HTML_PARTS and not headed and len(_HTML_TAG.findall(text)) > len(_MARKDOWN_MARK.findall(text)):
        return "html"
    closed = (
        root and root not in _HTML_PARTS and root != "a" and (f"</{root}>" in text.lower() or "xmlns" in text[:4096])
    )
    return "xml" if closed else ""


def _is_yaml(text: str, suffix: str) -> bool:
    return bool(_OPENAPI.search(text[:4096])) or (suffix in {"yaml", ""} and _looks_yaml(text))


def _looks_yaml(text: str) -> bool:
    """Return whether nine in ten lines at the outer level are keys, and there are no Markdown headings between them."""
    if _FRONT_MATTER.match(text):
        return False
    outer = [line for line in text.splitlines() if line[:1].strip() and line[0] not in "#-%}])"]
    keys = sum(1 for line in outer if _YAML_KEY.match(line))
    return len(outer) >= 2 and keys >= 0.9 * len(outer) and _nested(text)


def _nested(text: str) -> bool:
    """Return whether a key is followed by an indented key or item: a memo's "From: To: Date:" lines are not YAML."""
    lines = [line for line in text.splitlines() if line.strip()]
    return any(
        above.rstrip().endswith(":") and below[0] in " -" and _YAML_LINE.match(below)
        for above, below in pairwise(lines)
    )


def _is_asciidoc(text: str, suffix: str) -> bool:
    """Return whether the text has titles of AsciiDoc, more than of Markdown, and a few other marks of it."""
    titles = len(_ASCIIDOC_TITLE.findall(text))
    if suffix not in {"text", ""} or (titles < 2 and not _ASCIIDOC_FIRST.match(text)):
        return suffix == "asciidoc"
    return titles > len(_MARKDOWN_HEADING.findall(text)) and titles + len(_ASCIIDOC_MARK.findall(text)) >= 4


def _is_wiki(text: str, suffix: str) -> bool:
    """Return whether the text has titles of a wiki, more than of Markdown, and other marks; if named so, any."""
    titles, marks = len(_WIKI_TITLE.findall(text)), len(_WIKI_MARK.findall(text))
    if suffix not in {"text", ""}:
        return suffix == "mediawiki" and titles + marks > 0
    return titles >= 2 and titles > len(_MARKDOWN_HEADING.findall(text)) and titles + marks >= 4


def _is_markdown(text: str, suffix: str) -> bool:
    """Return whether the text has a few marks of Markdown; where it is named so, none is needed."""
    headed, front = _MARKDOWN_HEADING.search(text) is not None, _FRONT_MATTER.match(text) is not None
    if suffix == "markdown" or (suffix in {"", "yaml", "text"} and front and headed):
        return True
    return suffix != "text" and headed and len(_MARKDOWN_MARK.findall(text)) + front >= 3


_LOOKS: dict[str, Callable[[str, str], bool]] = {
    "asciidoc": _is_asciidoc,
    "mediawiki": _is_wiki,
    "yaml": _is_yaml,
    "markdown": _is_markdown,
}
"""Whether a text with a suffix is of a format, in the order in which they are tried."""
