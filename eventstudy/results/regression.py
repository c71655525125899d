"""Regressions of the effects of events on their characteristics (methods 5.1)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from eventstudy._arguments import one_of
from eventstudy._reasons import sentence
from eventstudy._typing import FloatArray
from eventstudy._windows import Window
from eventstudy.core.multiple import benjamini_hochberg, holm
from eventstudy.core.pvalues import p_values, rejects
from eventstudy.errors import CollinearFactorsError, InsufficientDataError
from eventstudy.inference._base import CrossSection
from eventstudy.inference._sample_conditions import independent, steady_variance
from eventstudy.report.text import number
from eventstudy.results.characteristics import Regressors, regressors
from eventstudy.results.regression_errors import ERRORS, Errors, Regression

if TYPE_CHECKING:
    from eventstudy.results.study_result import StudyResult

Method: TypeAlias = Literal["hc3", "hc1", "by_date", "wls", "wls_tau", "portfolio"]

LARGEST_CONDITION = 1e12
WAYS_OUT = {
    "clustered": ": method='by_date' allows for it, given six dates or more",
    "few_clusters": ": method='portfolio' is for one common date",
    "several_dates": ": method='by_date' is for these",
}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CrossSectionRegression:
    """What the effects of events go with.

    Parameters
    ----------
    window : Window
    columns : tuple of str
    method : str
        Where the standard errors come from.
    n : int
        Events.
    r_squared, condition : float
        Share of the variation explained; condition number of the columns at unit
        norm.
    tau : float
        Standard deviation of the effects beyond sampling error (``wls_tau``), or NaN.
    valid : bool
        Whether the level of the p-values is assured for this sample.
    reason : str
        Why they are missing or not to be relied on; a code.
    notes : tuple of str
        Sentences.
    beside : CrossSectionRegression or None
        On one common date: the same by the method that it is to be read with.
    """

    window: Window
    columns: tuple[str, ...]
    method: str
    n: int
    r_squared: float
    condition: float
    tau: float
    valid: bool
    reason: str
    notes: tuple[str, ...]
    beside: CrossSectionRegression | None
    _frame: pd.DataFrame

    @property
    def frame(self) -> pd.DataFrame:
        """One row a term.

        Returns
        -------
        DataFrame
            Index ``term``, the constant first; ``coefficient`` (decimals of return a
            unit), ``std_error``, ``t``, ``df``, ``p_value``; ``holm`` and
            ``benjamini_hochberg`` for the family of all but the constant.
        """
        return self._frame.copy()

    def to_frame(self) -> pd.DataFrame:
        """The same as ``frame``."""
        return self.frame

    def __repr__(self) -> str:
        words = (
            f"CAR{self.window.label} on {', '.join(self.columns)} ({self.method}): "
            f"N = {self.n}, R² = {number(self.r_squared)}, "
            f"condition {number(self.condition)}"
        )
        notes = "".join(f"\n- {note}" for note in self.notes)
        return f"{words}\n{self._frame.to_string()}{notes}"


def regress(
    study: StudyResult,
    columns: str | Sequence[str],
    window: Window,
    *,
    method: Method = "hc3",
    min_clusters: int = 6,
) -> CrossSectionRegression:
    """Regress the CARs on columns of the events.

    Take only what was known before the window began.

    Parameters
    ----------
    study : StudyResult
    columns : str or sequence of str
        Numbers, truth values, or categories (as dummies against their first value).
    window : Window
    method : {"hc3", "hc1", "by_date", "wls", "wls_tau", "portfolio"}
        Heteroskedasticity-robust errors; clusters of overlapping windows; weights
        1 / v, or 1 / (v + tau^2) where effects differ; portfolios of events that
        share one date (Sefcik & Thompson 1986).
    min_clusters : int
        Fewer clusters than these carry no errors by date.

    Returns
    -------
    CrossSectionRegression

    Raises
    ------
    ArgumentError
        For a column that does not exist or is neither number nor category.
    CollinearFactorsError
        When a column is a combination of the others.
    InsufficientDataError
        With no more events than coefficients.
    """
    method = one_of("method", method, get_args(Method))
    names = (columns,) if isinstance(columns, str) else tuple(columns)
    sample, members = study.sample(window), study._passes.members(window)
    rows = regressors(study, names, members)
    _require_full_rank(rows)
    data = Errors(study, sample, members, rows, min_clusters)
    result = _result(data, names, method)
    other: Method | None = {"hc3": "portfolio", "portfolio": "hc3"}.get(method)  # type: ignore[assignment]
    if np.unique(sample.day0).size > 1 or other is None:
        return result
    return _with_companion(result, _result(data, names, other), sample.level)


def _result(
    data: Errors, columns: tuple[str, ...], method: Method
) -> CrossSectionRegression:
    fit = ERRORS[method](data)
    frame = _table(data.rows.names, fit)
    reason = fit.reason or _doubt(method, data.sample)
    words = sentence(reason) + WAYS_OUT.get(reason, "")
    notes = [*data.rows.notes, *([words] if reason else [])]
    return CrossSectionRegression(
        window=Window(*data.sample.window),
        columns=columns,
        method=method,
        n=data.rows.used.size,
        r_squared=fit.r_squared,
        condition=_condition(data.rows.z),
        tau=fit.tau,
        valid=not reason,
        reason=reason,
        notes=tuple(note[:1].upper() + note[1:] + "." for note in notes),
        beside=None,
        _frame=frame,
    )


def _table(names: Sequence[str], fit: Regression) -> pd.DataFrame:
    t = fit.coefficients / fit.std_errors
    df = np.full(t.shape, float(fit.df))
    p = p_values("t", t, df)
    family = np.concatenate([[np.nan], p[1:]])
    columns = {
        "coefficient": fit.coefficients,
        "std_error": fit.std_errors,
        "t": t,
        "df": df,
        "p_value": p,
        "holm": holm(family),
        "benjamini_hochberg": benjamini_hochberg(family),
    }
    return pd.DataFrame(columns, index=pd.Index(names, name="term"))


def _doubt(method: Method, sample: CrossSection) -> str:
    """Code of the condition that the sample does not meet, or empty."""
    needed = {"by_date": (), "portfolio": (steady_variance,)}
    conditions = needed.get(method, (independent,))
    fails = (c.reason for c in conditions if not c.holds(sample, {}))
    return next(fails, "")


def _with_companion(
    result: CrossSectionRegression, other: CrossSectionRegression, level: float
) -> CrossSectionRegression:
    """Two methods on one date, and whether they say the same (methods 5.1)."""
    ours, theirs = (
        rejects(each._frame["p_value"].to_numpy(float)[1:], level)
        for each in (result, other)
    )
    differ = list(result._frame.index[1:][ours != theirs])
    words = (
        f"All events share one date: {other.method} stands beside {result.method}"
        if not differ
        else f"On one date {result.method} and {other.method} differ about "
        f"{', '.join(differ)}: neither is decisive"
    )
    notes = (*result.notes, words + ".")
    return dataclasses.replace(result, notes=notes, beside=other)


def _condition(z: FloatArray) -> float:
    return float(np.linalg.cond(z / np.linalg.norm(z, axis=0)))


def _require_full_rank(rows: Regressors) -> None:
    n, p = rows.z.shape
    if n <= p:
        raise InsufficientDataError(
            "columns", list(rows.names[1:]),
            f"{n} events with all of them leave nothing for {p} coefficients",
            "Take fewer columns, or more events.",
        )  # fmt: skip
    flat = [
        name
        for name, column in zip(rows.names[1:], rows.z[:, 1:].T, strict=True)
        if not np.ptp(column)
    ]
    if flat or _condition(rows.z) > LARGEST_CONDITION:
        raise CollinearFactorsError(
            "columns", flat or list(rows.names[1:]),
            "does not vary" if flat else "one is a combination of the others",
            "Leave one out.",
        )  # fmt: skip
