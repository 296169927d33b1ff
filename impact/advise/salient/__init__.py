"""Salient passages: what to quote of them."""
