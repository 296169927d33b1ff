"""Fit the weights by which a comparison names the kind of change of a sentence.

    python models/changes/fit.py [--check]

Learns from the pairs of sentences of `corpora/changes` and from the edits of one sentence in those documents of
`corpora/editions` that were read; never from those held out. `--check` fits to all sets but one, and prints how many of
that one are named rightly, by rules alone and by the weights, for each set on which no rule was developed.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from impact.compare.edits.edit import EditKind
from impact.compare.edits.naming import named
from impact.compare.edits.reading import parse
from impact.compare.edits.sentencing import paired
from impact.compare.edits.weights.traits import traits_of
from impact.compare.edits.weights.weighing import WEIGHED
from impact.compare.wording import key_of
from impact.paths import shelf
from impact.records import Span
from impact.segment.sentences import sentences
from impact.train.fit.traits import fitted
from impact.trait_weights import Traits, TraitWeights

HERE = Path(__file__).resolve().parent
READ = ("ash", "birch", "dogwood", "juniper", "larch", "rowan", "sorrel")
"""Editions that were read; all others are held out."""
KNOWN = frozenset(READ) - {"sorrel"}
"""Those on which rules were developed."""
PENALTY = 0.05
"""Inverse strength of the penalty on weights. Source: 0.05 and 0.1 are the same in `--check`, 0.02 is 0.01 worse."""


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of sentences with the kind of change between them.

    Attributes:
        ruled: The kind that rules name first.
    """

    source: str
    kind: EditKind
    ruled: EditKind
    traits: Traits


def changes() -> Iterator[tuple[str, str, str, str]]:
    """Yield source, kind, old sentence and new sentence of all changes of one sentence."""
    for line in (shelf("corpora") / "changes" / "pairs.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["set"], row["kind"], key_of(row["old"]), key_of(row["new"])
    for path in sorted((shelf("corpora") / "editions").glob("*/edits.json")):
        source = path.parent.name.split("-")[0]
        for edit in json.loads(path.read_text(encoding="utf-8")) if source in READ else ():
            if edit["kind"] in {kind.value for kind in WEIGHED}:
                pairs = [pair for pair in paired(_sentences(edit["old"]), _sentences(edit["new"])) if all(pair)]
                yield from ((source, edit["kind"], *pair) for pair in pairs if len(pairs) == 1)


def _sentences(text: str) -> list[str]:
    return [key_of(span.of(text)) for span in sentences(text, Span(0, len(text)))]


def examples() -> list[Example]:
    """Return all changes, each sentence parsed once."""
    rows = list(changes())
    texts = parse(sentence for row in rows for sentence in row[2:])
    found = []
    for source, kind, before, after in rows:
        old, new = texts.row(before), texts.row(after)
        said = named(old, new)
        found.append(Example(source, EditKind(kind), said[0][0], traits_of(old, new, said)))
    return found


def weights_of(rows: Sequence[Example]) -> dict[EditKind, TraitWeights]:
    """Return the weights of each kind."""
    traits = [row.traits for row in rows]
    return {kind: fitted(traits, [row.kind is kind for row in rows], PENALTY) for kind in WEIGHED}


def check(rows: Sequence[Example]) -> None:
    """Print how many of each set are named rightly by rules, and by weights fitted to the others."""
    ruled = weighed = whole = 0
    for source in sorted({row.source for row in rows} - KNOWN):
        weights = weights_of([row for row in rows if row.source != source])
        inside = [row for row in rows if row.source == source]
        right = sum(_likeliest(weights, row.traits) is row.kind for row in inside)
        by_rules = sum(row.ruled is row.kind for row in inside)
        ruled, weighed, whole = ruled + by_rules, weighed + right, whole + len(inside)
        print(f"{source:8} rules {by_rules:4}, weights {right:4} of {len(inside):4}")
    print(f"all      rules {ruled:4}, weights {weighed:4} of {whole:4}")


def _likeliest(weights: Mapping[EditKind, TraitWeights], traits: Traits) -> EditKind:
    return max(WEIGHED, key=lambda kind: weights[kind].chance(traits))


def main() -> None:
    """Fit, and write or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print what is named of each set by the others")
    args = parser.parse_args()
    rows = examples()
    if args.check:
        check(rows)
        return
    for kind, weights in weights_of(rows).items():
        text = json.dumps(asdict(weights), indent=1, sort_keys=True)
        (HERE / f"{kind.value}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
