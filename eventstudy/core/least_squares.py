"""Least squares for many events at once, exact with missing and multi-day returns.

Events on one date share their regressors.  The window is orthogonalised once per
date; a missing day is then a rank-one downdate of a k x k matrix, a multi-day
return an update (methods 1.5), and no event needs a factorisation of its own
unless its holes leave that small matrix near singular.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray

LARGEST_CONDITION = 1e12
SMALLEST_EIGENVALUE = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """Orthonormal coordinates of the estimation rows of D dates.

    Parameters
    ----------
    q : ndarray of shape (D, M, k)
        Estimation rows, orthonormal over the valid days; 0 on invalid days.
    z : ndarray of shape (D, L, k)
        Event-window rows in the same coordinates; NaN where a regressor is missing.
    ok : ndarray of bool, shape (D, M)
        Days on which all regressors are finite.
    centre : ndarray of shape (2, D, f)
        Column means in two parts, so that levels of 1e6 lose no digits.
    scale : ndarray of shape (D, f)
        Norms of the centred columns.
    back : ndarray of shape (D, k, k)
        Inverse of the triangular factor.
    condition : ndarray of shape (D,)
        Condition number of the columns scaled to unit norm; inf if one vanishes.
    weakest : ndarray of shape (D, k)
        Weights of the columns in the combination that is nearest to zero.
    intercept : bool
        Whether the first column is the constant.
    """

    q: FloatArray
    z: FloatArray
    ok: BoolArray
    centre: FloatArray
    scale: FloatArray
    back: FloatArray
    condition: FloatArray
    weakest: FloatArray
    intercept: bool

    def rows(self, date: IntArray, days: FloatArray, x: FloatArray) -> FloatArray:
        """Coordinates of raw rows (n, f) that span ``days`` (n,) on dates (n,)."""
        d = days[:, None]
        x = ((x - d * self.centre[0, date]) - d * self.centre[1, date]) / self.scale[date]
        w = np.concatenate([d, x], axis=1) if self.intercept else x
        return np.asarray(np.einsum("nk,nkj->nj", w, self.back[date]))

    def coefficients(self, date: IntArray) -> FloatArray:
        """Map from coordinates to raw coefficients, (n, k, k)."""
        n, f = date.size, self.scale.shape[1]
        first = int(self.intercept)
        to_raw = np.zeros((n, f + first, f + first))
        diagonal = np.arange(f) + first
        to_raw[:, diagonal, diagonal] = 1.0 / self.scale[date]
        if self.intercept:
            to_raw[:, 0, 0] = 1.0
            to_raw[:, 0, 1:] = -self.centre[:, date].sum(axis=0) / self.scale[date]
        return to_raw @ self.back[date]


def orthonormal_basis(
    x: FloatArray,
    x_event: FloatArray,
    *,
    intercept: bool,
    days: FloatArray | None = None,
    days_event: FloatArray | None = None,
) -> Basis:
    """Orthogonalise the regressor windows of D dates.

    Parameters
    ----------
    x : ndarray of shape (D, M, f)
        Regressors of the estimation days; NaN = missing.
    x_event : ndarray of shape (D, L, f)
        Regressors of the event days.
    intercept : bool
        Put a constant in front.
    days, days_event : ndarray of shape (D, M), (D, L), optional
        Days that each row spans; 1 by default, 0 = no row.  Rows are divided by
        the square root of their days (methods 1.5).

    Returns
    -------
    Basis
    """
    days = np.ones(x.shape[:2]) if days is None else days
    days_event = np.ones(x_event.shape[:2]) if days_event is None else days_event
    ok = np.isfinite(x).all(axis=2) & (days > 0)
    d = np.where(ok, days, 0.0)[..., None]
    x = np.where(ok[..., None], x, 0.0)
    centre = np.zeros((2, x.shape[0], x.shape[2]))
    raw_norm = np.sqrt((x**2).sum(axis=1))
    if intercept:
        x, centre = _centred(x, d)
    root = np.sqrt(np.where(ok, days, 1.0))[..., None]
    x = x / root
    scale = np.sqrt((x**2).sum(axis=1))
    vanishing = scale <= raw_norm / LARGEST_CONDITION
    scale = np.where(vanishing | (scale == 0), 1.0, scale)
    w = x / scale[:, None]
    if intercept:
        w = np.concatenate([np.sqrt(d), w], axis=2)
    return _factorised(w, ok, x_event, days_event, centre, scale, vanishing, intercept)


def _centred(x: FloatArray, d: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Columns less their mean per day, taken twice; the two means."""
    count = np.maximum(d.sum(axis=1), 1.0)
    first = x.sum(axis=1) / count
    x = np.where(d > 0, x - d * first[:, None], 0.0)
    second = x.sum(axis=1) / count
    return np.where(d > 0, x - d * second[:, None], 0.0), np.stack([first, second])


