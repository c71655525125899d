"""What the market did: prices from anywhere, checked, and their returns."""
