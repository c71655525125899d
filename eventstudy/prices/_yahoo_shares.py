"""Yahoo's counts of shares outstanding: one a day, on the split basis of its closes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._typing import IntArray
from eventstudy.errors import NoDataError
from eventstudy.prices._base import ShareSeries
from eventstudy.prices._yahoo_history import History, tidy
from eventstudy.prices.days import list_days

APART = 1.1
KNOWN_BEFORE = pd.Timedelta(days=10)
COUNTED_WITHIN = pd.Timedelta(days=100)
BASIS = "Yahoo's count, adjusted for splits as its closes are"


@dataclass(frozen=True, slots=True, eq=False)
class SharesHistory:
    """Counts as Yahoo has them, and the splits that its closes know of.

    Parameters
    ----------
    counts : Series or None
        Several a day, unsorted within it; None = Yahoo has none.
    splits : Series
        By ex-day, new shares for an old one.
    """

    counts: pd.Series[Any] | None
    splits: pd.Series[float]

    @classmethod
    def ask(cls, asked: Any, timeout: float) -> SharesHistory:
        """All counts since the first price."""
        frame = tidy(History.ask(asked, timeout).frame)
        ratio = frame["splits"]
        splits = ratio[(ratio > 0) & (ratio != 1)]
        try:
            counts = asked.get_shares_full(start=str(frame.index[0].date()))
        except IndexError:  # An answer with an empty list: there are none.
            counts = None
        return cls(counts, splits)


def share_series(found: SharesHistory, ticker: str, now: dt.datetime) -> ShareSeries:
    """Counts by day, ready to be multiplied with Yahoo's closes.

    Raises
    ------
    NoDataError
        When Yahoo has none.
    """
    daily, notes = _one_a_day(found.counts)
    if daily.empty:
        raise NoDataError(
            "shares",
            ticker,
            "Yahoo Finance has no share counts of it",
            "Pass shares=: a number, or a Series by date.",
        )
    counts, said = on_basis_of_closes(daily, found.splits)
    return ShareSeries(
        ticker=ticker,
        counts=counts,
        source="Yahoo Finance",
        retrieved_at=now.astimezone(dt.UTC).date().isoformat(),
        basis=BASIS,
        notes=(*notes, *said),
    )


def on_basis_of_closes(
    counts: pd.Series[float], splits: pd.Series[float]
) -> tuple[pd.Series[float], tuple[str, ...]]:
    """Counts from before a split as if it had been made.

    Whether a count knows of a split is seen in the counts: they change by its ratio
    when it is first counted, which may be weeks after the ex-day.

    Parameters
    ----------
    counts : Series
        By day, as published.
    splits : Series
        By ex-day, new shares for an old one.

    Returns
    -------
    counts : Series
    notes : tuple of str
    """
    factor, notes = np.ones(len(counts)), []
    for day, ratio in splits.items():
        ex_day = pd.Timestamp(str(day))
        before = _not_counted_yet(counts, ex_day, float(ratio))
        factor[:before] *= ratio
        if before:
            said = f"counts before the split of {ex_day.date()}"
            notes.append(f"{said} are multiplied by {ratio:g}")
    return counts * factor, tuple(notes)


def _not_counted_yet(
    counts: pd.Series[float], ex_day: pd.Timestamp, ratio: float
) -> int:
    """How many of the first counts do not know of a split."""
    days = counts.index
    after = int(days.searchsorted(ex_day))
    if after == len(days):
        return after
    near = (days > ex_day - KNOWN_BEFORE) & (days <= ex_day + COUNTED_WITHIN)
    near[after] = True
    at: IntArray = np.flatnonzero(near[1:]) + 1
    if not at.size:
        return 0
    change = np.log(counts.to_numpy()[at] / counts.to_numpy()[at - 1])
    off = np.abs(change - np.log(ratio))
    best = int(off.argmin())
    return int(at[best]) if off[best] < abs(np.log(ratio)) / 2 else 0


def _one_a_day(
    counts: pd.Series[Any] | None,
) -> tuple[pd.Series[float], tuple[str, ...]]:
    """The middle one of a day's counts; none where they are more than 10 % apart."""
    if counts is None:
        return pd.Series(dtype=float), ()
    values = counts.to_numpy(dtype=float, na_value=np.nan)
    days = pd.DatetimeIndex(counts.index).tz_localize(None).normalize().as_unit("ns")
    usable = np.isfinite(values) & (values > 0)
    kept = pd.Series(values[usable], index=days[usable].rename("date"))
    by_day = kept.groupby(level=0)
    spread = by_day.max() / by_day.min()
    middle = by_day.quantile(0.5, interpolation="lower")[spread <= APART]
    apart = pd.DatetimeIndex(spread.index[spread > APART])
    said = f"{len(apart)} days with counts more than 10 % apart are left out"
    notes = (f"{said}: {list_days(apart)}",) if len(apart) else ()
    return middle.rename("shares"), notes
