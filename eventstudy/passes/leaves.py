"""One leaf of up to 256 events: its numbers, and what reducers read of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray
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
    usable = np.isfinite(fit.sigma) & (fit.n_estimation >= design.min_estimation)
    found = [
        _of_window(
            sample(fit, events.keys, design, window), usable & events.reach_over(window)
        )
        for window in windows
    ]
    numbers = {name: np.stack([each[name] for each in found]) for name in WINDOWED}
    sar = sample(fit, events.keys, design, design.event_window).sar
    known = np.isfinite(sar) & usable[:, None]
    sar[~known] = 0.0
    member = numbers["member"].astype(float)
    moments = [member @ part for part in (known.astype(float), sar, sar * sar)]
    return {
        **{name: getattr(fit, name) for name in SCALARS},
        "coefficients": fit.coefficients,
        **numbers,
        "sar_moments": np.stack(moments, axis=1),
    }


def _of_window(s: Sample, usable: BoolArray) -> dict[str, Any]:
    """Numbers of the events in one window, (E,); NaN where not a member."""
    member, there = s.covered & usable, s.spans > 0
    errors, sar = (np.where(there, x, 0.0) for x in (s.abnormal_returns, s.sar))
    numbers = {
        "car": errors.sum(axis=1),
        "variance": s.sigma**2 * s.scale,
        "length": s.length,
        "sar_sum": sar.sum(axis=1),
    }
    of_members = {name: np.where(member, x, np.nan) for name, x in numbers.items()}
    return {"member": member, "n_rows": there.sum(axis=1)} | of_members


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
