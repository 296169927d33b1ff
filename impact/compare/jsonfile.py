"""`comparison.json`, schema `impact-comparison/1`: the answer for other programs (docs/compare.md)."""

import json
import re
from typing import Any

from impact.compare.change import Change
from impact.compare.comparison import Comparison, Tally
from impact.compare.edition import Edition, Guard, Passage, Power
from impact.compare.sentences import Names, names_of, sentences
from impact.compare.worddiff import word_diff
from impact.taxonomy.values import Taxonomy

SCHEMA = "impact-comparison/1"
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def render(comparison: Comparison, taxonomy: Taxonomy) -> str:
    """Return the comparison as JSON: one line a top-level key, one line a change, a line feed at the end.

    Equal comparisons give equal text.
    """
    names = names_of(comparison, taxonomy)
    head: dict[str, Any] = {
        "schema": SCHEMA,
        "old": _edition(comparison.old),
        "new": _edition(comparison.new),
        "same_versions": comparison.old.versions == comparison.new.versions,
        "counts": _counts(comparison),
        "silences": _silences(comparison),
    }
    changes = ",\n".join(_dumped(_change(change, names)) for change in comparison.shown)
    links = [
        {
            "kind": change.link.kind.value,
            "old": [one.id for one in change.old],
            "new": [one.id for one in change.new],
        }
        for change in sorted(comparison.changes, key=lambda change: (change.link.new or (-1,), change.link.old))
    ]
    lines = [f'"{name}":{_dumped(value)}' for name, value in head.items()]
    lines.append('"changes":[' + (f"\n{changes}\n" if changes else "") + "]")
    lines.append(f'"alignment":{_dumped(links)}')
    return "{" + ",\n".join(lines) + "}\n"


def _dumped(value: object) -> str:
    """Return compact JSON in UTF-8, with half surrogate pairs escaped, for they cannot be written."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "id": edition.digest,
        "source": edition.source,
        "view": edition.view,
        "title": edition.title,
        "number": edition.number,
        "revision": edition.revision,
        "date": edition.date,
        "language": edition.language,
        "paged": edition.paged,
        "level": edition.level.value,
        "clauses": len(edition.passages),
    }


def _counts(comparison: Comparison) -> dict[str, Any]:
    return {
        "clauses": _tally(comparison.clauses),
        "kinds": {kind.value: count for kind, count in comparison.kinds.items()},
        "findings": _tally(comparison.findings),
        "levels": {level.value: _tally(tally) for level, tally in comparison.levels.items()},
        "safeguards": _tally(comparison.safeguards),
    }


def _tally(tally: Tally) -> dict[str, int]:
    return {name: getattr(tally, name) for name in ("old", "gone", "come", "left", "joined", "new")}


def _silences(comparison: Comparison) -> dict[str, list[dict[str, str]]]:
    old, new = comparison.old.silences, comparison.new.silences
    return {
        name: [{"mechanism": one[0], "safeguard": one[1]} for one in ones if one not in others]
        for name, ones, others in (("gone", old, set(new)), ("new", new, set(old)))
    }


def _change(change: Change, names: Names) -> dict[str, Any]:
    old, new = ("\n".join(one.text for one in side) for side in (change.old, change.new))
    return {
        "kind": change.link.kind.value,
        "moved": change.link.moved,
        "renumbered": change.link.renumbered,
        "gravity": change.gravity,
        "bears": change.bears,
        "says": list(sentences(change, names)),
        "old": [_passage(one) for one in change.old],
        "new": [_passage(one) for one in change.new],
        "findings": [
            {
                "change": power.change,
                "words_stand": power.words_stand,
                "old": _power(power.old),
                "new": _power(power.new),
            }
            for power in change.powers
        ],
        "safeguards": [
            {
                "change": guard.change,
                "words_stand": guard.words_stand,
                "old": _guard(guard.old),
                "new": _guard(guard.new),
            }
            for guard in change.guards
        ],
        "limits": {"gone": list(change.limits_gone), "new": list(change.limits_new)},
        "strength": [one.value for one in change.strength] if change.strength else None,
        "diff": [[run.op.value, run.text] for run in word_diff(old, new)],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "number": passage.number,
        "headings": list(passage.headings),
        "page": passage.page,
        "strength": passage.strength.value,
        "text": passage.text,
    }


def _power(power: Power | None) -> dict[str, Any] | None:
    if power is None:
        return None
    return {
        "mechanism": power.mechanism,
        "level": power.level.value,
        "scale": power.triple[0],
        "scope": power.triple[1],
        "irremediability": power.triple[2],
        "strength": power.strength.value,
        "doubtful": power.doubtful,
        "quotes": list(power.quotes),
    }


def _guard(guard: Guard | None) -> dict[str, Any] | None:
    if guard is None:
        return None
    return {
        "safeguard": guard.safeguard,
        "strength": guard.strength.value,
        "doubtful": guard.doubtful,
        "quotes": list(guard.quotes),
    }
