"""Tables of a study: its events, its days, its tests."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._typing import BoolArray, IntArray
from eventstudy._windows import Window
from eventstudy.core.money import critical_value
from eventstudy.core.power import minimum_detectable_effect
from eventstudy.inference._base import CrossSection, Outcome, Test, find_test
from eventstudy.models._base import coefficient_names
from eventstudy.passes import Estimates
from eventstudy.results.effect import Effect
from eventstudy.results.significance import CELLS
from eventstudy.results.study_passes import StudyPasses

INTERVAL_TEST = "cross_sectional_adjusted"
COMPANION = "placebo_in_time"


def mean_effect(sample: CrossSection, label: str) -> Effect:
    """The CAAR of a window with the interval of methods 4.7b.

    Parameters
    ----------
    sample : CrossSection
    label : str

    Returns
    -------
    Effect
        ``t`` and ``p_value`` are those of ``cross_sectional_adjusted``, the
        empirical p-value that of ``placebo_in_time`` where it is valid.  NaN with a
        reason below two events.
    """
    if sample.n_events == 0:
        return Effect(math.nan, reason="no_abnormal_return", label=label)
    value = float(sample.car.mean())
    outcome = find_test(INTERVAL_TEST)(sample)
    t, df = float(outcome.statistic.value), float(sample.n_events - 1)
    companion = find_test(COMPANION)(sample)
    shown = float(companion.p_value) if bool(companion.valid) else math.nan
    error = value / t if t else math.nan
    margin = float(critical_value(1.0 - sample.level, np.asarray(df))) * error
    missing = math.isnan(t)
    return Effect(
        value=value,
        std_error=error,
        t=t,
        df=math.nan if missing else df,
        p_value=float(outcome.p_value),
        ci_low=value - margin,
        ci_high=value + margin,
        empirical_p_value=shown,
        empirical_test="" if math.isnan(shown) else "placebo",
        mde=math.nan if missing else float(_mde(error, df, sample.level)),
        n=sample.n_events,
        reason=str(outcome.reason) if missing else "",
        confidence=1.0 - sample.level,
        label=label,
    )


def _mde(error: float, df: float, level: float) -> float:
    return float(minimum_detectable_effect(np.asarray(error), np.asarray(df), level))


def sample_tests_frame(sample: CrossSection, tests: Iterable[Test]) -> pd.DataFrame:
    """Tests of one window as a table; columns as :meth:`EventResult.tests`."""
    rows = [_row(test(sample)) for test in tests]
    return pd.DataFrame(rows, columns=list(CELLS))


def _row(outcome: Outcome) -> dict[str, Any]:
    df = outcome.statistic.df
    return {
        "test": outcome.test.key,
        "statistic": float(outcome.statistic.value),
        "df": math.nan if df is None else float(df),
        "p_value": float(outcome.p_value),
        "null": outcome.test.null,
        "valid": bool(outcome.valid),
        "reason": str(outcome.reason),
    }


def events_frame(
    passes: StudyPasses, estimates: Estimates, windows: Sequence[Window]
) -> pd.DataFrame:
    """One row an event in the caller's order.

    Returns
    -------
    DataFrame
        Index the ids; ``ticker``, ``day0``, ``n_estimation``, the coefficients,
        ``sigma``, ``r_squared``, then ``car`` and ``scar`` of each window with its
        label.  NaN = no valid CAR in that window.
    """
    source, back = passes.source, np.argsort(estimates.order)
    first = estimates.first
    tickers = np.asarray(source.tickers, object)[source.events.firm]
    columns: dict[str, Any] = {
        "ticker": tickers,
        "day0": source.dates[source.events.day0],
        "n_estimation": first.n_estimation[back],
    }
    for position, name in enumerate(coefficient_names(passes.design.model)):
        columns[name] = estimates.coefficients[back, position]
    columns["sigma"] = first.sigma[back]
    columns["r_squared"] = estimates.r_squared[back]
    for window in windows:
        car, variance = passes.per_event(window)
        columns[f"car{window.label}"] = car
        columns[f"scar{window.label}"] = car / np.sqrt(variance)
    return pd.DataFrame(columns, index=pd.Index(source.ids, name="id"))


def overlaps(first: IntArray, last: IntArray, firm: IntArray) -> BoolArray:
    """Whether an event window shares days with another one of the same firm, (N,).

    Parameters
    ----------
    first, last : ndarray of int, shape (N,)
        Calendar positions of each event window.
    firm : ndarray of int, shape (N,)
    """
    order = np.lexsort((first, firm))
    first, last, firm = first[order], last[order], firm[order]
    # Firms lie one behind the other on one line, so that none meets the next.
    line = firm * (1 + int(last.max(initial=0)) - int(first.min(initial=0)))
    furthest = np.maximum.accumulate(last + line) if firm.size else line
    near = (np.diff(firm) == 0) & ((first + line)[1:] <= furthest[:-1])
    meets_next = (np.diff(firm) == 0) & (first[1:] <= last[:-1])
    flagged = np.zeros(firm.size, bool)
    flagged[order[1:][near]] = True
    flagged[order[:-1][meets_next]] = True
    return flagged


def days_frame(effects: Iterable[tuple[int, Effect]]) -> pd.DataFrame:
    """The mean abnormal return by ``event_day``, with the fields of the effect."""
    pairs = list(effects)
    rows = [{"aar": effect.value, **effect.to_dict()} for _, effect in pairs]
    index = pd.Index([day for day, _ in pairs], name="event_day")
    return pd.DataFrame(rows, index).drop(
        columns=["value", "label", "unit", "currency"]
    )
