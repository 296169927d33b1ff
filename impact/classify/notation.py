"""The notation in which cues are written, compiled to token patterns of spaCy's `Matcher`.

A pattern is a line of tokens separated by spaces, compared without regard to case:

=============  ========================================================================================
`word`         that word, in British and American spelling
`word~`        the word and its inflections (block~: block, blocks, blocked, blocking); also stems: verif~,
               validat~, anonymi~, accessib~
`a|b~|c`       any of these
`@person`      any word of a list in words.toml
`word?`        may be missing (also `a|b?` and `@list?`)
`real-name`    two tokens with or without a hyphen, slash or underscore between them
`...`          up to three tokens of any kind, none of which ends a sentence; `...6` up to six
`=SUPI|IMSI`   exactly in this case, each of them
=============  ========================================================================================
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

STOPS = [".", ";", "?", "!", ":"]
_GAP = re.compile(r"\.\.\.(\d*)")
_UP_TO = re.compile(r"\{0,(\d+)\}")
_ISE = re.compile(r"is(e[sdr]?|ing|ations?|ers)$")
_OUR = re.compile(r"(?<=\w\w\w)our(s|ed|ing|al|able)?$")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern.

    Attributes:
        tokens: Token pattern for spaCy's `Matcher`.
        needed: For each token that may not be missing, the lower-case words of which a text must contain one; a text
            that lacks them all for any entry cannot match.
        rarest: That of `needed` which texts have least often, by a guess.
        reach: Tokens from one end of the longest match to the other, the first not counted.
    """

    line: str
    tokens: tuple[Mapping[str, Any], ...] = field(compare=False)
    needed: tuple[frozenset[str], ...]
    rarest: frozenset[str] = field(compare=False)
    reach: int = field(compare=False)


_STEMS = {
    "at": ("e", "ion", "ions", "or", "ors"),
    "if": ("y", "ies", "ied", "ying", "ication", "ications"),
    "i": ("se", "sed", "ses", "sing", "sation", "sations"),
    "ib": ("le", "ility"),
    "ab": ("le", "ility"),
}
"""Endings of stems that are no words themselves: validat~, verif~, anonymi~, accessib~, linkab~."""


@dataclass(frozen=True, slots=True)
class Forms:
    """Named lists of words, all forms spelt out, for `@name`; and inflections that no rule gives, by base word."""

    lists: Mapping[str, frozenset[str]]
    irregular: Mapping[str, frozenset[str]]


def compile_pattern(line: str, words: Forms) -> Pattern:
    """Compile one line of the notation.

    Raises:
        ValueError: If the line is empty, begins or ends with a gap, names an unknown list or has only optional tokens.
    """
    pieces = line.split()
    if not pieces or _GAP.fullmatch(pieces[0]) or _GAP.fullmatch(pieces[-1]):
        raise ValueError(f"pattern {line!r} is empty or begins or ends with a gap")
    tokens: list[Mapping[str, Any]] = []
    needed: list[frozenset[str]] = []
    for piece in pieces:
        if gap := _GAP.fullmatch(piece):
            tokens.append({"LOWER": {"NOT_IN": STOPS}, "OP": f"{{0,{gap[1] or 3}}}"})
            continue
        added, wanted = _compile_piece(piece, words)
        tokens.extend(added)
        needed.extend(wanted)
    if not needed:
        raise ValueError(f"pattern {line!r} has only optional tokens")
    reach = sum(_most(token) for token in tokens) - 1
    return Pattern(line, tuple(tokens), tuple(needed), max(needed, key=_rarity), reach)


def _most(token: Mapping[str, Any]) -> int:
    """Return how many tokens of a text one token of a pattern can stand for."""
    gap = _UP_TO.fullmatch(token.get("OP", ""))
    return int(gap[1]) if gap else 1


def _rarity(words: frozenset[str]) -> float:
    """Return a guess at how rare a set of words is: few and long ones are rare."""
    return min(len(word) for word in words) - 0.2 * len(words)


def forms(word: str, irregular: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return a word with its regular and irregular inflections; some that English lacks do no harm."""
    inflected = {word, word + "s", word + "es", word + "ed", word + "d", word + "ing"}
    inflected |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    inflected |= {word + ending for stem, endings in _STEMS.items() if word.endswith(stem) for ending in endings}
    if word.endswith("e"):
        inflected.add(word[:-1] + "ing")
    if word.endswith("y"):
        inflected |= {word[:-1] + "ies", word[:-1] + "ied"}
    return frozenset(inflected) | irregular.get(word, frozenset())


@cache
def spellings(word: str) -> frozenset[str]:
    """Return a word in British and American spelling (-ise and -ize, -our and -or)."""
    american = _OUR.sub(lambda match: "or" + (match[1] or ""), _ISE.sub(r"iz\1", word))
    return frozenset({word, american})


def _compile_piece(piece: str, words: Forms) -> tuple[list[Mapping[str, Any]], list[frozenset[str]]]:
    """Compile a piece without spaces: a word with hyphens gives several tokens, alternatives one."""
    optional = piece.endswith("?") and piece != "?"
    piece = piece.removesuffix("?") if optional else piece
    if "-" in piece and "|" not in piece and len(piece) > 1:
        return _compile_hyphenated(piece, words, optional=optional)
    if "-" in piece and len(piece) > 1:
        raise ValueError(f"{piece!r} has a hyphen inside of alternatives; write one pattern for each")
    if piece.startswith("=") and len(piece) > 1:
        exact = frozenset(piece[1:].split("|"))
        token, wanted = _any_of("ORTH", exact), frozenset(part.lower() for part in exact)
    else:
        wanted = frozenset(word for part in piece.split("|") for word in _words_of(part, words))
        token = _any_of("LOWER", wanted)
    if optional:
        return [token | {"OP": "?"}], []
    return [token], [wanted]


def _compile_hyphenated(
    piece: str, words: Forms, *, optional: bool
) -> tuple[list[Mapping[str, Any]], list[frozenset[str]]]:
    tokens: list[Mapping[str, Any]] = []
    needed: list[frozenset[str]] = []
    for number, part in enumerate(piece.split("-")):
        if number:
            tokens.append({"LOWER": {"IN": ["-", "‑", "–", "/", "_"]}, "OP": "?"})  # noqa: RUF001 (the hyphens that texts use)
        added, wanted = _compile_piece(part + "?" * optional, words)
        tokens += added
        needed += wanted
    return tokens, needed


def _words_of(part: str, words: Forms) -> frozenset[str]:
    if part.startswith("@"):
        if part[1:] not in words.lists:
            raise ValueError(f"no list named {part!r} in words.toml")
        return words.lists[part[1:]]
    if not part:
        raise ValueError("an empty alternative")
    part = part.lower()
    spelled = forms(part[:-1], words.irregular) if part.endswith("~") else frozenset({part})
    return frozenset(form for word in spelled for form in spellings(word))


def _any_of(attribute: str, values: frozenset[str]) -> dict[str, Any]:
    if len(values) == 1:
        return {attribute: next(iter(values))}
    return {attribute: {"IN": sorted(values)}}
