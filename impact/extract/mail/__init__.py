"""Mail: the message as a document, and what is attached to it."""
