"""Old Word files (DOC), read without an office program."""
