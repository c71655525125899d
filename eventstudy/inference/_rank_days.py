"""Statistics of scores by relative day: a window against all days."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.inference._moments import ROUNDING, statistic
from eventstudy.inference._statistic import Statistic


def window_of_days(scores: Mapping[str, FloatArray], *, fpc: bool = False) -> Statistic:
    """Sum of a window's scores over its standard error, about 0 over all days.

    Parameters
    ----------
    scores : mapping
        ``days`` (T,): z of estimation and event window, NaN = a day of no event;
        ``window`` (L,): those of the test window.
    fpc : bool
        The scores of one event are drawn without replacement.

    Returns
    -------
    Statistic
        Compared with the normal distribution.
    """
    z, inside = (x[np.isfinite(x)] for x in (scores["days"], scores["window"]))
    total, length = z.size, inside.size
    if length == 0:
        return statistic(np.nan, "normal", reason="no_abnormal_return")
    variance = float(z @ z) / total * length
    if fpc:
        variance *= (total - length) / (total - 1)
    if variance <= ROUNDING:
        return statistic(np.nan, "normal", reason="negative_variance")
    return statistic(inside.sum() / np.sqrt(variance), "normal")


def last_of_days(means: FloatArray, number: FloatArray) -> Statistic:
    """The last day's mean score over its standard error over all days.

    Parameters
    ----------
    means : ndarray of shape (T,)
        Mean scores of the events of each day; NaN = a day of no event.
    number : ndarray of shape (T,)
        Events of each day.

    Returns
    -------
    Statistic
        Compared with Student's t with T - 2 degrees of freedom, T the days with an
        event.
    """
    known = number > 0
    total = int(known.sum())
    share = number[known] / number[-1]
    variance = float(share @ means[known] ** 2) / total
    if total < 3:
        return statistic(np.nan, "t", total - 2, reason="too_few_days")
    # The last day is among all days, which bounds Z.
    squares = means[-1] ** 2 / variance if variance > ROUNDING**2 else np.nan
    room = total - 1.0 - squares
    if not room > ROUNDING * total:
        return statistic(np.nan, "t", total - 2, reason="negative_variance")
    value = np.copysign(np.sqrt(squares * (total - 2) / room), means[-1])
    return statistic(value, "t", total - 2)
