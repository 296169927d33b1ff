"""The web page: submit proposals, find them, read them, and the door for programs (docs/server.md)."""
