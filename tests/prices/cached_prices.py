"""Providers without a network, and a process that fetches through one cache."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from eventstudy.errors import UnknownTickerError
from eventstudy.prices._base import PriceSeries
from eventstudy.prices.cache import Cached


def prices(level: float, days: int = 60) -> pd.DataFrame:
    """Prices that end in awkward digits, all a multiple of the first."""
    index = pd.date_range("2020-01-02", periods=days, freq="B", name="date", unit="ns")
    steps = 1.0 + np.sin(np.arange(days) * 12.9898) / 30.0
    close = level * np.cumprod(steps)
    return pd.DataFrame({"close": close, "adj_close": close / 3.0}, index=index)


class Counting:
    """Each answer differs from the one before; what it is asked is written down."""

    name = "The exchange"

    def __init__(self, first: float = 10.0, error: Exception | None = None) -> None:
        self.level, self.error, self.asked = first, error, []

    def get(self, ticker: str) -> PriceSeries:
        self.asked.append(ticker)
        if self.error is not None:
            raise self.error
        self.level += 1.0
        return PriceSeries(
            ticker, prices(self.level), self.name, currency="EUR", notes=("mine",)
        )


def unknown(ticker: str = "GONE") -> UnknownTickerError:
    return UnknownTickerError("ticker", ticker, "no such listing", "Check it.")


def is_whole(frame: pd.DataFrame) -> bool:
    """Whether a frame is one of those that ``Counting`` hands out, to the bit."""
    return len(frame) == 60 and frame.equals(prices(frame["close"].iloc[0]))


def main(folder: str, first: str, symbols: str, fetches: str) -> None:
    """Fetch again and again, by turns new and kept, and check every answer."""
    provider = Counting(float(first))
    names = symbols.split(",")
    for turn in range(int(fetches)):
        cached = Cached(provider, folder, refresh=turn % 2 == 0)
        found = cached.get(names[turn % len(names)])
        if not is_whole(found.frame) or any("no copy" in n for n in found.notes):
            sys.exit(f"turn {turn}: {found.notes}")
