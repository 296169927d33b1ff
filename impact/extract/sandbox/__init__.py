"""A child process that reads one hostile file, within limits and without network."""
