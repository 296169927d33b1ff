"""The reviewer's desk: decisions on findings, their agreement, and the store that keeps it all (docs/review.md)."""
