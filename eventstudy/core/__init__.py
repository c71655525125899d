"""Arrays in, arrays out: estimation, abnormal returns, p-values, over all events."""
