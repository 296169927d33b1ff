"""Drafts to be edited: a review and a contribution."""
