"""What an event was worth in money (methods 3.8)."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from eventstudy._typing import FloatArray, ReturnKind
from eventstudy.core import money
from eventstudy.results.effect import Effect
from eventstudy.results.market_value import MarketValue
from eventstudy.results.words import window_words

Figure: TypeAlias = Literal["simple", "buy_and_hold", "daily_sum", "log"]

LARGE_CAR = 0.10
LARGE_GAP = 0.005


@dataclass(frozen=True, slots=True, eq=False)
class Impact:
    """What the money figures of one window are made from.

    Parameters
    ----------
    window : tuple of int
        First and last event day.
    car : Effect
        Cumulative abnormal return of the window; all significance is its own.
    market_value : MarketValue
        Before the window.
    actual, expected : ndarray of shape (L,)
        Returns and those that the model expects, decimals of ``return_kind``; NaN
        where no observation ends.
    covariance : ndarray of shape (L, L)
        Of the abnormal returns, prediction error included; 0 on the diagonal of a
        day that is not used, such as one whose return begins before the window.
    market_values : ndarray of shape (L,), optional
        Market value at the close before each observation.
    return_kind : {"simple", "log"}
    """

    window: tuple[int, int]
    car: Effect
    market_value: MarketValue
    actual: FloatArray
    expected: FloatArray
    covariance: FloatArray
    market_values: FloatArray | None = None
    return_kind: ReturnKind = "simple"

    @property
    def bhar(self) -> float:
        """Buy-and-hold abnormal return of the window; NaN without observations."""
        actual, expected = self.used
        path = money.buy_and_hold_path(actual, expected, self.return_kind)
        return float(path[-1])

    @property
    def used(self) -> tuple[FloatArray, FloatArray]:
        """Actual and expected returns of the days that the CAR adds up."""
        unused = np.diag(self.covariance) == 0
        actual = np.where(unused, np.nan, self.actual)
        return actual, np.where(unused, np.nan, self.expected)


def money_effects(impact: Impact) -> dict[Figure, Effect]:
    """All money figures that apply to a window.

    Parameters
    ----------
    impact : Impact

    Returns
    -------
    dict of Effect
        ``simple`` (market value times CAR), ``buy_and_hold`` (times BHAR) and
        ``daily_sum`` (abnormal returns times the market value of each day before;
        only where that is known) for simple returns, ``log`` for logarithmic ones.
        ``t``, ``df``, ``p_value`` are those of the CAR: no second test is made.
        ``mde`` is the market value times that of the CAR.  Where there is no CAR all
        of them are NaN, for its reason.
    """
    value, car, v = np.asarray(impact.market_value.value), impact.car, impact.covariance
    total, error = np.asarray(car.value), np.asarray(car.std_error)
    actual, expected = impact.used
    t = money.critical_value(car.confidence, np.asarray(car.df))
    if impact.return_kind == "log":
        found = money.log_change(value, actual, total, error, t)
        return {"log": _effect(impact, found)}
    figures: dict[Figure, money.Money] = {
        "simple": money.first_order(value, total, error, t),
        "buy_and_hold": money.buy_and_hold(value, actual, expected, v, t),
    }
    if impact.market_values is not None:
        daily = money.daily_sum(actual - expected, impact.market_values, v, t)
        if np.isfinite(daily.value):
            figures["daily_sum"] = daily
    return {key: _effect(impact, figure) for key, figure in figures.items()}


def headline_figure(impact: Impact) -> Figure:
    """Which figure stands for the window: fixed by size, never by significance.

    Parameters
    ----------
    impact : Impact

    Returns
    -------
    str
        ``buy_and_hold`` for several days whose CAR exceeds 10 % or differs from the
        BHAR by more than half a percentage point; else ``simple``; ``log`` for
        logarithmic returns.
    """
    if impact.return_kind == "log":
        return "log"
    several = impact.window[1] > impact.window[0]
    car = impact.car.value
    large = abs(car) > LARGE_CAR or abs(car - impact.bhar) > LARGE_GAP
    return "buy_and_hold" if several and large else "simple"


def _effect(impact: Impact, figure: money.Money) -> Effect:
    label = f"market value change, {window_words(impact.window)}"
    parts = (figure.value, figure.std_error, figure.low, figure.high)
    unknown = math.isnan(impact.car.value)
    value, error, low, high = (math.nan if unknown else float(part) for part in parts)
    return dataclasses.replace(
        impact.car,
        value=value,
        std_error=error,
        ci_low=low,
        ci_high=high,
        mde=impact.market_value.value * impact.car.mde,
        reason=impact.market_value.reason or impact.car.reason,
        label=label,
        unit="money",
        currency=impact.market_value.currency,
    )
