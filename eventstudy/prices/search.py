"""What is looked for beyond the caller's own data: which days, and how far to go."""

from __future__ import annotations

from dataclasses import dataclass, field
from os import PathLike
from typing import Any

import pandas as pd

from eventstudy.errors import ArgumentError
from eventstudy.prices._patience import Patience
from eventstudy.prices._renewal import OFFLINE_VARIABLE
from eventstudy.prices.cache import is_offline


def _require(name: str, value: object, kinds: Any, words: str) -> None:
    if not isinstance(value, kinds):
        raise ArgumentError(name, value, f"this is not {words}", f"Pass {words}.")


@dataclass(frozen=True, slots=True)
class DaysNeeded:
    """The trading days without which events cannot be studied.

    Parameters
    ----------
    first, last : Timestamp
        Days of the first and of the last event.
    before, after : int
        Trading days with a price that are needed before the first, after the last.
    within : tuple of Timestamp, optional
        Beyond these days nothing is asked for, because the firms have no price there.
    """

    first: pd.Timestamp
    last: pd.Timestamp
    before: int
    after: int
    within: tuple[pd.Timestamp, pd.Timestamp] | None = None

    @property
    def over(self) -> pd.Timestamp:
        """A day by which all of them have passed."""
        return self.last + pd.Timedelta(days=2 * self.after + 4)

    def are_in(self, days: pd.DatetimeIndex) -> bool:
        """Whether a series with these days has all that is needed."""
        return self._reaches_back(days) and self._reaches_on(days)

    def overlap(self, days: pd.DatetimeIndex) -> bool:
        """Whether it has what an event somewhere between the first and last needs."""
        earliest = max(int(days.searchsorted(self.first)), self.before)
        latest = min(int(days.searchsorted(self.last)), len(days) - 1 - self.after)
        return earliest <= latest

    def _reaches_back(self, days: pd.DatetimeIndex) -> bool:
        if int(days.searchsorted(self.first)) >= self.before:
            return True
        return self.within is not None and days[0] <= self.within[0]

    def _reaches_on(self, days: pd.DatetimeIndex) -> bool:
        if int(days.searchsorted(self.last)) + self.after < len(days):
            return True
        return self.within is not None and days[-1] >= self.within[1]


@dataclass(frozen=True, slots=True)
class Search:
    """How far to go for what the caller does not hold.

    Parameters
    ----------
    days : DaysNeeded, optional
        None = any days.
    offline : bool
        Stop before the network; EVENTSTUDY_OFFLINE=1 does the same.
    refresh : bool
        Skip what is kept in the cache.
    cache : str or path, optional
        The cache's folder.
    patience : Patience, optional
        Of the call that the search is part of, where a source refuses.

    Raises
    ------
    ArgumentError
        When one of them is of another type, or new data are wanted offline.
    """

    days: DaysNeeded | None = None
    offline: bool = False
    refresh: bool = False
    cache: str | PathLike[str] | None = None
    patience: Patience | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("offline", "refresh"):
            _require(name, getattr(self, name), bool, "True or False")
        if self.cache is not None:
            _require("cache", self.cache, (str, PathLike), "the path of a folder")
        if self.refresh and self.stays_offline:
            raise ArgumentError(
                "refresh",
                True,
                "there is no network to fetch from (offline)",
                f"Leave out offline=, and unset {OFFLINE_VARIABLE}.",
            )

    def is_met_by(self, days: pd.DatetimeIndex) -> bool:
        """Whether a series with these days has all that is looked for."""
        return self.days is None or self.days.are_in(days)

    @property
    def stays_offline(self) -> bool:
        """Whether the network is left alone, by argument or environment."""
        return is_offline(self.offline)

    @property
    def last(self) -> pd.Timestamp | None:
        """The last day that matters; None = unknown."""
        return None if self.days is None else self.days.over


ANYWHERE = Search()
