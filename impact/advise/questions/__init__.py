"""Questions made of the words of a clause."""
