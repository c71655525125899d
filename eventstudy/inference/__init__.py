"""Significance tests: one file each, found through the registry."""
