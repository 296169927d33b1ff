"""Points that need the text as a whole: what a second reader is asked, and what of its answers is accepted."""
