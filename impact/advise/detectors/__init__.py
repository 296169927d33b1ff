"""Detectors: clauses that bear on a guideline of RFC 9620 where the taxonomy does not reach, by patterns in TOML."""
