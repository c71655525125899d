"""Arrays in, arrays out: estimation, abnormal returns, p-values, batched over events."""
