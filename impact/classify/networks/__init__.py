"""The networks that read a clause, and how a text becomes what they take."""
