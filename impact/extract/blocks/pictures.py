"""Images of a text-like file, of which only what is written beside them is read."""

import re

_ELEMENT = rb"<(?:[\w-]{1,30}:)?(?:img|image|graphic|svg)\b[^<>]{0,600}"
_FORMS = {
    **dict.fromkeys(("html", "xml", "rfcxml"), _ELEMENT),
    "markdown": rb"!\[[^\]\n]{0,300}\](?:\([^()\s]{1,600}|\[[^\]\n]{1,100}\])|" + _ELEMENT,
    "asciidoc": rb"^image::?[^\s\[]{1,300}\[",
    "mediawiki": rb"\[\[[ ]?(?:File|Image):[^\[\]|]{1,300}",
    "text": rb"^[ \t]{0,9}\.\.[ ](?:\|[^|\n]{1,80}\|[ ])?(?:image|figure)::[ \t]{1,9}\S{1,300}",
}
_IMAGES = {form: re.compile(pattern, re.MULTILINE) for form, pattern in _FORMS.items()}
"""Source: CommonMark 0.31, "Images"; HTML, "Embedded content"; AsciiDoc, "Images"; MediaWiki, "Help:Images"; Docutils,
"image" and "figure"; RFC 7991, "artwork"; DITA and DocBook, "image" and "graphic"."""

_ORNAMENT = re.compile(rb"badge|shields\.io|logo|icon\b|\.ico\b|spacer", re.IGNORECASE)
"""An image that says nothing of what a document is about."""


def count_images(data: bytes, form: str) -> int:
    """Return how many images a file shows, badges and the like aside.

    Args:
        data: The file.
        form: Its format, as in `Document.format`.
    """
    pattern = _IMAGES.get(form)
    return sum(not _ORNAMENT.search(match[0]) for match in pattern.finditer(data)) if pattern else 0
