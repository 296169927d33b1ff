"""Which passages of a document a brief should quote: what a second reader is asked, and what of it is accepted."""
