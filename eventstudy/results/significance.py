"""Effects and test tables of one event from its samples."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy._windows import Window
from eventstudy.core.money import critical_value
from eventstudy.core.power import minimum_detectable_effect
from eventstudy.core.pvalues import p_values
from eventstudy.inference._base import Outcome, Sample, Test, find_test, uncovered
from eventstudy.inference._headline import headline, single_event_tests
from eventstudy.results.effect import Effect


def window_effect(sample: Sample, label: str) -> Effect:
    """The CAR of one event as an effect (methods 3.1, 3.2, 3.4, 3.7).

    Parameters
    ----------
    sample : Sample
        One event.
    label : str
        What the effect is called.

    Returns
    -------
    Effect
        ``std_error`` has the full prediction-error matrix; the empirical p-value
        is that of ``sq`` for a day, of the first valid placebo form for more.
    """
    value, error, df = sample.car[0], float(np.sqrt(sample.variance[0])), sample.df[0]
    margin = float(critical_value(1.0 - sample.level, df)) * error
    empirical, reason = empirical_outcome(sample)
    missing = str(uncovered(sample)[0])
    return Effect(
        value=float(value),
        std_error=error,
        t=float(value / error),
        df=float(df),
        p_value=float(p_values("t", sample.scar, sample.df)[0]),
        ci_low=float(value - margin),
        ci_high=float(value + margin),
        empirical_p_value=math.nan
        if empirical is None
        else float(empirical.p_value[0]),
        empirical_test=""
        if empirical is None
        else empirical.test.key.partition("|")[0],
        mde=float(minimum_detectable_effect(error, df, sample.level)),
        n=int(sample.n_rows[0]),
        reason=missing or reason,
        confidence=1.0 - sample.level,
        label=label,
    )


def covariance(sample: Sample) -> FloatArray:
    """Covariance of one event's abnormal returns, V of methods 0, (L, L)."""
    rows = sample.rows[0]
    return np.asarray(sample.sigma[0] ** 2 * (np.diag(sample.spans[0]) + rows @ rows.T))


def empirical_outcome(sample: Sample) -> tuple[Outcome | None, str]:
    """The distribution-free companion of the exact t, or why there is none.

    Parameters
    ----------
    sample : Sample
        One event.

    Returns
    -------
    outcome : Outcome or None
        The valid one; None where there is none.
    reason : str
        Code of the first form's failure; empty where there is an outcome.
    """
    confirming = headline(sample)[1]
    fallback = "sq" if sample.one_day else "placebo"
    keys = dict.fromkeys([confirming, fallback] if confirming else [fallback])
    outcomes = [find_test(key)(sample) for key in keys]
    for outcome in outcomes:
        if outcome.valid[0]:
            return outcome, ""
    return None, str(outcomes[0].reason[0])


def run_tests(sample: Sample, tests: Iterable[Test] | None) -> list[Outcome]:
    """Apply the tests that were asked for, or all that apply to one event.

    Those of many events are for the study that the event is part of.
    """
    chosen = single_event_tests(sample.window) if tests is None else tests
    return [test(sample) for test in chosen if test.kind == "single"]


CELLS = ("test", "statistic", "df", "p_value", "null", "valid", "reason")


def tests_frame(outcomes: Iterable[Outcome]) -> pd.DataFrame:
    """Outcomes of one event as a table.

    Returns
    -------
    DataFrame
        One row a test: ``test``, ``statistic``, ``df`` (a pair for F),
        ``p_value``, ``null`` (a sentence), ``valid``, ``reason`` (a code).
    """
    rows = [
        {
            "test": outcome.test.key,
            "statistic": float(outcome.statistic.value[0]),
            "df": _df(outcome),
            "p_value": float(outcome.p_value[0]),
            "null": outcome.test.null,
            "valid": bool(outcome.valid[0]),
            "reason": str(outcome.reason[0]),
        }
        for outcome in outcomes
    ]
    columns = list(CELLS)
    return pd.DataFrame(rows, columns=columns)


def _df(outcome: Outcome) -> float | tuple[float, ...]:
    df = outcome.statistic.df
    if df is None:
        return math.nan
    first = np.asarray(df)[0]
    return float(first) if np.ndim(first) == 0 else tuple(float(part) for part in first)


def windows_frame(effects: Iterable[tuple[Window, Effect]]) -> pd.DataFrame:
    """One row a window: its label and ends, then the fields of the effect."""
    rows = [
        {
            "window": window.label,
            "start": window.start,
            "end": window.end,
            **effect.to_dict(),
        }
        for window, effect in effects
    ]
    return pd.DataFrame(rows).drop(columns=["label", "unit", "currency"])
