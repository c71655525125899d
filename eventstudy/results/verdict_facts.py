"""All that a verdict is made from: plain facts, gathered before a word is written."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from eventstudy._typing import ReturnKind
from eventstudy.core.pvalues import rejects
from eventstudy.results.effect import Effect
from eventstudy.results.listed_hour import ListedHour
from eventstudy.results.market_value import MarketValue
from eventstudy.results.neighbour_day import NeighbourDay
from eventstudy.results.other_designs import OtherDesign

SHARE_OF_DAYS = 0.9


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The test that stands beside the headline test.

    Parameters
    ----------
    key : str
        ``sq``, ``placebo`` or ``placebo|non_overlapping``; empty = there is none.
    p_value : float
        NaN = it cannot be computed.
    exceed, draws : int
        How many of how many days or windows were at least as extreme.
    reason : str
        Why there is none: a code of ``eventstudy._reasons``, or empty.
    """

    key: str = ""
    p_value: float = math.nan
    exceed: int = 0
    draws: int = 0
    reason: str = ""

    @property
    def exists(self) -> bool:
        """Whether it says anything."""
        return bool(self.key) and not math.isnan(self.p_value)


@dataclass(frozen=True, slots=True, eq=False)
class VerdictFacts:
    """What the rules of the verdict read.

    Parameters
    ----------
    ticker : str
        The firm.
    day : Timestamp
        Day 0.
    window : tuple of int
        The headline window.
    effect : Effect
        Its abnormal return, with the headline test: the exact t.
    model : str
        Name of the expected-return model within a sentence: "market model".
    headline : str
        The news; empty if unknown.
    return_kind : {"simple", "log"}
        Of the study.
    confirming : Confirmation
        Fixed by the design, as the headline test is.
    money : Effect, optional
        The effect in money; NaN with its reason where it is unknown.
    market_value : MarketValue, optional
        What ``money`` rests on.
    compounded : bool
        Whether ``money`` compounds the days of the window.
    same_day : tuple of str
        Headlines of other news on day 0; empty text = unknown.
    in_window : tuple of str
        Day and headline of other news in the headline window.
    elsewhere : tuple of str
        Day and headline of other news in other windows that are shown.
    windows_elsewhere : tuple of tuple of int
        Those windows.
    in_estimation : int
        Number of other announcements in the estimation window.
    without : Effect, optional
        The effect without the days around them.
    moved : str
        Why day 0 is not the day as stated, a sentence; empty if it is.
    listed : ListedHour, optional
        Where the list of known events would make another session day 0.
    listed_effect : Effect, optional
        The abnormal return of that session, where the event window holds it.
    time_unknown : bool
        Whether the news may have come after the close of day 0.
    next_day : Effect, optional
        The effect of days 0 to +1, for news of unknown hour.
    neighbour : NeighbourDay, optional
        What day +1 gives as day 0, for news of unknown hour.
    valid_days, asked_days : int
        Days with returns in the estimation window, and its length.
    unsettled : bool
        Whether the days around the event vary more than usual.
    others : tuple of OtherDesign
        What other usual designs say, one choice changed at a time.
    curve : str
        The line of Python that shows all choices; empty if there is none.
    """

    ticker: str
    day: pd.Timestamp
    window: tuple[int, int]
    effect: Effect
    model: str
    headline: str = ""
    return_kind: ReturnKind = "simple"
    confirming: Confirmation = Confirmation()
    money: Effect | None = None
    market_value: MarketValue | None = None
    compounded: bool = False
    same_day: tuple[str, ...] = ()
    in_window: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    windows_elsewhere: tuple[tuple[int, int], ...] = ()
    in_estimation: int = 0
    without: Effect | None = None
    moved: str = ""
    listed: ListedHour | None = None
    listed_effect: Effect | None = None
    time_unknown: bool = False
    next_day: Effect | None = None
    neighbour: NeighbourDay | None = None
    valid_days: int = 0
    asked_days: int = 0
    unsettled: bool = False
    others: tuple[OtherDesign, ...] = ()
    curve: str = ""

    @property
    def level(self) -> float:
        """Significance level of the headline test."""
        return 1.0 - self.effect.confidence

    @property
    def one_day(self) -> bool:
        """Whether the window is a single day."""
        return self.window[0] == self.window[1]

    @property
    def known(self) -> bool:
        """Whether there is an effect at all."""
        return not math.isnan(self.effect.value)

    @property
    def judged(self) -> bool:
        """Whether the headline test exists."""
        return self.known and not math.isnan(self.effect.p_value)

    @property
    def significant(self) -> bool:
        """Whether the headline test rejects at the level."""
        return self.judged and bool(rejects(self.effect.p_value, self.level))

    @property
    def confirmed(self) -> bool:
        """Whether the confirming test comes to the same end."""
        return bool(rejects(self.confirming.p_value, self.level)) == self.significant

    @property
    def short_history(self) -> bool:
        """Whether more than a tenth of the estimation window has no return."""
        return self.valid_days < SHARE_OF_DAYS * self.asked_days
