"""Least squares for many events at once, exact with missing and multi-day returns.

Events on one date share an orthonormal basis.  A missing day is then a downdate of a
k x k matrix, a multi-day return an update (methods 1.5), and no event needs a
factorisation of its own unless its holes leave that small matrix near singular.

What is summed over days is summed event by event, so that the bits of an event do
not depend on the company in which it is estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.core.bases import Basis
from eventstudy.core.downdates import Lost, whitening
from eventstudy.core.spans import Spans


@dataclass(frozen=True, slots=True, eq=False)
class Observations:
    """Responses of E events on the M days of their estimation windows.

    Parameters
    ----------
    y : ndarray of shape (E, M)
        Responses in decimals; a multi-day one stands on its last day.
    single : ndarray of bool, shape (E, M)
        The responses that are rows of the basis; all others are holes.
    date : ndarray of int, shape (E,)
        Which of the basis' dates is each event's.
    days : ndarray of shape (1,) or (M,)
        Days that the rows of the basis span: 1, unless one event stands here with a
        basis of its own.
    spans : Spans
        The multi-day responses that are not rows of the basis.
    """

    y: FloatArray
    single: BoolArray
    date: IntArray
    days: FloatArray
    spans: Spans

    @property
    def own(self) -> bool:
        """Whether one event stands here with a basis of its own."""
        return self.days.size != 1 or bool(self.days[0] != 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The regressions of E events.

    Parameters
    ----------
    q : ndarray of shape (E, k, M)
        Rows of the basis over the root of their days; 0 where there is none.
    weights : ndarray of shape (E, k)
        Fitted coordinates in the basis.
    changed : ndarray of int, shape (C,)
        Events whose rows are not just those of the basis.
    whiten : ndarray of shape (C, k, k)
        Theirs; see :meth:`whitened`.
    shift : ndarray of shape (E,)
        Level per day taken off the response before fitting.
    valid : ndarray of bool, shape (E, M)
        Rows of the basis that were used.
    unsafe : ndarray of int
        Those whose holes leave too little of the basis: a factorisation of their
        own must replace the downdate.
    n : ndarray of int, shape (E,)
        Rows of the fit, multi-day ones included.
    errors, span_errors : ndarray of shape (E, M), (n,)
        Residuals over the root of their days; 0 where there is none.
    squares, variation, level : ndarray of shape (E,)
        Sums of squares of the residuals (about their mean per day where nothing is
        estimated), of the responses about their mean, and of the responses.
    """

    q: FloatArray
    weights: FloatArray
    changed: IntArray
    whiten: FloatArray
    shift: FloatArray
    valid: BoolArray
    unsafe: IntArray
    n: IntArray
    errors: FloatArray
    span_errors: FloatArray
    squares: FloatArray
    variation: FloatArray
    level: FloatArray

    def whitened(self, rows: FloatArray) -> FloatArray:
        """Rows (E, n, k) of the basis in place: x' A x is then the squared norm."""
        rows[self.changed] = rows[self.changed] @ self.whiten
        return rows

    def whitened_days(self) -> FloatArray:
        """The same for the changed events' estimation rows, (C, k, M)."""
        return np.asarray(self.whiten.transpose(0, 2, 1) @ self.q[self.changed])


class _Multi(NamedTuple):
    """Multi-day observations over the root of their days, (n,); rows (n, k)."""

    event: IntArray
    days: FloatArray
    root: FloatArray
    y: FloatArray
    q: FloatArray

    def added_to(self, dense: FloatArray, values: FloatArray) -> FloatArray:
        """Sums per event with the values of the multi-day observations, in place."""
        if self.event.size:
            np.add.at(dense, self.event, values)
        return dense


