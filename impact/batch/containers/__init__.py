"""Containers among the sources: archives, mail, lists of documents."""
