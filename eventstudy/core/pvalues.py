"""The one place where a p-value is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np
from scipy import special

from eventstudy._typing import FloatArray

Alternative: TypeAlias = Literal["two-sided", "greater", "less"]
Distribution: TypeAlias = Literal[
    "normal", "t", "f", "chi2", "binomial", "signed_rank", "empirical", "bound"
]


def p_values(
    distribution: Distribution,
    value: FloatArray,
    df: FloatArray | None = None,
    exceed: FloatArray | None = None,
    draws: FloatArray | None = None,
    alternative: Alternative = "two-sided",
) -> FloatArray:
    """P-values of statistics, from upper tails so that 1e-30 stays 1e-30.

    Parameters
    ----------
    distribution : str
        ``normal``, ``t``, ``f``, ``chi2``, ``empirical`` or ``bound``.
    value : ndarray of shape (...)
        The statistic.  NaN gives NaN.
    df : ndarray of shape (...), or (..., 2) for ``f``
        Degrees of freedom.
    exceed, draws : ndarray of shape (...)
        ``empirical``: how many of how many placebo statistics are at least as
        extreme; p = (1 + exceed) / (1 + draws).  ``bound``: p = exceed / draws,
        at most 1, or Chebyshev's 1 / value**2 where they are not given.
    alternative : {"two-sided", "greater", "less"}
        ``f`` and ``chi2`` are one-sided by nature; ``empirical`` and ``bound``
        carry their side in the count.

    Returns
    -------
    ndarray of shape (...)
        Between 0 and 1; NaN where ``value`` is NaN.
    """
    if distribution == "empirical":
        p = (1.0 + _given(exceed)) / (1.0 + _given(draws))
    elif distribution == "bound":
        p = value**-2.0 if exceed is None else exceed / _given(draws)
    elif distribution == "f":
        p = special.fdtrc(_given(df)[..., 0], _given(df)[..., 1], value)
    elif distribution == "chi2":
        p = special.chdtrc(_given(df), value)
    else:
        p = _by_side(_lower_tail(distribution, df), value, alternative)
    return np.where(np.isnan(value), np.nan, np.minimum(1.0, p))


def _lower_tail(
    distribution: Distribution, df: FloatArray | None
) -> Callable[[FloatArray], FloatArray]:
    if distribution == "normal":
        return lambda x: np.asarray(special.ndtr(x))
    return lambda x: np.asarray(special.stdtr(_given(df), x))


def _by_side(
    lower: Callable[[FloatArray], FloatArray], value: FloatArray, alternative: Alternative
) -> FloatArray:
    if alternative == "less":
        return lower(value)
    if alternative == "greater":
        return lower(-value)
    return 2.0 * lower(-np.abs(value))


def _given(array: FloatArray | None) -> FloatArray:
    assert array is not None  # noqa: S101 - a programming error, not a user's
    return array