def _factorised(
    w: FloatArray,
    ok: BoolArray,
    x_event: FloatArray,
    days_event: FloatArray,
    centre: FloatArray,
    scale: FloatArray,
    vanishing: BoolArray,
    intercept: bool,
) -> Basis:
    norm = np.sqrt((w**2).sum(axis=1))
    q, r = np.linalg.qr(w)
    _, singular, right = np.linalg.svd(r / np.where(norm > 0, norm, 1.0)[:, None])
    dates, k = np.arange(w.shape[0]), w.shape[2]
    smallest = singular.min(axis=1, initial=np.inf)
    singular_enough = smallest > 1.0 / LARGEST_CONDITION
    condition = np.ones(dates.size) if k == 0 else singular.max(axis=1) / np.where(
        singular_enough, smallest, np.nan
    )
    weakest = right[:, -1] if k else right[:, :0].reshape(dates.size, 0)
    if vanishing.any():
        bad = vanishing.any(axis=1)
        condition[bad] = np.nan
        weakest = weakest.copy()
        weakest[bad, int(intercept) :] = vanishing[bad]
        weakest[bad, : int(intercept)] = 1.0
    usable = np.isfinite(condition)
    back = np.linalg.inv(np.where(usable[:, None, None], r, np.eye(k)))
    basis = Basis(
        q, np.empty(0), ok, centre, scale, back, np.where(usable, condition, np.inf),
        weakest, intercept,
    )  # fmt: skip
    n_days = x_event.shape[1]
    flat = basis.rows(
        np.repeat(dates, n_days), days_event.ravel(), x_event.reshape(dates.size * n_days, -1)
    )
    z = flat.reshape(dates.size, n_days, k)
    return Basis(
        q, z, ok, centre, scale, back, basis.condition, weakest, intercept
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Multi-day observations of a block of events, n of them.

    Parameters
    ----------
    event, column : ndarray of int, shape (n,)
        Event of the block, and day of its window on which the span ends.
    days : ndarray of shape (n,)
        Trading days spanned, 2 or more.
    x : ndarray of shape (n, f)
        Regressors over the span; NaN = the observation cannot be used.
    """

    event: IntArray
    column: IntArray
    days: FloatArray
    x: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Coordinates of E events.

    Parameters
    ----------
    coordinates : ndarray of shape (E, k)
        Fitted coordinates in the whitened basis.
    whiten : ndarray of shape (E, k, k)
        ``row @ whiten`` whitens a row of the basis: x' A x is its squared norm.
    shift : ndarray of shape (E,)
        Level per day taken off the response before fitting.
    valid : ndarray of bool, shape (E, M)
        Single-day observations used.
    unsafe : ndarray of bool, shape (E,)
        Events whose holes leave too little of the basis: their own
        factorisation must replace the downdate.
    """

    coordinates: FloatArray
    whiten: FloatArray
    shift: FloatArray
    valid: BoolArray
    unsafe: BoolArray


def solve(
    y: FloatArray, single: BoolArray, basis: Basis, date: IntArray, spans: Spans
) -> Solution:
    """Fit E events by downdating the shared basis.

    Parameters
    ----------
    y : ndarray of shape (E, M)
        Response on the estimation days, decimals; the value of a multi-day span
        stands on its last day.
    single : ndarray of bool, shape (E, M)
        Where a single-day response stands.
    basis : Basis
        D dates.
    date : ndarray of int, shape (E,)
        Date of each event.
    spans : Spans
        Multi-day observations of the estimation window.

    Returns
    -------
    Solution
    """
    q = basis.q[date]
    ok = basis.ok[date]
    valid = single & ok
    shift = np.zeros(y.shape[0])
    if basis.intercept:
        observed = np.where(valid, y, 0.0).sum(axis=1)
        shift = observed / np.maximum(valid.sum(axis=1), 1)
    centred = np.where(valid, y - shift[:, None], 0.0)
    coordinates = np.einsum("emk,em->ek", q, centred)
    k = q.shape[2]
    whiten = np.broadcast_to(np.eye(k), (y.shape[0], k, k)).copy()
    unsafe = np.zeros(y.shape[0], bool)
    changed = (ok & ~valid).any(axis=1)
    changed[spans.event] = True
    if changed.any() and k:
        gram = _gram(q, valid, changed)
        _add_spans(gram, coordinates, y, shift, basis, date, spans, changed)
        whiten[changed], unsafe[changed] = _whitening(gram)
        coordinates = np.einsum("ek,ekj->ej", coordinates, whiten)
    return Solution(coordinates, whiten, shift, valid, unsafe)


def _gram(q: FloatArray, valid: BoolArray, changed: BoolArray) -> FloatArray:
    """Cross-product of the valid rows for the events that have holes, (C, k, k)."""
    used = q[changed] * valid[changed][..., None]
    return np.asarray(used.transpose(0, 2, 1) @ q[changed])


def _add_spans(
    gram: FloatArray,
    coordinates: FloatArray,
    y: FloatArray,
    shift: FloatArray,
    basis: Basis,
    date: IntArray,
    spans: Spans,
    changed: BoolArray,
) -> None:
    """Add the multi-day rows to the cross-products, in place."""
    usable = np.isfinite(spans.x).all(axis=1)
    event, days = spans.event[usable], spans.days[usable]
    row = basis.rows(date[event], days, spans.x[usable]) / np.sqrt(days)[:, None]
    value = (y[event, spans.column[usable]] - days * shift[event]) / np.sqrt(days)
    np.add.at(coordinates, event, row * value[:, None])
    position = np.cumsum(changed) - 1
    np.add.at(gram, position[event], row[:, :, None] * row[:, None, :])


def _whitening(gram: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Inverse square roots G^-T of gram = G G', and where that is not safe."""
    k = gram.shape[1]
    eigenvalues = np.linalg.eigvalsh(gram)
    unsafe = eigenvalues[:, 0] < SMALLEST_EIGENVALUE
    safe = np.where(unsafe[:, None, None], np.eye(k), gram)
    root = np.linalg.cholesky(safe)
    return np.linalg.inv(root).transpose(0, 2, 1), unsafe
