"""HTTP for programs (docs/server.md)."""
