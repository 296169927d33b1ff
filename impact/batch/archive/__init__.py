"""A batch into an archive: at any address, by workers that read and write there themselves (docs/archive.md)."""
