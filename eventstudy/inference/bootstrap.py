"""Bootstrap of the standardised CAR from the estimation days."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.core.pvalues import exceedances
from eventstudy.inference._base import Golden, Sample, Statistic, register, uncovered
from eventstudy.inference._by_hand import market_adjusted


@register(
    "bootstrap",
    name="Bootstrap",
    null=(
        "The abnormal returns of the window are independent draws from the "
        "distribution of the estimation days."
    ),
    reference="Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 16.",
    golden=Golden(
        sample=lambda: market_adjusted([1, 1, -1, -1], [2]),
        value=np.sqrt(3.0),
        p_value=1 / 2000,
        source=(
            "by hand: s^2 = 4/3, SCAR = 2 / sqrt(4/3) = sqrt(3); nothing is estimated, "
            "so every draw is +-1 / sqrt(4/3), and none of the 1999 is as large"
        ),
    ),
)
def bootstrap(sample: Sample, *, draws: int = 1999) -> Statistic:
    """Redraw the window from the studentised residuals, parameter error added.

    Parameters
    ----------
    sample : Sample
        Reads residuals, (N, M), the standardised CAR and its parameter error, (N,).
    draws : int
        Redrawn windows.

    Returns
    -------
    Statistic
        ``value`` (N,): the SCAR.  Draws hang on the event's id, the window and the
        seed, not on the company of other events.
    """
    scar, pool = sample.scar, _centred_scores(sample)
    exceed = np.full(scar.shape, np.nan)
    for event in np.flatnonzero(np.isfinite(scar)):
        redrawn = _redrawn(sample, int(event), pool[event], draws)
        exceed[event] = exceedances(redrawn, scar[event])[0]
    made = np.full(scar.shape, float(draws))
    return Statistic(
        scar, "empirical", exceed=exceed, draws=made, reason=uncovered(sample)
    )


def _centred_scores(sample: Sample) -> FloatArray:
    """Studentised residuals about their mean, (N, M); NaN where missing."""
    scores = sample.residual_sar
    known = np.isfinite(scores)
    count = np.maximum(known.sum(axis=1, keepdims=True), 1)
    mean = np.where(known, scores, 0.0).sum(axis=1, keepdims=True) / count
    return np.asarray(scores - mean)


def _redrawn(sample: Sample, event: int, pool: FloatArray, draws: int) -> FloatArray:
    """Standardised CARs of redrawn windows, (draws,)."""
    stream = sample.stream("bootstrap", event)
    scores, spans = pool[np.isfinite(pool)], sample.spans[event]
    root = np.sqrt(spans[spans > 0])
    picked = scores[stream.integers(scores.size, size=(draws, root.size))]
    noise = stream.standard_normal(draws) * np.sqrt(sample.parameter_error[event])
    # Turned with the effect, so that a mirrored event has mirrored draws.
    noise *= np.sign(sample.car[event])
    total = (picked * root).sum(axis=1) + noise
    return np.asarray(total / np.sqrt(sample.scale[event]))
