"""What must hold between the files of the taxonomy."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from string import Formatter

from impact.taxonomy.values import Mechanism, SeverityRule, Taxonomy, Variant
from impact.typed import EMPTY, Pattern, Place, typed

HINT = "Correct the file; docs/taxonomy.md explains each key"
NUMBER = re.compile(r"([1-9][0-9]*)(\([1-9]\))?")
NUMBERS = ("scale", "scope", "irremediability")
REASONS: dict[str, tuple[str, ...]] = {
    "scale": (),
    "irremediability": (),
    "all": (),
    "two": (),
    "low": (),
    "may": ("before",),
    "safeguard": ("before", "safeguard"),
    "perhaps": ("before", "safeguard", "level"),
}


_place = partial(Place, hint=HINT)


def check(taxonomy: Taxonomy) -> None:
    """Refuse a taxonomy whose files contradict each other.

    Raises:
        DataError: If an id is unknown, an article out of range or without entry, a number outside of 1 to 5, a
            word or placeholder not one of those allowed, a reason missing, or a compound of one mechanism with itself.
    """
    _check_articles(taxonomy)
    for right in taxonomy.rights.values():
        _known(right.articles, taxonomy.articles, _place("rights.toml", f"rights[{right.id}].articles"), "article")
    for mechanism in taxonomy.mechanisms.values():
        _check_mechanism(mechanism, taxonomy)
    _check_safeguards(taxonomy)
    _check_compounds(taxonomy)
    _check_severity(taxonomy.severity)


def _check_articles(taxonomy: Taxonomy) -> None:
    for article in taxonomy.articles.values():
        place = _place("articles.toml", f"articles[{article.ref}]")
        instrument = taxonomy.instruments.get(article.instrument)
        number = NUMBER.fullmatch(article.number)
        if instrument is None or number is None:
            place.at("ref").refuse("an instrument, a space and a number belong here, as in ICCPR 19(3)")
        if int(number[1]) > instrument.last:
            place.at("ref").refuse(f"out of range: {instrument.id} is covered from 1 to {instrument.last}")
    for provision in taxonomy.general.values():
        _known([provision.ref], taxonomy.articles, _place("articles.toml", f"general[{provision.ref}].ref"), "article")


def _check_mechanism(mechanism: Mechanism, taxonomy: Taxonomy) -> None:
    place = _place("mechanisms.toml", f"mechanisms[{mechanism.id}]")
    for name in ("primary", "secondary"):
        rights = [link.right for link in getattr(mechanism, name)]
        _known(rights, taxonomy.rights, place.at(name), "right")
    both = [link.right for link in mechanism.primary + mechanism.secondary]
    if len(both) != len(set(both)):
        place.at("secondary").refuse("duplicate: one right is linked twice")
    for name in NUMBERS:
        _in_range(getattr(mechanism, name), place.at(name))
    typed(Pattern, mechanism.act, place.at("act"), (EMPTY,))
    for variant in mechanism.variants:
        _check_variant(variant, taxonomy, place.at(f"variants[{variant.id}]"))


def _check_variant(variant: Variant, taxonomy: Taxonomy, place: Place) -> None:
    _known(variant.beside, taxonomy.safeguards, place.at("beside"), "safeguard")
    for name in NUMBERS:
        _in_range(getattr(variant, name), place.at(name))


def _check_safeguards(taxonomy: Taxonomy) -> None:
    for guard in taxonomy.safeguards.values():
        place = _place("safeguards.toml", f"safeguards[{guard.id}]")
        _known(guard.counters, taxonomy.mechanisms, place.at("counters"), "mechanism")
        if guard.id in taxonomy.mechanisms:
            place.at("id").refuse("duplicate: a mechanism has this id")
    for mechanism in taxonomy.mechanisms.values():
        place = _place("mechanisms.toml", f"mechanisms[{mechanism.id}]")
        _known(mechanism.turned, taxonomy.safeguards, place.at("turned"), "safeguard")
        _known(mechanism.bars, taxonomy.safeguards, place.at("bars"), "safeguard")


def _check_compounds(taxonomy: Taxonomy) -> None:
    pairs: set[frozenset[str]] = set()
    for rule in taxonomy.compounds:
        place = _place("compounds.toml", f"compounds[{rule.id}].mechanisms")
        _known(rule.mechanisms, taxonomy.mechanisms, place, "mechanism")
        pair = frozenset(rule.mechanisms)
        if len(pair) == 1 or pair in pairs:
            place.refuse("two equal mechanisms" if len(pair) == 1 else "duplicate: an earlier pair is the same")
        pairs.add(pair)


def _check_severity(rule: SeverityRule) -> None:
    place = _place("severity.toml")
    for name in ("high_scale", "high_irremediability", "high_all", "medium_each"):
        _in_range(getattr(rule, name), place.at(name))
    for key, sentence in rule.reasons.items():
        _among(key, tuple(REASONS), place.at(f"reasons.{key}"))
        for placeholder in _placeholders(sentence, place.at(f"reasons.{key}")):
            _among(placeholder, NUMBERS + REASONS[key], place.at(f"reasons.{key}"))
    for key in REASONS:
        if key not in rule.reasons:
            place.at(f"reasons.{key}").refuse("missing key")


def _placeholders(sentence: str, place: Place) -> list[str]:
    try:
        return [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    except ValueError as error:
        place.refuse(f"not a sentence for str.format ({error})")


def _in_range(number: int, place: Place) -> None:
    if not 1 <= number <= 5:
        place.refuse(f"{number} is outside of 1 to 5")


def _known(ids: Iterable[str], entries: Mapping[str, object], place: Place, what: str) -> None:
    for name in ids:
        if name not in entries:
            place.refuse(f"unknown {what} {name!r}")


def _among(word: str, words: tuple[str, ...], place: Place) -> None:
    if word not in words:
        place.refuse(f"{word!r} is none of {', '.join(words)}")
