"""Changes of wording by mechanism, as data, and how each is worked into a clause."""
