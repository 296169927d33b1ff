"""Find clauses by their words, and findings by the article that they may touch."""
