"""Two editions of a proposal, side by side."""
