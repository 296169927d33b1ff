"""The brief as Markdown."""
