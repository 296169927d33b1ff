"""What reports show of an assessment, as values for templates and documents."""
