"""Points that need the text as a whole: what a second reader is asked of it, and what of the answers is taken over."""
