"""What is asked for series that the caller does not hold, and for which days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike

import pandas as pd

from eventstudy.design import Design
from eventstudy.prices._patience import Patience
from eventstudy.prices.search import DaysNeeded, Search
from eventstudy.prices.track import Track

DaySpan = tuple[pd.Timestamp, pd.Timestamp]


@dataclass(frozen=True, slots=True, eq=False)
class Sources:
    """How far to go, and for which events.

    Parameters
    ----------
    news : mapping of str to pair of Timestamp
        By ticker the days of its first and last event; empty = any days will do.
    offline, refresh, cache
        As for :func:`eventstudy.analyze`.
    found : dict of str to Track
        Benchmarks found so far, by ticker: what is looked at again later, such as one
        event of a study, is measured by the same series.
    patience : Patience
        With a source that asks to be asked less often, for all tickers of the call.
    """

    news: Mapping[str, DaySpan] = field(default_factory=dict)
    offline: bool = False
    refresh: bool = False
    cache: str | PathLike[str] | None = None
    found: dict[str, Track] = field(default_factory=dict)
    patience: Patience = field(default_factory=Patience)

    def for_firm(self, ticker: str, design: Design) -> Search:
        """A firm: the days without which none of its events can be estimated."""
        if ticker not in self.news:
            return self._search(None)
        before = design.min_estimation - design.estimation_window.end
        after = design.event_window.end
        return self._search(DaysNeeded(*self.news[ticker], before, after))

    def for_benchmark(self, firms: Sequence[Track], design: Design) -> Search:
        """A benchmark: all days of all windows on which the firms have prices."""
        # Firms of one frame share one index.
        every = {id(days): days for days in [firm.days for firm in firms]}
        days = [days for days in every.values() if len(days)]
        spans = [self.news[firm.ticker] for firm in firms if firm.ticker in self.news]
        if not spans or not days:
            return self._search(None)
        return self._search(
            DaysNeeded(
                first=min(first for first, _ in spans),
                last=max(last for _, last in spans),
                before=1 - design.estimation_window.start,
                after=design.event_window.end,
                within=(min(day[0] for day in days), max(day[-1] for day in days)),
            )
        )

    def _search(self, days: DaysNeeded | None) -> Search:
        return Search(
            days, self.offline, self.refresh, self.cache, patience=self.patience
        )
