"""Placebo in time: all events moved back together through the estimation days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import BoolArray, FloatArray
from eventstudy.core.pvalues import exceedances
from eventstudy.inference._base import (
    Condition,
    CrossSection,
    Golden,
    Statistic,
    register,
)
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import ROUNDING, t_of_mean

# Estimation days in the longest stretch of joined windows: with fewer, shifts are too
# much alike.
ENOUGH_BLOCKS = 20


def _many_blocks(sample: CrossSection, options: Mapping[str, Any]) -> BoolArray:  # noqa: ARG001
    """Whether the estimation window holds enough separate stretches of time."""
    day0 = np.sort(sample.day0)
    if day0.size == 0:
        return np.asarray(True)
    ends = np.flatnonzero(np.diff(day0) >= sample.days)
    first, last = np.r_[0, ends + 1], np.r_[ends, day0.size - 1]
    stretch = sample.days + int((day0[last] - day0[first]).max())
    return np.asarray(np.median(sample.n_estimation) >= ENOUGH_BLOCKS * stretch)


@register(
    "placebo_in_time",
    name="Placebo in time",
    null=(
        "The mean standardised effect is zero: the window could as well have been any "
        "earlier one, with the events in the same pattern."
    ),
    reference=(
        "Gelbach, Helland & Klick (2013), American Law and Economics Review 15, "
        "495-541, for one event; all events moved together, studentised."
    ),
    kind="sample",
    min_events=3,
    reads=("placebo_shifts",),
    conditions=(Condition("too_few_placebo_blocks", _many_blocks),),
    golden=Golden(
        sample=lambda: cross_section(
            [2, 4, 6],
            variance=4.0,
            sums={
                "placebo_shifts": {
                    "number": np.array([3.0, 3, 3, 2]),
                    "sum": np.array([6.0, 0, 9, 9]),
                    "squares": np.array([14.0, 2, 29, 41]),
                }
            },
        ),
        value=2 * np.sqrt(3.0),
        p_value=3 / 4,
        source=(
            "by hand: SCAR = 1, 2, 3: t = 2 sqrt(3); shifts 1 2 3, -1 0 1, 2 3 4 have "
            "t = 2 sqrt(3), 0, 3 sqrt(3), two as large; the last has too few events; "
            "p = (1 + 2) / (3 + 1)"
        ),
    ),
)
def placebo_in_time(sample: CrossSection, *, mean: bool = False) -> Statistic:
    """Rank the BMP statistic among those of earlier windows.

    Events are moved together, so what they share on a day they share in every shift.

    Parameters
    ----------
    sample : CrossSection
        Reads CARs and their variances, (N,), and sums of the shifted windows.
    mean : bool
        Rank the mean standardised CAR itself, not over its standard error.

    Returns
    -------
    Statistic
        Shape (), with p the rank: (1 + shifts at least as extreme) / (1 + shifts).
        NaN ``needs_more_events`` below two events, ``negative_variance`` where all
        standardised CARs are equal, ``no_placebo_shift`` where no shift has three
        events and half of those of the window.
    """
    score = sample.scar
    observed = t_of_mean(score)
    found = sample.sums["placebo_shifts"]
    kept = found["number"] >= max(3.0, score.size / 2)
    reason = str(observed.reason)
    value = observed.value
    if mean and score.size:
        value, reason = np.asarray(score.mean()), ""
    if not reason and not kept.any():
        reason = "no_placebo_shift"
    if reason:
        return Statistic(
            np.asarray(np.nan), "empirical", exceed=np.asarray(0.0),
            draws=np.asarray(0.0), reason=np.asarray(reason),
        )  # fmt: skip
    placebos = _placebos(*(found[name][kept] for name in ("number", "sum", "squares")),
                         mean=mean)  # fmt: skip
    exceed, _ = exceedances(placebos, value)
    draws = np.asarray(float(placebos.size))
    return Statistic(
        value, "empirical", exceed=exceed, draws=draws, reason=np.asarray("")
    )


def _placebos(
    number: FloatArray, total: FloatArray, squares: FloatArray, *, mean: bool
) -> FloatArray:
    """The statistic of each shift; inf, as extreme as any, without a spread."""
    centre = total / number
    if mean:
        return np.asarray(centre)
    variance = (squares - number * centre**2) / (number - 1.0)
    flat = variance <= ROUNDING * squares / number
    error = np.sqrt(np.where(flat, 1.0, variance) / number)
    return np.where(flat, np.inf, centre / error)
