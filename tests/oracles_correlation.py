"""Dependence between events by literal loops over pairs, shifts and days.

An event is what statsmodels says of its own rows.  Nothing is summed by date, and
nothing of one event is used for another.
"""

from typing import NamedTuple

import numpy as np

from tests import oracles_regression as regression


class Event(NamedTuple):
    """One event: observations of both windows, residuals and prediction errors.

    Columns count from the first day of their window; ``d`` are the days covered.
    """

    day0: int
    column: np.ndarray
    e: np.ndarray
    d: np.ndarray
    column_event: np.ndarray
    ar: np.ndarray
    d_event: np.ndarray
    fit: object
    x_event: np.ndarray
    x: np.ndarray


def events_of(panel, events, design):
    """All events whose estimation window has enough rows, else None in their place."""
    found = []
    for i in range(len(events)):
        estimation, event = regression.both_windows(panel, events, i, design)
        if len(estimation.y) < max(design.min_estimation, design.parameters + 1):
            found.append(None)
            continue
        fit = regression.regression(estimation, event)
        found.append(
            Event(
                int(events.day0[i]), estimation.column, fit.residuals, estimation.d,
                event.column, fit.abnormal, event.d, fit, event.x, estimation.x,
            )
        )  # fmt: skip
    return found


def inside(one, window, design):
    """Positions of the abnormal returns whose spans lie in a window."""
    offset = design.event_window.start
    return [
        p
        for p, (c, d) in enumerate(zip(one.column_event, one.d_event, strict=True))
        if window[0] <= c + offset - d + 1 and c + offset <= window[1]
    ]


def days_covered(one, window, design):
    """Relative days that the abnormal returns in a window cover, a set."""
    return {
        int(one.column_event[p] + design.event_window.start - back)
        for p in inside(one, window, design)
        for back in range(int(one.d_event[p]))
    }


def members(found, window, design):
    """Events with an abnormal return in the window, and on day 0 if it is inside."""
    return [
        one
        for one in found
        if one is not None
        and (days := days_covered(one, window, design))
        and (0 in days or not window[0] <= 0 <= window[1])
    ]


def deviations(one):
    """Residuals on one-day scale less their mean, by calendar day."""
    u = one.e / np.sqrt(one.d)
    u = u - u.mean()
    return dict(zip((one.day0 + one.column).tolist(), u.tolist(), strict=True))


def scores(one):
    """The same over the root of their mean square."""
    u = deviations(one)
    scale = np.sqrt(sum(value**2 for value in u.values()) / len(u))
    return {day: value / scale for day, value in u.items()}


def correlations(found, window, design, min_overlap):
    """r_bar, r_c, and the shares of pairs, by the double loop over all pairs.

    The mean number of common days is a double loop over each pair of dates.
    """
    mine = members(found, window, design)
    n, length = len(mine), window[1] - window[0] + 1
    days = [
        {one.day0 + day for day in days_covered(one, window, design)} for one in mine
    ]
    z, u = [scores(one) for one in mine], [deviations(one) for one in mine]
    common = mean_common_days(mine, z)
    size = [
        len(d) * np.mean([v**2 for v in w.values()])
        for d, w in zip(days, u, strict=True)
    ]
    r_bar = r_c = pairs = without = 0.0
    for i in range(n):
        for j in range(n):
            if i == j or abs(mine[i].day0 - mine[j].day0) >= length:
                continue
            pairs += 1
            mean = common[mine[i].day0, mine[j].day0]
            if mean < min_overlap:
                without += 1
                continue
            tau = len(days[i] & days[j])
            kappa = tau / np.sqrt(len(days[i]) * len(days[j]))
            both = z[i].keys() & z[j].keys()
            r_bar += kappa * sum(z[i][t] * z[j][t] for t in both) / mean
            r_c += tau * sum(u[i][t] * u[j][t] for t in both) / mean
    return {
        "r_bar": r_bar / (n * (n - 1)),
        "r_c": r_c / ((n - 1) * sum(size)),
        "overlapping_pairs": pairs / (n * (n - 1)),
        "pairs_without_overlap": without / pairs if pairs else 0.0,
    }


def mean_common_days(mine, z):
    """For each pair of dates the mean over its pairs of events."""
    counts = {}
    for i, one in enumerate(mine):
        for j, other in enumerate(mine):
            if i != j:
                key = one.day0, other.day0
                counts.setdefault(key, []).append(len(z[i].keys() & z[j].keys()))
    return {key: np.mean(values) for key, values in counts.items()}
