"""Plain text: pages, columns, tables and titles told by their layout."""
