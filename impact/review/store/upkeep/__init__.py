"""What keeps a store whole: erasures that stay erased, failures in plain words, and saving what is whole."""
