"""PDFium, the default engine: pages, the words on them, their fonts, and signs of pages that cannot be read."""
