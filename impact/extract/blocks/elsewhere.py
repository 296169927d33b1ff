"""Parts of a document that are in other files, which its source only names."""

import re
from collections.abc import Iterator

_LINE = r"^[ \t>]{0,9}(?:"
_TEXT = re.compile(
    rf"""{_LINE}
        include::(?P<asciidoc>[^\s\[]{{1,300}})\[
      | \.\.[ ](?:literal)?include::[ ]{{1,9}}(?P<restructured>\S{{1,300}})
      | \{{::include(?:-[\w-]{{1,40}})?[ ]{{1,9}}(?P<kramdown>[^\s}}]{{1,300}})\}}
      | --8<--[ ]{{1,9}}["'](?P<snippet>[^"'\n]{{1,300}})["']
      | INSERT_TEXT_FROM_FILE\((?P<template>[^\s)]{{1,300}})\)
      | \{{\{{\#(?:include|rustdoc_include|playground)[ ]{{1,9}}(?P<mdbook>[^\s}}]{{1,300}})[^}}\n]{{0,99}}\}}\}}
      | <?\{{\{{(?P<mmark>[\w./-]{{1,300}}\.(?:md|txt|xml|json|ya?ml|cddl|abnf|yang|asn1?))\}}\}}
        (?:\[[^\]\n]{{0,99}}\])?[ \t]*$
      | (?:`{{3,}}|:{{3,}}|~{{3,}})[ ]?\{{(?:literal)?include\}}[ ]{{1,9}}(?P<myst>\S{{1,300}})
      | \{{%-?[ ]{{0,9}}include(?:_relative)?[ ]{{1,9}}["']?(?P<liquid>[^\s"'%]{{1,300}})["']?[ ]{{0,9}}-?%\}}
      | \{{\{{[<%][ ]{{0,9}}(?:include|readfile)[ ]{{1,9}}(?:file=)?["']?(?P<hugo>[^\s"'>%]{{1,300}})
      | \[!INCLUDE[ ]{{0,9}}\[[^\]\n]{{0,300}}\]\((?P<docfx>[^\s)]{{1,300}})\)
      | import[ ]\w{{1,80}}[ ]from[ ]["'](?P<mdx>[^"'\n]{{1,300}}\.mdx?)["']
      | \\(?:input|include|subfile)\{{(?P<tex>[^\s{{}}]{{1,300}})\}}
    )""".encode(),
    re.MULTILINE | re.VERBOSE,
)
"""Source: AsciiDoc, "Includes"; Docutils and Sphinx, "include" and "literalinclude"; kramdown-rfc, "{::include}";
PyMdown Extensions, "Snippets"; the template of drafts with YANG modules; mdBook, "Including files"; mmark, "Includes";
MyST, "include"; Jekyll, "Includes" (with arguments it is a template, and no part); Hugo and Docsy, "include" and
"readfile"; DocFX, "File Inclusion"; MDX, "Importing"; LaTeX 2e, "Splitting the input"."""

_PAGE = re.compile(
    rb"""<[a-z][^<>]{0,500}?\sdata-include\s{0,9}=\s{0,9}["']?(?P<respec>[^\s"'<>]{1,300})
      | <pre\s[^<>]{0,300}?\bclass\s{0,9}=\s{0,9}["']?include(?:-code|-raw)?\b[^<>]{0,300}>
        (?:(?!</pre)[^\n]{0,300}\n){0,9}?[ \t]{0,40}path:[ \t]{0,9}(?P<bikeshed>[^\s<]{1,300})""",
    re.IGNORECASE | re.VERBOSE,
)
"""Source: ReSpec, "data-include"; Bikeshed, "Including Other Files"."""

_XML = re.compile(
    rb"""<(?:[\w-]{1,30}:)?include\s(?:[^<>]{0,500}?\s)?href\s{0,9}=\s{0,9}["'](?P<xinclude>[^"'<>]{1,300})
      | <\?rfc\s[^<>]{0,99}?\binclude\s{0,9}=\s{0,9}["'](?P<instruction>[^"'<>]{1,300})
      | ^\s{0,9}INSERT_TEXT_FROM_FILE\((?P<template>[^\s)]{1,300})\)""",
    re.MULTILINE | re.VERBOSE,
)
"""Source: XML Inclusions 1.0, section 3.1; xml2rfc, "Including files"."""

_NO_TEXT = re.compile(rb"\breference\.|/bibxml|/citations/|\.(?:svg|png|gif|jpe?g)$", re.IGNORECASE)
"""An entry of a bibliography or a drawing, which is no part of the text."""

_BY_FORM = {
    "html": (_PAGE,), "markdown": (_TEXT, _PAGE), "xml": (_XML,), "rfcxml": (_XML,), "yaml": (),
}  # fmt: skip
_COMMENTED = frozenset({"html", "markdown", "xml", "rfcxml"})


def left_elsewhere(data: bytes, form: str) -> Iterator[str]:
    """Yield what to say of the parts of a text-like file that it only names; nothing where it is whole.

    Args:
        data: The file.
        form: Its format, as in `Document.format`.
    """
    bare = _without_comments(data) if form in _COMMENTED else data
    matches = (match for pattern in _BY_FORM.get(form, (_TEXT,)) for match in pattern.finditer(bare))
    places = sorted((match.start(), next(filter(None, match.groups()))) for match in matches)
    names = list(dict.fromkeys(name.decode(errors="replace") for _, name in places if not _NO_TEXT.search(name)))
    if len(names) == 1:
        yield f"A text file that the document includes was not read: {names[0]}."
    elif names:
        yield f"{len(names)} text files that the document includes were not read, among them {names[0]}."


def _without_comments(data: bytes) -> bytes:
    """Return a source without the comments of HTML and XML in it."""
    parts, place = [], 0
    while (start := data.find(b"<!--", place)) >= 0 and (end := data.find(b"-->", start + 4)) >= 0:
        parts.append(data[place:start])
        place = end + 3
    return b"".join([*parts, data[place:]])
