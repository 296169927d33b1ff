"""The trained classifier: labelled clauses, fitting, and how well it agrees with readers."""
