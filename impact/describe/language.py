"""The language of most of a text, told by its script and its commonest words, and whether words are of any."""

import re
from collections import Counter
from functools import cache
from string import ascii_letters

from impact.records import BlockKind, Document
from impact.typed import load

MOST = 20_000
"""Characters that the language is told by. Source: project judgment."""

SKIPPED = frozenset({BlockKind.CODE, BlockKind.CONTENTS})
PROSE = 60
"""Characters from which on a block counts as running text. Source: project judgment."""

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
    "latin": re.compile(r"[\u00c0-\u024f]"),
}
FOREIGN = re.compile(r"[^\x00-\x7f]+")
WITHOUT_LETTERS = dict.fromkeys(map(ord, ascii_letters))
LETTERS = {"hangul": "ko", "greek": "el", "hebrew": "he", "thai": "th"}
PER_WORD = {"han": 2.5, "kana": 2.5, "hangul": 1.8}
"""Letters of other scripts that one sign says as much as. Source: project judgment, from parallel UN titles."""

_SIGNS, _RUNNING = 0.15, 0.2
"""Share of what the Latin letters of a text say that signs of East Asia say, from which these are its language unless
that share of its Latin words are common ones of a language: code and identifiers are none, though "com" and "no" occur
in them. Source: project judgment; running English has two common words of five."""

_PRIVATE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x1f\U000f0000-\U0010ffff]|\\(cid:\\d+\\)")
_ODD = re.compile(r"(?=.*\w).*[~<>|\\^{}=](?:.*)|\.[A-Z]\w*|(?![aeoyiuà-ÿ])[a-zß-ÿ][.']?|[:;<>~^|.,]{2,}|\w-")
"""Words that no title has: with a sign in it, begun by a full stop, one small letter. Source: titles
read from scanned RFCs of the 1970s against all titles of the shared documents."""

_SINGLE = re.compile(r"\w\W?")
_VOWELS = re.compile("[aeiouyàâäáåæèéêëìíîïòóôöøùúûüýÿ]", re.IGNORECASE)
_CONSONANTS = re.compile("[a-z]{5,}", re.IGNORECASE)
_SHARE = 0.25
"""Share of odd words from which a title is no title. Source: project judgment."""


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
    code = language_of("\n".join(prose)[:MOST])
    return code if code != "und" else language_of("\n".join([*prose, *rest])[:MOST])


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of a text; "und" where it has too little of any language."""
    counts = _letters(text)
    script = max(counts, key=lambda name: counts[name])
    if counts[script] < 5:
        return "und"
    if script == "latin":
        signs = "hangul" if counts["hangul"] > counts["han"] else "han"
        code = _by_words(text, script)
        if counts[signs] < _SIGNS * counts[script] or share_of_words(text, code, 0.0) >= _RUNNING:
            return code
        script = signs
    if script in LETTERS:
        return LETTERS[script]
    if script in {"han", "kana"}:
        return "ja" if counts["kana"] > 0.1 * counts["han"] else "zh"
    return _by_words(text, script)


def share_of_words(text: str, code: str, unknown: float) -> float:
    """Return which share of the words of a text, of two letters and more, are common words of a language.

    Args:
        text: Any text.
        code: Of the language.
        unknown: What to return for a language that is told by its letters.
    """
    words = _common_words().get(code)
    if words is None:
        return unknown
    tokens = [token for token in WORD.findall(text.casefold().replace("\u2019", "'")) if len(token) > 1]
    return sum(token in words for token in tokens) / len(tokens) if tokens else 0.0


def _letters(text: str) -> dict[str, float]:
    """Return how much of the text each script says."""
    foreign = "".join(FOREIGN.findall(text))
    counts = {name: len(pattern.findall(foreign)) * PER_WORD.get(name, 1.0) for name, pattern in SCRIPTS.items()}
    counts["han"] += counts["kana"]
    counts["latin"] += len(text) - len(text.translate(WITHOUT_LETTERS))
    return counts


def _by_words(text: str, script: str) -> str:
    """Return the language of the script whose commonest words make up most of the text.

    At least three different ones and a twentieth of all words; and, each word counted as one part of the languages that
    have it, a fifth more than any other language. Source: project judgment; English specifications full of identifiers
    still reach an eighth.
    """
    tokens = Counter(WORD.findall(text.casefold().replace("\u2019", "'")))
    profiles = _profiles()[script]
    shares = {
        code: sum(tokens[word] * weight for word, weight in words.items() if word in tokens)
        for code, words in profiles.items()
    }
    best, second = sorted(shares, key=lambda code: -shares[code])[:2]
    hits = [tokens[word] for word in profiles[best] if word in tokens]
    enough = len(hits) >= 3 and sum(hits) >= 0.05 * tokens.total()
    return best if enough and shares[best] > 1.2 * shares[second] else "und"


@cache
def _common_words() -> dict[str, frozenset[str]]:
    """Return the commonest words of each language that is told by them."""
    tables = load(dict[str, dict[str, str]], "impact.describe", "language.toml").values()
    return {code: frozenset(text.split()) for table in tables for code, text in table.items()}


@cache
def _profiles() -> dict[str, dict[str, dict[str, float]]]:
    """Return the weight of each word by script and language: the share of one language among those that have it."""
    profiles = {}
    for script, table in load(dict[str, dict[str, str]], "impact.describe", "language.toml").items():
        words = {code: dict.fromkeys(text.split()) for code, text in table.items()}
        languages = Counter(word for code_words in words.values() for word in code_words)
        profiles[script] = {
            code: {word: 1 / languages[word] for word in code_words} for code, code_words in words.items()
        }
    return profiles


def is_legible(title: str) -> bool:
    """Return whether a title reads as words: no signs without a meaning, few odd words, vowels in long ones."""
    words = title.split()
    if not words:
        return True
    odd = sum(_ODD.fullmatch(word) is not None or _PRIVATE.search(word) is not None for word in words)
    single = sum(_SINGLE.fullmatch(word) is not None for word in words)
    long = [word for word in words if _CONSONANTS.fullmatch(word)]
    mute = sum(_VOWELS.search(word) is None for word in long)
    return (
        odd < _SHARE * len(words)
        and not (len(words) >= 5 and 2 * single > len(words))
        and not (mute > 1 and 2 * mute > len(long))
    )
