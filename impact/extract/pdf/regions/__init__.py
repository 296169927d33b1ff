"""Lines of a page that belong together for what they are: contents, code, rows of tables."""
