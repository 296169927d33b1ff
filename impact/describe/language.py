"""The language of most of a text, told by its script and its commonest words."""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from impact.records import BlockKind, Document

MOST = 20_000
SKIPPED = frozenset({BlockKind.CODE, BlockKind.CONTENTS})
PROSE = 60
"""Characters from which on a block counts as running text. Source: project judgement."""

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
SCRIPTS = {
    "han": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"),
    "kana": re.compile(r"[\u3041-\u30ff]"),
    "hangul": re.compile(r"[\uac00-\ud7a3]"),
    "arabic": re.compile(r"[\u0620-\u06ff]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "greek": re.compile(r"[\u0370-\u03ff]"),
    "hebrew": re.compile(r"[\u05d0-\u05ea]"),
    "thai": re.compile(r"[\u0e01-\u0e5b]"),
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f]"),
}
LETTERS = {"hangul": "ko", "greek": "el", "hebrew": "he", "thai": "th"}
PER_WORD = {"han": 2.5, "kana": 2.5, "hangul": 1.8}
"""Letters of other scripts that one sign says as much as. Source: project judgement, from parallel UN titles."""


def language(document: Document) -> str:
    """Return the ISO 639-1 code of most of the first 20,000 characters of running text; "und" where unknown."""
    prose, rest, size = [], [], 0
    for block in document.blocks:
        if block.kind in SKIPPED:
            continue
        text = document.text[block.span.start : min(block.span.end, block.span.start + MOST)]
        if len(block.span) < PROSE:
            rest.append(text)
            continue
        prose.append(text)
        size += len(text)
        if size >= MOST:
            break
    found = language_of("\n".join(prose)[:MOST])
    return found if found != "und" else language_of("\n".join([*prose, *rest])[:MOST])


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of a text; "und" where it has too little of any language."""
    counts = {name: len(pattern.findall(text)) * PER_WORD.get(name, 1.0) for name, pattern in SCRIPTS.items()}
    counts["han"] += counts["kana"]
    script = max(counts, key=lambda name: counts[name])
    if counts[script] < 5:
        return "und"
    if script in LETTERS:
        return LETTERS[script]
    if script in {"han", "kana"}:
        return "ja" if counts["kana"] > 0.1 * counts["han"] else "zh"
    return _by_words(text, script)


def _by_words(text: str, script: str) -> str:
    """Return the language of the script whose commonest words make up most of the text.

    At least three of them, a twentieth of all words, and a fifth more than any other language has.
    Source: project judgement; English specifications full of identifiers still reach an eighth.
    """
    tokens = Counter(WORD.findall(text.casefold().replace("\u2019", "'")))
    profiles = _profiles()[script]
    hits = {code: sum(tokens[word] for word in words) for code, words in profiles.items()}
    ranked = sorted(hits, key=lambda code: -hits[code])
    best = ranked[0]
    second = hits[ranked[1]] if len(ranked) > 1 else 0
    enough = hits[best] >= 3 and hits[best] >= 0.05 * tokens.total()
    return best if enough and hits[best] > 1.2 * second else "und"


@cache
def _profiles() -> dict[str, dict[str, frozenset[str]]]:
    data = tomllib.loads((Path(__file__).parent / "language.toml").read_text("utf-8"))
    return {script: {code: frozenset(words.split()) for code, words in table.items()} for script, table in data.items()}
