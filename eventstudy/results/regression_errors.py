"""Coefficients of a regression across events, and their errors by six methods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy.inference._base import CrossSection
from eventstudy.inference._clusters import cluster_reason
from eventstudy.results.characteristics import Regressors
from eventstudy.results.portfolios import mean_scale, residual_projections

if TYPE_CHECKING:
    from eventstudy.results.study_result import StudyResult

ALONE = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """Coefficients and standard errors, (p,); NaN errors have a reason."""

    coefficients: FloatArray
    std_errors: FloatArray
    df: float
    r_squared: float
    reason: str = ""
    tau: float = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """What the methods read.

    Parameters
    ----------
    study : StudyResult
    sample : CrossSection
    members : ndarray of int, shape (N,)
        Positions of its events in the caller's order.
    rows : Regressors
        Of the n events that have all characteristics.
    min_clusters : int
    """

    study: StudyResult
    sample: CrossSection
    members: IntArray
    rows: Regressors
    min_clusters: int

    @property
    def y(self) -> FloatArray:
        """CARs, (n,)."""
        return self.sample.car[self.rows.used]

    @property
    def v(self) -> FloatArray:
        """Their variances, (n,)."""
        return self.sample.variance[self.rows.used]

    def least_squares(self, weights: FloatArray | None = None) -> Any:
        """The regression of statsmodels, not yet fitted."""
        import statsmodels.api as sm

        if weights is None:
            return sm.OLS(self.y, self.rows.z)
        return sm.WLS(self.y, self.rows.z, weights=weights)


def _read(fit: Any, df: float, *, tau: float = float("nan")) -> Regression:
    return Regression(
        np.asarray(fit.params), np.asarray(fit.bse), df, float(fit.rsquared), tau=tau
    )


def _without(fit: Any, reason: str, df: float = float("nan")) -> Regression:
    """Coefficients that have no errors."""
    nothing = np.full(fit.params.shape, np.nan)
    return Regression(np.asarray(fit.params), nothing, df, float(fit.rsquared), reason)


def hc1(data: Errors) -> Regression:
    """Robust errors with the factor N / (N - p)."""
    n, p = data.rows.z.shape
    return _read(data.least_squares().fit(cov_type="HC1"), n - p)


def hc3(data: Errors) -> Regression:
    """Robust errors with residuals over 1 - leverage."""
    n, p = data.rows.z.shape
    q = np.linalg.qr(data.rows.z)[0]
    if (1.0 - (q**2).sum(axis=1)).min() < ALONE:
        return _without(data.least_squares().fit(), "lone_event", n - p)
    return _read(data.least_squares().fit(cov_type="HC3"), n - p)


def by_date(data: Errors) -> Regression:
    """Errors clustered by components of overlapping windows."""
    cluster = np.unique(data.sample.clusters[data.rows.used], return_inverse=True)[1]
    reason = cluster_reason(cluster, data.min_clusters, balanced=True)
    model = data.least_squares()
    if reason:
        return _without(model.fit(), reason)
    fit = model.fit(cov_type="cluster", cov_kwds={"groups": cluster})
    return _read(fit, float(cluster.max()))


def wls(data: Errors) -> Regression:
    """Weights 1 / v: right where effects differ through sampling error alone."""
    n, p = data.rows.z.shape
    return _read(data.least_squares(1.0 / data.v).fit(), n - p)


def wls_tau(data: Errors) -> Regression:
    """Weights 1 / (v + tau^2), tau^2 by moments in one step."""
    n, p = data.rows.z.shape
    w, z = 1.0 / data.v, data.rows.z
    residuals = data.least_squares(w).fit().resid
    # Leverages of the weighted regression: tr[(Z'WZ)^-1 Z'W^2 Z] is their sum by w.
    q = np.linalg.qr(z * np.sqrt(w)[:, None])[0]
    c = w.sum() - w @ (q**2).sum(axis=1)
    tau = max(0.0, float(w @ residuals**2 - (n - p)) / c)
    fit = data.least_squares(1.0 / (data.v + tau)).fit()
    return _read(fit, n - p, tau=float(np.sqrt(tau)))


def portfolio(data: Errors) -> Regression:
    """The same weights on CARs and on the residuals of every estimation day."""
    fit = data.least_squares().fit()
    if np.unique(data.sample.day0).size > 1:
        return _without(fit, "several_dates")
    used = data.members[data.rows.used]
    history = residual_projections(data.study._passes, used, data.rows.z)
    df = len(history) - max(data.sample.parameters, 1)
    if df < 1:
        return _without(fit, "too_few_days")
    deviations = history - history.mean(axis=0)
    scale = mean_scale(data.sample, data.rows.used)
    error = np.sqrt((deviations**2).sum(axis=0) / df * scale)
    return Regression(np.asarray(fit.params), error, df, float(fit.rsquared))


ERRORS: dict[str, Callable[[Errors], Regression]] = {
    "hc3": hc3, "hc1": hc1, "by_date": by_date, "wls": wls, "wls_tau": wls_tau,
    "portfolio": portfolio,
}  # fmt: skip
