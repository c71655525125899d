"""P-values of a family of hypotheses, adjusted for their number (methods 5.3).

Hypotheses without a p-value or statistic (NaN) are no members of the family and stay
NaN.
"""

from __future__ import annotations

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy.core.pvalues import TIE


def holm(p_value: FloatArray) -> FloatArray:
    """Holm's step-down: the chance of one false rejection or more, at any dependence.

    Parameters
    ----------
    p_value : ndarray of shape (m,)

    Returns
    -------
    ndarray of shape (m,)

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03]))
    array([0.03, 0.06, 0.06])
    """
    order, p = _smallest_first(p_value)
    times = p.size - np.arange(p.size)
    return _placed(np.maximum.accumulate(np.minimum(1.0, times * p)), order, p_value)


def benjamini_hochberg(p_value: FloatArray) -> FloatArray:
    """Benjamini and Hochberg's step-up: the expected share of false rejections.

    Parameters
    ----------
    p_value : ndarray of shape (m,)

    Returns
    -------
    ndarray of shape (m,)

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03]))
    array([0.03, 0.04, 0.04])
    """
    order, p = _smallest_first(p_value)
    share = np.minimum(1.0, p.size / np.arange(1, p.size + 1) * p)
    return _placed(np.minimum.accumulate(share[::-1])[::-1], order, p_value)


def romano_wolf(
    statistic: FloatArray, drawn: FloatArray, *, complete: bool = False
) -> FloatArray:
    """Romano and Wolf's step-down from joint draws of all statistics under the null.

    As Holm's, but the draws know how the hypotheses depend on each other.

    Parameters
    ----------
    statistic : ndarray of shape (m,)
        Studentised; two-sided.
    drawn : ndarray of shape (B, m)
        The same statistics of B draws; NaN counts as no exceedance.
    complete : bool
        All draws that there are, the data themselves among them.

    Returns
    -------
    ndarray of shape (m,)
    """
    size = np.abs(statistic)
    order = np.argsort(-size, kind="stable")[: np.isfinite(statistic).sum()]
    # For each the largest of its own draw and those of all that rank below it.
    rest = np.fmax.accumulate(np.abs(drawn[:, order[::-1]]), axis=1)[:, ::-1]
    exceed = (rest >= (1.0 - TIE) * size[order]).sum(axis=0)
    p = exceed / len(drawn) if complete else (1.0 + exceed) / (1.0 + len(drawn))
    return _placed(np.maximum.accumulate(p), order, statistic)


def _smallest_first(p_value: FloatArray) -> tuple[IntArray, FloatArray]:
    """Positions of the known p-values in rising order, and these."""
    order = np.argsort(p_value, kind="stable")[: np.isfinite(p_value).sum()]
    return order, p_value[order]


def _placed(values: FloatArray, order: IntArray, like: FloatArray) -> FloatArray:
    placed = np.full(like.shape, np.nan)
    placed[order] = values
    return placed
