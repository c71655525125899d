"""Whether the coefficients held throughout the estimation window (methods 7).

Batched over N events.  Regressing the residuals instead of the returns changes no
sum of squares and no recursive residual, so residuals and rows are all it takes.
"""

from __future__ import annotations

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.core.diagnostics import Checked
from eventstudy.core.pvalues import p_values
from eventstudy.core.residuals import Residuals, ratio

NO_WEIGHT = 1e-10


def chow(residuals: Residuals) -> Checked:
    """Chow's test: the first M // 2 valid days against the rest.

    The rows are orthonormal, so the split frees b'(G1^-1 + G2^-1) b of the sum of
    squares, G the cross-product of a half and b its product with the residuals.

    Parameters
    ----------
    residuals : Residuals

    Returns
    -------
    Checked
        F with (k, M - 2 k) degrees of freedom; NaN where a half cannot be estimated
        by itself.
    """
    n, k = residuals.n, residuals.rows.shape[2]
    early = np.cumsum(residuals.valid, axis=1) <= (n // 2)[:, None]
    first = np.where(early[..., None], residuals.rows, 0.0)
    gram = np.swapaxes(first, 1, 2) @ first
    b = np.einsum("nmk,nm->nk", first, residuals.errors)
    share, axes = np.linalg.eigh(gram)
    room = share * (1.0 - share)
    solvable = (room > NO_WEIGHT).all(axis=1) & (n > 2 * k)
    along = np.einsum("nkj,nk->nj", axes, b) ** 2
    freed = (along / np.where(room > NO_WEIGHT, room, 1.0)).sum(axis=1)
    within = (residuals.errors**2).sum(axis=1) - freed
    df = np.stack([np.full(n.shape, k), np.maximum(n - 2 * k, 1)], axis=1)
    value = ratio(freed / df[:, 0], within / df[:, 1])
    value = residuals.where_varied(np.where(solvable, value, np.nan))
    return Checked(value, df, p_values("f", value, df))


def recursive_residuals(residuals: Residuals) -> FloatArray:
    """One-step prediction errors, each over its own standard deviation in sigmas.

    Rotating the rows into a triangle one after the other leaves them as remainders;
    regressing the residuals instead of the returns changes none of them.

    Parameters
    ----------
    residuals : Residuals

    Returns
    -------
    ndarray of shape (N, M)
        Decimals; NaN on missing days and until the rows before have full rank.
    """
    n, days, k = residuals.rows.shape
    triangle = np.zeros((n, k, k + 1))
    result = np.full((n, days), np.nan)
    rows = np.concatenate([residuals.rows, residuals.errors[..., None]], axis=2)
    for day in range(days):
        full = np.einsum("nkk->nk", triangle[:, :, :k]).all(axis=1)
        row = _rotated_in(triangle, rows[:, day].copy())
        known = full & residuals.valid[:, day]
        result[known, day] = row[known, k]
    return result


def cusum(residuals: Residuals) -> FloatArray:
    """Largest path of summed recursive residuals, in units of its boundary's shape.

    Parameters
    ----------
    residuals : Residuals

    Returns
    -------
    ndarray of shape (N,)
        max over r of |sum w / s| / (root(M - k) + 2 (r - k) / root(M - k)); above
        1.143 it crosses the 1 % boundary, above 0.948 the 5 % one.
    """
    w, k = recursive_residuals(residuals), residuals.rows.shape[2]
    known = np.isfinite(w)
    path = np.abs(np.cumsum(np.where(known, w, 0.0), axis=1))
    room = np.sqrt(np.maximum(residuals.n - k, 1))[:, None]
    step = np.cumsum(residuals.valid, axis=1) - k
    shape = room + 2.0 * np.maximum(step, 0) / room
    largest = (path / shape).max(axis=1, initial=0.0)
    return ratio(np.where(known.any(axis=1), largest, np.nan), residuals.sigma)


def _rotated_in(triangle: FloatArray, row: FloatArray) -> FloatArray:
    """Rotate rows (N, k + 1) into triangles (N, k, k + 1), in place; the remainders."""
    k = triangle.shape[1]
    noise = NO_WEIGHT * np.sqrt((row[:, :k] ** 2).sum(axis=1))
    for j in range(k):
        pivot, entry = triangle[:, j, j], row[:, j]
        entry = np.where((pivot == 0) & (np.abs(entry) <= noise), 0.0, entry)
        length = np.hypot(pivot, entry)
        some = np.where(length > 0, length, 1.0)
        c, s = np.where(length > 0, pivot / some, 1.0)[:, None], (entry / some)[:, None]
        row[:, j] = entry
        before = triangle[:, j].copy()
        triangle[:, j] = c * before + s * row
        row = c * row - s * before
        row[:, j] = 0.0
    return row
