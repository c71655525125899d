"""What the holders of a delisted share hold after it (methods 1.4)."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.core.abnormal import Fit
from eventstudy.design import Design
from eventstudy.engine import Source
from eventstudy.models._regressors import regressors_over


def with_proceeds(
    actual: FloatArray, expected: FloatArray, source: Source, design: Design, fit: Fit
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Returns of the buy-and-hold path of the first event's firm.

    Parameters
    ----------
    actual, expected : ndarray of shape (L,)
        Of the event window; NaN = none.
    source, design, fit
        The firm was delisted on the last day on which it has a return.

    Returns
    -------
    actual, expected : ndarray of shape (L,)
        With the days after the delisting: what the model expects, and the same or,
        with ``proceeds="cash"``, nothing.  NaN where the model expects nothing.
    after : ndarray of bool, shape (L,)
        These days.
    """
    event, panel = source.events, source.panel
    position = int(event.day0[0]) + np.arange(
        design.event_window.start, design.event_window.end + 1
    )
    known = np.flatnonzero(np.isfinite(panel.returns[event.firm[0]]))
    inside = position < source.dates.size
    after = inside & (position > (known[-1] if known.size else position[-1]))
    forecast = np.full(position.size, np.nan)
    forecast[after] = _forecast(source, design, fit, position[after])
    after &= np.isfinite(forecast)
    held = forecast if design.proceeds == "benchmark" else np.zeros(position.size)
    return np.where(after, held, actual), np.where(after, forecast, expected), after


def _forecast(
    source: Source, design: Design, fit: Fit, position: IntArray
) -> FloatArray:
    """What the model expects of single days, whether or not the firm has a return."""
    model, series = design.model, source.panel.benchmarks[source.events.benchmark[0]]
    one = np.ones(position.size, int)
    off, x = regressors_over(model, series, position, one, design.return_kind)
    slopes = fit.coefficients[0, int(model.intercept) :]
    level = float(fit.coefficients[0, 0]) if model.intercept else 0.0
    return np.asarray(off + level + x @ slopes)
