"""The one calendar that a study counts its days on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from eventstudy._typing import IntArray
from eventstudy.alignment.benchmarks import Factors
from eventstudy.alignment.firms import Inputs
from eventstudy.prices.track import Track


def common_calendar(
    firms: list[Track],
    markets: Sequence[Track],
    factors: Factors | None,
    inputs: Inputs,
) -> pd.DatetimeIndex:
    """The market's trading days, or the frame's; without a market the firms' own.

    Of several markets the first counts; the days of the others are added where they
    begin earlier or end later.
    """
    if inputs.returns is not None:
        return firms[0].days
    if markets:
        days = markets[0].days
        for market in markets[1:]:
            own = market.days
            beyond = own[(own < days[0]) | (own > days[-1])]
            days = days.union(beyond) if len(beyond) else days
        return days
    days = firms[0].days
    for firm in firms[1:]:
        days = days.union(firm.days)
    if factors is None or not len(days):
        return days
    published = pd.DatetimeIndex(factors.frame.index)
    return days.union(published[(published >= days[0]) & (published <= days[-1])])


def differing_days(calendar: pd.DatetimeIndex, market: Track) -> IntArray:
    """Calendar positions on which a market has no day, or before which it has another.

    Only days between the market's first and last count.
    """
    own = market.days
    here = (calendar >= own[0]) & (calendar <= own[-1])
    lacking = np.flatnonzero(here & ~calendar.isin(own))
    other = calendar.searchsorted(own[~own.isin(calendar)])
    return np.sort(np.concatenate([lacking, other]))
