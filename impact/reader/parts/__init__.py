"""What questions on parts of a document have in common: which clauses they show, how they are asked and answered."""
