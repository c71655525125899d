"""Scale, degrees of freedom, and what is refused: nothing varies, nothing solvable."""

import numpy as np
import pytest

from eventstudy import engine
from eventstudy.core.abnormal import is_collinear
from eventstudy.core.panel import Events, Panel
from eventstudy.models import LinearModel
from tests import simulate


def estimate(firm, market, model=None, spans=None, **settings):
    """One firm with day 0 on day 300; 250 days end on day 289."""
    firm = np.atleast_2d(firm)
    spans = np.isfinite(firm) * 1.0 if spans is None else np.atleast_2d(spans)
    series = market if isinstance(market, dict) else {"market": market}
    event = Events(*np.array([[0], [300], [0]]), np.zeros(1, np.uint64))
    design = simulate.design(model=model or simulate.model(2), **settings)
    return engine.estimate(Panel(firm, spans, (series,)), event, design)


def market(seed=0, days=320):
    return np.random.default_rng(seed).normal(0.0004, 0.01, days)


def noise(seed=1, days=320):
    return 0.02 * np.random.default_rng(seed).standard_normal(days)


class TestZeroVariance:
    """Residuals that are rounding have no scale: NaN, and never a t of any size."""

    @pytest.mark.parametrize("model", ["constant_mean", "market_model"])
    @pytest.mark.parametrize("level", [0.0, 0.001, -0.37, 1e4])
    def test_constant_returns(self, model, level):
        fit = estimate(np.full(320, level), market(), model)
        assert np.isnan(fit.sigma[0])
        assert np.isnan(fit.r_squared[0])
        np.testing.assert_allclose(fit.abnormal_returns, 0.0, atol=1e-11)

    @pytest.mark.parametrize("rate", [0.0, 1e-5, 1e-4, 0.01])
    def test_constant_growth_of_prices(self, rate):
        prices = 100.0 * (1.0 + rate) ** np.arange(321)
        fit = estimate(prices[1:] / prices[:-1] - 1.0, market(), "constant_mean")
        assert np.isnan(fit.sigma[0])

    @pytest.mark.parametrize("level", [0.0, 1e4, 1e6])
    @pytest.mark.parametrize("beta", [1.0, 0.3, -2.7])
    def test_exact_multiple_of_the_market(self, beta, level):
        index = level + market()
        fit = estimate(beta * index + 0.001, index)
        assert np.isnan(fit.sigma[0])
        assert fit.coefficients[0, 1] == pytest.approx(beta, rel=1e-6)

    def test_the_market_itself_in_rounded_prices(self):
        index = 1000.0 * np.cumprod(1.0 + market(days=321))
        fund = index / 7.0
        fit = estimate(
            fund[1:] / fund[:-1] - 1.0, index[1:] / index[:-1] - 1.0, "market_adjusted"
        )
        assert np.isnan(fit.sigma[0])

    def test_a_peg_is_no_constant(self):
        fit = estimate(0.9 * market() + 1e-6 * noise(), market())
        assert fit.sigma[0] == pytest.approx(2e-8, rel=0.15)

    def test_constant_in_the_estimation_window_only(self):
        firm = np.zeros(320)
        firm[295:] = 0.05
        fit = estimate(firm, market(), "constant_mean")
        assert np.isnan(fit.sigma[0])
        np.testing.assert_array_equal(fit.abnormal_returns[0, 5:], 0.05)


class TestMarketAdjusted:
    """Nothing is estimated: no parameter error, but a mean in the scale."""

    def test_by_hand(self):
        firm, index = market(2) + noise(), market()
        fit = estimate(firm, index, "market_adjusted")
        difference = firm - index
        window = difference[40:290]
        assert fit.coefficients.shape == (1, 0)
        assert fit.df[0] == 249
        assert fit.sigma[0] == pytest.approx(np.std(window, ddof=1), rel=1e-14)
        assert np.isnan(fit.r_squared[0])
        np.testing.assert_array_equal(fit.residuals[0], window)
        np.testing.assert_array_equal(fit.abnormal_returns[0], difference[290:311])
        assert fit.rows.shape == (1, 21, 0)

    def test_spans(self):
        # From trade to trade: s2 = sum((a - mean d)^2 / d) / (M - 1), mean per day.
        index, daily = market(3), market(3) + noise(4)
        traded = np.random.default_rng(5).random(320) < 0.6
        firm, spans = simulate.over_gaps(daily[None], traded[None], "simple")
        fit = estimate(firm, index, "market_adjusted", spans)
        kept = [t for t in range(40, 290) if 0 < spans[0, t] <= t - 39]
        d = np.array([spans[0, t] for t in kept])
        a = np.array([
            firm[0, t] - (np.prod(1.0 + index[t - int(n) + 1 : t + 1]) - 1.0)
            for t, n in zip(kept, d, strict=True)
        ])  # fmt: skip
        mean = a.sum() / d.sum()
        s2 = ((a - mean * d) ** 2 / d).sum() / (len(a) - 1)
        assert fit.df[0] == len(a) - 1
        assert fit.sigma[0] == pytest.approx(np.sqrt(s2), rel=1e-13)
        np.testing.assert_allclose(
            fit.residuals[0, np.array(kept) - 40], a, rtol=0, atol=1e-15
        )


