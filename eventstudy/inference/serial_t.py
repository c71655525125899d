"""t of the CAR with a variance that allows for serial correlation."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.core.residuals import autocorrelations, residuals_of
from eventstudy.inference._base import Golden, Sample, Statistic, register, uncovered
from eventstudy.inference._by_hand import constant_mean


@register(
    "serial_t",
    name="t with serial correlation",
    null=(
        "The abnormal returns of the window sum to zero in expectation; variance and "
        "serial correlation are those of the estimation window."
    ),
    reference=(
        "Newey & West (1987), Econometrica 55, 703-708; number of lags: Newey & West "
        "(1994), Review of Economic Studies 61, 631-653."
    ),
    golden=Golden(
        sample=lambda: constant_mean([1, 1, -2], [3, 2]),
        value=np.sqrt(3.0),
        p_value=1 - np.sqrt(3 / 5),
        source=(
            "by hand: M = 3 has m = 1 lag; gamma_0 = 3, r_1 = (1 - 2) / 6, gamma_1 = "
            "-1/2, omega^2 = 3 - 1/2; v = 2 * 3 - 2/2 + (5/2)(4/3) = 25/3, t = 5 / "
            "sqrt(25/3) = sqrt(3); with 2 df p = 1 - t / sqrt(2 + t^2)"
        ),
    ),
    laws=frozenset({"deletion"}),
)
def serial_t(sample: Sample) -> Statistic:
    """Divide the CAR by a standard error built from residual autocovariances.

    Pairs are single-day observations exactly so many trading days apart; a multi-day
    observation adds its variance and no covariance.  For returns a sensitivity
    beside the exact t.

    Parameters
    ----------
    sample : Sample
        Reads residuals, (N, M), the CAR and its parameter error, (N,).

    Returns
    -------
    Statistic
        ``value`` (N,), dimensionless, compared with Student's t; ``df`` (N,).  NaN
        where the variance is not positive, or too few pairs of days are left.
    """
    variance = serial_variance(sample)
    reason = np.where(np.isnan(variance), "too_few_days", "negative_variance")
    reason = np.where(uncovered(sample) == "", reason, uncovered(sample))
    positive = np.where(variance > 0, variance, np.nan)
    return Statistic(sample.car / np.sqrt(positive), "t", sample.df, reason=reason)


def serial_variance(sample: Sample) -> FloatArray:
    """v_SC of methods 3.6, (N,): variance of the CAR with serial correlation.

    NaN where residuals do not vary or a correlation has no pair of days.
    """
    gamma, lags = autocovariances(sample)
    lag = np.arange(1, gamma.shape[1])
    used = lag <= lags[:, None]
    covariance = np.where(used, gamma[:, 1:], 0.0)
    weight = 1.0 - lag / (lags[:, None] + 1.0)
    long_run = gamma[:, 0] + 2.0 * (weight * covariance).sum(axis=1)
    between = 2.0 * (_pairs(sample, lag.size) * covariance).sum(axis=1)
    inside = sample.length * gamma[:, 0] + between
    return np.where(sample.covered, inside + long_run * sample.parameter_error, np.nan)


def autocovariances(sample: Sample) -> tuple[FloatArray, FloatArray]:
    """Autocovariances (N, most lags + 1), and the lags m of each event, (N,)."""
    residuals = residuals_of(
        sample.residuals, sample.residual_spans, sample.residual_rows,
        sample.sigma, sample.df,
    )  # fmt: skip
    lags = np.floor(4.0 * (sample.n_estimation / 100.0) ** (2.0 / 9.0))
    lags = np.minimum(lags, np.maximum(sample.n_estimation - 1.0, 0.0))
    most = int(lags.max(initial=1.0))
    r = autocorrelations(residuals, most)
    return sample.sigma[:, None] ** 2 * np.insert(r, 0, 1.0, axis=1), lags


def _pairs(sample: Sample, lags: int) -> FloatArray:
    """Pairs of single-day abnormal returns 1, 2, ... days apart, (N, lags)."""
    single = sample.spans == 1
    days = single.shape[1]
    counts = [
        (single[:, lag:] & single[:, : max(days - lag, 0)]).sum(axis=1)
        for lag in range(1, lags + 1)
    ]
    return np.stack(counts, axis=1).astype(float)
