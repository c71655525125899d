"""Small matrices of events that lack some rows of the shared basis.

A missing day is a downdate of a k x k matrix; its inverse square root whitens rows.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray

SMALLEST_EIGENVALUE = 1e-3
# Up to one in so many rows missing, it is faster to look at those than at the others.
MOST_TAKEN_OFF = 4


class Lost(NamedTuple):
    """Rows of the basis that are missing: their events, rising, and the rows (n, k)."""

    event: IntArray
    q: FloatArray

    def gram(self, q: FloatArray, changed: IntArray) -> FloatArray:
        """Cross-products of the rows left to some events, (C, k, k); q without holes.

        Where few are missing these are taken off the identity.
        """
        number = np.bincount(self.event, minlength=len(q))
        few = (number > 0) & (number <= q.shape[2] // MOST_TAKEN_OFF)
        gram = np.empty((len(q), q.shape[1], q.shape[1]))
        rows, of_few = self.q[few[self.event]], np.flatnonzero(few)
        if of_few.size:
            first = np.cumsum(number[of_few]) - number[of_few]
            products = rows[:, :, None] * rows[:, None]
            lost = np.add.reduceat(products, first, axis=0)
            gram[of_few] = np.eye(q.shape[1]) - lost
        many = changed[~few[changed]]
        if many.size:
            # Two copies: the product of one with itself takes BLAS a slower way.
            gram[many] = q[many] @ q[many].transpose(0, 2, 1)
        return np.asarray(gram[changed])


def whitening(gram: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Inverse square roots G^-T of C matrices gram = G G', and where that is unsafe.

    Elimination for all matrices at once: gram becomes G', the identity G^-1.
    """
    n, k = gram.shape[:2]
    rows = np.zeros((k, 2 * k, n))
    rows[:, :k] = gram.transpose(1, 2, 0)
    rows[np.arange(k), np.arange(k) + k] = 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        for j in range(k):
            rows[j] /= np.sqrt(rows[j, j])
            rows[j + 1 :] -= rows[j, j + 1 : k, None] * rows[j]
        reciprocals = (rows[:, k:] ** 2).sum(axis=(0, 1))
    unsafe = ~(reciprocals <= 1.0 / SMALLEST_EIGENVALUE)
    rows[..., unsafe] = 0.0
    return np.ascontiguousarray(rows[:, k:].transpose(2, 1, 0)), unsafe
