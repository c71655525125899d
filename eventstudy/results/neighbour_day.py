"""What the next trading day would give as day 0, for news of unknown hour."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from eventstudy._windows import Window
from eventstudy.engine import Source
from eventstudy.results.effect import Effect
from eventstudy.results.estimated_anew import effect_anew

if TYPE_CHECKING:
    from eventstudy.results.event_result import EventResult

DAY_ZERO = Window(0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class NeighbourDay:
    """The trading day after day 0, taken as day 0.

    Parameters
    ----------
    session : Timestamp
        That day.
    effect : Effect
        Its abnormal return, by a model estimated anew: the estimation window moves
        along.  NaN with a reason where the day has no return.
    """

    session: pd.Timestamp
    effect: Effect


def neighbour_day(result: EventResult) -> NeighbourDay | None:
    """Estimate the day after day 0 as if it were day 0.

    Parameters
    ----------
    result : EventResult
        With its estimates.

    Returns
    -------
    NeighbourDay or None
        None where the data end, or where that day cannot be estimated.  The same as
        ``analyze`` gives for that day, to the bit.
    """
    source, design = result._source, result.design
    position = int(source.events.day0[0]) + 1
    if position >= len(source.dates):
        return None
    effect = effect_anew(_a_day_later(source), design, DAY_ZERO)
    if effect is None:
        return None
    return NeighbourDay(pd.Timestamp(source.dates[position]), effect)


def _a_day_later(source: Source) -> Source:
    events = dataclasses.replace(source.events, day0=source.events.day0 + 1)
    return dataclasses.replace(source, events=events)
