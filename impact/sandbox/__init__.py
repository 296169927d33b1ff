"""A child process that handles hostile bytes within limits, without network, files or processes."""
