"""One leaf of up to 256 events: its numbers, and what reducers read of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy._windows import Window
from eventstudy.core.abnormal import Fit
from eventstudy.core.residual_pass import Leaf
from eventstudy.design import Design
from eventstudy.engine import Events, Prepared, sample
from eventstudy.inference._base import Sample

SCALARS = ("sigma", "df", "n_estimation", "r_squared", "condition")
WINDOWED = ("member", "car", "variance", "length", "n_rows", "sar_sum")


def leaf_scalars(
    fit: Fit, events: Events, design: Design, windows: tuple[Window, ...]
) -> dict[str, Any]:
    """Numbers of one leaf: (E,) for the event, (W, E) for its windows.

    An event whose own event window does not hold a window is no member there.
    """
    keys = events.keys
    samples = [sample(fit, keys, design, window) for window in windows]
    usable = np.isfinite(fit.sigma) & (fit.n_estimation >= design.min_estimation)
    member = np.stack(
        [s.covered & usable & events.reach_over(s.window) for s in samples]
    )
    whole = sample(fit, keys, design, design.event_window)
    sar = np.where(usable[:, None], whole.sar, np.nan)
    known = np.isfinite(sar)
    moments = [
        known.astype(float),
        np.where(known, sar, 0.0),
        np.where(known, sar**2, 0.0),
    ]
    member_number = member.astype(float)
    return {
        **{name: getattr(fit, name) for name in SCALARS},
        "coefficients": fit.coefficients,
        "member": member,
        "car": _stacked("car", samples, member),
        "variance": _stacked("variance", samples, member),
        "length": _stacked("length", samples, member),
        "n_rows": np.stack([s.n_rows for s in samples]),
        "sar_sum": np.where(
            member, np.stack([np.nansum(s.sar, axis=1) for s in samples]), np.nan
        ),
        "sar_moments": np.stack([member_number @ m for m in moments], axis=1),
    }


def _stacked(name: str, samples: list[Sample], member: Any) -> FloatArray:
    return np.where(member, np.stack([getattr(s, name) for s in samples]), np.nan)


def residual_leaf(
    prepared: Prepared, design: Design, fit: Fit, index: IntArray, place: IntArray
) -> Leaf:
    """What reducers read of the events at some positions."""
    whole = sample(fit, prepared.events.keys[index], design, design.event_window)
    scale = fit.residual_spread * fit.sigma[:, None]
    returns, regressors = _explained(prepared, fit, index)
    return Leaf(
        index=place,
        residuals=fit.residuals,
        residual_spans=fit.residual_spans,
        residual_rows=fit.residual_rows,
        abnormal_returns=fit.abnormal_returns,
        spans=fit.spans,
        residual_sar=np.divide(fit.residuals, scale, out=scale),
        sar=whole.sar,
        returns=returns,
        regressors=regressors,
    )


def _explained(
    prepared: Prepared, fit: Fit, index: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Single-day responses of the event window, and their regressors."""
    basis = prepared.basis
    x = basis.x_event[prepared.date[index]].transpose(0, 2, 1)
    slopes = fit.coefficients[:, int(basis.intercept) :]
    expected = (x @ slopes[..., None])[..., 0]
    if basis.intercept:
        expected += fit.coefficients[:, :1]
    return np.where(fit.spans == 1, fit.abnormal_returns + expected, np.nan), x
