"""The regressors of a model over spans of trading days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eventstudy._typing import FloatArray, IntArray, ReturnKind
from eventstudy.core import spans
from eventstudy.models._base import (
    FROM_PRICES,
    ExpectedReturnModel,
    Series,
    needed,
)


def regressors_over(
    model: ExpectedReturnModel,
    series: Series,
    end: IntArray,
    days: IntArray,
    kind: ReturnKind,
) -> tuple[FloatArray, FloatArray]:
    """What is subtracted, and the regressors, over spans of trading days.

    Parameters
    ----------
    model : ExpectedReturnModel
    series : mapping of str to ndarray of shape (T,)
        Daily values in decimals, of the kind of the study.
    end, days : ndarray of int, shape (n,)
        Last day and length of each span.
    kind : {"simple", "log"}
        Simple returns are compounded, log returns summed; long-short factors are
        summed in both (methods 1.5).

    Returns
    -------
    subtract : ndarray of shape (n,)
    regressors : ndarray of shape (n, f)
        NaN where a day of the span is missing.
    """
    over = _Over(series, end, days, kind)
    names = needed(model)
    risk_free = over.held("rf") if "rf" in names else np.zeros(end.shape)
    columns = [_column(name, model, over, risk_free) for name in model.regressors]
    if model.subtract == "market":
        subtract = over.held("market")
    else:
        subtract = risk_free if model.subtract == "rf" else np.zeros(end.shape)
    return subtract, np.column_stack([np.zeros((end.size, 0)), *columns])


@dataclass(frozen=True, slots=True, eq=False)
class _Over:
    """Series over spans of trading days; fields as in :func:`regressors_over`."""

    series: Series
    end: IntArray
    days: IntArray
    kind: ReturnKind

    def held(self, name: str) -> FloatArray:
        """The return of one who holds the asset."""
        return self.compounded(self.series[name])

    def compounded(self, values: FloatArray) -> FloatArray:
        """Simple returns compounded, log returns summed."""
        over = spans.compound if self.kind == "simple" else spans.total
        return over(values, self.end, self.days)

    def summed(self, name: str) -> FloatArray:
        """The sum of the daily values."""
        return spans.total(self.series[name], self.end, self.days)


def _column(
    name: str, model: ExpectedReturnModel, over: _Over, risk_free: FloatArray
) -> FloatArray:
    """One regressor over spans."""
    if name in FROM_PRICES:
        return over.held(name) - (risk_free if model.subtract == "rf" else 0.0)
    if name == "mkt_rf" and over.kind == "simple":
        market = over.series["mkt_rf"] + over.series["rf"]
        # Of a single day the published value, to the last bit.
        single = over.days == 1
        return np.where(single, over.summed(name), over.compounded(market) - risk_free)
    return over.summed(name)
