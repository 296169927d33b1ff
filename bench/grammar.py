"""Measure how well the reading of sentences agrees with a reader, field by field, and how fast it is.

Usage: python bench/grammar.py LABELS.jsonl [--sentences FILE] [--misses FIELD] [--alone]

A line of LABELS has `id`, `actor`, `actor_role`, `action`, `object`, `condition`, `polarity`, `modality` and `stance`.
"" is "there is none", "?" is not counted; a field that no line has is left out. The sentences stand in the same
lines, or in lines of the same `id` of FILE, without it of any other .jsonl file beside LABELS; with them may stand
`title`, `heading` and `clause`, which the reading gets too unless it reads the sentences alone.
"""

import argparse
import json
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from impact.grammar import Certainty, NounPhrase, Reading, Surroundings, Trait, read
from impact.grammar.parser import load
from impact.records import Span
from impact.stems import stem

Row = Mapping[str, str]
FIELDS: Mapping[str, Callable[[Reading], Trait]] = {
    "actor": lambda reading: reading.actor,
    "actor_role": lambda reading: reading.party,
    "action": lambda reading: reading.action,
    "object": lambda reading: reading.object,
    "condition": lambda reading: reading.condition,
    "polarity": lambda reading: reading.polarity,
    "modality": lambda reading: reading.strength,
    "stance": lambda reading: reading.voice,
}
TARGETS = {"actor": 0.85, "action": 0.85, "object": 0.80, "polarity": 0.93, "modality": 0.97, "stance": 0.93}
"""Source: issue 16, point 3; abstention at most a quarter."""


def rows(path: Path) -> list[Row]:
    """Return the lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def sentences_beside(labels: Path, given: Path | None) -> dict[str, Row]:
    """Return the lines with sentences by id."""
    files = [given] if given else [labels, *(path for path in sorted(labels.parent.glob("*.jsonl")) if path != labels)]
    return {row["id"]: row for path in reversed(files) for row in rows(path) if "sentence" in row}


def around(row: Row) -> Surroundings:
    """Return where a sentence stands, as far as its line says it."""
    headings = (row["heading"],) if row.get("heading") else ()
    return Surroundings(row.get("title", ""), headings, row.get("clause", ""))


def words(text: str) -> list[str]:
    """Return the stems of the words of a text."""
    return [stem(word) for word in re.findall(r"\w+", text.casefold())]


def value_of(trait: Trait, sentence: str) -> str:
    """Return what was read, as a label has it."""
    value = trait.value
    if value is None:
        return ""
    if isinstance(value, NounPhrase):
        return value.text
    if isinstance(value, Span):
        return value.of(sentence)
    return {"descriptive": "none"}.get(str(value), str(value))


def agree(field: str, label: str, value: str) -> bool:
    """Return whether a value says the same as a label: names by their last word or one within the other."""
    ours, theirs = words(value), words(label)
    if not ours or not theirs:
        return ours == theirs
    if field in ("actor", "object"):
        return ours[-1] == theirs[-1] or set(ours) <= set(theirs) or set(theirs) <= set(ours)
    if field == "condition":
        return 2 * len(set(ours) & set(theirs)) >= min(len(set(ours)), len(set(theirs)))
    return ours == theirs


def report(labels: list[Row], sentences: Mapping[str, str], readings: Mapping[str, Reading], misses: str) -> None:
    """Print agreement and abstention for each field, and the misses of one."""
    print(f"{'field':12}{'labels':>8}{'agree':>8}{'abstain':>9}{'sure':>7}{'agree':>8}{'target':>8}")
    for field, trait_of in FIELDS.items():
        counted = [row for row in labels if row.get(field, "?") != "?"]
        if not counted:
            continue
        outcomes = []
        for row in counted:
            trait = trait_of(readings[row["id"]])
            value = value_of(trait, sentences[row["id"]])
            right = agree(field, row[field], value)
            outcomes.append((trait.certainty, right))
            if field == misses and not right and trait.certainty is not Certainty.ABSTAIN:
                print(f"  {row['id']} label {row[field]!r}, read {value!r} ({trait.certainty}): {sentences[row['id']]}")
        heard = [right for certainty, right in outcomes if certainty is not Certainty.ABSTAIN]
        sure = [right for certainty, right in outcomes if certainty is Certainty.SURE]
        shares = (mean(heard), 1 - len(heard) / max(len(outcomes), 1), len(sure) / max(len(outcomes), 1), mean(sure))
        figures = f"{shares[0]:8.3f}{shares[1]:9.3f}{shares[2]:7.3f}{shares[3]:8.3f}"
        print(f"{field:12}{len(counted):8}{figures}{TARGETS.get(field, ''):>8}")


def mean(outcomes: list[bool]) -> float:
    """Return the share that is true; 0 of none."""
    return sum(outcomes) / max(len(outcomes), 1)


def main() -> None:
    """Read the sentences, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("labels", type=Path)
    parser.add_argument("--sentences", type=Path)
    parser.add_argument("--misses", default="", choices=["", *FIELDS], help="print the sentences read otherwise")
    parser.add_argument("--alone", dest="around", action="store_false", help="read sentences without what is around")
    options = parser.parse_args()
    labels, beside = rows(options.labels), sentences_beside(options.labels, options.sentences)
    lines = [beside[row["id"]] for row in labels]
    texts = [line["sentence"] for line in lines]
    places = [around(line) for line in lines] if options.around else []
    began = time.process_time()
    load()
    loaded = time.process_time()
    readings = dict(zip((row["id"] for row in labels), read(texts, places), strict=True))
    spent, count = time.process_time() - loaded, sum(len(text.split()) for text in texts)
    print(
        f"load {loaded - began:.2f} s of processor time; {count / spent:.0f} words/s, {len(texts) / spent:.0f} texts/s"
    )
    report(labels, {line["id"]: line["sentence"] for line in lines}, readings, options.misses)


if __name__ == "__main__":
    main()
