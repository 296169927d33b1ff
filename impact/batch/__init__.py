"""Many documents: read them all, lose none, and say where to look first."""
