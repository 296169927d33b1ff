"""The report as one page, on screen and as PDF."""
