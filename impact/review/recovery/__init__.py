"""A store looked at from outside: what is wrong with it, and what of it can be saved."""
