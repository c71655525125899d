"""Rank and sign tests of many events, one event at a time, by statsmodels and scipy.

Arguments are plain arrays.  Returns of several days (``spans``) are log returns, so
that the market over them is a sum.
"""

from typing import NamedTuple

import numpy as np
import statsmodels.api as sm
from scipy import stats

DIGITS = 10  # values that agree so far are tied


class One(NamedTuple):
    """One event; NaN = none.  ``daily``: a return of d days over the root of d."""

    residual: np.ndarray
    daily: np.ndarray
    residual_sar: np.ndarray
    sar: np.ndarray
    spans: np.ndarray
    sigma: float
    car: dict
    scar: dict
    length: dict


def each_event(y, x, event_days, windows, spans=None):
    """An event each; ``x`` (N, M + E), or None for the constant mean.

    ``windows``: pairs of columns among the event days, the last one not included, and
    the column of day 0 in ``event_days // 2``.
    """
    spans = np.isfinite(y).astype(float) if spans is None else spans
    market = [None] * len(y) if x is None else np.broadcast_to(x, y.shape)
    return [
        _one(*each, event_days, windows) for each in zip(y, market, spans, strict=True)
    ]


def _covered(y, spans, m):
    """Days of each return; 0 where it reaches across the border, or is missing."""
    d = np.where(np.isfinite(y), spans, 0).astype(int)
    first = np.where(np.arange(y.size) < m, 0, m)
    d[np.arange(y.size) - d + 1 < first] = 0
    return d


