"""What came of a document of an archive, light enough for the command line to import."""

STATES = ("assessed", "not assessed", "failed", "duplicate")
"""What came of a document, in the order of lists."""

REMOVED = "removed"
"""State of a source that is gone, which no list shows."""
