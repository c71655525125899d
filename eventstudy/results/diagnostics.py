"""Checks of one event's estimation, each with its threshold and what to do.

They never change a result, and never which test carries the verdict (methods 7).
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from eventstudy.results import input_checks, residual_checks
from eventstudy.results._check import DiagnosticInputs, Row

__all__ = ["CHECKS", "DiagnosticInputs", "diagnose"]

CHECKS: tuple[Callable[[DiagnosticInputs], Row], ...] = (
    residual_checks.serial_correlation,
    residual_checks.durbin_watson,
    residual_checks.ljung_box,
    residual_checks.arch_lm,
    residual_checks.jarque_bera,
    residual_checks.chow,
    residual_checks.cusum,
    residual_checks.outliers,
    input_checks.extrapolation,
    input_checks.extreme_regressor,
    input_checks.thin_trading,
    input_checks.staleness,
    input_checks.beta,
    input_checks.r_squared,
    input_checks.confounding_events,
    input_checks.variance_rank,
    input_checks.run_up,
)


def diagnose(inputs: DiagnosticInputs) -> pd.DataFrame:
    """Run all checks.

    Parameters
    ----------
    inputs : DiagnosticInputs

    Returns
    -------
    DataFrame
        One row a check: ``check``, ``value``, ``threshold``, ``flags_when`` (on
        which side of the threshold a value is flagged: "below", "above", "outside",
        or "never (information)"), ``flag``, ``advice`` (a sentence that says what
        to do, or that nothing is).  A check whose name ends in p has a p-value for
        its value.
    """
    rows = [check(inputs) for check in CHECKS]
    return pd.DataFrame(rows, columns=list(Row._fields))
