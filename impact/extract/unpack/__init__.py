"""What holds documents, unpacked in the sandbox."""
