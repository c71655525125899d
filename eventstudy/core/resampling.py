"""Random weights of units: signs, six points, and samples drawn anew (methods 4.14).

Draws are made in chunks that stay in the cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from eventstudy._typing import FloatArray, IntArray

Kind: TypeAlias = Literal["rademacher", "webb"]

# So many units, and fewer, have all their signs tried.
MOST_ENUMERATED = 12
# Below so many clusters two signs make too few different draws.
FEWEST_FOR_SIGNS = 10
# Numbers of a chunk.
CHUNK = 1 << 17

SIX_POINTS = np.sqrt(np.array([0.5, 1.0, 1.5]))
SIX_POINTS = np.concatenate([-SIX_POINTS, SIX_POINTS])
SIGNS_OF_A_BYTE = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1) * 2.0
SIGNS_OF_A_BYTE -= 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Draws of one weight a unit.

    Parameters
    ----------
    chunks : iterable of ndarray, shape (b, n)
        The draws in parts; can be gone through once.
    number : int
        Draws of all parts, B.
    complete : bool
        All draws that there are, the data themselves among them.
    signs : bool
        All weights are -1 or 1.
    """

    chunks: Iterable[FloatArray]
    number: int
    complete: bool = False
    signs: bool = False


def event_weights(
    n: int, stream: np.random.Generator, draws: int, kind: Kind = "rademacher"
) -> Weights:
    """Weights of independent events: all signs of few, else random draws.

    Parameters
    ----------
    n : int
    stream : numpy.random.Generator
    draws : int
        Not heeded where all signs are tried.
    kind : {"rademacher", "webb"}
        Signs, or six values, of which few events make more different draws.

    Returns
    -------
    Weights
    """
    if kind == "webb":
        return six_points(n, stream, draws)
    return every_sign(n) if n <= MOST_ENUMERATED else random_signs(n, stream, draws)


def cluster_weights(size: IntArray, stream: np.random.Generator, draws: int) -> Weights:
    """Weights of clusters of some sizes, (G,): six values where few or unbalanced."""
    unbalanced = size.max() * size.size > 2 * size.sum()
    few = size.size < FEWEST_FOR_SIGNS
    return event_weights(
        size.size, stream, draws, "webb" if few or unbalanced else "rademacher"
    )


def every_sign(n: int) -> Weights:
    """All 2^n draws of -1 and 1; the last is the data themselves."""
    bits = np.arange(2**n)[:, None] >> np.arange(n) & 1
    return Weights([2.0 * bits - 1.0], 2**n, complete=True, signs=True)


def random_signs(n: int, stream: np.random.Generator, draws: int) -> Weights:
    """Random bits, read as -1 and 1."""
    width = -(-n // 8)

    def chunks() -> Iterator[FloatArray]:
        for rows in _parts(draws, n):
            drawn = np.frombuffer(stream.bytes(rows * width), np.uint8)
            yield SIGNS_OF_A_BYTE[drawn].reshape(rows, 8 * width)[:, :n]

    return Weights(chunks(), draws, signs=True)


def six_points(n: int, stream: np.random.Generator, draws: int) -> Weights:
    """Webb's weights: plus or minus the roots of 1/2, 1 and 3/2."""
    return Weights(
        (
            SIX_POINTS[stream.integers(6, size=(rows, n), dtype=np.uint8)]
            for rows in _parts(draws, n)
        ),
        draws,
    )


def resamples(n: int, stream: np.random.Generator, draws: int) -> Weights:
    """How often each of n units is in a sample of n drawn with replacement."""

    def chunks() -> Iterator[FloatArray]:
        for rows in _parts(draws, n):
            cell = stream.integers(n, size=(rows, n))
            cell += n * np.arange(rows)[:, None]
            count = np.bincount(cell.ravel(), minlength=rows * n)
            yield count.reshape(rows, n).astype(float)

    return Weights(chunks(), draws)


def _parts(draws: int, n: int) -> Iterator[int]:
    """Rows of each chunk."""
    most = max(1, CHUNK // max(n, 1))
    for start in range(0, draws, most):
        yield min(most, draws - start)


def one_draw(n: int) -> Weights:
    """The data as they are."""
    return Weights([np.ones((1, n))], 1, signs=True)
