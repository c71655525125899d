"""Combinations of events as portfolios on their estimation days (methods 4.3, 5.1)."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy.engine import BLOCK
from eventstudy.inference._base import CrossSection
from eventstudy.results.study_passes import StudyPasses

# Of the information of all events: on a day with less the weights are not formed.
LEAST_INFORMATION = 1e-10


def residual_projections(
    passes: StudyPasses, events: IntArray, z: FloatArray
) -> FloatArray:
    """Coefficients of the residuals of each estimation day on the same columns.

    On a day that some events lack, the weights are formed from the others.  Days are
    relative; returns over several days are those of no day.

    Parameters
    ----------
    passes : StudyPasses
    events : ndarray of int, shape (n,)
        Positions in the caller's order.
    z : ndarray of shape (n, p)
        Of full rank.

    Returns
    -------
    ndarray of shape (D, p)
        D of the M estimation days.
    """
    q, r = np.linalg.qr(z)
    days, p = passes.design.estimation_window.days, z.shape[1]
    squares, cross = np.zeros((days, p, p)), np.zeros((days, p))
    for start in range(0, events.size, BLOCK):
        part = slice(start, start + BLOCK)
        fit = passes.prepared.fit(events[part])
        known = (fit.residual_spans == 1) & np.isfinite(fit.residuals)
        products = q[part, :, None] * q[part, None, :]
        squares += np.einsum("nt,npq->tpq", known, products)
        cross += np.where(known, fit.residuals, 0.0).T @ q[part]
    used = np.linalg.eigvalsh(squares)[:, 0] > LEAST_INFORMATION
    found = np.linalg.solve(squares[used], cross[used][..., None])[..., 0]
    return np.asarray(np.linalg.solve(r, found.T).T)


def mean_scale(sample: CrossSection, events: IntArray) -> float:
    """Mean variance of the CARs of some events of a sample over their sigma^2."""
    return float(np.mean((sample.variance / sample.sigma**2)[events]))
