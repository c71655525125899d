"""A check of one event: what it reads, and the row it becomes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy.core.pvalues import rejects
from eventstudy.core.residuals import Residuals, residuals_of
from eventstudy.inference._base import Sample
from eventstudy.results.effect import Effect

LEVEL = 0.01
FEW = "Not computed: too few days, or residuals that do not vary."
INFORMATION: Literal["never (information)"] = "never (information)"

FlagsWhen: TypeAlias = Literal["below", "above", "outside", "never (information)"]


class Limit(NamedTuple):
    """A threshold, and on which side of it a value asks for attention.

    Parameters
    ----------
    threshold : float
        NaN = none of its own.
    flags_when : {"below", "above", "outside", "never (information)"}
        ``outside``: beyond plus or minus the threshold, or beyond a range of which
        it is the nearer end.  A value at the threshold itself asks for attention
        where it is a p-value or a run of days.
    """

    threshold: float
    flags_when: FlagsWhen


class Row(NamedTuple):
    """A check and what to do about it.

    Parameters
    ----------
    check : str
        Its name.
    value, threshold : float
        NaN = not computed; NaN = no threshold of its own.
    flags_when : str
        As in :class:`Limit`.
    flag : bool
        Whether it asks for attention; rows for information never do.
    advice : str
        A sentence.
    """

    check: str
    value: float
    threshold: float
    flags_when: FlagsWhen
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
    run_up_news : tuple of str
        Day and headline of other news in those days.
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
    run_up_news: tuple[str, ...] = ()
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
    limit = Limit(LEVEL, INFORMATION if information else "below")
    return row(check, p, limit, low and not information, said, none)


def row(
    check: str,
    value: float,
    limit: Limit,
    flag: bool,
    advice: str,
    none: str = FEW,
) -> Row:
    """Make a row; without a value it never flags and says why there is none."""
    if math.isnan(value):
        return Row(check, math.nan, *limit, False, none)
    return Row(check, value, *limit, bool(flag), advice)
