"""What the model said: coefficients, and the event window day by day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from eventstudy import engine
from eventstudy._typing import FloatArray, IntArray
from eventstudy.core.abnormal import Fit
from eventstudy.core.money import buy_and_hold_path, critical_value
from eventstudy.core.pvalues import p_values
from eventstudy.design import Design
from eventstudy.engine import Source
from eventstudy.models._base import coefficient_names
from eventstudy.report.text import number, percent
from eventstudy.results.after_delisting import with_proceeds


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ModelEstimate:
    """The expected-return model as estimated for one event.

    Parameters
    ----------
    key, name, reference : str
        Of the model.
    params, std_errors : Series
        By coefficient: ``alpha`` (decimal a day), ``beta``, then the others.
    sigma : float
        Residual standard deviation, decimal a day.
    r_squared : float
        NaN for a model without estimated parameters.
    nobs : int
        Valid estimation rows.
    df : float
        Residual degrees of freedom.
    """

    key: str
    name: str
    reference: str
    params: pd.Series
    std_errors: pd.Series
    sigma: float
    r_squared: float
    nobs: int
    df: float
    _rows: tuple[FloatArray, FloatArray]

    @classmethod
    def of(cls, source: Source, design: Design, fit: Fit) -> ModelEstimate:
        """The estimate of the first event of a fit."""
        names = list(coefficient_names(design.model))
        errors = fit.sigma[0] * np.sqrt((fit.root[0] ** 2).sum(axis=1))
        return cls(
            key=design.model.key,
            name=design.model.name,
            reference=design.model.reference,
            params=pd.Series(fit.coefficients[0], names, name="params"),
            std_errors=pd.Series(errors, names, name="std_errors"),
            sigma=float(fit.sigma[0]),
            r_squared=float(fit.r_squared[0]),
            nobs=int(fit.n_estimation[0]),
            df=float(fit.df[0]),
            _rows=engine.regression_rows(source.panel, source.events, design),
        )

    def to_dict(self) -> dict[str, Any]:
        """All fields by name, raw."""
        return {
            "key": self.key,
            "name": self.name,
            "reference": self.reference,
            "params": self.params.to_dict(),
            "std_errors": self.std_errors.to_dict(),
            "sigma": self.sigma,
            "r_squared": self.r_squared,
            "nobs": self.nobs,
            "df": self.df,
        }

    def __repr__(self) -> str:
        parts = [self._coefficient(name) for name in self.params.index]
        parts.append(f"residual s.d. {percent(self.sigma)} a day")
        if not math.isnan(self.r_squared):
            parts.append(f"R² {number(self.r_squared)}")
        said = ", ".join(parts)
        days = f"{self.nobs:,} estimation days, {self.df:.0f} degrees of freedom"
        return f"{self.name}: {said}; {days}."

    def _coefficient(self, name: str) -> str:
        value, error = float(self.params[name]), float(self.std_errors[name])
        if name == "alpha":
            return f"alpha {percent(value, 3)} a day (s.e. {percent(error, 3)})"
        return f"{name} {number(value, 3)} (s.e. {number(error, 3)})"

    def regression(self) -> Any:
        """The same regression by statsmodels, for all that it offers beyond ours.

        Returns
        -------
        statsmodels.regression.linear_model.RegressionResults
            Under trade-to-trade the rows are those divided by the square root of
            their span.  For a model without coefficients: of the differences on
            a constant.
        """
        from statsmodels.regression.linear_model import OLS

        y, x = self._rows
        names = list(self.params.index)
        frame = (
            pd.DataFrame(x, columns=names)
            if names
            else pd.DataFrame({"mean": np.ones(y.size)})
        )
        return OLS(pd.Series(y, name="return"), frame).fit()


def event_day_frame(
    source: Source, design: Design, fit: Fit, *, delisted: bool = False
) -> pd.DataFrame:
    """The event window of the first event, day by day.

    Parameters
    ----------
    source, design, fit
    delisted : bool
        The firm left its exchange on the last day on which it has a return: ``bhar``
        goes on with the proceeds.

    Returns
    -------
    DataFrame
        Index ``event_day``; ``date``; ``actual``, ``expected`` and ``abnormal``
        return; ``std_error`` (prediction error included), ``t``, ``p_value`` and
        the interval ``ci_low``, ``ci_high`` of the abnormal return; ``car`` and
        ``car_std_error`` from the first event day to this one; ``bhar`` likewise.
        Decimals; NaN = no return ends on that day.
    """
    days = np.arange(design.event_window.start, design.event_window.end + 1)
    abnormal, spans, rows = fit.abnormal_returns[0], fit.spans[0], fit.rows[0]
    missing = spans == 0
    actual = window_returns(source, design)
    expected = actual - abnormal
    sigma, df = fit.sigma[0], fit.df[0]
    error = np.where(missing, np.nan, sigma * np.sqrt(spans + (rows**2).sum(axis=1)))
    margin = critical_value(design.confidence, df) * error
    path_scale = np.cumsum(spans) + (np.cumsum(rows, axis=0) ** 2).sum(axis=1)
    held, benchmark, after = (
        with_proceeds(actual, expected, source, design, fit)
        if delisted
        else (actual, expected, np.zeros(days.size, bool))
    )
    bhar = buy_and_hold_path(held, benchmark, design.return_kind)
    path = {
        "car": np.cumsum(np.where(missing, 0.0, abnormal)),
        "car_std_error": sigma * np.sqrt(path_scale),
    }
    columns = {
        "date": window_dates(source, days),
        "actual": np.where(missing, np.nan, actual),
        "expected": expected,
        "abnormal": abnormal,
        "std_error": error,
        "t": abnormal / error,
        "p_value": p_values("t", abnormal / error, np.full(days.size, df)),
        "ci_low": abnormal - margin,
        "ci_high": abnormal + margin,
        **{name: np.where(missing, np.nan, values) for name, values in path.items()},
        "bhar": np.where(missing & ~after, np.nan, bhar),
    }
    return pd.DataFrame(columns, index=pd.Index(days, name="event_day"))


def price_frame(source: Source, design: Design, fit: Fit) -> pd.DataFrame:
    """Closes from the day before the event window on, beside the model's path.

    Returns
    -------
    DataFrame
        Index ``event_day``; ``date``; ``price`` (unadjusted close; NaN = none);
        ``expected_price``, the last close before the window grown by the expected
        returns.
    """
    window = design.event_window
    days = np.arange(window.start - 1, window.end + 1)
    closes = window_values(source.closes, source, days)
    expected = window_returns(source, design) - fit.abnormal_returns[0]
    start = closes[:1]
    growth = np.where(np.isnan(expected), 0.0, expected)
    path = (
        np.cumprod(1.0 + growth)
        if design.return_kind == "simple"
        else np.exp(np.cumsum(growth))
    )
    columns = {
        "date": window_dates(source, days),
        "price": closes,
        "expected_price": np.concatenate(
            [start, np.where(np.isnan(expected), np.nan, start * path)]
        ),
    }
    return pd.DataFrame(columns, index=pd.Index(days, name="event_day"))


def window_returns(source: Source, design: Design) -> FloatArray:
    """Returns of the first event's firm over the event window, (L,); NaN = none."""
    days = np.arange(design.event_window.start, design.event_window.end + 1)
    return window_values(source.panel.returns, source, days)


def window_values(values: FloatArray, source: Source, days: IntArray) -> FloatArray:
    """A (F, T) array at relative days of the first event; NaN beyond the data."""
    position = int(source.events.day0[0]) + days
    inside = (position >= 0) & (position < source.dates.size)
    firm = values[source.events.firm[0]]
    return np.where(inside, firm[np.where(inside, position, 0)], np.nan)


def window_dates(source: Source, days: IntArray) -> pd.DatetimeIndex:
    """Dates of relative days of the first event; NaT beyond the data."""
    position = int(source.events.day0[0]) + days
    inside = (position >= 0) & (position < source.dates.size)
    dates = source.dates[np.where(inside, position, 0)].astype("datetime64[ns]")
    return pd.DatetimeIndex(np.where(inside, dates, np.datetime64("NaT", "ns")))
