"""Samples small enough to work by hand, for the golden examples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eventstudy.inference._sample import Sample


def constant_mean(residuals: Sequence[float], abnormal: Sequence[float]) -> Sample:
    """One event under the constant-mean model.

    Every whitened row is 1 / sqrt(M), so that V = s^2 (I + 11'/M) and a run of L
    estimation days has zeta = L - L^2 / M.

    Parameters
    ----------
    residuals : sequence of M floats
        Of the estimation days; they sum to 0.
    abnormal : sequence of L floats
        Abnormal returns from day 0 on.

    Returns
    -------
    Sample
    """
    e, m = np.array([residuals], float), len(residuals)
    return _sample(e, np.array([abnormal], float), np.full(1, np.sqrt(1.0 / m)))


def market_adjusted(residuals: Sequence[float], abnormal: Sequence[float]) -> Sample:
    """One event under the market-adjusted model: no parameters, as above otherwise."""
    e = np.array([residuals], float)
    return _sample(e, np.array([abnormal], float), np.zeros(0))


def _sample(
    e: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    abnormal: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    row: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> Sample:
    df = float(e.size - 1)
    return Sample(
        window=(0, abnormal.size - 1),
        abnormal_returns=abnormal,
        spans=np.ones(abnormal.shape),
        rows=np.broadcast_to(row, (*abnormal.shape, row.size)),
        sigma=np.sqrt(((e - e.mean()) ** 2).sum(axis=1) / df),
        df=np.array([df]),
        residuals=e,
        residual_spans=np.ones(e.shape),
        residual_rows=np.broadcast_to(row, (*e.shape, row.size)),
        parameters=row.size,
        keys=np.zeros(1, np.uint64),
    )
