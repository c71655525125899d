"""Second implementations of the many-event tests: other people's code, plain loops.

Arguments are plain arrays: CARs, their variances, and what else a test reads.
"""

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import sparse, stats
from scipy.sparse import csgraph

from tests import oracles


def each_event(y, x, event_days, window):
    """CAR, variance, SAR sum, sigma, df and days of each event, by statsmodels.

    ``y`` and ``x`` (N, M + E); ``window``: columns among the E event days.
    """
    rows = []
    for returns, market in zip(y, x, strict=True):
        m = returns.size - event_days
        columns = m + np.arange(*window)
        case = _case(returns, market, m, columns)
        t, _, se = oracles.exact_t(case)
        days = [
            oracles.exact_t(_case(returns, market, m, np.array([column])))[0]
            for column in columns
            if np.isfinite(returns[column])
        ]
        fit = sm.OLS(case.y, case.x).fit()
        rows.append(
            {
                "car": t * se, "variance": se**2, "sar_sum": sum(days),
                "sigma": np.sqrt(fit.scale), "df": fit.df_resid, "days": len(days),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _case(returns, market, m, columns):
    """The valid days of one event as ``oracles`` takes them."""
    before = np.flatnonzero(np.isfinite(returns[:m]))
    inside = columns[np.isfinite(returns[columns])]
    rows = sm.add_constant(market, has_constant="add")
    return oracles.OneEvent(
        returns[before], rows[before], np.ones(before.size), before,
        returns[inside], rows[inside], np.ones(inside.size), inside,
    )  # fmt: skip


def t_of_mean(x):
    """Statistic and p."""
    return tuple(stats.ttest_1samp(x, 0.0))


def z_of_sum(x, variance):
    z = sum(x) / np.sqrt(sum(variance))
    return z, 2 * stats.norm.sf(abs(z))


def patell(score, df):
    return z_of_sum(score, [stats.t(each).var() for each in df])


def gamma(x, unbiased):
    """Skewness; scipy divides by the sd with N, the tests by that with N - 1."""
    n = len(x)
    if unbiased:
        return stats.skew(x, bias=False)
    return stats.skew(x) * ((n - 1) / n) ** 1.5


def johnson(x, unbiased=False):
    n, s, g = len(x), np.mean(x) / np.std(x, ddof=1), gamma(x, unbiased)
    t = np.sqrt(n) * (s + g * s**2 / 3 + g / (6 * n))
    return t, 2 * stats.t.sf(abs(t), n - 1)


def hall(x, unbiased=False):
    n, s, g = len(x), np.mean(x) / np.std(x, ddof=1), gamma(x, unbiased)
    z = np.sqrt(n) * (s + g * s**2 / 3 + g**2 * s**3 / 27 + g / (6 * n))
    return z, 2 * stats.norm.sf(abs(z))


def sign(x):
    positive, negative = np.sum(x > 0), np.sum(x < 0)
    found = stats.binomtest(int(positive), int(positive + negative))
    return positive, found.pvalue


def wilcoxon(x):
    """Exact up to 25 untied values, else the normal form."""
    x = x[x != 0]
    tied = len(set(np.abs(x))) < len(x)
    exact = len(x) <= 25 and not tied
    how = {"zero_method": "wilcox", "correction": False}
    if exact:
        total = sum(stats.rankdata(np.abs(x))[x > 0])
        return total, stats.wilcoxon(x, method="exact", **how).pvalue
    # Two-sided, scipy hands over the smaller sum of ranks, not that of the positive.
    upper = stats.wilcoxon(x, method="approx", alternative="greater", **how)
    return upper.zstatistic, stats.wilcoxon(x, method="approx", **how).pvalue


def components(day0, days):
    """Connected components of the graph of windows that share a day."""
    overlap = np.abs(np.subtract.outer(day0, day0)) < days
    return csgraph.connected_components(sparse.csr_matrix(overlap))[1]


def cluster_by_date(x, cluster):
    """The clustered covariance of statsmodels, of a regression on a constant."""
    fit = sm.OLS(x, np.ones(len(x))).fit(
        cov_type="cluster", cov_kwds={"groups": cluster}, use_t=True
    )
    return fit.tvalues[0], fit.pvalues[0]


def date_means(x, cluster):
    return t_of_mean(pd.Series(x).groupby(cluster).mean())


def jackknife(x, variance, cluster, kind):
    """Every mean anew without each cluster."""
    names = np.unique(cluster)
    left = [
        one_mean(x[cluster != name], variance[cluster != name], kind) for name in names
    ]
    g = len(names)
    error = np.sqrt((g - 1) / g * sum((each - np.mean(left)) ** 2 for each in left))
    t = one_mean(x, variance, kind) / error
    return t, 2 * stats.t.sf(abs(t), g - 1)


def one_mean(x, variance, kind):
    if kind == "precision":
        return np.average(x, weights=1 / variance)
    if kind == "trimmed":
        return stats.trim_mean(x, 0.1)
    if kind == "winsorised":
        return stats.mstats.winsorize(x, (0.1, 0.1)).mean()
    return np.mean(x)
