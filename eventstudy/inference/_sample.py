"""What a significance test reads."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.core.bases import NO_ROOM

Codes: TypeAlias = np.ndarray[Any, np.dtype[np.str_]]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """N events and one test window: all that a significance test may read.

    Every linear expected-return model comes to the same form here.  ``A`` is the
    inverse cross-product of the estimation rows; rows are whitened, so that
    ``x_t' A x_u`` is the dot product of two of them (methods: V, c and zeta).

    Parameters
    ----------
    window : tuple of int
        First and last event day, both included; L days.
    abnormal_returns : ndarray of shape (N, L)
        Prediction errors in decimals.  NaN = no observation ends on that day, or
        its span leaves the window.
    spans : ndarray of shape (N, L)
        Trading days each abnormal return covers; 0 where it is missing.
    rows : ndarray of shape (N, L, k)
        Whitened regressor rows of the event days; 0 where missing.
    sigma : ndarray of shape (N,)
        Residual standard deviation per day; NaN where it is zero or not estimable.
    df : ndarray of shape (N,)
        Residual degrees of freedom of the model.
    residuals : ndarray of shape (N, M)
        Estimation-day residuals in decimals, untransformed: column j is the j-th
        calendar day of the estimation window.  NaN = no observation ends there.
    residual_spans : ndarray of shape (N, M)
        As ``spans``, for the estimation days.
    residual_rows : ndarray of shape (N, M, k)
        As ``rows``, for the estimation days.
    parameters : int
        Estimated mean parameters k, the intercept included.
    level : float
        Significance level, 1 - confidence.
    keys : ndarray of shape (N,), uint64
        A number for each event's id; resampling draws hang on it, so that order
        and company of an event change none of its draws.
    seed : int
        Root of every random stream.
    """

    window: tuple[int, int]
    abnormal_returns: FloatArray
    spans: FloatArray
    rows: FloatArray
    sigma: FloatArray
    df: FloatArray
    residuals: FloatArray
    residual_spans: FloatArray
    residual_rows: FloatArray
    parameters: int
    level: float = 0.05
    keys: IntArray = field(default_factory=lambda: np.zeros(0, np.uint64))
    seed: int = 0

    @property
    def n_events(self) -> int:
        """N."""
        return int(self.sigma.shape[0])

    @property
    def one_day(self) -> bool:
        """Whether the window is a single day."""
        return self.window[0] == self.window[1]

    @property
    def n_rows(self) -> IntArray:
        """Valid abnormal returns in the window, (N,)."""
        return np.asarray((self.spans > 0).sum(axis=1))

    @property
    def estimation_days(self) -> BoolArray:
        """Valid estimation rows, (N, M)."""
        return np.asarray(self.residual_spans > 0)

    @property
    def n_estimation(self) -> IntArray:
        """Number of valid estimation rows M, (N,)."""
        return np.asarray(self.estimation_days.sum(axis=1))

    @property
    def length(self) -> FloatArray:
        """Trading days covered by the abnormal returns of the window, (N,)."""
        return np.asarray(self.spans.sum(axis=1))

    @property
    def covered(self) -> BoolArray:
        """Whether the event enters the window, (N,).

        It has an abnormal return in it, and one on day 0 if day 0 is in it.
        """
        first, last = self.window
        enough = self.n_rows > 0
        if not first <= 0 <= last:
            return enough
        day = np.arange(first, last + 1)
        on_zero = (day >= 0) & (day - self.spans + 1 <= 0) & (self.spans > 0)
        return enough & on_zero.any(axis=1)

    @property
    def car(self) -> FloatArray:
        """Cumulative abnormal return, (N,), decimals; NaN where not ``covered``."""
        return np.where(self.covered, np.nansum(self.abnormal_returns, axis=1), np.nan)

    @property
    def parameter_error(self) -> FloatArray:
        """Variance that estimated parameters add to the CAR, over sigma^2, (N,)."""
        return np.asarray((self.rows.sum(axis=1) ** 2).sum(axis=1))

    @property
    def scale(self) -> FloatArray:
        """Variance of the CAR over sigma^2, (N,): c, days and parameter error."""
        return self.length + self.parameter_error

    @property
    def variance(self) -> FloatArray:
        """Variance of the CAR with the full prediction-error matrix, (N,)."""
        return np.where(self.covered, self.sigma**2 * self.scale, np.nan)

    @property
    def scar(self) -> FloatArray:
        """Standardised cumulative abnormal return, CAR / sqrt(variance), (N,)."""
        return self.car / np.sqrt(self.variance)

    @property
    def sar(self) -> FloatArray:
        """Standardised abnormal returns of the window, (N, L); NaN where missing."""
        leverage = squared_length(self.rows)
        error = self.sigma[:, None] * np.sqrt(self.spans + leverage)
        return np.asarray(self.abnormal_returns / error)

    @property
    def residual_sar(self) -> FloatArray:
        """Studentised residuals e / (s sqrt(d - h)), (N, M).

        NaN where missing, and where a day's own regressors leave it no residual.
        """
        return self.studentised(
            self.residuals, self.residual_spans, squared_length(self.residual_rows)
        )

    def studentised(
        self, errors: FloatArray, days: FloatArray, leverage: FloatArray
    ) -> FloatArray:
        """Residuals, or sums of them, over their standard deviations.

        Parameters
        ----------
        errors : ndarray of shape (N, M)
            Decimals.
        days : ndarray of shape (N, M)
            Trading days they cover.
        leverage : ndarray of shape (N, M)
            Squared length of the (summed) whitened rows.

        Returns
        -------
        ndarray of shape (N, M)
            NaN where days or errors are missing or leave no room.
        """
        room = days - leverage
        room[room <= NO_ROOM * days] = np.nan
        np.sqrt(room, out=room)
        room *= self.sigma[:, None]
        return np.divide(errors, room, out=room)

    def stream(self, test: str, event: int) -> np.random.Generator:
        """Random stream of one test, window and event.

        Parameters
        ----------
        test : str
            Key of the test.
        event : int
            Position of the event in this sample.

        Returns
        -------
        numpy.random.Generator
        """
        first, last = self.window
        name = hashlib.sha256(f"{test}[{first},{last}]".encode()).digest()[:8]
        words = [self.seed, int.from_bytes(name, "little"), int(self.keys[event])]
        return np.random.default_rng(np.random.SeedSequence(words))


def squared_length(rows: FloatArray) -> FloatArray:
    """Squared lengths, (N, M), of rows (N, M, k); column by column, as they lie."""
    total = np.zeros(rows.shape[:2])
    for column in range(rows.shape[2]):
        total += rows[..., column] ** 2
    return total


def why(missing: BoolArray, code: str) -> Codes:
    """Reason codes: ``code`` where missing, empty elsewhere."""
    return np.where(missing, code, "")


def uncovered(sample: Sample) -> Codes:
    """The reason why an event has no standardised CAR in the window, (N,), or empty."""
    reason = why(np.isnan(sample.sigma), "zero_variance")
    reason = np.where(sample.df > 0, reason, "too_few_days")
    reason = np.where(sample.covered, reason, "no_event_day_return")
    return np.where(sample.n_rows == 0, "no_abnormal_return", reason)