def _one(y, x, spans, event_days, windows):
    m = y.size - event_days
    d = _covered(y, spans, m)
    rows = np.array([_row(x, t, d[t]) for t in range(y.size)])
    root = np.sqrt(np.where(d > 0, d, np.nan))
    used = np.flatnonzero(d[:m] > 0)
    if used.size <= rows.shape[1]:
        return _nothing(m, event_days, windows)
    fit = sm.OLS(y[used] / root[used], rows[used] / root[used, None]).fit()
    sigma = np.sqrt(fit.scale)
    error = np.where(d > 0, y - rows @ fit.params, np.nan)
    h = fit.get_influence().hat_matrix_diag
    daily, sar = error / root, np.full(y.size, np.nan)
    sar[used] = daily[used] / (sigma * np.sqrt(1 - h))
    add = np.einsum("tk,kl,tl->t", rows, fit.normalized_cov_params, rows)
    later = np.arange(m, y.size)
    sar[later] = (error / (sigma * np.sqrt(d + add)))[later]
    car, scar, length = {}, {}, {}
    for window in windows:
        days = _inside(d[m:], window)
        car[window] = scar[window] = length[window] = np.nan
        if days.size and _on_day_zero(d[m:], days, window, event_days // 2):
            total = rows[m + days].sum(axis=0)
            length[window] = d[m + days].sum()
            c = length[window] + total @ fit.normalized_cov_params @ total
            car[window] = error[m + days].sum()
            scar[window] = car[window] / (sigma * np.sqrt(c))
    return One(
        error[:m], daily, sar[:m], sar[m:], d[m:], sigma, car, scar, length
    )  # fmt: skip


def _row(x, t, d):
    """Regressors of the return that ends on day t."""
    first = t - max(d, 1) + 1
    return [float(d)] if x is None else [float(d), np.nansum(x[first : t + 1])]


def _nothing(m, event_days, windows):
    none, none_event = np.full(m, np.nan), np.full(event_days, np.nan)
    both = np.append(none, none_event)
    missing = dict.fromkeys(windows, np.nan)
    return One(
        none, both, none, none_event, np.zeros(event_days, int), np.nan,
        missing, missing, missing,
    )  # fmt: skip


def _inside(d, window):
    """Columns of a window with a return that begins in it."""
    columns = np.arange(*window)
    return columns[(d[columns] > 0) & (columns - d[columns] + 1 >= window[0])]


def _on_day_zero(d, days, window, zero):
    if not window[0] <= zero < window[1]:
        return True
    return any(day - d[day] + 1 <= zero <= day for day in days)


def members(events, window):
    return [event for event in events if np.isfinite(event.car[window])]


def ranks(values, scale=1.0):
    """U of one event."""
    known = np.isfinite(values)
    score = np.full(values.size, np.nan)
    rank = stats.rankdata(np.round(values[known] / scale, DIGITS))
    score[known] = rank / (known.sum() + 1) - 0.5
    return score


def signs(values, scale=1.0):
    """G of one event."""
    return np.sign(np.round((values - np.nanmedian(values)) / scale, DIGITS))


def z_of_days(scores, events, window, *, straddling=False):
    """Sum over the root of the number, day by day; NaN where there is none.

    A return that begins before the window is not in it, unless ``straddling``.
    """
    m = len(events[0].residual)
    counted = []
    for score, event in zip(scores, events, strict=True):
        early = set() if straddling else set(range(*window))
        early -= set(_inside(event.spans, window))
        counted.append(score.copy())
        counted[-1][[m + day for day in early]] = np.nan
    z = np.full(len(scores[0]), np.nan)
    for t, day in enumerate(np.array(counted).T):
        found = day[np.isfinite(day)]
        if found.size:
            z[t] = found.sum() / np.sqrt(found.size)
    return z


def of_days(z, window, m, *, fpc=False):
    """Statistic and p of the window's days among all."""
    known = z[np.isfinite(z)]
    inside = z[m + np.arange(*window)]
    inside = inside[np.isfinite(inside)]
    t, days = known.size, inside.size
    error = np.sqrt(np.mean(known**2) * days)
    if fpc:
        error *= np.sqrt((t - days) / (t - 1))
    value = inside.sum() / error
    return value, 2 * stats.norm.sf(abs(value))


def corrado(events, window, *, fpc=False):
    used = members(events, window)
    scores = [ranks(e.daily, e.sigma) for e in used]
    return _days_test(scores, used, window, fpc=fpc)


def corrado_zivney_sign(events, window):
    used = members(events, window)
    scores = [signs(e.daily, e.sigma) for e in used]
    return _days_test(scores, used, window)


def corrado_zivney_rank(events, window, *, fpc=False):
    used = members(events, window)
    spread = []
    for column in range(used[0].sar.size):
        day = [e.sar[column] for e in used if np.isfinite(e.sar[column])]
        spread.append(np.std(day, ddof=1) if len(day) > 1 else np.nan)
    scores = [ranks(np.append(e.residual_sar, e.sar / spread)) for e in used]
    return _days_test(scores, used, window, fpc=fpc)


def _days_test(scores, used, window, *, fpc=False):
    z = z_of_days(scores, used, window)
    return of_days(z, window, len(used[0].residual), fpc=fpc)


def generalised(events, window):
    """GSAR of each member, the artificial day last."""
    used = members(events, window)
    sd = np.std([e.scar[window] for e in used], ddof=1)
    return [np.append(e.residual_sar, e.scar[window] / sd) for e in used]


def day_means(scores):
    """Mean and number of events on each day."""
    scores = np.array(scores)
    number = np.isfinite(scores).sum(axis=0)
    means = np.full(number.size, np.nan)
    for t in np.flatnonzero(number):
        means[t] = np.mean(scores[np.isfinite(scores[:, t]), t])
    return means, number


def t_of_last_day(scores):
    """Statistic and p, and Z before the transformation."""
    means, number = day_means(scores)
    known = number > 0
    total = known.sum()
    s2 = np.sum(number[known] / len(scores) * means[known] ** 2) / total
    z = means[-1] / np.sqrt(s2)
    t = z * np.sqrt((total - 2) / (total - 1 - z**2))
    return t, 2 * stats.t.sf(abs(t), total - 2), z


def grank_t(events, window):
    return t_of_last_day([ranks(g) for g in generalised(events, window)])[:2]


def sign_gsar_t(events, window):
    return t_of_last_day([signs(g) for g in generalised(events, window)])[:2]


def grank_z(events, window):
    gsar = generalised(events, window)
    days = np.array([np.isfinite(g).sum() for g in gsar])
    mean = np.mean([ranks(g)[-1] for g in gsar])
    z = mean / np.sqrt(np.sum((days - 1) / (12 * (days + 1))) / len(gsar) ** 2)
    return z, 2 * stats.norm.sf(abs(z))


def positive_share(events, window, *, daily=False):
    """Mean share of positive sums of so many residuals in a row."""
    shares = []
    for e in members(events, window):
        kept = e.residual[np.isfinite(e.residual)]
        size = 1 if daily else int(e.length[window])
        runs = [kept[i : i + size].sum() for i in range(kept.size - size + 1)]
        above = np.round(np.array(runs) / e.sigma, DIGITS) > 0
        shares.append(np.mean(above) if runs else np.nan)
    return np.mean(shares)


def generalized_sign(events, window, *, daily=False):
    used = members(events, window)
    p, n = positive_share(events, window, daily=daily), len(used)
    w = sum(round(e.car[window] / e.sigma, DIGITS) > 0 for e in used)
    z = (w - n * p) / np.sqrt(n * p * (1 - p))
    return z, 2 * stats.norm.sf(abs(z))


def skewness(events, window):
    """Of all standardised residuals together."""
    values = np.concatenate([e.residual_sar for e in members(events, window)])
    return stats.skew(values[np.isfinite(values)])
