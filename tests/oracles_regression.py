"""Estimation and prediction of one event by statsmodels, rows gathered by loops."""

from typing import NamedTuple

import numpy as np
import statsmodels.api as sm


class Rows(NamedTuple):
    """Valid observations of one window: response, rows with constant, days, column."""

    y: np.ndarray
    x: np.ndarray
    d: np.ndarray
    column: np.ndarray


class Regression(NamedTuple):
    """What one event's regression and its predictions give."""

    params: np.ndarray
    bse: np.ndarray
    sigma: float
    r_squared: float
    df: float
    residuals: np.ndarray
    hat: np.ndarray
    abnormal: np.ndarray
    covariance: np.ndarray


def rows(panel, firm, day0, window, names, *, missing, kind):
    """The observations of a window under one of the two treatments of gaps."""
    series, found = panel.benchmarks[0], []
    for column, t in enumerate(range(day0 + window[0], day0 + window[1] + 1)):
        if not 0 <= t < panel.returns.shape[1]:
            continue
        days = int(panel.spans[firm, t])
        if days == 0 or days > column + 1 or (days > 1 and missing == "available"):
            continue
        parts = [series[name][t - days + 1 : t + 1] for name in names]
        x = [over(name, part, kind) for name, part in zip(names, parts, strict=True)]
        if np.isfinite([panel.returns[firm, t], *x]).all():
            found.append((panel.returns[firm, t], [days, *x], days, column))
    y, x, d, column = ([row[part] for row in found] for part in range(4))
    x = np.array(x, float).reshape(len(found), 1 + len(names))
    return Rows(np.array(y), x, np.array(d, float), np.array(column, int))


def over(name, part, kind):
    """Assets are held over a span; long-short factors are summed."""
    held = kind == "simple" and name in {"market", "industry"}
    return np.prod(1.0 + part) - 1.0 if held and len(part) > 1 else part.sum()


def regression(estimation, event):
    """Weighted by the days of each observation, which is OLS where all span one."""
    fit = sm.WLS(estimation.y, estimation.x, weights=1.0 / estimation.d).fit()
    days_only = sm.WLS(estimation.y, estimation.d, weights=1.0 / estimation.d).fit()
    return Regression(
        params=fit.params,
        bse=fit.bse,
        sigma=np.sqrt(fit.scale),
        r_squared=1.0 - fit.ssr / days_only.ssr,
        df=fit.df_resid,
        residuals=fit.resid,
        hat=estimation.x @ fit.normalized_cov_params @ estimation.x.T,
        abnormal=event.y - fit.predict(event.x),
        covariance=fit.scale * np.diag(event.d)
        + event.x @ fit.cov_params() @ event.x.T,
    )


def with_dummies(estimation, event):
    """The same with one dummy per event day in one regression over both windows.

    Their coefficients are the abnormal returns, their covariance that of the abnormal
    returns; scale and degrees of freedom are those of the estimation window.
    """
    dummies = np.vstack(
        [np.zeros((len(estimation.y), len(event.y))), np.eye(len(event.y))]
    )
    x = np.hstack([np.vstack([estimation.x, event.x]), dummies])
    days = np.concatenate([estimation.d, event.d])
    fit = sm.WLS(np.concatenate([estimation.y, event.y]), x, weights=1.0 / days).fit()
    k = estimation.x.shape[1]
    covariance = np.asarray(fit.cov_params())[k:, k:]
    return fit.params[k:], covariance, fit.scale, fit.df_resid


def both_windows(panel, events, i, design):
    """The observations of an event in its estimation and its event window."""
    names = design.model.regressors
    how = {"missing": design.missing, "kind": design.return_kind}
    at = panel, int(events.firm[i]), int(events.day0[i])
    return [
        rows(*at, window, names, **how)
        for window in (design.estimation_window, design.event_window)
    ]


def covariance(fit, event):
    """Covariance of the abnormal returns of one event, valid days only."""
    rows, days = fit.rows[event], fit.spans[event]
    full = fit.sigma[event] ** 2 * (np.diag(days) + rows @ rows.T)
    return full[np.ix_(days > 0, days > 0)]


def agrees(fit, i, estimation, event, right=None):
    """Assert that event i of a fit is what statsmodels says of its rows."""
    right = regression(estimation, event) if right is None else right
    close = {"rtol": 1e-10, "atol": 1e-14}
    errors = fit.sigma[i] * np.sqrt((fit.root[i] ** 2).sum(axis=1))
    used = fit.residual_spans[i] > 0
    rows = fit.residual_rows[i][used]
    np.testing.assert_array_equal(np.flatnonzero(used), estimation.column)
    np.testing.assert_array_equal(fit.residual_spans[i][used], estimation.d)
    np.testing.assert_array_equal(np.flatnonzero(fit.spans[i]), event.column)
    np.testing.assert_array_equal(fit.spans[i][event.column], event.d)
    assert (fit.n_estimation[i], fit.df[i]) == (len(estimation.y), right.df)
    np.testing.assert_allclose(fit.coefficients[i], right.params, **close)
    np.testing.assert_allclose(errors, right.bse, **close)
    np.testing.assert_allclose(fit.sigma[i], right.sigma, **close)
    np.testing.assert_allclose(fit.r_squared[i], right.r_squared, atol=1e-12)
    np.testing.assert_allclose(fit.residuals[i][used], right.residuals, **close)
    np.testing.assert_allclose(rows @ rows.T, right.hat, rtol=1e-10, atol=1e-13)
    found = fit.abnormal_returns[i][event.column]
    np.testing.assert_allclose(found, right.abnormal, **close)
    np.testing.assert_allclose(covariance(fit, i), right.covariance, **close)
    assert np.isnan(fit.residuals[i][~used]).all()
    assert np.isnan(np.delete(fit.abnormal_returns[i], event.column)).all()
