"""Checks of the residuals of the estimation window (methods 7)."""

from __future__ import annotations

import math

import numpy as np

from eventstudy.core import diagnostics, extremes, stability
from eventstudy.core.residuals import autocorrelations
from eventstudy.report import text
from eventstudy.results._check import (
    INFORMATION,
    DiagnosticInputs,
    Limit,
    Row,
    by_p,
    row,
)
from eventstudy.results.words import counted, day_words, listed

R1_SIGMAS = 2.58
CUSUM_BOUNDARY = 1.143
FAR_OUT = 4.0


def serial_correlation(inputs: DiagnosticInputs) -> Row:
    """Correlation of neighbouring days against 2.58 / root(M)."""
    found = inputs.residuals
    r1 = float(autocorrelations(found, 1)[0, 0])
    limit = R1_SIGMAS / math.sqrt(max(int(found.n[0]), 1))
    flag = abs(r1) > limit
    advice = (
        f"Residuals of neighbouring days correlate (r = {text.number(r1)}): read the "
        "test serial_t, whose variance allows for that, beside the t test."
        if flag
        else "Residuals of neighbouring days correlate no more than chance explains."
    )
    return row("serial correlation", r1, Limit(limit, "outside"), flag, advice)


def durbin_watson(inputs: DiagnosticInputs) -> Row:
    """Durbin-Watson, for those who look for it."""
    value = float(diagnostics.durbin_watson(inputs.residuals)[0])
    advice = "2 without serial correlation; shown for reference, it flags nothing."
    return row("Durbin-Watson", value, Limit(math.nan, INFORMATION), False, advice)


def ljung_box(inputs: DiagnosticInputs) -> Row:
    """Correlation over up to ten days."""
    found = diagnostics.ljung_box(inputs.residuals)
    days = counted(int(found.df[0]), "day")
    return by_p(
        "Ljung-Box p",
        found.p_value,
        f"Residuals correlate over up to {days}: read serial_t and, for windows, the "
        "placebo test beside the t test.",
        f"Residuals up to {days} apart correlate no more than chance explains.",
    )


def arch_lm(inputs: DiagnosticInputs) -> Row:
    """Clusters of calm and lively days."""
    return by_p(
        "ARCH-LM p",
        diagnostics.arch_lm(inputs.residuals).p_value,
        "Calm and lively days come in clusters: read the rank test sq beside the t "
        "test, and see whether the event fell into a lively spell.",
        "The residuals' variance shows no clusters.",
    )


def jarque_bera(inputs: DiagnosticInputs) -> Row:
    """Whether the residuals are normal; information only, most shares fail."""
    return by_p(
        "Jarque-Bera p",
        diagnostics.jarque_bera(inputs.residuals).p_value,
        "The residuals are not normal, as with most shares: prefer the rank test sq "
        "as confirmation (information, no flag).",
        "The residuals look normal.",
        information=True,
    )


def chow(inputs: DiagnosticInputs) -> Row:
    """Whether the coefficients of the two halves agree."""
    return by_p(
        "Chow p",
        stability.chow(inputs.residuals).p_value,
        "The coefficients differ between the halves of the estimation window: compare "
        "with a shorter estimation_window=.",
        "The coefficients of the two halves of the estimation window agree.",
    )


def cusum(inputs: DiagnosticInputs) -> Row:
    """Whether the coefficients drift."""
    value = float(stability.cusum(inputs.residuals)[0])
    flag = value > CUSUM_BOUNDARY
    advice = (
        "The model's one-step errors add up beyond the 1 % boundary, so its "
        "coefficients drift: compare with a shorter estimation_window=."
        if flag
        else "The model's one-step errors do not drift."
    )
    return row("CUSUM", value, Limit(CUSUM_BOUNDARY, "above"), flag, advice)


def outliers(inputs: DiagnosticInputs) -> Row:
    """Days far out; information only, most shares have some."""
    found = extremes.externally_studentised(inputs.residuals)[0]
    value = float(np.nanmax(np.abs(found), initial=-1.0))
    days = [
        f"{day_words(inputs.estimation_dates[int(j)])} ({text.number(found[j], 1)})"
        for j in np.flatnonzero(np.abs(found) > FAR_OUT)
    ]
    advice = (
        f"More than 4 standard deviations out: {listed(days)}. Where dated news "
        "explains them, pass it as events= and compare (information, no flag)."
        if days
        else "No estimation day lies more than 4 standard deviations out."
    )
    value = value if value >= 0 else math.nan
    return row("largest outlier", value, Limit(FAR_OUT, INFORMATION), False, advice)
