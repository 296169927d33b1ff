"""What people share about proposals."""
