"""The mean effect with weights of one's own, or by precision."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy._windows import Window
from eventstudy.core.money import critical_value
from eventstudy.core.power import minimum_detectable_effect
from eventstudy.core.pvalues import p_values
from eventstudy.errors import ArgumentError
from eventstudy.inference._base import CrossSection
from eventstudy.results.characteristics import attribute
from eventstudy.results.effect import Effect

if TYPE_CHECKING:
    from eventstudy.results.study_result import StudyResult


def weighted_mean(
    study: StudyResult, window: Window, weights: str = "precision"
) -> Effect:
    """Weighted mean of the CARs, with an interval that allows for shared dates.

    Equal weights give the CAAR and its interval.

    Parameters
    ----------
    study : StudyResult
    window : Window
    weights : str
        ``precision``: 1 / v, v the variance of each CAR; or a column of the events,
        market values say.  Events without a weight are left out.

    Returns
    -------
    Effect
        With weights of one's own the degrees of freedom are those of as many equal
        weights as spread alike, (sum w)^2 / (sum w^2) - 1.  The error grows with the
        mean correlation ``r_c`` as that of the CAAR does (methods 4.7b).

    Raises
    ------
    ArgumentError
        For a column that does not exist, and weights that are negative or no numbers.
    """
    sample = study.sample(window)
    label = f"{weights}-weighted CAAR{window.label}"
    if weights == "precision":
        used, w = np.arange(sample.n_events), 1.0 / sample.variance
    else:
        given = _weights(study, weights)[study._passes.members(window)]
        used = np.flatnonzero(given > 0)
        w = given[used]
    if not used.size:
        return Effect(math.nan, reason="no_abnormal_return", label=label)
    x, v = sample.car[used], sample.variance[used]
    value = float(w @ x / w.sum())
    if used.size < 2:
        return Effect(value, n=1, reason="needs_more_events", label=label)
    known = weights == "precision"
    error, alike = _precise(x, v) if known else _own(x, w)
    df = used.size - 1.0 if known else alike - 1.0
    return _effect(value, error * _widened(sample, alike), df, sample, label, used.size)


def _weights(study: StudyResult, column: str) -> FloatArray:
    """A column of weights, (N,)."""
    try:
        found = attribute(study, column).to_numpy(float, na_value=np.nan)
    except (TypeError, ValueError):
        found = np.array([-1.0])
    if not (np.isnan(found) | (np.isfinite(found) & (found >= 0))).all():
        raise ArgumentError(
            "weights", column, "not all numbers of 0 or more", "Correct the column."
        )
    return np.asarray(found)


def _precise(x: FloatArray, v: FloatArray) -> tuple[float, float]:
    """Error of the mean with weights 1 / v, and the equal weights it is worth."""
    w = 1.0 / v
    mean = w @ x / w.sum()
    error = np.sqrt(w @ (x - mean) ** 2 / (x.size - 1.0) / w.sum())
    return float(error), float(np.sqrt(w).sum() ** 2 / w.sum())


def _own(x: FloatArray, w: FloatArray) -> tuple[float, float]:
    """The same for given weights: unbiased where the variances are equal."""
    share = w / w.sum()
    squares = (x - share @ x) ** 2 / (1.0 - 2.0 * share + share @ share)
    return float(np.sqrt(share**2 @ squares)), float(1.0 / (share @ share))


def _widened(sample: CrossSection, alike: float) -> float:
    """Factor for correlated events; NaN where the correlation is not known."""
    found = sample.sums["common_dates"]
    r = float(found["r_c"])
    factor = 1.0 + (alike - 1.0) * r
    if found["reason"] or factor <= 0 or r >= 1:
        return math.nan
    return math.sqrt(factor / (1.0 - r))


def _effect(
    value: float, error: float, df: float, sample: CrossSection, label: str, n: int
) -> Effect:
    reason = "" if math.isfinite(error) else "invalid_r_bar"
    reason = "negative_variance" if error == 0 else reason
    if reason:
        return Effect(value, n=n, reason=reason, label=label)
    degrees, confidence = np.asarray(df), 1.0 - sample.level
    margin = float(critical_value(confidence, degrees)) * error
    return Effect(
        value=value,
        std_error=error,
        t=value / error,
        df=df,
        p_value=float(p_values("t", np.asarray(value / error), degrees)),
        ci_low=value - margin,
        ci_high=value + margin,
        mde=float(minimum_detectable_effect(np.asarray(error), degrees, sample.level)),
        n=n,
        confidence=confidence,
        label=label,
    )
