"""Lists of grounds on which nobody may be treated worse, held against the grounds of the Covenants."""

from collections.abc import Iterator

from impact.advise.detectors import sentences_of
from impact.advise.guidelines.rules import rules
from impact.advise.phrases import places
from impact.records import Assessment, Omission


def grounds_left_out(assessment: Assessment) -> Iterator[tuple[str, Omission]]:
    """Yield, with its guideline, the grounds that no list of grounds in the text names; nothing where there is no list.

    A sentence lists grounds where it names as many of them as guidelines.toml says.
    """
    rule = rules().grounds
    text = assessment.document.text
    named: set[str] = set()
    for sentence in sentences_of(assessment):
        here = {name for name, lines in rule.names.items() if places(lines, text, sentence.span)}
        named |= here if len(here) >= rule.least else set()
    missing = [name for name in rule.names if name not in named]
    if named and missing:
        listed = f"{', '.join(missing[:-1])} and {missing[-1]}" if len(missing) > 1 else missing[0]
        yield rule.guideline, Omission("grounds", rule.says.format(grounds=listed), rule.ask, rule.source)
