"""Whether raw and adjusted closes agree on splits and dividends."""

from __future__ import annotations

import numpy as np
import pandas as pd

from eventstudy._typing import BoolArray, FloatArray
from eventstudy.errors import BadDataError
from eventstudy.prices.days import list_days

APART = 0.2
NOISE = 1e-3
CENT = 0.011
OFTEN, OFTEN_DAYS = 0.05, 10
SPLITS = (2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 40.0)
CLOSE_TO = 0.02
LEAST_LIKE_A_SPLIT = 1.9
NEAR_A_SPLIT = 0.1
LEAST_SPLIT = 1.4
LEAST_DIVIDEND = 0.002


def adjustment_notes(frame: pd.DataFrame) -> list[str]:
    """Days on which splits and dividends look wrong, in words."""
    return [*_like_splits(frame), *_disagreement(frame), *_unpaid(frame)]


def check_splits(frame: pd.DataFrame, parameter: str = "prices") -> None:
    """Refuse adjusted closes that move by the very ratio of a recorded split.

    Parameters
    ----------
    frame : DataFrame
        With columns adj_close and splits (new shares for an old one, 0 or 1 = none);
        without one of them there is nothing to check.
    parameter : str
        The argument that holds it, for the error.

    Raises
    ------
    BadDataError
        At the first such day: the return of that day is none.
    """
    if not {"adj_close", "splits"} <= set(frame):
        return
    both = frame[["adj_close", "splits"]].dropna()
    ratio, move = both["splits"].to_numpy()[1:], _moves(both["adj_close"])
    recorded = (ratio >= LEAST_SPLIT) | ((ratio > 0) & (ratio <= 1 / LEAST_SPLIT))
    expected = np.where(recorded, ratio, 1.0)
    bad = recorded & (np.abs(move * expected - 1.0) <= NEAR_A_SPLIT)
    if bad.any():
        row = int(bad.argmax())
        raise BadDataError(
            parameter,
            float(both["adj_close"].iloc[row + 1]),
            f"adj_close is not adjusted for the split of {ratio[row]:g} to 1 on "
            f"{both.index[row + 1].date()}",
            "Divide the adjusted closes before that day by the ratio, or leave "
            "adj_close out and pass closes that are adjusted.",
        )


def _moves(prices: pd.Series[float]) -> FloatArray:
    """Gross returns from row to row."""
    values = prices.to_numpy()
    moves: FloatArray = values[1:] / values[:-1]
    return moves


def _like_splits(frame: pd.DataFrame) -> list[str]:
    """Days on which the price for returns moves as a split would move it."""
    name = "adj_close" if "adj_close" in frame else "close"
    prices = frame[name].dropna()
    move = _moves(prices)
    whole = np.maximum(move, 1.0 / move)
    great = np.flatnonzero(whole >= LEAST_LIKE_A_SPLIT)
    apart = np.abs(whole[great, None] / np.array(SPLITS) - 1.0)
    near = great[(apart <= CLOSE_TO).any(axis=1)]
    if not near.size:
        return []
    days = list_days(pd.DatetimeIndex(prices.index[1 + near]))
    return [f"on {days} the price moves as an unadjusted split would move it"]


def _disagreement(frame: pd.DataFrame) -> list[str]:
    """Days on which raw and adjusted closes tell different returns."""
    if not {"close", "adj_close"} <= set(frame):
        return []
    both = frame[["close", "adj_close"]].dropna()
    if len(both) < 2:
        return []
    excess = _moves(both["adj_close"]) - _moves(both["close"])
    apart, days = np.abs(excess), pd.DatetimeIndex(both.index[1:])
    found = []
    if (apart > APART).any():
        listed = list_days(days[apart > APART])
        found.append(f"raw and adjusted close part on {listed}: a split or an error")
    if (apart > NOISE).mean() > OFTEN and (apart > NOISE).sum() >= OFTEN_DAYS:
        found.append("raw and adjusted close differ on more than 5 days in 100")
    elif (less := _less(both, excess)).any():
        found.append(
            f"on {list_days(days[less])} the adjusted close returns less than the raw "
            "one, and a dividend makes it more"
        )
    return found


def _less(both: pd.DataFrame, excess: FloatArray) -> BoolArray:
    """Where an adjusted return is below the raw one by more than two roundings."""
    cents = 2.0 * CENT / both.to_numpy()[:-1].min(axis=1)
    less: BoolArray = (excess < -np.maximum(NOISE, cents)) & (excess >= -APART)
    return less


def _unpaid(frame: pd.DataFrame) -> list[str]:
    """Recorded dividends that the adjusted closes do not know of."""
    if not {"close", "adj_close", "dividends"} <= set(frame):
        return []
    rows = frame[["close", "adj_close", "dividends"]].dropna()
    if len(rows) < 2:
        return []
    paid = rows["dividends"].to_numpy()[1:] / rows["close"].to_numpy()[:-1]
    excess = _moves(rows["adj_close"]) - _moves(rows["close"])
    bad = (paid > LEAST_DIVIDEND) & (excess < 0.5 * paid)
    if not bad.any():
        return []
    days = list_days(pd.DatetimeIndex(rows.index[1:][bad]))
    return [f"the adjusted close leaves out the dividend of {days}"]
