"""Sums of weighted values, their spread, and how draws compare (methods 4.14).

Sums over units are matrix products, so that many windows share one draw.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy.core.pvalues import TIE
from eventstudy.core.resampling import Weights

# Equal in exact arithmetic: sums of unlike signs lose digits against their size.
ROUNDING = 1e-14


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Sums of the units and their spread, from which t comes.

    Draws are compared by sum / sqrt(sum^2 + n spread), in which t is monotone: it
    lies between -1 and 1, and is -1 or 1 where the standard deviation is 0.

    Parameters
    ----------
    sum, spread : ndarray of shape (B, K)
        B draws of K samples; ``spread`` is the sum of the squared deviations of the
        units from their share of the sum.
    units : ndarray of int, shape (K,)
        n: events, or clusters of them.
    """

    sum: FloatArray
    spread: FloatArray
    units: IntArray

    @property
    def std_error(self) -> FloatArray:
        """Standard error of the sum, (B, K)."""
        factor = self.units / np.maximum(self.units - 1.0, 1.0)
        return np.asarray(np.sqrt(factor * self.spread))

    @property
    def t(self) -> FloatArray:
        """Student's t, (B, K); infinite where the spread is 0."""
        flat = self.std_error == 0
        t = self.sum / np.where(flat, 1.0, self.std_error)
        return np.where(flat, np.copysign(np.inf, self.sum), t)

    def exceeded_by(self, drawn: Sums) -> FloatArray:
        """How many draws are at least as extreme, (K,); ties and sd = 0 count.

        ``self`` is of one draw: the data.
        """
        ratio = np.abs(self.sum[0]) / self._size[0]
        least = (1.0 - TIE) * ratio - ROUNDING
        hits = np.abs(drawn.sum) >= least * drawn._size
        return np.asarray(hits.sum(axis=0), float)

    @property
    def _size(self) -> FloatArray:
        return np.sqrt(self.sum**2 + self.units * self.spread)


def of_events(x: FloatArray, weights: Weights, cluster: IntArray | None = None) -> Sums:
    """Every value times its weight, spread by events.

    Parameters
    ----------
    x : ndarray of shape (N, K)
        NaN = not in the sample.
    weights : Weights
        Of N units; of G with ``cluster``.
    cluster : ndarray of int, shape (N,), optional
        From 0 to G - 1: events of a cluster share their weight.

    Returns
    -------
    Sums
    """
    known, value = _known(x)
    squares = value**2
    if cluster is not None:
        value, squares = (_by_cluster(part, cluster) for part in (value, squares))
    parts = [(w @ value, _squares(w, squares, weights)) for w in weights.chunks]
    sums, own = (np.concatenate(part) for part in zip(*parts, strict=True))
    return _about_mean(sums, own, known.sum(axis=0))


def of_resamples(x: FloatArray, weights: Weights) -> Sums:
    """The values of drawn events about the mean of all; as :func:`of_events`.

    ``weights`` are from :func:`resamples`; all events are in all samples.
    """
    centred = x - x.mean(axis=0)
    both = np.concatenate([centred, centred**2], axis=1)
    parts = [np.split(w @ both, 2, axis=1) for w in weights.chunks]
    sums, squares = (np.concatenate(part) for part in zip(*parts, strict=True))
    return _about_mean(sums, squares, np.full(x.shape[1], x.shape[0]))


def _about_mean(sums: FloatArray, squares: FloatArray, units: IntArray) -> Sums:
    """Spread about the mean from squares about zero."""
    spread = squares - sums**2 / np.maximum(units, 1)
    return Sums(sums, _without_rounding(spread, squares), units)


def of_clusters(x: FloatArray, cluster: IntArray, weights: Weights) -> Sums:
    """Every value times the weight of its cluster, spread by clusters (4.13).

    Parameters
    ----------
    x : ndarray of shape (N, K)
        NaN = not in the sample.
    cluster : ndarray of int, shape (N,)
        From 0 to G - 1.
    weights : Weights
        Of G units.

    Returns
    -------
    Sums
        ``units`` are the clusters with a value.
    """
    known, value = _known(x)
    total, number = (_by_cluster(part, cluster) for part in (value, known))
    both, squares = np.concatenate([total, number * total], axis=1), total**2
    parts = [
        (*np.split(w @ both, 2, axis=1), _squares(w, squares, weights))
        for w in weights.chunks
    ]
    sums, cross, own = (np.concatenate(part) for part in zip(*parts, strict=True))
    share = sums / np.maximum(number.sum(axis=0), 1)
    spread = own - 2.0 * share * cross + share**2 * (number**2).sum(axis=0)
    return Sums(sums, _without_rounding(spread, own), (number > 0).sum(axis=0))


def _squares(w: FloatArray, squares: FloatArray, weights: Weights) -> FloatArray:
    """Sums of squared weighted values, (b, K)."""
    if weights.signs:
        return np.broadcast_to(squares.sum(axis=0), (len(w), squares.shape[1]))
    return np.asarray((w * w) @ squares)


def _without_rounding(spread: FloatArray, squares: FloatArray) -> FloatArray:
    """What is left of equal values is rounding of the squares about zero."""
    return np.where(spread <= ROUNDING * squares, 0.0, spread)


def _known(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    known = np.isfinite(x)
    return known.astype(float), np.where(known, x, 0.0)


def _by_cluster(values: FloatArray, cluster: IntArray) -> FloatArray:
    """Sums of the rows of each cluster, (G, K)."""
    total = np.zeros((int(cluster.max(initial=-1)) + 1, values.shape[1]))
    np.add.at(total, cluster, values)
    return total