def test_constant_mean_by_hand():
    firm = noise()
    fit = estimate(firm, market(), "constant_mean")
    window = firm[40:290]
    assert fit.df[0] == 249
    assert fit.sigma[0] == pytest.approx(np.std(window, ddof=1), rel=1e-14)
    assert fit.r_squared[0] == pytest.approx(0.0, abs=1e-14)
    expected = firm[290:311] - window.mean()
    np.testing.assert_allclose(fit.abnormal_returns[0], expected, rtol=1e-13)
    leverage = (fit.rows[0] ** 2).sum(axis=1)
    np.testing.assert_allclose(leverage, 1 / 250, rtol=1e-13)


def test_without_constant():
    # beta = sum(xy) / sum(xx), M - 1 degrees of freedom, R2 about zero.
    x, y = market(), market() + noise()
    fit = estimate(y, x, simulate.model(2).using(intercept=False))
    a, b = x[40:290], y[40:290]
    beta = (a @ b) / (a @ a)
    error = b - beta * a
    assert fit.df[0] == 249
    np.testing.assert_allclose(fit.coefficients[0], [beta], rtol=1e-13)
    assert fit.sigma[0] ** 2 == pytest.approx(error @ error / 249, rel=1e-13)
    assert fit.r_squared[0] == pytest.approx(1 - (error @ error) / (b @ b), rel=1e-12)
    leverage = (fit.rows[0] ** 2).sum(axis=1)
    np.testing.assert_allclose(leverage, x[290:311] ** 2 / (a @ a), rtol=1e-12)


class TestNotEstimable:
    """Coefficients that are not determined leave no number, and a condition of inf."""

    @staticmethod
    def refused(fit):
        assert fit.condition[0] == np.inf
        assert is_collinear(fit.condition)[0]
        for name in ("coefficients", "root", "sigma", "r_squared", "abnormal_returns",
                     "residuals"):  # fmt: skip
            assert np.isnan(getattr(fit, name)).all(), name
        assert not fit.spans.any()
        assert not fit.rows.any()

    @pytest.mark.parametrize("level", [0.0, 0.001, -2.0, 1e6])
    def test_a_market_that_is_constant(self, level):
        fit = estimate(noise(), np.full(320, level))
        self.refused(fit)
        assert fit.n_estimation[0] == 250
        assert (np.abs(fit.weakest[0]) > 0.5).all()

    def test_constant_in_the_estimation_window_only(self):
        index = market()
        index[40:290] = 0.002
        self.refused(estimate(noise(), index))

    @pytest.mark.parametrize("missing", ["available", "trade_to_trade"])
    def test_constant_on_the_days_of_trade(self, missing):
        index, firm = market(), noise()
        index[60:290] = 0.002
        firm[30:62] = np.nan
        self.refused(estimate(firm, index, missing=missing))

    @pytest.mark.parametrize("dependent", ["copy", "multiple", "sum", "shifted"])
    def test_collinear_factors_are_named(self, dependent):
        a, b, c = (market(seed) for seed in (1, 2, 3))
        other = {"copy": a, "multiple": -3.0 * a, "sum": a + b, "shifted": a + 0.02}
        series = {"market": a, "smb": b, "hml": c, "rmw": other[dependent]}
        model = LinearModel("m", "M", "-", ("hml", "rmw", "smb", "market"))
        fit = estimate(noise(), series, model)
        self.refused(fit)
        names = np.array(["alpha", *model.regressors])
        culprits = set(names[np.abs(fit.weakest[0]) > 0.1])
        assert culprits - {"alpha"} == (
            {"market", "rmw", "smb"} if dependent == "sum" else {"market", "rmw"}
        )

    @pytest.mark.parametrize("gap", [1e-4, 1e-6, 1e-8, 1e-10])
    def test_nearly_collinear_is_solved(self, gap):
        a = market(1)
        series = {"market": a, "industry": a + gap * market(2)}
        fit = estimate(noise(), series, simulate.model(3))
        assert not is_collinear(fit.condition)[0]
        x = np.column_stack([a, series["industry"]])[40:290]
        x = x - x.mean(axis=0)
        expected = np.linalg.cond(x / np.linalg.norm(x, axis=0))
        assert fit.condition[0] == pytest.approx(expected, rel=1e-4)
        assert np.isfinite(fit.abnormal_returns).all()

    def test_collinear_to_rounding_is_not(self):
        a = market(1)
        series = {"market": a, "industry": a + 1e-14 * market(2)}
        self.refused(estimate(noise(), series, simulate.model(3)))

    @pytest.mark.parametrize("days", [0, 1])
    def test_fewer_days_than_coefficients(self, days):
        firm = noise()
        firm[40 : 290 - days] = np.nan
        fit = estimate(firm, market())
        self.refused(fit)
        assert fit.n_estimation[0] == days

    def test_as_many_days_as_coefficients(self):
        firm = noise()
        firm[40:288] = np.nan
        fit = estimate(firm, market())
        assert fit.df[0] == 0
        assert np.isnan(fit.sigma[0])
        np.testing.assert_allclose(fit.residuals[0, -2:], 0.0, atol=1e-15)

    def test_others_of_the_block_are_not_touched(self):
        panel = simulate.panel(4, firms=3)
        events = simulate.events(4, panel, 12, dates=[400, 500])
        alone = engine.estimate(panel, events, simulate.design())
        returns = panel.returns.copy()
        returns[1] = np.nan
        panel = Panel(returns, panel.spans, panel.benchmarks)
        fit = engine.estimate(panel, events, simulate.design())
        others = np.flatnonzero(events.firm != 1)
        assert len(others) < 12
        simulate.same_bits(simulate.part(fit, others), simulate.part(alone, others))
