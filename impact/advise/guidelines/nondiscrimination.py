"""Lists of grounds on which nobody may be treated worse, held against the grounds of the Covenants."""

from collections.abc import Iterator

from impact.advise.context import Context
from impact.advise.guideline_rules import rules
from impact.advise.phrases import places
from impact.records import Omission, Span


def grounds_left_out(context: Context) -> Iterator[tuple[str, Omission]]:
    """Yield, with its guideline, the grounds that no list of grounds in the text names; nothing where there is no list.

    A sentence lists grounds where it names as many of them as guidelines.toml says, with a word for unequal treatment.
    """
    rule = rules().grounds
    whole = Span(0, len(context.text))
    present = {name: lines for name, lines in rule.names.items() if places(lines, context.text, whole)}
    listed: set[str] = set()
    for sentence in context.sentences if len(present) >= rule.least else ():
        named = {name for name, lines in present.items() if places(lines, context.text, sentence.span)}
        if len(named) >= rule.least and places(rule.words, context.text, sentence.span):
            listed |= named
    missing = [name for name in rule.names if name not in listed]
    if listed and missing:
        words = f"{', '.join(missing[:-1])} and {missing[-1]}" if len(missing) > 1 else missing[0]
        yield rule.guideline, Omission("grounds", rule.says.format(grounds=words), rule.ask, rule.source)
