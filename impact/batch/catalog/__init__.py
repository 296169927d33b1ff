"""An archive as tables: rows for its Parquet parts, queries over them, and pages made from these (docs/archive.md)."""
