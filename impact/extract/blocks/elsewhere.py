"""Parts of a document that are in other files, which its source only names."""

import re
from collections.abc import Iterator

_DIRECTIVE = re.compile(
    rb"""^[ \t>]{0,9}(?:
        include::(?P<asciidoc>[^\s\[]{1,300})\[
      | \.\.[ ](?:literal)?include::[ ]{1,9}(?P<restructured>\S{1,300})
      | \{::include(?:-[\w-]{1,40})?[ ]{1,9}(?P<kramdown>[^\s}]{1,300})\}
      | --8<--[ ]{1,9}["'](?P<snippet>[^"'\n]{1,300})["']
      | INSERT_TEXT_FROM_FILE\((?P<template>[^\s)]{1,300})\)
    )""",
    re.MULTILINE | re.VERBOSE,
)
"""Source: AsciiDoc, "Includes"; Docutils and Sphinx, "include" and "literalinclude"; kramdown-rfc, "{::include}";
PyMdown Extensions, "Snippets"; the template of drafts with YANG modules."""


def left_elsewhere(data: bytes) -> Iterator[str]:
    """Yield what to say of the parts of a text-like file that it only names; nothing where it is whole."""
    names = [next(filter(None, match.groups())).decode(errors="replace") for match in _DIRECTIVE.finditer(data)]
    if len(names) == 1:
        yield f"One part of the document is in another file and was not read: {names[0]}."
    elif names:
        yield f"{len(names)} parts of the document are in other files and were not read; the first is {names[0]}."
