"""Rights, mechanisms, safeguards and how they hang together: data in TOML, loaded by `load`."""

from impact.taxonomy.load import load
from impact.taxonomy.values import (
    Article,
    CompoundRule,
    GeneralProvision,
    Instrument,
    Link,
    Mechanism,
    Right,
    Safeguard,
    SeverityRule,
    Taxonomy,
)

__all__ = [
    "Article",
    "CompoundRule",
    "GeneralProvision",
    "Instrument",
    "Link",
    "Mechanism",
    "Right",
    "Safeguard",
    "SeverityRule",
    "Taxonomy",
    "load",
]
