"""What a test of many events reads: one window, members only, sums already formed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from eventstudy._typing import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class CrossSection:
    """The N events with a valid CAR in one test window (methods 4).

    Events without one are absent from every array and every sum.

    Parameters
    ----------
    window : tuple of int
        First and last event day.
    car, variance : ndarray of shape (N,)
        Cumulative abnormal return in decimals, its variance with the full
        prediction-error matrix.
    sar_sum : ndarray of shape (N,)
        Sum of the standardised abnormal returns of the window.
    sigma, df : ndarray of shape (N,)
        Residual standard deviation per day, residual degrees of freedom.
    length, n_rows, n_estimation : ndarray of shape (N,)
        Trading days covered, abnormal returns in the window, estimation rows.
    day0 : ndarray of int, shape (N,)
        Calendar position of day 0.
    order : ndarray of int, shape (N,)
        Rank of each event's id among the N: resampling draws hang on it.
    parameters : int
        Estimated mean parameters k.
    level : float
        Significance level.
    seed : int
        Root of every random stream.
    sums : mapping
        By reducer key, what the residual pass found for this window.
    min_clusters : int
        Fewer clusters give NaN where a test needs them.
    """

    window: tuple[int, int]
    car: FloatArray
    variance: FloatArray
    sar_sum: FloatArray
    sigma: FloatArray
    df: FloatArray
    length: FloatArray
    n_rows: IntArray
    n_estimation: IntArray
    day0: IntArray
    order: IntArray
    parameters: int
    level: float = 0.05
    seed: int = 0
    sums: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    min_clusters: int = 6

    @property
    def n_events(self) -> int:
        """N."""
        return int(self.car.size)

    @property
    def days(self) -> int:
        """Days of the window, L."""
        return self.window[1] - self.window[0] + 1

    @property
    def scar(self) -> FloatArray:
        """Standardised CARs, (N,)."""
        return self.car / np.sqrt(self.variance)

    @property
    def clusters(self) -> IntArray:
        """Connected component of overlapping windows of each event, (N,), from 0.

        Components are numbered in the order of their dates.
        """
        order = np.argsort(self.day0, kind="stable")
        day0 = self.day0[order]
        apart = np.diff(day0) > self.days - 1
        number = np.concatenate([[0], np.cumsum(apart)]) if day0.size else day0
        component = np.empty(day0.size, int)
        component[order] = number
        return component

    @property
    def shared_dates(self) -> bool:
        """Whether any two windows share a calendar day."""
        return self.n_events > 0 and int(self.clusters.max()) + 1 < self.n_events

    @property
    def staggered(self) -> bool:
        """Whether windows overlap with an offset: components of more than one date."""
        component = self.clusters
        spread = [np.ptp(self.day0[component == c]) for c in np.unique(component)]
        return bool(np.any(np.asarray(spread) > 0))

    def stream(self, test: str) -> np.random.Generator:
        """The random stream of one test and window.

        Parameters
        ----------
        test : str
            Its key.

        Returns
        -------
        Generator
        """
        name = hashlib.sha256(f"{test}{self.window}".encode()).digest()[:8]
        words = [self.seed, int.from_bytes(name, "little")]
        return np.random.default_rng(np.random.SeedSequence(words))
