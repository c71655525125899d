"""A check of one event: what it reads, and the row it becomes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy.core.pvalues import rejects
from eventstudy.core.residuals import Residuals, residuals_of
from eventstudy.inference._base import Sample
from eventstudy.results.effect import Effect

LEVEL = 0.01
FEW = "Not computed: too few days, or residuals that do not vary."


class Row(NamedTuple):
    """A check and what to do about it.

    Parameters
    ----------
    check : str
        Its name.
    value, threshold : float
        NaN = not computed; NaN = no threshold of its own.
    flag : bool
        Whether it asks for attention; rows for information never do.
    advice : str
        A sentence.
    """

    check: str
    value: float
    threshold: float
    flag: bool
    advice: str


@dataclass(frozen=True, slots=True, eq=False)
class DiagnosticInputs:
    """What the checks of one event read.

    Parameters
    ----------
    event_window, headline : Sample
        The event on its whole event window, and on the headline window.
    estimation_dates, event_dates : DatetimeIndex
        The M days of the estimation window, the days of the event window.
    regressors : tuple of str
        Names of the f regressors.
    factors_estimation, factors_event : ndarray of shape (M, f), (days, f)
        Single-day regressors in decimals.
    firm_returns_estimation : ndarray of shape (M,)
        The firm's returns; NaN = none ends on that day.
    closes_estimation : ndarray of shape (M,), optional
        Unadjusted closes.
    params : Series
        Coefficients by name; ``alpha`` is the constant, ``beta`` the market's.
    r_squared : float
    run_up : Effect, optional
        CAR from the first event day to day -2.
    confounders : int
        Other known events of the firm in either window.
    """

    event_window: Sample
    headline: Sample
    estimation_dates: pd.DatetimeIndex
    event_dates: pd.DatetimeIndex
    regressors: tuple[str, ...]
    factors_estimation: FloatArray
    factors_event: FloatArray
    firm_returns_estimation: FloatArray
    closes_estimation: FloatArray | None
    params: pd.Series
    r_squared: float
    run_up: Effect | None = None
    confounders: int = 0

    @property
    def residuals(self) -> Residuals:
        """Estimation residuals on one-day scale."""
        s = self.headline
        return residuals_of(
            s.residuals, s.residual_spans, s.residual_rows, s.sigma, s.df
        )


def by_p(
    check: str,
    p_value: FloatArray,
    advice: str,
    fine: str,
    *,
    information: bool = False,
    none: str = FEW,
) -> Row:
    """Make the row of a check that flags a p-value below 1 %."""
    p = float(p_value[0])
    low = bool(rejects(p, LEVEL))
    said = advice if low else fine
    return row(check, p, LEVEL, low and not information, said, none)


def row(
    check: str,
    value: float,
    threshold: float,
    flag: bool,
    advice: str,
    none: str = FEW,
) -> Row:
    """Make a row; without a value it never flags and says why there is none."""
    if math.isnan(value):
        return Row(check, math.nan, threshold, False, none)
    return Row(check, value, threshold, bool(flag), advice)
