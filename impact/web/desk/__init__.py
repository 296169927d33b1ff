"""The reviewer's desk (docs/desk.md)."""
