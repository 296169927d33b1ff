"""Load the taxonomy from the TOML files of this folder."""

from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from impact.taxonomy.checks import HINT, check
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
from impact.typed import Place, content_of, parse

FILES = ("articles", "rights", "mechanisms", "safeguards", "compounds", "severity")


@dataclass(frozen=True, slots=True)
class _Articles:
    instruments: dict[str, Instrument]
    articles: dict[str, Article]
    general: dict[str, GeneralProvision]


@dataclass(frozen=True, slots=True)
class _Rights:
    rights: dict[str, Right]


@dataclass(frozen=True, slots=True)
class _Mechanisms:
    mechanisms: dict[str, Mechanism]


@dataclass(frozen=True, slots=True)
class _Safeguards:
    safeguards: dict[str, Safeguard]


@dataclass(frozen=True, slots=True)
class _Compounds:
    compounds: dict[str, CompoundRule]


@cache
def load() -> Taxonomy:
    """Return the taxonomy that comes with the program; read once, the same object each time.

    Raises:
        DataError: If a file contradicts itself or another; the message names file and key.
    """
    return read_taxonomy(files("impact.taxonomy"))


def read_taxonomy(folder: Traversable) -> Taxonomy:
    """Return the taxonomy of the TOML files in `folder`.

    Raises:
        DataError: If a file is missing or contradicts itself or another; the message names file and key.
    """
    contents = {name: content_of(folder, f"{name}.toml", HINT) for name in FILES}
    places = {name: Place(f"{name}.toml", hint=HINT) for name in FILES}
    digest = sha256()
    for name, content in contents.items():
        digest.update(f"{name}.toml\0{len(content)}\0".encode() + content)
    law = parse(_Articles, contents["articles"], places["articles"])
    safeguards = parse(_Safeguards, contents["safeguards"], places["safeguards"]).safeguards
    mechanisms = parse(_Mechanisms, contents["mechanisms"], places["mechanisms"]).mechanisms
    taxonomy = Taxonomy(
        articles=law.articles,
        rights=parse(_Rights, contents["rights"], places["rights"]).rights,
        mechanisms={name: _countered(mechanism, safeguards) for name, mechanism in mechanisms.items()},
        safeguards=safeguards,
        compounds=tuple(parse(_Compounds, contents["compounds"], places["compounds"]).compounds.values()),
        severity=parse(SeverityRule, contents["severity"], places["severity"]),
        digest=digest.hexdigest(),
        instruments=law.instruments,
        general=law.general,
    )
    check(taxonomy)
    return taxonomy


def _countered(mechanism: Mechanism, safeguards: dict[str, Safeguard]) -> Mechanism:
    """Return a mechanism with the safeguards that counter it, so that neither file says it twice."""
    countering = (guard.id for guard in safeguards.values() if mechanism.id in guard.counters)
    return replace(mechanism, safeguards=tuple(countering))
