"""Write the table of letters that look like Latin ones, from the data of Unicode.

`python bench/confusables.py DATA > impact/extract/concealed/lookalikes.toml`, where DATA is `confusables.json` of the
package confusable-homoglyphs (MIT), which holds confusables.txt of Unicode Technical Standard #39. Kept are letters of
other scripts, and phonetic letters, that Unicode counts as confusable with one Latin letter without an accent.
"""

import json
import sys
import unicodedata
from pathlib import Path

HEAD = """# Letters that look like a Latin letter, by that letter. Written by bench/confusables.py.
# Source: Unicode Technical Standard #39, confusables.txt, as in the package confusable-homoglyphs 3.3.1 (Unicode 15).
"""
NEAR = """
[near] # Source: project judgment; what Unicode does not count as confusable, but a hurried reader takes for the letter.
b = "вβ"
e = "єε"
h = "н"
k = "кκ"
m = "м"
n = "ηп"
t = "тτ"
w = "ω"
"""
TURKIC = frozenset("\u0131\u017f")
"""Letters of common spelling (Turkish, old prints), which are no disguise."""


def main() -> None:
    """Read, choose, write."""
    known = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    alike: dict[str, list[str]] = {}
    for character, twins in known.items():
        targets = {twin["c"] for twin in twins if len(twin["c"]) == 1 and twin["c"].isascii() and twin["c"].isalpha()}
        if len(character) == 1 and targets and is_letter(character):
            alike.setdefault(min(targets), []).append(character)
    print(HEAD)
    print("[letters]")
    for letter, characters in sorted(alike.items()):
        print(f'{letter} = "{"".join(sorted(characters))}"')
    print(NEAR)


def is_letter(character: str) -> bool:
    """Return whether a character is a letter that compatibility (NFKC) does not make a Latin one anyway."""
    letter = unicodedata.category(character).startswith("L") and character not in TURKIC
    return letter and not character.isascii() and not unicodedata.normalize("NFKC", character).isascii()


if __name__ == "__main__":
    main()
