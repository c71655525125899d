"""What might mislead in a frame of prices, in words with its days."""

from __future__ import annotations

import numpy as np
import pandas as pd

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.prices.adjustments import adjustment_notes
from eventstudy.prices.days import list_days
from eventstudy.prices.trading import days_without_volume, unfinished_day

STALE_DAYS = 5
GAP_DAYS = 7
JUMP = 50.0
IDLE_SHARE = 0.20
CLOSE_AS_ADJUSTED = "close taken as adjusted"


def notes(
    frame: pd.DataFrame,
    first: pd.Timestamp | None = None,
    last: pd.Timestamp | None = None,
) -> tuple[str, ...]:
    """Say what might mislead in a frame that passed the gate.

    Parameters
    ----------
    frame : DataFrame
        As in :class:`eventstudy.prices._base.PriceSeries`.
    first, last : Timestamp, optional
        The days that matter; all by default.

    Returns
    -------
    tuple of str
        Gaps, stale runs, idle days, lasting jumps, days without volume, a last day
        that looks unfinished, splits and dividends on which raw and adjusted closes
        differ; each with its days.
    """
    end, frame = frame.index[-1:], frame.loc[first:last]
    if frame.empty:
        return ()
    adjusted = frame["adj_close" if "adj_close" in frame else "close"].dropna()
    found = [CLOSE_AS_ADJUSTED] if "adj_close" not in frame else []
    found += _gaps(adjusted) + _stale(adjusted) + _idle(adjusted) + _jumps(adjusted)
    found += days_without_volume(frame)
    found += unfinished_day(frame) if frame.index[-1:].equals(end) else []
    return (*found, *adjustment_notes(frame))


def leaps(prices: pd.Series[float]) -> FloatArray:
    """Per price: +1 or -1 where it rose or fell by a factor of 50 or more, else 0."""
    ratio = np.diff(np.log(prices.to_numpy()), prepend=np.nan)
    found: FloatArray = np.where(np.abs(ratio) >= np.log(JUMP), np.sign(ratio), 0.0)
    return found


def _gaps(prices: pd.Series[float]) -> list[str]:
    days = pd.DatetimeIndex(prices.index)
    wide = np.flatnonzero(np.diff(days.to_numpy()) > np.timedelta64(GAP_DAYS, "D"))
    gaps = [f"{days[row].date()} to {days[row + 1].date()}" for row in wide[:3]]
    if len(wide) > 3:
        gaps.append(f"{len(wide) - 3} more")
    return (
        [f"no price for more than {GAP_DAYS} days: {', '.join(gaps)}"] if gaps else []
    )


def _stale(prices: pd.Series[float]) -> list[str]:
    """Runs of five and more equal prices."""
    starts, lengths = _runs(prices)
    long = lengths >= STALE_DAYS
    if not long.any():
        return []
    days = list_days(pd.DatetimeIndex(prices.index[starts[long]]))
    runs = f"{int(long.sum())} runs of {STALE_DAYS} or more equal prices"
    return [f"{runs} (the longest of {int(lengths.max())}), from {days}"]


def _idle(prices: pd.Series[float]) -> list[str]:
    """A price that often stands still, apart from the long runs."""
    unchanged = np.r_[False, np.diff(prices.to_numpy()) == 0]
    if unchanged.mean() <= IDLE_SHARE:
        return []
    _, lengths = _runs(prices)
    short: BoolArray = unchanged & (np.repeat(lengths, lengths) < STALE_DAYS)
    share = short.mean()
    if share <= IDLE_SHARE:
        return []
    days = list_days(pd.DatetimeIndex(prices.index[short]))
    return [
        (
            "thin trading: the price is that of the day before on "
            f"{100 * share:.0f} % of the days ({days})"
        )
    ]


def _jumps(prices: pd.Series[float]) -> list[str]:
    at = leaps(prices) != 0
    if not at.any():
        return []
    days = list_days(pd.DatetimeIndex(prices.index[at]))
    return [f"the price changes by a factor of {JUMP:.0f} or more on {days}"]


def _runs(prices: pd.Series[float]) -> tuple[IntArray, IntArray]:
    """Where runs of equal prices start, and how long they are."""
    values = prices.to_numpy()
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    return starts, np.diff(np.r_[starts, len(values)])
