"""Sums of residuals over many events: one file each, found through the registry."""
