"""The one place where a p-value is made."""

from __future__ import annotations

import functools
from typing import Literal, TypeAlias

import numpy as np
from scipy import special

from eventstudy._typing import BoolArray, FloatArray, IntArray

Alternative: TypeAlias = Literal["two-sided", "greater", "less"]
Distribution: TypeAlias = Literal[
    "normal", "t", "f", "chi2", "binomial", "signed_rank", "empirical", "bound"
]
Extreme: TypeAlias = Literal["two-sided", "tails", "lower", "upper"]

# Statistics that are equal in exact arithmetic differ by rounding; ties count.
TIE = 1e-12


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
        ``normal``, ``t``, ``f``, ``chi2``, ``binomial``, ``signed_rank``,
        ``empirical`` or ``bound``.
    value : ndarray of shape (...)
        The statistic.  NaN gives NaN.
    df : ndarray of shape (...), or (..., 2) for ``f``
        Degrees of freedom.
    exceed, draws : ndarray of shape (...)
        ``empirical``: how many of how many placebo statistics are at least as
        extreme; p = (1 + exceed) / (1 + draws).  ``bound``: p = exceed / draws.
        ``binomial``: ``value`` of so many fair coins fell heads; ``signed_rank``:
        ``value`` is the sum of the positive ones of so many untied ranks.  Both exact.
    alternative : {"two-sided", "greater", "less"}
        Two-sided is twice the smaller tail.  ``f`` and ``chi2`` are one-sided by
        nature; ``empirical`` and ``bound`` carry their side in the count.

    Returns
    -------
    ndarray of shape (...)
        Between 0 and 1; NaN where ``value`` is NaN.
    """
    if distribution == "empirical":
        p = (1.0 + _given(exceed)) / (1.0 + _given(draws))
    elif distribution == "bound":
        p = _given(exceed) / _given(draws)
    elif distribution == "f":
        p = special.fdtrc(_given(df)[..., 0], _given(df)[..., 1], value)
    elif distribution == "chi2":
        p = special.chdtrc(_given(df), value)
    elif distribution in {"binomial", "signed_rank"}:
        p = _exact_tails(distribution, value, _given(draws), alternative)
    else:
        p = _one_or_two_tails(distribution, value, df, alternative)
    return np.where(np.isnan(value), np.nan, np.minimum(1.0, p))


def _one_or_two_tails(
    distribution: Distribution,
    value: FloatArray,
    df: FloatArray | None,
    alternative: Alternative,
) -> FloatArray:
    """Always the lower tail of the mirrored value, which keeps its digits."""
    outward = {"less": value, "greater": -value, "two-sided": -np.abs(value)}
    x = outward[alternative]
    tail = special.ndtr(x) if distribution == "normal" else special.stdtr(_given(df), x)
    return np.asarray(2.0 * tail if alternative == "two-sided" else tail)


def _exact_tails(
    distribution: Distribution,
    value: FloatArray,
    n: FloatArray,
    alternative: Alternative,
) -> FloatArray:
    """Both null distributions are symmetric: a far side is the near one mirrored."""
    most = n if distribution == "binomial" else n * (n + 1.0) / 2.0
    nearer = np.minimum(value, most - value)
    inward = {"less": value, "greater": most - value, "two-sided": nearer}
    chance = _heads if distribution == "binomial" else _rank_sum
    tail = chance(inward[alternative], n)
    return np.asarray(2.0 * tail if alternative == "two-sided" else tail)


def _heads(most: FloatArray, n: FloatArray) -> FloatArray:
    """P(at most so many heads of n fair coins)."""
    rest = np.maximum(n - most, 0.5)
    return np.where(most >= n, 1.0, special.betainc(rest, most + 1.0, 0.5))


def _rank_sum(most: FloatArray, n: FloatArray) -> FloatArray:
    """P(the positive ranks of 1..n sum to at most this), n in one digit or two."""
    pairs = np.broadcast_arrays(most, n)
    tails = [
        _rank_sums(int(size))[int(top)] if np.isfinite(top) else np.nan
        for top, size in zip(*(part.ravel() for part in pairs), strict=True)
    ]
    return np.reshape(tails, pairs[0].shape)


@functools.cache
def _rank_sums(n: int) -> FloatArray:
    """Share of the subsets of 1..n that sum to at most 0, 1, ... n (n + 1) / 2."""
    count = np.ones(1)
    for rank in range(1, n + 1):
        count = np.pad(count, (0, rank)) + np.pad(count, (rank, 0))
    return np.asarray(np.cumsum(count) / 2.0**n)


def _given(array: FloatArray | None) -> FloatArray:
    assert array is not None  # noqa: S101 - a programming error, not a user's
    return array


def exceedances(
    placebos: FloatArray, observed: FloatArray, extreme: Extreme = "two-sided"
) -> tuple[FloatArray, FloatArray]:
    """Placebo statistics at least as extreme as the observed one; ties count.

    Parameters
    ----------
    placebos : ndarray of shape (..., R)
        NaN = no placebo.
    observed : ndarray of shape (...)
        NaN counts nothing.
    extreme : {"two-sided", "tails", "lower", "upper"}
        By absolute value; twice the smaller tail; one tail.

    Returns
    -------
    exceed, draws : ndarray of shape (...)
        As :func:`p_values` reads them for ``empirical``: with ``tails`` the count
        is such that p is twice the smaller of the two one-sided p-values.
    """
    draws = np.isfinite(placebos).sum(axis=-1).astype(float)
    value, slack = observed[..., None], TIE * np.abs(observed)[..., None]
    if extreme == "two-sided":
        return _count(np.abs(placebos) >= np.abs(value) - slack), draws
    below = _count(placebos <= value + slack)
    above = _count(placebos >= value - slack)
    if extreme == "tails":
        return 2.0 * np.minimum(below, above) + 1.0, draws
    return (below if extreme == "lower" else above), draws


def _count(hits: BoolArray) -> FloatArray:
    return np.asarray(hits.sum(axis=-1).astype(float))


def attainable(draws: FloatArray | IntArray, level: float) -> BoolArray:
    """Whether the smallest p-value of so many placebos reaches the level."""
    return np.asarray(rejects(1.0 / (1.0 + draws), level))


def rejects(p_value: FloatArray | float, level: float) -> BoolArray:
    """Whether p <= level; 1 - 0.9 counts as 0.1.  False where p is NaN."""
    return np.asarray(p_value <= level * (1.0 + TIE))
