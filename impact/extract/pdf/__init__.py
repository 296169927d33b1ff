"""PDF: words, lines, paragraphs, and what can be read of a page."""
