"""Small matrices of events that lack some rows, and the spread of their residuals."""

import numpy as np
import pytest

from eventstudy import engine, passes
from eventstudy.core.downdates import MOST_TAKEN_OFF, Lost, whitening
from eventstudy.core.panel import Panel, is_daily
from eventstudy.core.residual_pass import REDUCERS
from tests import simulate

EVENTS, K, DAYS = 6, 3, 80
MISSING = [0, 1, DAYS // MOST_TAKEN_OFF, DAYS // MOST_TAKEN_OFF + 1, 70, 5]


@pytest.fixture
def holed():
    """Orthonormal rows of which some are missing, and what was lost."""
    rng = np.random.default_rng(1)
    q = np.linalg.qr(rng.standard_normal((EVENTS, DAYS, K)))[0].transpose(0, 2, 1)
    hole = np.zeros((EVENTS, DAYS), bool)
    for row, number in zip(hole, MISSING, strict=True):
        row[rng.choice(DAYS, number, replace=False)] = True
    event, column = np.nonzero(hole)
    lost = Lost(event, q[event, :, column])
    q[event, :, column] = 0.0
    return q, lost


@pytest.mark.parametrize("changed", [[1, 2, 3, 4, 5], [0, 3], [4], []])
def test_cross_products_of_the_rows_left(holed, changed):
    q, lost = holed
    expected = np.einsum("ekm,elm->ekl", q, q)[changed]
    found = lost.gram(q, np.array(changed, int))
    np.testing.assert_allclose(found, expected, atol=1e-14)


def test_whitened_rows_are_orthonormal(holed):
    q, lost = holed
    changed = np.arange(1, EVENTS)
    whiten, unsafe = whitening(lost.gram(q, changed))
    assert not unsafe.any()
    rows = whiten.transpose(0, 2, 1) @ q[changed]
    expected = np.broadcast_to(np.eye(K), (changed.size, K, K))
    products = np.einsum("ekm,elm->ekl", rows, rows)
    np.testing.assert_allclose(products, expected, atol=1e-12)


@pytest.mark.parametrize("missing", ["available", "trade_to_trade"])
@pytest.mark.parametrize("k", [1, 2, 5])
def test_spread_is_what_the_rows_leave(k, missing):
    panel = simulate.panel(k, firms=12, k=k, missing=0.15)
    panel.returns[10, ::2] = np.nan
    events = simulate.events(k, panel, 60)
    fit = engine.estimate(panel, events, simulate.design(k, missing=missing))
    there = fit.residual_spans > 0
    expected = np.sqrt(fit.residual_spans - (fit.residual_rows**2).sum(axis=2))
    assert there.any()
    np.testing.assert_allclose(fit.residual_spread[there], expected[there], rtol=1e-11)


def test_sums_are_the_same_without_rows():
    panel = simulate.panel(3, firms=12, missing=0.1)
    events, design = simulate.events(3, panel, 60), simulate.design()
    prepared = engine.prepare(panel, events, design)
    estimates = passes.first_pass(prepared, design, design.windows)
    keys = [key for key in REDUCERS if key != "placebo_shifts"]
    without = passes.residual_pass(prepared, design, estimates, keys)
    with_rows = passes.residual_pass(prepared, design, estimates, list(REDUCERS))
    for key in keys:
        np.testing.assert_equal(without[key], with_rows[key])


def test_daily_returns_are_told_from_others():
    returns = np.array([[0.1, np.nan, 0.2], [0.1, 0.2, 0.3]])
    spans = np.array([[1.0, 0.0, 2.0], [1.0, 1.0, 1.0]])
    panel = Panel(returns, spans, ())
    assert is_daily(panel, np.array([1]))
    assert not is_daily(panel, np.array([0, 1]))
    # A return that no day is given for is none, and the spans say so.
    assert not is_daily(Panel(returns[1:], np.zeros((1, 3)), ()), np.array([0]))
