"""Answers to the guidelines of RFC 9620."""
