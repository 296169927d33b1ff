"""Rights, mechanisms, safeguards and how they hang together: data in TOML, loaded by `load`."""

from impact.taxonomy.load import load

__all__ = ["load"]
