"""Frames of made-up prices for the tests of the gate."""

import numpy as np
import pandas as pd


def frame(close, adj_close=None, start="2010-01-04", **more):
    """Weekdays from a start on; the adjusted close is the close by default."""
    days = pd.bdate_range(start, periods=len(close), name="date").as_unit("ns")
    adj_close = close if adj_close is None else adj_close
    columns = {"close": close, "adj_close": adj_close, **more}
    return pd.DataFrame(columns, index=days, dtype=float)


def walk(days=60, seed=1):
    """A random walk that starts near 20 with 2 % a day."""
    rng = np.random.default_rng(seed)
    return 20 * np.exp(np.cumsum(0.02 * rng.standard_normal(days)))
