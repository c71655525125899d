"""A sample and diagnostic inputs built by numpy alone, from prices or arrays."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from eventstudy.inference._base import Sample
from eventstudy.results._check import DiagnosticInputs

PRICES = Path(__file__).parents[2] / "data" / "prices"


def sample(y, x, window, first=-10):
    """A market-model sample; the last rows are the event window from ``first`` on."""
    m = y.size - (10 - first + 1)
    x = np.column_stack([np.ones(y.size), x])
    q, r = np.linalg.qr(x[:m])
    coefficients = np.linalg.solve(r, q.T @ y[:m])
    error, df = y - x @ coefficients, float(m - x.shape[1])
    rows = np.linalg.solve(r.T, x[m:].T).T
    inside = slice(window[0] - first, window[1] - first + 1)
    sigma = math.sqrt((error[:m] ** 2).sum() / df)
    return Sample(
        window,
        error[None, m:][:, inside],
        np.ones((1, window[1] - window[0] + 1)),
        rows[None, inside],
        np.array([sigma]),
        np.array([df]),
        error[None, :m],
        np.ones((1, m)),
        q[None],
        x.shape[1],
    ), coefficients


def diagnostic_inputs(y, x, dates, window=(0, 0), **changed):
    """Diagnostic inputs of 21 event days and all days before them."""
    head, coefficients = sample(y, x, window)
    m = y.size - 21
    facts = {
        "event_window": sample(y, x, (-10, 10))[0],
        "headline": head,
        "estimation_dates": dates[:m],
        "event_dates": dates[m:],
        "regressors": ("market",),
        "factors_estimation": x[:m, None],
        "factors_event": x[m:, None],
        "firm_returns_estimation": y[:m],
        "closes_estimation": 100.0 * np.cumprod(1.0 + y[:m]),
        "params": pd.Series(coefficients, ["alpha", "beta"]),
        "r_squared": float(np.corrcoef(y[:m], x[:m])[0, 1] ** 2),
    }
    return DiagnosticInputs(**{**facts, **changed})


@pytest.fixture
def inputs():
    """The builder of diagnostic inputs."""
    return diagnostic_inputs


@pytest.fixture(scope="session")
def founding_case():
    """Returns of IMGN and the index from day -260 to +10, and their dates."""
    adjusted = [
        pd.read_csv(PRICES / f"{name}.csv", index_col="date", parse_dates=True)["close"]
        for name in ("IMGN", "GSPC")
    ]
    returns = pd.concat(adjusted, axis=1).pct_change(fill_method=None)
    position = returns.index.get_loc(pd.Timestamp("2010-08-27"))
    slice_ = returns.iloc[position - 260 : position + 11]
    return slice_.to_numpy().T, slice_.index
