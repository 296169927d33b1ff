"""Tables: lists of documents, as rows, and other workbooks, as text."""
