"""Samples for the significance tests by plain numpy, without the core of the package.

Rows of the regression stand in ``x`` with the constant as a column of its own.  A
multi-day observation stands on its last day with its untransformed row.
"""

import dataclasses
from typing import NamedTuple

import numpy as np

from eventstudy.inference._base import Sample


class Returns(NamedTuple):
    """N events: M estimation days and E event-window days, k regressors."""

    y: np.ndarray
    x: np.ndarray
    y_event: np.ndarray
    x_event: np.ndarray
    spans: np.ndarray
    spans_event: np.ndarray


def market(seed, events=6, days=120, event_days=11, k=2, missing=0.0, spans=False):
    """Returns of a linear model: a constant and k - 1 factors, each event its own.

    With ``missing`` that share of the days has no return; with ``spans`` the next
    return covers them.
    """
    rng = np.random.default_rng(seed)
    total = days + event_days
    factors = rng.normal(0.0004, 0.01, (events, total, max(k - 1, 0)))
    here = rng.random((events, total)) >= missing
    d = np.where(here, 1.0, 0.0)
    x = np.concatenate([np.ones((events, total, 1)), factors], axis=2)[..., : max(k, 0)]
    if spans:
        d, x = covered_by_next(here, x, days)
    slopes = (
        rng.normal(1.0, 0.3, (events, 1, x.shape[2])) * ([0.0005] + [1.0] * (k - 1))[:k]
    )
    sigma = rng.uniform(0.01, 0.035, (events, 1))
    noise = sigma * np.sqrt(d) * rng.standard_normal((events, total))
    y = np.where(here, (slopes * x).sum(axis=2) + noise, np.nan)
    at = [np.s_[:, :days], np.s_[:, days:]]
    return Returns(y[at[0]], x[at[0]], y[at[1]], x[at[1]], d[at[0]], d[at[1]])


def covered_by_next(here, x, border):
    """Days and summed rows of the observations; none spans the border."""
    d, sums = np.zeros(here.shape), np.zeros(x.shape)
    for event, day in zip(*np.nonzero(here), strict=True):
        start = border if day >= border else 0
        earlier = np.flatnonzero(here[event, start:day])
        first = start + earlier[-1] + 1 if earlier.size else start
        d[event, day] = day - first + 1
        sums[event, day] = x[event, first : day + 1].sum(axis=0)
    return d, sums


def sample_of(returns, window=None, first_day=None, *, level=0.05, seed=0, keys=None):
    """The sample of a window: QR of the valid rows, residuals, prediction errors."""
    y, x, y_event, x_event, spans, spans_event = returns
    n, days = y_event.shape
    first_day = -(days // 2) if first_day is None else first_day
    window = window or (first_day, first_day + days - 1)
    theta, inverse, ok = _regression(y, x, spans)
    k = x.shape[2]
    residuals = np.where(ok, y - np.einsum("nmk,nk->nm", x, theta), np.nan)
    sigma, df = _sigma(residuals, spans, y, k)
    inside = slice(window[0] - first_day, window[1] - first_day + 1)
    width = window[1] - window[0] + 1
    error = (y_event - np.einsum("nmk,nk->nm", x_event, theta))[:, inside]
    d = spans_event[:, inside]
    used = (d > 0) & np.isfinite(error) & (d <= np.arange(1, width + 1))
    return Sample(
        window=window,
        abnormal_returns=np.where(used, error, np.nan),
        spans=np.where(used, d, 0.0),
        rows=np.where(used[..., None], x_event[:, inside] @ inverse, 0.0),
        sigma=sigma,
        df=df,
        residuals=residuals,
        residual_spans=np.where(ok, spans, 0.0),
        residual_rows=np.where(ok[..., None], x @ inverse, 0.0),
        parameters=k,
        level=level,
        keys=np.arange(n, dtype=np.uint64) if keys is None else keys,
        seed=seed,
    )


def _regression(y, x, spans):
    """Coefficients, R^-1 of the transformed rows, and the valid observations."""
    ok = (spans > 0) & np.isfinite(y) & np.isfinite(x).all(axis=2)
    root = np.sqrt(np.where(ok, spans, 1.0))[..., None]
    q, r = np.linalg.qr(np.where(ok[..., None], x / root, 0.0))
    hopeless = ok.sum(axis=1) < x.shape[2]
    r = np.where(hopeless[:, None, None], np.eye(x.shape[2]), r)
    inverse = np.linalg.inv(r)
    scaled = np.where(ok, y / root[..., 0], 0.0)
    theta = np.einsum("nij,nmj,nm->ni", inverse, q, scaled)
    return theta, inverse, ok


def _sigma(residuals, spans, y, k):
    ok = np.isfinite(residuals)
    d = np.where(ok, spans, 1.0)
    e = np.where(ok, residuals, 0.0)
    if k == 0:
        mean = e.sum(axis=1) / np.maximum(np.where(ok, spans, 0.0).sum(axis=1), 1.0)
        e = np.where(ok, e - mean[:, None] * d, 0.0)
    df = ok.sum(axis=1) - max(k, 1.0)
    squares = (e**2 / d).sum(axis=1)
    flat = squares <= 1e-24 * (np.where(ok, y, 0.0) ** 2).sum(axis=1)
    enough = (df > 0) & ~flat
    return np.where(enough, np.sqrt(squares / np.where(enough, df, 1.0)), np.nan), df


def take(sample, index):
    """Some events of a sample, in the order asked for."""
    index = np.atleast_1d(index)
    columns = {
        field.name: getattr(sample, field.name)[index]
        for field in dataclasses.fields(sample)
        if isinstance(getattr(sample, field.name), np.ndarray)
    }
    return dataclasses.replace(sample, **columns)


def read_only(sample):
    """The sample itself, its arrays locked."""
    for field in dataclasses.fields(sample):
        value = getattr(sample, field.name)
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
    return sample
