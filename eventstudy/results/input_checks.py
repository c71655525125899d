"""Checks of what was fed in, and of the days around the event (methods 7)."""

from __future__ import annotations

import math

import numpy as np

from eventstudy.core import extremes
from eventstudy.core.pvalues import rejects
from eventstudy.report import text
from eventstudy.results._check import DiagnosticInputs, Limit, Row, by_p, row
from eventstudy.results.words import counted, day_words, p_words

RUN_UP_LEVEL = 0.05
FAR_OUT = 4.0
SLOPE_SHARE = 0.05
THIN, VERY_THIN = 0.10, 0.20
STALE_RUN = 5.0
BETA_RANGE = (-0.5, 3.0)
LEAST_R_SQUARED = 0.01


def extrapolation(inputs: DiagnosticInputs) -> Row:
    """Variance that uncertain slopes add in the headline window."""
    sample, has_constant = inputs.headline, "alpha" in inputs.params.index
    estimation_days = sample.residual_spans.sum(axis=1)
    value = float(
        extremes.slope_share(
            sample.rows, sample.spans, estimation_days, intercept=has_constant
        )[0]
    )
    flag = value > SLOPE_SHARE
    advice = (
        f"Uncertain slopes add {text.percent(value, 0)} to the variance of the window: "
        "its regressors are unusual for the estimation window. Compare with "
        "model='constant_mean'."
        if flag
        else "The regressors of the window are usual for the estimation window."
    )
    none = "Not computed: the model has no slope, or the window no return."
    return row("extrapolation", value, Limit(SLOPE_SHARE, "above"), flag, advice, none)


def extreme_regressor(inputs: DiagnosticInputs) -> Row:
    """Regressors of the headline window far from their mean."""
    first = inputs.event_window.window[0]
    start, end = (day - first for day in inputs.headline.window)
    used = inputs.headline.residual_spans[0] > 0
    window = inputs.factors_event[start : end + 1]
    distance = extremes.regressor_distance(inputs.factors_estimation[used], window)
    none, limit = "Not computed: the model has no regressor.", Limit(FAR_OUT, "above")
    if not np.isfinite(distance).any():
        return row("extreme regressor", math.nan, limit, False, "", none)
    day, column = np.unravel_index(np.nanargmax(distance), distance.shape)
    value = float(distance[day, column])
    flag = value > FAR_OUT
    advice = (
        f"On {day_words(inputs.event_dates[start + int(day)])} the regressor "
        f"{inputs.regressors[int(column)]} lies {text.number(value, 1)} standard "
        "deviations from its mean: the expected return is extrapolated. Compare with "
        "model='constant_mean'."
        if flag
        else "No regressor of the window lies more than 4 standard deviations out."
    )
    return row("extreme regressor", value, limit, flag, advice)


def thin_trading(inputs: DiagnosticInputs) -> Row:
    """Days without a return, or with one of zero."""
    value = float(extremes.share_without_return(inputs.firm_returns_estimation))
    share = f"{text.percent(value, 0)} of the estimation days have no or a zero return"
    if value > VERY_THIN:
        advice = f"{share}: use missing='trade_to_trade'."
    elif value > THIN:
        advice = f"{share}: compare missing='trade_to_trade' with 'available'."
    else:
        advice = "The share traded nearly every day."
    return row("thin trading", value, Limit(THIN, "above"), value > THIN, advice)


def staleness(inputs: DiagnosticInputs) -> Row:
    """Whether the price stood still for days."""
    closes = inputs.closes_estimation
    none, limit = "Not computed: no prices were given.", Limit(STALE_RUN, "above")
    if closes is None or not np.isfinite(closes).any():
        return row("longest run of equal prices", math.nan, limit, False, "", none)
    value = float(extremes.longest_run(closes))
    flag = value >= STALE_RUN
    advice = (
        f"The price stood still for {value:.0f} days in a row: check the data; for a "
        "share that hardly trades, leave the idle days out and use "
        "missing='trade_to_trade'."
        if flag
        else "Prices change as they should."
    )
    return row("longest run of equal prices", value, limit, flag, advice)


def beta(inputs: DiagnosticInputs) -> Row:
    """Whether the beta is one that shares have."""
    value, (low, high) = float(inputs.params.get("beta", math.nan)), BETA_RANGE
    bound = high if value > (low + high) / 2.0 else low
    flag = not low <= value <= high
    advice = (
        f"A beta of {text.number(value)} is rare: check that market= is the market of "
        "this share, and that returns are in decimals."
        if flag
        else "The beta is of usual size."
    )
    none = "Not computed: the model has no market factor."
    return row("beta", value, Limit(bound, "outside"), flag, advice, none)


def r_squared(inputs: DiagnosticInputs) -> Row:
    """Whether the model explains anything."""
    flag = inputs.r_squared < LEAST_R_SQUARED
    advice = (
        "The model explains next to nothing: check market=; the result is close to "
        "that of model='constant_mean'."
        if flag
        else "The model explains a part of the returns."
    )
    none = "Not computed: the model estimates no slope."
    value = inputs.r_squared if len(inputs.regressors) else math.nan
    return row("R squared", value, Limit(LEAST_R_SQUARED, "below"), flag, advice, none)


def confounding_events(inputs: DiagnosticInputs) -> Row:
    """Other known events of the firm in either window."""
    count = inputs.confounders
    advice = (
        f"{counted(count, 'other known event')} of the firm in the windows: see "
        "confounders, and the headline figure without day −1 to +1 of each."
        if count
        else "No other event of the firm is known in the windows."
    )
    return row(
        "confounding events", float(count), Limit(0.0, "above"), count > 0, advice
    )


def variance_rank(inputs: DiagnosticInputs) -> Row:
    """Whether the days around the event are livelier than usual."""
    sample, (start, end) = inputs.event_window, inputs.headline.window
    day = np.arange(sample.window[0], sample.window[1] + 1)
    around = (np.abs(day) <= 1) | ((day >= start) & (day <= end))
    outside = np.where(around, np.nan, sample.sar)
    found = extremes.variance_rank(sample.residual_sar, outside)
    return by_p(
        "variance rank p",
        found.p_value,
        "The variance is high around the event, and one event cannot tell a higher "
        "variance from an effect: read the p-values with that in mind.",
        "The days around the event vary as the estimation days do.",
        none="Not computed: fewer than 8 days outside the window and day −1 to +1.",
    )


def run_up(inputs: DiagnosticInputs) -> Row:
    """Whether the price moved before the event."""
    effect = inputs.run_up
    limit = Limit(RUN_UP_LEVEL, "below")
    none = "Not computed: no abnormal return before day −1."
    if effect is None or math.isnan(effect.p_value):
        return row("run-up p", math.nan, limit, False, "", none)
    size = f"{text.percent(effect.value)}, {p_words(effect.p_value)}"
    flag = bool(rejects(effect.p_value, RUN_UP_LEVEL))
    advice = f"No run-up before the event ({size})."
    if flag:
        said = f"The abnormal returns before the event add up to {size}"
        advice = f"{said}{_why_a_run_up(inputs)}"
    return row("run-up p", effect.p_value, limit, flag, advice)


def _why_a_run_up(inputs: DiagnosticInputs) -> str:
    """Other news in these days, or, where none is known, a leak."""
    if inputs.run_up_news:
        which = "; ".join(inputs.run_up_news)
        return f", but other news lies in these days ({which})."
    return (
        ": the news may have leaked. Show a window that begins earlier as sensitivity."
    )
