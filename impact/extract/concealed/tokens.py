"""What a reader sees between two blanks: without unseen characters, and in Latin letters where these are meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from impact.extract.concealed.characters import FLAG, JOINING, finder, is_wide, plain_forms, twins, unseen
from impact.extract.concealed.edits import Repair, applied
from impact.extract.concealed.words import is_short, is_word
from impact.records.layout import ConcealmentKind

TOKEN = re.compile(r"\S+")
WORD = re.compile(r"[^\W\d_]+")
SCRIPTS = "\u0590"
"""From here on are scripts that need joining characters in their spelling, and emoji."""
UNSPACED = "\u0e00"
"""From here on are scripts that put no spaces between words, where a zero-width space parts them."""
TAGS = "\U000e0000"
"""From here on are tags and variations that no text but emoji and ideographs needs."""
MESSAGE = 3
"""More of them beside each other may spell a message that no reader sees. Source: project judgment."""
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
VOWEL = re.compile("[aeiouyáéíóúàèìòùâêîôûäëïöüåæø]", re.IGNORECASE)
SYLLABLE = re.compile("[aeiouy]+", re.IGNORECASE)
MUTE = re.compile("(?<=[^aeiouyl])e(?=s?$)", re.IGNORECASE)
"""An e at the end that makes no syllable."""
LIGATURES = ("\ufb00", "\ufb06")
GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
STROKES = frozenset("\u0196\u01c0\u0399\u0406\u04c0\u04cf\u16c1\u2c92\u2d4f\ua4f2")
"""Letters that are a mere stroke, which may be meant as l or as I."""
WHOLE = 4
"""Letters of a word of other scripts that looks like an English one by more than chance. Source: project judgment."""
FORMS = 3
"""Mathematical, circled or raised letters in a row that are a word and no symbol. Source: project judgment."""
STRANGE = 0.1
"""Share of letters that look like no Latin one, up to which others in a paragraph may be disguises.

