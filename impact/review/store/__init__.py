"""The store: database, files, queue and audit chain."""
