"""Laws that hold for any returns: spans, holes, symmetries, dummies."""

import numpy as np
import pytest

from eventstudy import engine
from eventstudy.core.panel import Events, Panel
from tests import oracles_regression as oracle
from tests import simulate


class TestSpansAtTheEdge:
    """A return over several days counts only where all its days lie."""

    def fit(self, ends, days=3):
        """One event on day 300; the return that ends ``ends`` days off covers three."""
        panel = simulate.panel(9, firms=1, spans=False)
        last = 300 + ends
        panel.returns[0, last - days + 1 : last] = np.nan
        panel.spans[0, last - days + 1 : last] = 0.0
        panel.spans[0, last] = days
        events = Events(*np.array([[0], [300], [0]]), np.zeros(1, np.uint64))
        design = simulate.design(estimation_window=(-100, -11), event_window=(-10, 10))
        return engine.estimate(panel, events, design)

    def test_inside_the_estimation_window(self):
        assert self.fit(-98).n_estimation[0] == 88
        assert self.fit(-98).residual_spans[0, 2] == 3

    @pytest.mark.parametrize("ends", [-100, -99])
    def test_across_its_start(self, ends):
        fit = self.fit(ends)
        assert fit.n_estimation[0] == 90 - (ends + 101)
        assert np.isnan(fit.residuals[0, ends + 100])

    @pytest.mark.parametrize("ends", [-10, -9])
    def test_across_the_border(self, ends):
        fit = self.fit(ends)
        assert fit.n_estimation[0] == 90 - (2 + (-10 - ends))
        assert np.isnan(fit.abnormal_returns[0, : ends + 11]).all()
        assert np.isfinite(fit.abnormal_returns[0, ends + 11 :]).all()

    def test_inside_the_event_window(self):
        fit = self.fit(-8)
        assert fit.spans[0, 2] == 3
        assert fit.n_estimation[0] == 90

    def test_in_a_test_window_only_if_all_of_it(self):
        fit = self.fit(1)
        design = simulate.design(estimation_window=(-100, -11))
        for window, n in [((0, 1), 0), ((-1, 1), 1), ((-1, 2), 2)]:
            chosen = type(design.event_window)(*window)
            sample = engine.sample(fit, np.zeros(1, np.uint64), design, chosen)
            assert sample.n_rows[0] == n


def test_one_missing_day_is_that_day_deleted():
    panel = simulate.panel(10, firms=1, spans=False)
    events = Events(*np.array([[0], [400], [0]]), np.zeros(1, np.uint64))
    design = simulate.design(missing="available", estimation_window=(-100, -11))
    holed = Panel(panel.returns.copy(), panel.spans, panel.benchmarks)
    holed.returns[0, 340] = np.nan
    fit = engine.estimate(holed, events, design)
    # The same days without day 340: the history before it moves one day up.
    series = {"market": np.delete(panel.benchmarks[0]["market"], 340)}
    shorter = Panel(
        np.delete(panel.returns, 340, axis=1),
        np.delete(panel.spans, 340, axis=1),
        (series,),
    )
    moved = Events(events.firm, events.day0 - 1, events.benchmark, events.keys)
    design = simulate.design(missing="available", estimation_window=(-99, -11))
    expected = engine.estimate(shorter, moved, design)
    for name in ("coefficients", "sigma", "abnormal_returns", "r_squared"):
        np.testing.assert_allclose(
            getattr(fit, name), getattr(expected, name), rtol=1e-12, err_msg=name
        )
    assert fit.n_estimation == expected.n_estimation == 89


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_factor_without_value_is_a_hole_for_all_events_of_the_date(bad):
    panel = simulate.panel(11, k=3)
    events = simulate.events(11, panel, 8, dates=[400])
    design = simulate.design(3, missing="available")
    series = {name: values.copy() for name, values in panel.benchmarks[0].items()}
    series["industry"][[300, 405]] = bad
    fit = engine.estimate(Panel(panel.returns, panel.spans, (series,)), events, design)
    assert (fit.n_estimation == 249).all()
    assert np.isnan(fit.residuals[:, 300 - 140]).all()
    assert np.isnan(fit.abnormal_returns[:, 15]).all()
    holed = panel.returns.copy()
    holed[:, [300, 405]] = np.nan
    expected = engine.estimate(
        Panel(holed, panel.spans, panel.benchmarks), events, design
    )
    for name in ("coefficients", "sigma", "abnormal_returns"):
        np.testing.assert_allclose(
            getattr(fit, name), getattr(expected, name), rtol=1e-11, err_msg=name
        )


class TestSymmetries:
    """What must not matter, or only turns or stretches the answer."""

    panel = simulate.panel(18, k=3, missing=0.2, kind="log")
    events = simulate.events(18, panel, 20)
    design = simulate.design(3, return_kind="log")

    def fit(self, panel, model=None):
        design = self.design if model is None else simulate.design(
            model=model, return_kind="log"
        )  # fmt: skip
        return engine.estimate(panel, self.events, design)

    def scaled(self, factor):
        series = {n: factor * v for n, v in self.panel.benchmarks[0].items()}
        return Panel(factor * self.panel.returns, self.panel.spans, (series,))

    def shifted(self, per_day, beta):
        """R + a d + c Rm, over the days that each return spans."""
        market = np.concatenate([[0.0], np.cumsum(self.panel.benchmarks[0]["market"])])
        end = np.arange(self.panel.returns.shape[1]) + 1
        start = end - self.panel.spans.astype(int)
        over = market[end] - market[start]
        moved = self.panel.returns + per_day * self.panel.spans + beta * over
        return Panel(moved, self.panel.spans, self.panel.benchmarks)

    @pytest.mark.parametrize(
        ("per_day", "beta"), [(0.01, 0.0), (0.0, -2.5), (-0.3, 4.0)]
    )
    def test_constant_and_market_are_absorbed(self, per_day, beta):
        before, after = self.fit(self.panel), self.fit(self.shifted(per_day, beta))
        for name in ("abnormal_returns", "sigma", "residuals", "rows"):
            np.testing.assert_allclose(
                getattr(after, name), getattr(before, name), rtol=1e-9, atol=1e-14
            )
        moved = after.coefficients - before.coefficients
        np.testing.assert_allclose(moved, [[per_day, beta, 0.0]] * 20, atol=1e-12)

    @pytest.mark.parametrize("factor", [1e-3, 1e3, -1.0])
    def test_unit_and_sign(self, factor):
        before, after = self.fit(self.panel), self.fit(self.scaled(factor))
        for name in ("abnormal_returns", "residuals"):
            np.testing.assert_allclose(
                getattr(after, name), factor * getattr(before, name), rtol=1e-10, atol=0
            )
        np.testing.assert_allclose(after.sigma, abs(factor) * before.sigma, rtol=1e-12)
        leverage = [(f.rows**2).sum(axis=2) for f in (before, after)]
        np.testing.assert_allclose(*leverage, rtol=1e-10, atol=1e-15)

    def test_dummies_for_the_event_days(self):
        fit = self.fit(self.panel)
        for i in range(10):
            rows = oracle.both_windows(self.panel, self.events, i, self.design)
            abnormal, right, s2, df = oracle.with_dummies(*rows)
            found = fit.abnormal_returns[i][rows[1].column]
            np.testing.assert_allclose(found, abnormal, rtol=1e-9, atol=1e-13)
            np.testing.assert_allclose(
                oracle.covariance(fit, i), right, rtol=1e-9, atol=1e-14
            )
            np.testing.assert_allclose(fit.sigma[i] ** 2, s2, rtol=1e-10)
            assert fit.df[i] == df