Source: project judgment; of those of a paragraph in Greek or Cyrillic, three in ten do.
"""
FOREIGN = re.compile(r"[^\W\d_a-zA-Z]")
LAST_LATIN = "\u024f"


@dataclass(slots=True)
class _Letter:
    """A character of a token, what is seen of it, and why."""

    source: str
    seen: str
    kind: ConcealmentKind | None = None
    noted: bool = False


def is_latin(text: str) -> bool:
    """Return whether a paragraph is in Latin letters and such as look like them."""
    foreign, alike = FOREIGN.findall(text), twins()
    strange = sum(letter > LAST_LATIN and letter not in alike for letter in foreign)
    latin = len(text.encode("ascii", "ignore"))
    return strange <= STRANGE * (strange + latin) and len(foreign) <= 2 * latin


def token_edits(text: str, start: int, end: int, suspect: re.Pattern[str], *, latin: bool) -> Iterator[Repair]:
    """Yield the edits of a stretch of a text, in order.

    Args:
        text: What the edits are of.
        start: Of the stretch.
        end: Of the stretch.
        suspect: What finds the characters of the text that may hide something.
        latin: Whether its paragraph is mostly in Latin letters.
    """
    done = start
    for match in TOKEN.finditer(text, start, end):
        token = match.group()
        if not suspect.search(token):
            continue
        letters = _letters(token)
        _fold_forms(letters)
        if latin:
            _fold_twins(letters)
        _note_torn(letters)
        for edit in _edits(letters, match.start()):
            widened = _without_gap(text, edit, match.span(), (done, end))
            done = widened.end
            yield widened


def folded(text: str) -> str:
    """Return what a reader sees of a text of one paragraph that holds no reordered stretch."""
    suspect = finder(text)
    return applied(text, token_edits(text, 0, len(text), suspect, latin=is_latin(text))) if suspect else text


def _letters(token: str) -> list[_Letter]:
    """Return the characters of a token, the unseen ones without what is seen of them unless spelling needs them."""
    flags = [match.span() for match in FLAG.finditer(token)] if "\U0001f3f4" in token else []
    letters: list[_Letter] = []
    before, hiding = "", unseen()
    for place, character in enumerate(token):
        if character not in hiding:
            letters.append(_Letter(character, character))
            before = character
        elif any(start <= place < end for start, end in flags) or _is_spelling(token, place, before):
            letters.append(_Letter(character, character))
        else:
            letters.append(_Letter(character, "", hiding[character]))
    return letters


def _is_spelling(token: str, place: int, before: str) -> bool:
    """Return whether the unseen character at a place belongs to the spelling of what is before it."""
    if token[place] in JOINING:
        return before >= SCRIPTS
    after = token[place + 1 : place + 2]
    return token[place] == "\u200b" and before >= UNSPACED and after >= UNSPACED


def _fold_forms(letters: Sequence[_Letter]) -> None:
    """Make Latin letters of their forms where they are a word; ligatures always are."""
    plain_letters = plain_forms()
    forms = [(letter, plain_letters[letter.seen]) for letter in letters if letter.seen in plain_letters]
    if not forms:
        return
    token = "".join(letter.seen for letter in letters)
    wide = sum(is_wide(letter.seen) and form.isalpha() for letter, form in forms)
    others = sum(not is_wide(letter.seen) and form.isalpha() for letter, form in forms)
    foreign = CJK.search(token) is not None
    plain = "".join(WORD.findall("".join(plain_letters.get(letter.seen, letter.seen) for letter in letters)))
    is_known = others > 1 and (is_word(plain) or is_short(plain))
    for letter, form in forms:
        if is_wide(letter.seen):
            if wide > 1 and (form.isalnum() or not foreign):
                letter.seen, letter.kind = form, ConcealmentKind.FULLWIDTH
        elif others >= FORMS or is_known or LIGATURES[0] <= letter.seen <= LIGATURES[1]:
            letter.seen, letter.kind = form, ConcealmentKind.FORM
    if wide > 1 and not foreign:
        _note_wide(letters)


def _note_wide(letters: Sequence[_Letter]) -> None:
    """Note fullwidth letters that are a word of four or more in lower case, which no table or label is set in.

    Source: project judgment; documents from East Asia have acronyms and numbers in fullwidth forms.
    """
    for word in WORD.finditer("".join(letter.seen for letter in letters)):
        if len(word.group()) > 3 and word.group().islower() and is_word(word.group()):
            for letter in letters:
                letter.noted = letter.noted or letter.kind is ConcealmentKind.FULLWIDTH


def _fold_twins(letters: Sequence[_Letter]) -> None:
    """Make Latin letters of those that look like them, in words of which all letters do."""
    shown = [letter for letter in letters if letter.seen]
    text = "".join(letter.seen[0] for letter in shown)
    if text.isascii():
        return
    for match in WORD.finditer(text):
        word = match.group()
        skeleton = "" if word.isascii() else _skeleton(word)
        if not skeleton:
            continue
        for letter, latin in zip(shown[match.start() : match.end()], skeleton, strict=True):
            if letter.seen != latin and len(letter.seen) == 1:
                letter.seen, letter.kind, letter.noted = latin, ConcealmentKind.LOOKALIKE, is_word(skeleton)


def _skeleton(word: str) -> str:
    """Return the Latin word that a word looks like; empty where it looks like none, or may be meant as it is.

    A word of mixed scripts is a disguise where its skeleton is an English word, or where most of five letters or more
    are Latin; a word of other scripts alone, and one with Greek letters, which formulas have, only where it is an
    English word of four letters. Source: project judgment.
    """
    alike = twins()
    latin = sum(map(str.isascii, word))
    if not all(character.isascii() or character in alike for character in word):
        return ""
    skeleton = "".join(character if character.isascii() else alike[character] for character in word)
    low, capital = (
        "".join(letter if stroke in STROKES else twin for stroke, twin in zip(word, skeleton, strict=True))
        for letter in "lI"
    )
    if GREEK.search(word) and (len(word) < WHOLE or not is_word(skeleton)):
        return ""
    for candidate in dict.fromkeys((skeleton, low, capital)):
        if is_word(candidate) and (latin or len(word) >= WHOLE):
            return candidate
        if latin and is_short(candidate):
            return candidate
    return skeleton if len(word) > WHOLE and 2 * latin > len(word) else ""


def _note_torn(letters: Sequence[_Letter]) -> None:
    """Note unseen characters that tear a word, and tags and variations that may spell a message."""
    shown = [place for place, letter in enumerate(letters) if letter.seen]
    text = "".join(letters[place].seen[0] for place in shown)
    for match in WORD.finditer(text):
        if not match.group().isascii():
            continue
        first, last = shown[match.start()], shown[match.end() - 1]
        inner = letters[first : last + 1]
        if last - first + 1 > len(match.group()):
            _note_word(match.group(), inner)
    hidden = [letter for letter in letters if not letter.seen]
    if sum(letter.source >= TAGS for letter in hidden) > MESSAGE:
        for letter in hidden:
            letter.noted = True


def _note_word(word: str, letters: Sequence[_Letter]) -> None:
    """Note what tears one word.

    Soft hyphens are where a word may be parted; what no hyphenation does is a piece without a vowel, one letter at an
    end, or a word of four letters or one syllable in pieces, as most words that bind are ("should"). Other unseen
    characters stand in addresses, names of programs and compounds, where a capital follows or the whole is no word.
    Source: project judgment.
    """
    hidden = [place for place, letter in enumerate(letters) if not letter.seen]
    pieces = "".join(letter.seen[:1] or "\0" for letter in letters).split("\0")
    pieces = [piece for piece in pieces if piece]
    is_likely_word = is_word(word) or len(pieces) > 2
    whole = len(word) < 5 or len(SYLLABLE.findall(MUTE.sub("", word))) < 2
    odd = whole or min(len(pieces[0]), len(pieces[-1])) < 2 or not all(map(VOWEL.search, pieces))
    small = not any(piece[0].isupper() for piece in pieces[1:]) or word.isupper()
    for place in hidden:
        soft = letters[place].kind is ConcealmentKind.SOFT_HYPHEN
        letters[place].noted = is_likely_word and (odd if soft else small)


def _edits(letters: Sequence[_Letter], start: int) -> Iterator[Repair]:
    """Yield an edit for each run of characters in which all that was undone was so for the same reason."""
    touched = [place for place, letter in enumerate(letters) if letter.kind is not None]
    for kind, group in groupby(touched, lambda place: letters[place].kind):
        places = list(group)
        run = letters[places[0] : places[-1] + 1]
        seen = "".join(letter.seen for letter in run)
        if kind is not None:
            yield Repair(start + places[0], start + places[-1] + 1, seen, kind, any(letter.noted for letter in run))


def _without_gap(text: str, edit: Repair, token: tuple[int, int], reach: tuple[int, int]) -> Repair:
    """Return the edit of a token that shows nothing with one of the blanks around it, if there is one in reach."""
    if edit.kind is ConcealmentKind.SOFT_HYPHEN and edit.end == token[1] and not edit.seen:
        return _joined_lines(text, edit, token[0], reach[1])
    if edit.seen or (edit.start, edit.end) != token:
        return edit
    if text[edit.end : min(edit.end + 1, reach[1])] == " ":
        return replace(edit, end=edit.end + 1)
    if edit.start > reach[0] and text[edit.start - 1] == " ":
        return replace(edit, start=edit.start - 1)
    return edit


def _joined_lines(text: str, edit: Repair, start: int, end: int) -> Repair:
    """Return the edit of a soft hyphen at the end of a line with the blank after it, if the two halves are a word."""
    rest = WORD.match(text, edit.end + 1, end) if text[edit.end : edit.end + 1].isspace() else None
    first = WORD.findall(text[start : edit.start])
    if rest and first and rest.group().islower() and is_word(f"{first[-1]}{rest.group()}"):
        return replace(edit, end=edit.end + 1)
    return edit
