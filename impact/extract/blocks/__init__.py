"""What every reader builds a document of: blocks of text, list numbers, decoded bytes."""
