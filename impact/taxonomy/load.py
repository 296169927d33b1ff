"""Load the taxonomy from the TOML files of this folder."""

from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from impact.taxonomy.checks import check
from impact.taxonomy.reader import Place, arrays, read_file, record, records
from impact.taxonomy.values import (
    Article,
    CompoundRule,
    GeneralProvision,
    Instrument,
    Mechanism,
    Right,
    Safeguard,
    SeverityRule,
    Taxonomy,
)

FILES = ("articles", "rights", "mechanisms", "safeguards", "compounds", "severity")


@cache
def load() -> Taxonomy:
    """Return the taxonomy that comes with the program; read once, the same object each time.

    Raises:
        TaxonomyError: If a file contradicts itself or another; the message names file and key.
    """
    return read_taxonomy(files("impact.taxonomy"))


def read_taxonomy(folder: Traversable) -> Taxonomy:
    """Return the taxonomy of the TOML files in `folder`.

    Raises:
        TaxonomyError: If a file is missing or contradicts itself or another; the message names file and key.
    """
    tables: dict[str, dict[str, Any]] = {}
    digest = sha256()
    for name in FILES:
        tables[name], content = read_file(folder, f"{name}.toml")
        digest.update(f"{name}.toml\0{len(content)}\0".encode() + content)
    instruments, articles, general = _articles(tables["articles"])
    safeguards = _table(Safeguard, tables, "safeguards")
    taxonomy = Taxonomy(
        articles=articles,
        rights=_table(Right, tables, "rights"),
        mechanisms=_countered(_table(Mechanism, tables, "mechanisms", safeguards=(), variant=""), safeguards),
        safeguards=safeguards,
        compounds=tuple(_table(CompoundRule, tables, "compounds").values()),
        severity=record(SeverityRule, tables["severity"], Place("severity.toml")),
        digest=digest.hexdigest(),
        instruments=instruments,
        general=general,
    )
    check(taxonomy)
    return taxonomy


def _table(kind: type[Any], tables: dict[str, dict[str, Any]], name: str, **given: Any) -> dict[str, Any]:
    """Return the records of the array `name` in the file of the same name."""
    (content,) = arrays(tables[name], f"{name}.toml", (name,))
    return records(kind, content, Place(f"{name}.toml", name), **given)


def _articles(
    tables: dict[str, Any],
) -> tuple[dict[str, Instrument], dict[str, Article], dict[str, GeneralProvision]]:
    """Return instruments, articles and general provisions, all of articles.toml."""
    place = Place("articles.toml")
    instruments, articles, general = arrays(tables, place.file, ("instruments", "articles", "general"))
    raw = records(Article, articles, place.at("articles"), "ref", instrument="", number="")
    return (
        records(Instrument, instruments, place.at("instruments")),
        {ref: replace(article, **_parts(ref)) for ref, article in raw.items()},
        records(GeneralProvision, general, place.at("general"), "ref"),
    )


def _parts(ref: str) -> dict[str, str]:
    """Return instrument and number of a ref such as "ICCPR 19(3)"."""
    instrument, _, number = ref.partition(" ")
    return {"instrument": instrument, "number": number}


def _countered(mechanisms: dict[str, Mechanism], safeguards: dict[str, Safeguard]) -> dict[str, Mechanism]:
    """Return the mechanisms with the safeguards that counter them, so that neither file says it twice."""
    return {
        name: replace(mechanism, safeguards=tuple(guard.id for guard in safeguards.values() if name in guard.counters))
        for name, mechanism in mechanisms.items()
    }
