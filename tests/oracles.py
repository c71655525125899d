"""Second implementations by other people's code, one event at a time.

Single events: the regressions are those of statsmodels, with one dummy for each day
of the window; counts and sums are loops.  Arguments are the valid estimation rows of
one event and the valid rows of its window, ``d`` the days that each covers.
"""

from typing import NamedTuple

import numpy as np
import statsmodels.api as sm
from scipy import integrate, optimize, stats


class OneEvent(NamedTuple):
    """One event without its missing days; ``day`` is the calendar position."""

    y: np.ndarray
    x: np.ndarray
    d: np.ndarray
    day: np.ndarray
    y_event: np.ndarray
    x_event: np.ndarray
    d_event: np.ndarray
    day_event: np.ndarray


def one_event(returns, event, columns):
    """An event of ``samples.Returns`` and the columns of its window."""
    y, x, y_event, x_event, d, d_event = (part[event] for part in returns)
    left = np.arange(columns.stop - columns.start) + 1
    here = np.isfinite(y) & (d > 0)
    window = [part[columns] for part in (y_event, x_event, d_event)]
    inside = np.isfinite(window[0]) & (window[2] > 0) & (window[2] <= left)
    return OneEvent(
        y[here], x[here], d[here], np.flatnonzero(here),
        *(part[inside] for part in window), np.flatnonzero(inside),
    )  # fmt: skip


def with_dummies(case):
    """Regression over estimation days and window, one dummy for each window day."""
    m, n = len(case.y), len(case.y_event)
    dummies = np.vstack([np.zeros((m, n)), np.eye(n)])
    rows = np.hstack([np.vstack([case.x, case.x_event]), dummies])
    response = np.concatenate([case.y, case.y_event])
    return sm.WLS(
        response, rows, weights=1.0 / np.concatenate([case.d, case.d_event])
    ).fit()


def exact_t(case):
    """t, p and standard error of the sum of the dummies."""
    fit, n, k = with_dummies(case), len(case.y_event), case.x.shape[1]
    found = fit.t_test(np.r_[np.zeros(k), np.ones(n)])
    return (
        float(found.tvalue.item()),
        float(found.pvalue.item()),
        float(found.sd.item()),
    )


def joint_f(case):
    """F and p of all dummies."""
    fit, n, k = with_dummies(case), len(case.y_event), case.x.shape[1]
    found = fit.f_test(np.hstack([np.zeros((n, k)), np.eye(n)]))
    return float(found.fvalue), float(found.pvalue)


def estimation(case):
    """The regression on one-day scale, and its influence measures."""
    root = np.sqrt(case.d)
    fit = sm.OLS(case.y / root, case.x / root[:, None]).fit()
    return fit, fit.get_influence()


def scar(case):
    """Standardised CAR."""
    return exact_t(case)[0]


def sq(case):
    """P-value by absolute value, of the lower and of the upper tail."""
    placebos, observed = estimation(case)[1].resid_studentized_internal, scar(case)
    count = len(placebos) + 1
    return (
        (1 + sum(abs(e) >= abs(observed) for e in placebos)) / count,
        (1 + sum(e <= observed for e in placebos)) / count,
        (1 + sum(e >= observed for e in placebos)) / count,
    )


def runs(count, length, *, separate=False):
    """Rows of each run, the last day of the estimation window in the last."""
    if not separate:
        return [list(range(i, i + length)) for i in range(count - length + 1)]
    ends = range(count, length - 1, -length)
    return [list(range(end - length, end)) for end in ends]


def placebo_scores(case, *, separate=False):
    """Sums of residuals over runs, each over its standard deviation."""
    fit, _ = estimation(case)
    hat = fit.model.exog @ np.linalg.pinv(fit.model.exog)
    spread = fit.mse_resid * (np.eye(len(case.y)) - hat)
    root = np.sqrt(case.d)
    scores = []
    for run in runs(len(case.y), len(case.y_event), separate=separate):
        w = root[run]
        variance = w @ spread[np.ix_(run, run)] @ w
        scores.append((w @ fit.resid[run]) / np.sqrt(variance))
    return np.array(scores)


