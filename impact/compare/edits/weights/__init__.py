"""Which kind of change is the likeliest, by fitted weights."""
