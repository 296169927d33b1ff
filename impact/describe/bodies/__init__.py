"""What documents of each standards body, and mail, say of themselves."""
