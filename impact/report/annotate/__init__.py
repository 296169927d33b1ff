"""Notes in the margin of the original."""
