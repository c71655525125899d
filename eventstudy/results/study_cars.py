"""The events of a study one by one: each with its own interval."""

from __future__ import annotations

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy._windows import Window
from eventstudy.core.money import critical_value
from eventstudy.core.multiple import benjamini_hochberg, holm
from eventstudy.core.pvalues import p_values
from eventstudy.results.study_passes import StudyPasses


def cars_frame(passes: StudyPasses, window: Window) -> pd.DataFrame:
    """Every event's CAR of a window, in the caller's order.

    Parameters
    ----------
    passes : StudyPasses
    window : Window

    Returns
    -------
    DataFrame
        Index the ids; ``ticker``, ``day0``, ``value``, ``std_error``, ``t``, ``df``,
        ``p_value``, ``ci_low``, ``ci_high``: the exact t of each by itself; and the
        p-value adjusted for the number of events: ``holm``, ``benjamini_hochberg``.
        NaN = no valid CAR in the window, and ``reason`` has the code why; else it is
        empty.
    """
    car, variance = passes.per_event(window)
    estimates, source = passes.estimates([window]), passes.source
    df = estimates.first.df[np.argsort(estimates.order)]
    error = np.sqrt(variance)
    margin = critical_value(passes.design.confidence, df) * error
    p = p_values("t", car / error, df)
    columns = {
        "ticker": np.asarray(source.tickers, object)[source.events.firm],
        "day0": source.dates[source.events.day0],
        "value": car,
        "std_error": error,
        "t": car / error,
        "df": df,
        "p_value": p,
        "ci_low": car - margin,
        "ci_high": car + margin,
        "holm": holm(p),
        "benjamini_hochberg": benjamini_hochberg(p),
        "reason": _reasons(passes, window, car),
    }
    return pd.DataFrame(columns, index=pd.Index(source.ids, name="id"))


def _reasons(passes: StudyPasses, window: Window, car: FloatArray) -> list[str]:
    """Why an event has no CAR in a window, (N,)."""
    found = np.full(car.size, "", dtype=object)
    none = np.isnan(car)
    some = passes.n_rows(window) > 0
    found[none & some] = "no_event_day_return"
    found[none & ~some] = "no_abnormal_return"
    found[none & ~passes.source.events.reach_over(window)] = "outside_own_window"
    return [str(code) for code in found]
