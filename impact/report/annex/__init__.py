"""What the annex of a report shows: lists, questions, worksheet and open terms."""
