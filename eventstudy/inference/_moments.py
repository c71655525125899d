"""Means of events and their spread, and statistics that do not always exist."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.core.pvalues import Distribution
from eventstudy.inference._statistic import Statistic

# Equal in exact arithmetic: what is left of the spread is rounding.
ROUNDING = 1e-12


def statistic(
    value: float | np.floating,
    distribution: Distribution,
    df: float | None = None,
    *,
    reason: str = "",
) -> Statistic:
    """A sample statistic as arrays of shape (); NaN where there is a reason.

    Parameters
    ----------
    value : float
    distribution : str
    df : float, optional
    reason : str
        Code for why the statistic does not exist; empty where it does.

    Returns
    -------
    Statistic
    """
    return Statistic(
        np.asarray(np.nan if reason else value, float),
        distribution,
        None if df is None else np.asarray(df, float),
        reason=np.asarray(reason),
    )


def spread(x: FloatArray) -> tuple[float, str]:
    """Standard deviation with N - 1, or why there is none.

    Parameters
    ----------
    x : ndarray of shape (N,)

    Returns
    -------
    sd : float
        NaN where there is a reason.
    reason : str
        ``needs_more_events``, ``negative_variance`` (all equal), or empty.
    """
    if x.size < 2:
        return np.nan, "needs_more_events"
    sd = float(np.std(x, ddof=1))
    if sd <= ROUNDING * float(np.max(np.abs(x))):
        return np.nan, "negative_variance"
    return sd, ""


def t_of_mean(x: FloatArray) -> Statistic:
    """Student's t of the mean of independent values, N - 1 degrees of freedom.

    Parameters
    ----------
    x : ndarray of shape (N,)

    Returns
    -------
    Statistic
    """
    sd, reason = spread(x)
    if reason:
        return statistic(np.nan, "t", x.size - 1, reason=reason)
    return statistic(np.sqrt(x.size) * x.mean() / sd, "t", x.size - 1)


def z_of_sum(x: FloatArray, variance: FloatArray) -> Statistic:
    """Sum of independent values over the root of their known variances.

    Parameters
    ----------
    x, variance : ndarray of shape (N,)

    Returns
    -------
    Statistic
    """
    if x.size == 0:
        return statistic(np.nan, "normal", reason="needs_more_events")
    return statistic(x.sum() / np.sqrt(variance.sum()), "normal")


def patell_z(score: FloatArray, df: FloatArray) -> Statistic:
    """Sum of standardised values over the root of their Student variances.

    Parameters
    ----------
    score, df : ndarray of shape (N,)

    Returns
    -------
    Statistic
    """
    if np.any(df <= 2):
        return statistic(np.nan, "normal", reason="too_few_days")
    # nu / (nu - 2), which is 1 for a variance that is known.
    return z_of_sum(score, 1.0 + 2.0 / (df - 2.0))


def skewness(
    x: FloatArray, sd: float, reason: str, *, unbiased: bool
) -> tuple[float, str]:
    """Third standardised moment, and why it is missing.

    Parameters
    ----------
    x : ndarray of shape (N,)
    sd, reason
        From :func:`spread`.
    unbiased : bool
        N / ((N - 1)(N - 2)) in place of 1 / N, which needs three events.

    Returns
    -------
    skewness : float
    reason : str
    """
    n = x.size
    if not reason and unbiased and n < 3:
        reason = "needs_more_events"
    if reason:
        return np.nan, reason
    factor = n / ((n - 1.0) * (n - 2.0)) if unbiased else 1.0 / n
    z = (x - x.mean()) / sd
    return float(factor * (z * z * z).sum()), ""
