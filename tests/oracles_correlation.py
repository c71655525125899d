"""Dependence between events by literal loops over pairs, shifts and days.

Written from the definitions, in the order in which they are read.

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
    fit: regression.Regression


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
                event.column, fit.abnormal, event.d, fit,
            )
        )  # fmt: skip
    return found


def inside(one, window, design):
    """Positions of the abnormal returns of a window: see ``_counts``."""
    offset = design.event_window.start
    return [
        p
        for p, (c, d) in enumerate(zip(one.column_event, one.d_event, strict=True))
        if _counts(c + offset, d, window, design)
    ]


def _counts(end, days, window, design):
    """Whether a return counts in a window: all its days, or its last, lie there."""
    first = end if design.boundary == "include" else end - days + 1
    return window[0] <= first and end <= window[1]


def days_covered(one, window, design):
    """Relative days of a window that the abnormal returns in it cover, a set."""
    covered = {
        int(one.column_event[p] + design.event_window.start - back)
        for p in inside(one, window, design)
        for back in range(int(one.d_event[p]))
    }
    return covered & set(range(window[0], window[1] + 1))


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


def car(one, window, design):
    """Cumulative abnormal return of a window, and its variance over sigma^2."""
    where = inside(one, window, design)
    variance = one.fit.covariance[np.ix_(where, where)].sum()
    return one.ar[where].sum(), variance / one.fit.sigma**2


def shifted(one, window, design, shift):
    """Standardised sum of the residuals in the window moved back; None = not covered.

    Observations count as they do in the window itself.
    """
    offset = design.estimation_window.start
    first, last = window[0] - shift, window[1] - shift
    held = [
        p
        for p, (c, d) in enumerate(zip(one.column, one.d, strict=True))
        if _counts(c + offset, d, (first, last), design)
    ]
    days = {int(one.column[p] + offset - b) for p in held for b in range(int(one.d[p]))}
    if not held or (window[0] <= 0 <= window[1] and -shift not in days):
        return None
    room = one.d[held].sum() - one.fit.hat[np.ix_(held, held)].sum()
    return one.e[held].sum() / (one.fit.sigma * np.sqrt(room))


def placebo_shifts(found, window, design):
    """For each admissible shift the standardised sums of the events covered.

    From the largest shift to the smallest.
    """
    begin, end = design.estimation_window.start, design.estimation_window.end
    mine = members(found, window, design)
    result = []
    for shift in range(window[0] - begin, 0, -1):
        if window[0] - shift < begin or window[1] - shift > end:
            continue
        sums = [shifted(one, window, design, shift) for one in mine]
        result.append([s for s in sums if s is not None])
    return result


def portfolio(found, window, design):
    """Mean residual of each estimation day, one-day observations only; NaN = none."""
    mine, days = members(found, window, design), design.estimation_window.days
    result = np.full(days, np.nan)
    for day in range(days):
        here = [
            one.e[p]
            for one in mine
            for p in range(len(one.e))
            if one.column[p] == day and one.d[p] == 1
        ]
        if here:
            result[day] = np.mean(here)
    return result


def event_variance(found, window, design):
    """Mean variance across events in the window and its rank among runs of days."""
    mine = members(found, window, design)
    fewest = max(3, len(mine) / 2)

    def spread(sar, day):
        values = [value for one in mine for value in sar(one, day)]
        return [np.var(values, ddof=1)] if len(values) >= fewest else []

    def mean(sar, days):
        values = [value for day in days for value in spread(sar, day)]
        return np.mean(values) if values else None

    length, days = window[1] - window[0] + 1, design.estimation_window.days
    begin = window[0] - design.event_window.start
    ratio = mean(event_sar, range(begin, begin + length))
    if len(mine) < 5 or ratio is None:
        return np.nan, np.nan
    starts = range(days - length + 1)
    runs = [mean(residual_sar, range(i, i + length)) for i in starts]
    runs = [run for run in runs if run is not None]
    return ratio, (1 + sum(run >= ratio for run in runs)) / (1 + len(runs))


def event_sar(one, column):
    """Standardised abnormal return of an event day, in a list that may be empty."""
    return [
        one.ar[p] / np.sqrt(one.fit.covariance[p, p])
        for p in range(len(one.ar))
        if one.column_event[p] == column
    ]


def residual_sar(one, column):
    """Studentised residual of an estimation day, in a list that may be empty."""
    return [
        one.e[p] / (one.fit.sigma * np.sqrt(one.d[p] - one.fit.hat[p, p]))
        for p in range(len(one.e))
        if one.column[p] == column
    ]
