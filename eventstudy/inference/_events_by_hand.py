"""Cross-sections small enough to work by hand, for the golden examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from eventstudy.inference._cross_section import CrossSection

APART = 1000


def cross_section(
    car: Sequence[float],
    *,
    variance: Sequence[float] | float = 1.0,
    df: float = 100.0,
    dates: Sequence[int] | None = None,
    sums: Mapping[str, Mapping[str, Any]] | None = None,
    min_clusters: int = 2,
) -> CrossSection:
    """Events of a one-day window with residual standard deviation 1.

    Parameters
    ----------
    car : sequence of N floats
    variance : sequence of N floats, or float
        Of each CAR.
    df : float
        Residual degrees of freedom of each.
    dates : sequence of N ints, optional
        Calendar position of day 0; far apart by default.
    sums : mapping, optional
        What the residual pass would have found.
    min_clusters : int

    Returns
    -------
    CrossSection
    """
    value = np.asarray(car, float)
    each, number = np.ones(value.size), np.arange(value.size)
    spread = np.broadcast_to(np.asarray(variance, float), value.shape)
    return CrossSection(
        window=(0, 0),
        car=value,
        variance=spread,
        sar_sum=value / np.sqrt(spread),
        sigma=each,
        df=df * each,
        length=each,
        n_rows=each.astype(int),
        n_estimation=np.full(value.size, int(df) + 2),
        day0=APART * number if dates is None else np.asarray(dates),
        order=number,
        parameters=2,
        sums=sums or {},
        min_clusters=min_clusters,
    )