def placebo(case, *, separate=False):
    """P-value by absolute value."""
    scores, observed = placebo_scores(case, separate=separate), scar(case)
    return (1 + sum(abs(s) >= abs(observed) for s in scores)) / (len(scores) + 1)


def squares_placebo(case, *, separate=False):
    """Sum of squared SARs of the window and its one-sided placebo p-value."""
    fit, k = with_dummies(case), case.x.shape[1]
    observed = float((fit.tvalues[k:] ** 2).sum())
    squares = estimation(case)[1].resid_studentized_internal ** 2
    sums = [
        squares[run].sum()
        for run in runs(len(case.y), len(case.y_event), separate=separate)
    ]
    return observed, (1 + sum(s >= observed for s in sums)) / (len(sums) + 1)


def exchangeability_bound(case):
    """Finite-sample bound for one day, from the dummy's t and the day's leverage."""
    fit, _ = estimation(case)
    t, _, error = exact_t(case)
    leverage = error**2 / fit.mse_resid - 1.0
    bound = (1.0 + leverage) * (fit.df_resid / t**2 + 1.0)
    return min(1.0, np.floor(bound) / (len(case.y) + 1))


def serial_variance(case):
    """Variance of the CAR from autocovariances, by the double sum over the window."""
    fit, _ = estimation(case)
    m, lags = len(case.y), int(np.floor(4 * (len(case.y) / 100) ** (2 / 9)))
    single = {
        int(day): e
        for day, e, d in zip(case.day, fit.resid, case.d, strict=True)
        if d == 1
    }
    gamma = [fit.mse_resid]
    for j in range(1, lags + 1):
        products = [
            e * single[day - j] for day, e in single.items() if day - j in single
        ]
        r = sum(products) / (fit.resid**2).sum() * (m - j) / len(products)
        gamma.append(fit.mse_resid * r)
    long_run = gamma[0] + 2 * sum(
        (1 - j / (lags + 1)) * gamma[j] for j in range(1, lags + 1)
    )
    inside = 0.0
    for t, dt in zip(case.day_event, case.d_event, strict=True):
        for u, du in zip(case.day_event, case.d_event, strict=True):
            if t == u:
                inside += dt * gamma[0]
            elif dt == du == 1 and abs(t - u) <= lags:
                inside += gamma[abs(t - u)]
    total = case.x_event.sum(axis=0)
    added = total @ fit.normalized_cov_params @ total
    return inside + long_run * added


def power(delta, std_error, df, level):
    """Rejection rate of the two-sided t test by scipy's noncentral t."""
    critical, shift = stats.t.isf(level / 2, df), abs(delta) / std_error
    # Where the wrong side underflows scipy has NaN; it is below 1e-100 there.
    wrong_side = np.nan_to_num(stats.nct.cdf(-critical, df, shift))
    return stats.nct.sf(critical, df, shift) + wrong_side


def power_by_integral(shift, df, level):
    """The same from the definition: a normal over the root of a chi-squared mean."""
    critical = stats.t.isf(level / 2, df)

    def given_scale(scale):
        z = critical * scale
        return stats.norm.sf(z - shift) + stats.norm.cdf(-z - shift)

    density = stats.chi(df, scale=1 / np.sqrt(df)).pdf
    return integrate.quad(
        lambda scale: density(scale) * given_scale(scale),
        0.0, 6.0, points=[0.5, 1.0, 2.0], epsabs=1e-13, epsrel=1e-12,
    )[0]  # fmt: skip


def detectable(std_error, df, level, target):
    """Effect found with the target probability, by scipy's root finder."""
    return optimize.brentq(
        lambda delta: power(delta, std_error, df, level) - target,
        0.0, 10.0 * std_error, xtol=1e-14 * std_error, rtol=1e-14,
    )  # fmt: skip