def solve(observed: Observations, basis: Basis) -> Solution:
    """Fit E events by downdating the shared basis.

    Parameters
    ----------
    observed : Observations
    basis : Basis

    Returns
    -------
    Solution
    """
    date, root = observed.date, np.sqrt(observed.days)
    multi = _multi_day(observed, basis)
    valid = observed.single & basis.ok[date]
    n_events, n_days = valid.shape
    event, column = holes = np.divmod(np.flatnonzero(~valid), n_days)
    q, y = basis.q[date], observed.y / root if observed.own else observed.y.copy()
    lost = Lost(event, q[event, :, column])
    q[event, :, column] = 0.0
    y[holes] = 0.0
    n = n_days - np.bincount(event, minlength=n_events)
    days = multi.added_to(_days(valid, n, observed.days), multi.days)
    mean, about, multi_about = _about_mean(observed, y, days, multi, basis)
    about[holes] = 0.0
    variation = multi.added_to(_dot(about, about), multi_about**2)
    if basis.intercept:
        y, multi = about, multi._replace(y=multi_about)
    weights, changed, whiten, unsafe = _coordinates(
        q, y, n < basis.n[date], lost, multi
    )
    errors = (weights[:, None] @ q)[:, 0]
    np.subtract(y, errors, out=errors)
    multi_errors = multi.y - (multi.q * weights[multi.event]).sum(axis=1)
    squares = multi.added_to(_dot(errors, errors), multi_errors**2)
    return Solution(
        q,
        weights,
        changed,
        whiten,
        shift=mean if basis.intercept else np.zeros_like(mean),
        valid=valid,
        unsafe=unsafe,
        n=n + np.bincount(multi.event, minlength=n_events),
        errors=errors,
        span_errors=multi_errors,
        squares=squares if q.shape[1] else variation,
        variation=variation,
        level=variation + days * mean**2,
    )


def _about_mean(
    observed: Observations, y: FloatArray, days: FloatArray, multi: _Multi, basis: Basis
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Mean per day (E,), and the responses less it; ``y`` is used up if it can be."""
    root = np.sqrt(observed.days)
    total = _dot(y, np.broadcast_to(root, y.shape)) if observed.own else y.sum(axis=1)
    mean = multi.added_to(total, multi.y * multi.root) / np.maximum(days, 1.0)
    level = mean[:, None] * root if observed.own else mean[:, None]
    about = np.subtract(y, level, out=y if basis.intercept else None)
    return mean, about, multi.y - mean[multi.event] * multi.root


def _multi_day(observed: Observations, basis: Basis) -> _Multi:
    spans = observed.spans
    if not spans.event.size:
        none = np.zeros(0)
        return _Multi(spans.event, none, none, none, np.zeros((0, basis.q.shape[1])))
    root = np.sqrt(spans.days)
    rows = basis.rows(observed.date[spans.event], spans.days, spans.x)
    y = observed.y[spans.event, spans.column]
    return _Multi(spans.event, spans.days, root, y / root, rows / root[:, None])


def _days(valid: BoolArray, n: IntArray, days: FloatArray) -> FloatArray:
    """Days that the n valid rows of each event span, (E,)."""
    if days.size == 1:
        return np.asarray(n * days[0])
    return np.asarray(np.where(valid, days, 0.0).sum(axis=1))


def _dot(a: FloatArray, b: FloatArray) -> FloatArray:
    """Products summed over days, (E,); a stack of products, so that each is its own."""
    return np.asarray((a[:, None] @ b[..., None])[:, 0, 0])


def _coordinates(
    q: FloatArray, y: FloatArray, holed: BoolArray, lost: Lost, multi: _Multi
) -> tuple[FloatArray, IntArray, FloatArray, IntArray]:
    """Coordinates (E, k); the changed events, their whitening, and the unsafe ones."""
    moments = (y[:, None] @ q.transpose(0, 2, 1))[:, 0]
    weights = multi.added_to(moments, multi.q * multi.y[:, None])
    holed[multi.event] = True
    changed = np.flatnonzero(holed)
    gram = lost.gram(q, changed)
    if multi.event.size:
        at = np.searchsorted(changed, multi.event)
        np.add.at(gram, at, multi.q[:, :, None] * multi.q[:, None])
    whiten, unsafe = whitening(gram)
    turned = whiten.transpose(0, 2, 1) @ weights[changed, :, None]
    weights[changed] = (whiten @ turned)[..., 0]
    return weights, changed, whiten, changed[unsafe]
