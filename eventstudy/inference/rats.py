"""Returns across time and securities: a regression across events on each event day."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._moments import ROUNDING, statistic
from eventstudy.inference._returns_by_date import ReturnsByDate, one_event_a_date
from eventstudy.inference._sample_conditions import same_dates_only, unskewed

FEWEST_DATES = 10


@register(
    "rats",
    name="Returns across time and securities",
    null=(
        "The regressions across events on the days of the window have intercepts that "
        "sum to zero: effect and mean alpha of the sample."
    ),
    reference="Ibbotson (1975), JFE 2, 235-272.",
    kind="sample",
    min_events=30,
    reads=("returns_by_date",),
    conditions=(same_dates_only, unskewed(50)),
    golden=Golden(
        sample=lambda: one_event_a_date([1, -1] * 6, [2, 2, 0, 0] * 3),
        value=np.sqrt(10.0),
        p_value=1 - (1 + 1 / 4 + 3 / 32 + 5 / 128 + 35 / 2048) / np.sqrt(2.0),
        source=(
            "by hand: twelve dates, intercept 1, slope 0, residuals +-1; HC1 variance "
            "(12 / 10) 12 / 144 = 1 / 10, t = sqrt(10); with 10 df the angle is 45 "
            "degrees, p = 1 - sin (1 + c/2 + 3c^2/8 + 5c^3/16 + 35c^4/128), "
            "c = cos^2 = 1/2"
        ),
    ),
)
def rats(sample: CrossSection) -> Statistic:
    """Let the returns of all events on an event day tell its effect, and add the days.

    For samples without an estimation window of their own; events of one date move
    together, days are taken as independent.

    Parameters
    ----------
    sample : CrossSection
        Reads the sums of ``returns_by_date``.

    Returns
    -------
    Statistic
        Shape (), compared with Student's t: with the events of the thinnest day less
        the coefficients, or where dates are shared with its dates less one.  NaN
        ``few_dates`` below ten dates on a day, ``not_applicable`` for a model without
        a benchmark, ``negative_variance``.
    """
    if not sample.n_events:
        return statistic(np.nan, "t", np.nan, reason="needs_more_events")
    found = ReturnsByDate.of(sample)
    if not found.benchmark:
        return statistic(np.nan, "t", np.nan, reason="not_applicable")
    number = found.products[:, :, 0, 0]
    dates, events = (number > 0).sum(axis=0), number.sum(axis=0)
    p = found.products.shape[2]
    if dates.min() < max(FEWEST_DATES, p + 1):
        return statistic(np.nan, "t", np.nan, reason="few_dates")
    days = [_intercept(found.products[:, day]) for day in range(sample.days)]
    value, variance = np.sum(days, axis=0)
    df = (dates - 1 if (dates < events).any() else events - p).min()
    typical = float(np.abs(found.products[:, :, 0, -1] / np.maximum(number, 1)).max())
    if np.sqrt(variance) <= ROUNDING * typical:
        return statistic(np.nan, "t", df, reason="negative_variance")
    return statistic(value / np.sqrt(variance), "t", df)


def _intercept(products: FloatArray) -> tuple[float, float]:
    """Intercept of one event day and its variance, clustered by date.

    Without shared dates the clusters are events, and the variance is HC1.
    """
    used = products[products[:, 0, 0] > 0]
    squares, cross = used[:, :, :-1], used[:, :, -1]
    total = squares.sum(axis=0)
    scale = np.sqrt(np.diag(total))
    inverse = np.linalg.inv(total / np.outer(scale, scale)) / np.outer(scale, scale)
    coefficients = inverse @ cross.sum(axis=0)
    scores = (cross - squares @ coefficients) @ inverse[0]
    n, (g, p) = total[0, 0], cross.shape
    factor = g / (g - 1.0) * (n - 1.0) / (n - p)
    return float(coefficients[0]), float(factor * (scores @ scores))
