"""The gate for every price series: refuse what falsifies, note what might."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy.errors import BadDataError
from eventstudy.prices._base import PriceSeries
from eventstudy.prices.days import list_days, read_days

STALE_DAYS = 5
GAP_DAYS = 7
JUMP = 50.0
RETURN_DAYS = 5
NEGATIVE_WAY_OUT = (
    "A bid-ask average in CRSP files has a minus sign: take .abs(). Returns belong "
    "into returns=."
)
CLOSE_AS_ADJUSTED = "close taken as adjusted"


def admit(series: PriceSeries, parameter: str = "prices") -> PriceSeries:
    """Check a series and return it with what was found as notes.

    Parameters
    ----------
    series : PriceSeries
        From any provider.
    parameter : str
        The argument it came by, for errors.

    Returns
    -------
    PriceSeries
        The same prices; ``notes`` name gaps, stale runs, jumps and disagreement
        between raw and adjusted closes, each with its days.

    Raises
    ------
    BadDataError
        Days that are unsorted, repeated or have clock times; prices that are
        infinite, zero or negative; a jump by a factor of 50 and back; no price at all.
    """
    frame = series.frame
    check_days(frame, parameter)
    priced = [name for name in ("close", "adj_close") if name in frame]
    if not priced or frame[priced].isna().all(axis=None):
        raise BadDataError(
            parameter,
            series.ticker,
            "there is not one closing price",
            "Pass a column close or adj_close with numbers.",
        )
    for name in priced:
        check_positive(frame[name], parameter)
        check_unit(frame[name], parameter)
    found = (*series.notes, *notes(frame))
    return dataclasses.replace(series, notes=tuple(dict.fromkeys(found)))


def notes(frame: pd.DataFrame) -> tuple[str, ...]:
    """What might mislead in a frame of prices, in words with the days."""
    adjusted = frame["adj_close" if "adj_close" in frame else "close"].dropna()
    found = [CLOSE_AS_ADJUSTED] if "adj_close" not in frame else []
    found += _gaps(adjusted) + _stale(adjusted) + _jumps(adjusted)
    if "close" in frame and "adj_close" in frame:
        found += _disagreement(frame[["close", "adj_close"]].dropna())
    return tuple(found)


def check_days(frame: pd.DataFrame, parameter: str = "prices") -> None:
    """Refuse a frame whose index is not a sorted, unique one of naive midnights."""
    days = read_days(frame.index, parameter)
    index = frame.index
    if not isinstance(index, pd.DatetimeIndex) or index.tz or index.dtype != days.dtype:
        raise BadDataError(
            parameter,
            type(frame.index).__name__,
            "a provider hands over naive midnights in nanoseconds",
            "Use index.tz_localize(None).as_unit('ns').",
        )


def check_positive(prices: pd.Series[float], parameter: str = "prices") -> None:
    """Refuse prices that are infinite, zero or negative; NaN = no price: allowed."""
    values = prices.to_numpy()
    reasons = (
        (
            np.isinf(values),
            "a price is infinite",
            "Replace it by NaN if it is unknown.",
        ),
        (values == 0, "a price is zero", "Replace it by NaN if nothing was traded."),
        (
            values < 0,
            "a price is negative",
            NEGATIVE_WAY_OUT,
        ),
    )
    for bad, bound, way_out in reasons:
        if bad.any():
            days = list_days(pd.DatetimeIndex(prices.index[bad]))
            raise BadDataError(
                parameter,
                float(values[bad.argmax()]),
                f"{bound} in {prices.name} on {days}",
                way_out,
            )


def check_unit(prices: pd.Series[float], parameter: str = "prices") -> None:
    """Refuse a jump by a factor of 50 or more that is undone within five days."""
    valid = prices.dropna()
    direction = _leaps(valid)
    at = np.flatnonzero(direction)
    back = (np.diff(at) <= RETURN_DAYS) & (direction[at][1:] != direction[at][:-1])
    if back.any():
        row = int(at[back.argmax()])
        raise BadDataError(
            parameter,
            float(valid.iloc[row]),
            f"{prices.name} jumps by a factor of {JUMP:.0f} or more on "
            f"{valid.index[row].date()} and back",
            "Correct the unit of these days (pence against pounds), or make them NaN.",
        )


def check_benchmark(
    firm: FloatArray, benchmark: FloatArray, parameter: str = "market"
) -> None:
    """Refuse a benchmark that never moves, or is the firm itself.

    Parameters
    ----------
    firm, benchmark : ndarray of shape (T,)
        Returns on the same days, decimals; NaN = missing.
    parameter : str
        "market" or "industry", for the error.

    Raises
    ------
    BadDataError
        When all returns of the benchmark are one number, or equal the firm's on all
        common days (two or more).
    """
    moves = benchmark[np.isfinite(benchmark)]
    if len(moves) > 1 and np.ptp(moves) <= 1e-12:
        raise BadDataError(
            parameter,
            float(moves[0]),
            "its return is the same on every day: nothing can be measured by it",
            "Pass another one, or use model='constant_mean'.",
        )
    common = np.isfinite(firm) & np.isfinite(benchmark)
    gap = np.abs(firm[common] - benchmark[common])
    if len(gap) > 1 and gap.max() <= 1e-12:
        raise BadDataError(
            parameter,
            parameter,
            "its returns are those of the firm on every day",
            f"Pass another {parameter}.",
        )


def missing_sessions(
    days: pd.DatetimeIndex, sessions: pd.DatetimeIndex
) -> tuple[str, ...]:
    """Sessions of an exchange, between the first and last day, on which data lack."""
    inside = sessions[(sessions >= days[0]) & (sessions <= days[-1])]
    lacking = inside.difference(days)
    if not len(lacking):
        return ()
    return (f"no price on {len(lacking)} sessions: {list_days(lacking)}",)


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
    values = prices.to_numpy()
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    lengths = np.diff(np.r_[starts, len(values)])
    long = lengths >= STALE_DAYS
    if not long.any():
        return []
    days = list_days(pd.DatetimeIndex(prices.index[starts[long]]))
    runs = f"{int(long.sum())} runs of {STALE_DAYS} or more equal prices"
    return [f"{runs} (the longest of {int(lengths.max())}), from {days}"]


def _leaps(prices: pd.Series[float]) -> FloatArray:
    """Per price: +1 or -1 where it rose or fell by a factor of 50 or more, else 0."""
    ratio = np.diff(np.log(prices.to_numpy()), prepend=np.nan)
    leaps: FloatArray = np.where(np.abs(ratio) >= np.log(JUMP), np.sign(ratio), 0.0)
    return leaps


def _jumps(prices: pd.Series[float]) -> list[str]:
    at = _leaps(prices) != 0
    if not at.any():
        return []
    days = list_days(pd.DatetimeIndex(prices.index[at]))
    return [f"the price changes by a factor of {JUMP:.0f} or more on {days}"]


def _disagreement(both: pd.DataFrame) -> list[str]:
    """Days on which raw and adjusted closes tell different returns."""
    if len(both) < 2:
        return []
    values = both.to_numpy()
    returns = values[1:] / values[:-1] - 1.0
    apart = np.abs(returns[:, 0] - returns[:, 1])
    days = pd.DatetimeIndex(both.index[1:])
    found = []
    if (apart > 0.2).any():
        listed = list_days(days[apart > 0.2])
        found.append(f"raw and adjusted close part on {listed}: a split or an error")
    if (apart > 1e-3).mean() > 0.05 and (apart > 1e-3).sum() >= 10:
        found.append("raw and adjusted close differ on more than 5 days in 100")
    return found
