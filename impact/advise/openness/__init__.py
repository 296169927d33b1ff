"""What a text leaves open: absent or weak safeguards, open terms."""
