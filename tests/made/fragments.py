"""Whether the fragments of a document are what its source has at their origins."""

import re

from impact.records import Document


def misplaced_fragments(document: Document, source: str) -> list[str]:
    """Return the fragments with an origin at which the source has other characters, white space and entities aside."""
    layout = document.layout
    placed = [index for index in range(len(layout)) if layout.origins[index] >= 0]
    pairs = [
        (document.text[layout.starts[index] : layout.ends[index]], source[layout.origins[index] :]) for index in placed
    ]
    squeezed = [(re.sub(r"\s", "", fragment), re.sub(r"\s", "", there)) for fragment, there in pairs]
    return [
        fragment for fragment, there in squeezed if not there.startswith(fragment) and "&" not in there[: len(fragment)]
    ]
