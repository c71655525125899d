"""Events with estimation windows of their own, and days not to be estimated on."""

import dataclasses

import numpy as np
import pytest

from eventstudy import engine
from eventstudy.core.panel import Panel, event_days, not_estimated_on
from tests import simulate

OWN = np.array([(-250, -11), (-60, -20), (-130, -71), (-250, -200)])
KINDS = {
    "available": {"missing": 0.2, "spans": False},
    "trade to trade": {"missing": 0.2, "kind": "log"},
}


def case(kind, n=40):
    """A panel, n events, the window of each, and a design around all windows."""
    panel = simulate.panel(31, **KINDS[kind])
    events = simulate.events(31, panel, n)
    own = OWN[np.arange(n) % len(OWN)]
    return panel, dataclasses.replace(events, estimation=own), own


def close(found, expected):
    for name in ("coefficients", "sigma", "df", "n_estimation", "abnormal_returns"):
        np.testing.assert_allclose(
            getattr(found, name), getattr(expected, name), rtol=1e-9, atol=1e-13
        )


@pytest.mark.parametrize("kind", KINDS)
def test_an_own_window_is_that_of_a_design_with_it(kind):
    panel, events, own = case(kind)
    around = simulate.design(estimation_window=(-250, -11), return_kind="log")
    fit = engine.estimate(panel, events, around)
    for window in OWN:
        mine = np.flatnonzero((own == window).all(axis=1))
        design = simulate.design(
            estimation_window=tuple(window.tolist()), return_kind="log"
        )
        alone = engine.estimate(panel, simulate.take(events, mine), design)
        close(simulate.part(fit, mine), alone)


def test_estimates_are_least_squares_on_the_own_days():
    panel, events, own = case("available")
    fit = engine.estimate(panel, events, simulate.design(estimation_window=(-250, -11)))
    market = panel.benchmarks[0]["market"]
    for n in range(len(events)):
        days = events.day0[n] + np.arange(own[n, 0], own[n, 1] + 1)
        y = panel.returns[events.firm[n], days]
        x = np.stack([np.ones(days.size), market[days]], axis=1)[np.isfinite(y)]
        wanted, squares, *_ = np.linalg.lstsq(x, y[np.isfinite(y)])
        np.testing.assert_allclose(fit.coefficients[n], wanted, rtol=1e-9, atol=1e-13)
        assert fit.n_estimation[n] == len(x)
        sigma = np.sqrt(squares[0] / (len(x) - 2))
        np.testing.assert_allclose(fit.sigma[n], sigma, rtol=1e-10)


def test_residuals_stand_on_the_own_days_alone():
    panel, events, own = case("trade to trade")
    fit = engine.estimate(panel, events, simulate.design(estimation_window=(-250, -11)))
    day = np.arange(-250, -10)
    outside = (day < own[:, :1]) | (day > own[:, 1:])
    assert np.isnan(fit.residuals[outside]).all()
    assert (fit.residual_spans[outside] == 0).all()
    assert (fit.residual_spans.sum(axis=1) <= own[:, 1] - own[:, 0] + 1).all()


def test_windows_beside_each_other_give_the_same_estimates():
    panel, events, _own = case("trade to trade")
    wide = engine.estimate(
        panel, events, simulate.design(estimation_window=(-270, -11))
    )
    narrow = engine.estimate(
        panel, events, simulate.design(estimation_window=(-250, -11))
    )
    close(wide, narrow)


@pytest.mark.parametrize("kind", KINDS)
def test_days_left_out_are_days_without_a_return(kind):
    panel, events, _ = case(kind)
    events = dataclasses.replace(events, estimation=None)
    days = np.zeros(panel.returns.shape, bool)
    days[3, 100:400:3] = days[7, 250:300] = days[9] = True
    design = simulate.design(return_kind="log")
    fit = engine.estimate(not_estimated_on(panel, days), events, design)
    for n in range(len(events)):
        firm, day0 = events.firm[n], events.day0[n]
        returns, spans = panel.returns.copy(), panel.spans.copy()
        for end in range(day0 - 260, day0 - 10):
            held = int(spans[firm, end])
            if days[firm, end - held + 1 : end + 1].any():
                returns[firm, end], spans[firm, end] = np.nan, 0.0
        holed = Panel(returns, spans, panel.benchmarks)
        alone = engine.estimate(holed, simulate.take(events, [n]), design)
        simulate.same_bits(simulate.part(fit, [n]), alone)


def test_days_of_events_are_those_of_their_windows():
    events = simulate.events(5, simulate.panel(5), 30, first=2, last=2)
    found = event_days(events, (-3, 4), (20, 700))
    wanted = np.zeros((20, 700), bool)
    for firm, day in zip(events.firm, events.day0, strict=True):
        wanted[firm, max(day - 3, 0) : day + 5] = True
    np.testing.assert_array_equal(found, wanted)


def test_taking_events_takes_their_windows():
    _, events, own = case("available")
    part = events.take(np.array([5, 2]))
    np.testing.assert_array_equal(part.estimation, own[[5, 2]])
    assert events.take(slice(0, 1)).keys.tolist() == [events.keys[0]]
