"""Orthonormal coordinates of the regressor windows, once for each date.

Events on one date share their regressors, so these are factorised once per date and
not once per event.  What is summed over days is summed along the last axis: the bits
of a date do not depend on the dates beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray

LARGEST_CONDITION = 1e12
# Of the variance of a day: regressors that explain it to this leave no residual.
NO_ROOM = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """Orthonormal coordinates of the estimation rows of D dates.

    Parameters
    ----------
    x, x_event : ndarray of shape (D, f, M), (D, f, L)
        The regressors as given; NaN = missing.
    q : ndarray of shape (D, k, M)
        Estimation rows, orthonormal over the valid days; 0 on invalid days.
    z : ndarray of shape (D, L, k)
        Event-window rows in the same coordinates; 0 on invalid days.
    spread : ndarray of shape (D, M)
        Standard deviation of each day's residual over that of a day, where an event
        misses none: sqrt(1 - h).  NaN where the regressors leave no residual.
    ok, ok_event : ndarray of bool, shape (D, M), (D, L)
        Days on which all regressors are finite.
    n : ndarray of int, shape (D,)
        Number of such estimation days.
    centre : ndarray of shape (D, f)
        Column means, so that levels of 1e6 lose no digits.
    scale : ndarray of shape (D, f)
        Norms of the centred columns.
    back : ndarray of shape (D, k, k)
        Inverse of the triangular factor: scaled columns to coordinates.
    raw : ndarray of shape (D, k, k)
        Coordinates to coefficients of the raw columns.
    condition : ndarray of shape (D,)
        Condition number of the centred columns at unit norm; inf if one vanishes.
    weakest : ndarray of shape (D, k)
        Weights of the columns in the combination that is nearest to zero.
    """

    x: FloatArray
    x_event: FloatArray
    q: FloatArray
    z: FloatArray
    spread: FloatArray
    ok: BoolArray
    ok_event: BoolArray
    n: IntArray
    centre: FloatArray
    scale: FloatArray
    back: FloatArray
    raw: FloatArray
    condition: FloatArray
    weakest: FloatArray

    @property
    def intercept(self) -> bool:
        """Whether the first column is the constant."""
        return bool(self.back.shape[1] > self.scale.shape[1])

    def rows(self, date: IntArray, days: FloatArray, x: FloatArray) -> FloatArray:
        """Coordinates (n, k) of raw rows (n, f) that span ``days`` (n,)."""
        geometry = self.centre[date], self.scale[date], self.back[date]
        return _coordinates(x[:, :, None], days[:, None], *geometry)[:, 0]


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
    x, x_event : ndarray of shape (D, f, M), (D, f, L)
        Regressors of the estimation days and of the event days; NaN = missing.
    intercept : bool
        Put a constant in front.
    days, days_event : ndarray of shape (D, M), (D, L), optional
        Days that each row spans; 1 by default, 0 = no row.  Rows are divided by
        the square root of their days (methods 1.5).

    Returns
    -------
    Basis
    """
    ok, d, given = _usable(x, days)
    ok_event, d_event, given_event = _usable(x_event, days_event)
    constant = np.sqrt(d)[:, None]
    centre = _means(given, d) if intercept else np.zeros(x.shape[:2])
    columns = given - d[:, None] * centre[..., None]
    if days is not None:
        columns /= np.where(d > 0, constant[:, 0], 1.0)[:, None]
    scale = _norm(columns)
    vanishing = scale <= _norm(given) / LARGEST_CONDITION
    scale = np.where(vanishing, 1.0, scale)
    columns /= scale[..., None]
    w = np.concatenate([constant, columns], axis=1) if intercept else columns
    rows, r = np.linalg.qr(w.transpose(0, 2, 1))
    q = ok[:, None] * np.ascontiguousarray(rows.transpose(0, 2, 1))
    condition, weakest = _condition(r, vanishing)
    solvable = np.isfinite(condition)[:, None, None]
    back = np.linalg.inv(np.where(solvable, r, np.eye(r.shape[1])))
    z = _coordinates(given_event, d_event, centre, scale, back)
    return Basis(
        x, x_event, q, z, left_over(q), ok, ok_event, ok.sum(axis=1),
        centre, scale, back, _to_raw(centre, scale, back), condition, weakest,
    )  # fmt: skip


def left_over(q: FloatArray) -> FloatArray:
    """Square root of 1 less the squared length of each column, (D, M) from (D, k, M).

    NaN where nothing is left over.
    """
    room = np.ones((len(q), q.shape[2]))
    for column in range(q.shape[1]):
        room -= q[:, column] ** 2
    room[room <= NO_ROOM] = np.nan
    return np.asarray(np.sqrt(room, out=room))


def _usable(
    x: FloatArray, days: FloatArray | None
) -> tuple[BoolArray, FloatArray, FloatArray]:
    """Days with all regressors; the days that rows span and the regressors, else 0."""
    days = np.ones((len(x), x.shape[2])) if days is None else days
    ok = np.isfinite(x).all(axis=1) & (days > 0)
    return ok, np.where(ok, days, 0.0), np.where(ok[:, None], x, 0.0)


def _means(x: FloatArray, d: FloatArray) -> FloatArray:
    """Means of the columns per day, (D, f)."""
    return np.asarray(x.sum(axis=-1) / np.maximum(d.sum(axis=-1), 1.0)[:, None])


def _coordinates(
    x: FloatArray,
    d: FloatArray,
    centre: FloatArray,
    scale: FloatArray,
    back: FloatArray,
) -> FloatArray:
    """Coordinates (D, n, k) of raw columns (D, f, n) that span ``d`` (D, n)."""
    days = d[:, None]
    w = (x - days * centre[..., None]) / scale[..., None]
    if back.shape[1] > scale.shape[1]:
        w = np.concatenate([days, w], axis=1)
    return np.asarray(w.transpose(0, 2, 1) @ back)


def _norm(columns: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt((columns**2).sum(axis=-1)))


def _to_raw(centre: FloatArray, scale: FloatArray, back: FloatArray) -> FloatArray:
    """Map from coordinates to coefficients of the raw columns, (D, k, k)."""
    slopes = back[:, back.shape[1] - scale.shape[1] :] / scale[..., None]
    if slopes.shape[1] == back.shape[1]:
        return np.asarray(slopes)
    level = back[:, :1] - centre[:, None] @ slopes
    return np.concatenate([level, slopes], axis=1)


def _condition(r: FloatArray, vanishing: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Condition number at unit norm (D,), and the weakest combination (D, k)."""
    n_dates, k = r.shape[:2]
    if k == 0:
        return np.ones(n_dates), np.zeros((n_dates, 0))
    norm = np.sqrt((r**2).sum(axis=1, keepdims=True))
    _, singular, right = np.linalg.svd(r / np.where(norm > 0, norm, 1.0))
    gone, first = vanishing.any(axis=1), k - vanishing.shape[1]
    weakest = np.array(right[:, -1])
    weakest[gone, first:] = vanishing[gone]
    weakest[gone, :first] = 1.0
    lost = gone | (singular[:, -1] <= 1.0 / LARGEST_CONDITION)
    smallest = np.where(lost, 1.0, singular[:, -1])
    return np.where(lost, np.inf, singular[:, 0] / smallest), weakest
