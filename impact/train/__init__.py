"""The trained classifier: labeled clauses, fitting, and how well it agrees with readers."""
