"""Expected-return models: one file each, found through the registry."""
