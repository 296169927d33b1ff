"""What must hold between the files of the taxonomy."""

import re
from collections.abc import Iterable, Mapping

from impact.taxonomy.reader import Place
from impact.taxonomy.values import Mechanism, Right, Taxonomy

DEROGATION = ("non-derogable", "derogable", "partly", "no clause")
LIMITS = ("absolute", "qualified", "partly", "progressive")
NUMBER = re.compile(r"([1-9][0-9]*)(\([1-9]\))?")
REASONS = ("scale", "irremediability", "all", "two", "low", "may", "safeguard", "compound")


def check(taxonomy: Taxonomy) -> None:
    """Refuse a taxonomy whose files contradict each other.

    Raises:
        TaxonomyError: If an id is unknown, an article out of range or without entry, a number outside of 1 to 5, a
            word not one of those allowed, a reason missing, or a compound of one mechanism with itself.
    """
    _check_articles(taxonomy)
    for right in taxonomy.rights.values():
        _check_right(right, taxonomy)
    for mechanism in taxonomy.mechanisms.values():
        _check_mechanism(mechanism, taxonomy)
    _check_others(taxonomy)


def _check_articles(taxonomy: Taxonomy) -> None:
    for article in taxonomy.articles.values():
        place = Place("articles.toml", f"articles[{article.ref}]")
        instrument = taxonomy.instruments.get(article.instrument)
        number = NUMBER.fullmatch(article.number)
        if instrument is None or number is None:
            place.at("ref").refuse("an instrument, a space and a number belong here, as in ICCPR 19(3)")
        if int(number[1]) > instrument.last:
            place.at("ref").refuse(f"out of range: {instrument.id} is covered from 1 to {instrument.last}")
        _one_of(article.derogation, DEROGATION, place.at("derogation"))
    for provision in taxonomy.general.values():
        _known([provision.ref], taxonomy.articles, Place("articles.toml", f"general[{provision.ref}].ref"), "article")


def _check_right(right: Right, taxonomy: Taxonomy) -> None:
    place = Place("rights.toml", f"rights[{right.id}]")
    _known(right.articles, taxonomy.articles, place.at("articles"), "article")
    _one_of(right.derogation, DEROGATION, place.at("derogation"))
    _one_of(right.limits, LIMITS, place.at("limits"))


def _check_mechanism(mechanism: Mechanism, taxonomy: Taxonomy) -> None:
    place = Place("mechanisms.toml", f"mechanisms[{mechanism.id}]")
    for name in ("primary", "secondary"):
        rights = [link.right for link in getattr(mechanism, name)]
        _known(rights, taxonomy.rights, place.at(name), "right")
    both = [link.right for link in mechanism.primary + mechanism.secondary]
    if len(both) != len(set(both)):
        place.at("secondary").refuse("duplicate: one right is linked twice")
    for name in ("scale", "scope", "irremediability"):
        if not 1 <= getattr(mechanism, name) <= 5:
            place.at(name).refuse(f"{getattr(mechanism, name)} is outside of 1 to 5")


def _check_others(taxonomy: Taxonomy) -> None:
    for guard in taxonomy.safeguards.values():
        place = Place("safeguards.toml", f"safeguards[{guard.id}]")
        _known(guard.counters, taxonomy.mechanisms, place.at("counters"), "mechanism")
        if guard.id in taxonomy.mechanisms:
            place.at("id").refuse("duplicate: a mechanism has this id")
    pairs: set[frozenset[str]] = set()
    for rule in taxonomy.compounds:
        place = Place("compounds.toml", f"compounds[{rule.id}].mechanisms")
        _known(rule.mechanisms, taxonomy.mechanisms, place, "mechanism")
        pair = frozenset(rule.mechanisms)
        if len(pair) == 1 or pair in pairs:
            place.refuse("two equal mechanisms" if len(pair) == 1 else "duplicate: an earlier pair is the same")
        pairs.add(pair)
    for reason in REASONS:
        if reason not in taxonomy.severity.reasons:
            Place("severity.toml", f"reasons.{reason}").refuse("missing key")


def _known(ids: Iterable[str], known: Mapping[str, object], place: Place, what: str) -> None:
    for name in ids:
        if name not in known:
            place.refuse(f"unknown {what} {name!r}")


def _one_of(word: str, words: tuple[str, ...], place: Place) -> None:
    if word not in words:
        place.refuse(f"{word!r} is none of {', '.join(words)}")
