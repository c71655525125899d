"""Spreads across all events, found once a study and read at every leaf."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import Any

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.core.residual_pass import FirstPass

# What is left of equal values in a sum of squares, relative to it.
ROUNDING = 1e-12

_last: tuple[tuple[weakref.ref[Any], ...], Spreads] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Spreads:
    """Cross-sectional standard deviations, divisor N - 1, and who shares them.

    Parameters
    ----------
    scar : ndarray of shape (W,)
        Of the SCARs of each window; NaN where there is none.
    groups : tuple of list of int
        Windows of the same members.
    days : ndarray of shape (G, L2)
        Of the SARs of each event-window day, by group; NaN where there is none.
    """

    scar: FloatArray
    groups: tuple[list[int], ...]
    days: FloatArray


def spreads(first: FirstPass) -> Spreads:
    """Spreads of a study; the last one's are remembered while its arrays live."""
    global _last  # noqa: PLW0603 - a cache; two threads at worst find the same twice
    read = first.car, first.variance, first.member, first.sar_moments
    known = _last
    if known is not None and all(
        ref() is array for ref, array in zip(known[0], read, strict=True)
    ):
        return known[1]
    found = _found(first)
    _last = tuple(weakref.ref(array) for array in read), found
    return found


def _found(first: FirstPass) -> Spreads:
    groups: dict[bytes, list[int]] = {}
    for window, member in enumerate(first.member):
        groups.setdefault(member.tobytes(), []).append(window)
    together = tuple(groups.values())
    scar = [
        _spread(values[member])
        for values, member in zip(first.scar, first.member, strict=True)
    ]
    moments = first.sar_moments[[windows[0] for windows in together]]
    return Spreads(np.array(scar), together, _day_spread(moments))


def _spread(values: FloatArray) -> float:
    if values.size < 2:
        return np.nan
    spread = float(np.std(values, ddof=1))
    return spread if spread > ROUNDING * float(np.abs(values).max()) else np.nan


def _day_spread(moments: FloatArray) -> FloatArray:
    """From number, sum and sum of squares, (G, 3, L2)."""
    number, total, squares = moments.transpose(1, 0, 2)
    n = np.where(number > 1, number, np.nan)
    about_mean = squares - total**2 / n
    differ = np.where(about_mean > ROUNDING * squares, about_mean, np.nan)
    return np.asarray(np.sqrt(differ / (n - 1)))
