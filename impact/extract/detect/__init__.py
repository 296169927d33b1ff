"""What kind a file is, told by its content."""
