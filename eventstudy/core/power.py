"""Power of the exact t test, and the smallest effect that it finds reliably."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from eventstudy._typing import FloatArray

# Halvings of the bracket: below the spacing of doubles.
STEPS = 60


def power(
    delta: ArrayLike, std_error: ArrayLike, df: ArrayLike, level: float = 0.05
) -> FloatArray:
    """Probability that the two-sided t test finds an effect (methods 3.7), exact.

    Parameters
    ----------
    delta : array_like
        True effect, unit of ``std_error``; its sign does not matter.
    std_error : array_like
        Standard error of the estimate.
    df : array_like
        Degrees of freedom; infinite means normal.
    level : float
        Significance level.

    Returns
    -------
    ndarray, broadcast shape
        Between ``level`` and 1; NaN where an input is.
    """
    shift = np.abs(np.asarray(delta, float)) / np.asarray(std_error, float)
    df = np.asarray(df, float)
    return _rejection_rate(shift, df, special.stdtrit(df, 1.0 - level / 2.0))


def _rejection_rate(
    shift: FloatArray, df: FloatArray, critical: FloatArray
) -> FloatArray:
    """P(abs(T) > critical) for T noncentral t with the given shift."""
    normal = np.isinf(df)
    nu = np.where(normal, 1.0, df)
    below = np.where(
        normal, special.ndtr(critical - shift), special.nctdtr(nu, shift, critical)
    )
    wrong_side = np.where(
        normal, special.ndtr(-critical - shift), special.nctdtr(nu, shift, -critical)
    )
    # Far out the noncentral distribution underflows to NaN where it is 0.
    known = ~np.isnan(shift + critical)
    below, wrong_side = (
        np.where(known & np.isnan(term), 0.0, term) for term in (below, wrong_side)
    )
    return np.asarray(np.clip(1.0 - below + wrong_side, 0.0, 1.0))


def minimum_detectable_effect(
    std_error: ArrayLike, df: ArrayLike, level: float = 0.05, target: float = 0.8
) -> FloatArray:
    """Effect that the two-sided t test finds with a given probability.

    Parameters
    ----------
    std_error : array_like
        Standard error of the estimate.
    df : array_like
        Degrees of freedom; infinite means normal.
    level : float
        Significance level.
    target : float
        The probability; above ``level``.

    Returns
    -------
    ndarray, broadcast shape
        Unit of ``std_error``; NaN where an input is.
    """
    distinct, back = np.unique(np.asarray(df, float), return_inverse=True)
    shift = _needed_shift(distinct, level, target)[back.reshape(np.shape(df))]
    return np.asarray(shift * np.asarray(std_error, float))


def _needed_shift(df: FloatArray, level: float, target: float) -> FloatArray:
    """Shift in standard errors at which the power is ``target``, by bisection."""
    critical = special.stdtrit(df, 1.0 - level / 2.0)
    low, high = np.zeros(df.shape), np.full(df.shape, 10.0)
    while (short := _rejection_rate(high, df, critical) < target).any():
        high = np.where(short, 2.0 * high, high)
    for _ in range(STEPS):
        middle = 0.5 * (low + high)
        enough = _rejection_rate(middle, df, critical) >= target
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.where(np.isnan(critical), np.nan, 0.5 * (low + high))
