"""Regressors over days and spans of every model, written out by hand."""

import numpy as np
import pytest

from eventstudy.models import MODELS, find_model
from eventstudy.models._base import needed, with_industry
from eventstudy.models._regressors import regressors_over

SERIES = {
    "market": np.array([0.01, -0.02, 0.03, 0.005]),
    "industry": np.array([0.02, 0.01, -0.04, 0.0]),
    "mkt_rf": np.array([0.009, -0.021, 0.028, 0.004]),
    "smb": np.array([0.001, 0.002, -0.003, 0.0]),
    "hml": np.array([-0.002, 0.001, 0.004, 0.0]),
    "rmw": np.array([0.003, 0.0, 0.001, 0.0]),
    "cma": np.array([0.0, -0.001, 0.002, 0.0]),
    "mom": np.array([0.005, -0.004, 0.001, 0.0]),
    "rf": np.array([0.0001, 0.0002, 0.0003, 0.0001]),
}
# Over days 0, 1 and 2.
MARKET = {"simple": 1.01 * 0.98 * 1.03 - 1, "log": 0.02}
INDUSTRY = {"simple": 1.02 * 1.01 * 0.96 - 1, "log": -0.01}
RISK_FREE = {"simple": 1.0001 * 1.0002 * 1.0003 - 1, "log": 0.0006}
# The market is mkt_rf + rf; the excess is one holding less another.
MKT_RF = {
    "simple": (1.0091 * 0.9792 * 1.0283 - 1) - (1.0001 * 1.0002 * 1.0003 - 1),
    "log": 0.016,
}
SMB, HML, RMW, CMA, MOM = 0.0, 0.003, 0.004, 0.001, 0.002
LONG_SHORT = {
    "fama_french_3": [SMB, HML],
    "carhart": [SMB, HML, MOM],
    "fama_french_5": [SMB, HML, RMW, CMA],
    "fama_french_6": [SMB, HML, RMW, CMA, MOM],
}


def three_days(kind):
    """By model: what is taken off, and the regressors."""
    expected = {
        "constant_mean": (0.0, []),
        "market_adjusted": (MARKET[kind], []),
        "market_model": (0.0, [MARKET[kind]]),
        "capm": (RISK_FREE[kind], [MARKET[kind] - RISK_FREE[kind]]),
    }
    for key, factors in LONG_SHORT.items():
        expected[key] = RISK_FREE[kind], [MKT_RF[kind], *factors]
    return expected


def over(model, kind, end, days, series=SERIES):
    return regressors_over(model, series, np.array(end), np.array(days), kind)


def test_every_model_is_covered():
    assert set(three_days("simple")) == set(MODELS)


@pytest.mark.parametrize("kind", ["simple", "log"])
@pytest.mark.parametrize("key", three_days("log"))
def test_over_three_days(key, kind):
    subtract, x = over(find_model(key), kind, [2], [3])
    expected_off, expected = three_days(kind)[key]
    np.testing.assert_allclose(subtract, [expected_off], rtol=0, atol=5e-16)
    assert x.shape == (1, len(expected))
    np.testing.assert_allclose(x[0], expected, rtol=0, atol=5e-16)


@pytest.mark.parametrize("kind", ["simple", "log"])
@pytest.mark.parametrize("key", three_days("log"))
def test_of_one_day_the_published_values(key, kind):
    model = find_model(key)
    subtract, x = over(model, kind, [0, 1, 2], [1, 1, 1])
    excess = SERIES["rf"][:3] if key == "capm" else 0.0
    expected = [SERIES[name][:3] - excess for name in model.regressors]
    np.testing.assert_array_equal(x, np.reshape(expected, (-1, 3)).T)
    off = SERIES[model.subtract][:3] if model.subtract else np.zeros(3)
    np.testing.assert_array_equal(subtract, off)


@pytest.mark.parametrize("kind", ["simple", "log"])
@pytest.mark.parametrize("key", ["market_model", "capm", "fama_french_3"])
def test_industry_is_held_over_the_span(key, kind):
    model = with_industry(find_model(key))
    _, x = over(model, kind, [2], [3])
    off = RISK_FREE[kind] if key != "market_model" else 0.0
    assert model.regressors[-1] == "industry"
    assert x[0, -1] == pytest.approx(INDUSTRY[kind] - off, abs=5e-16)


@pytest.mark.parametrize("kind", ["simple", "log"])
@pytest.mark.parametrize("key", three_days("log"))
def test_a_missing_day_makes_the_span_missing(key, kind):
    for name in needed(find_model(key)):
        values = SERIES[name].copy()
        values[1] = np.nan
        subtract, x = over(find_model(key), kind, [2], [3], SERIES | {name: values})
        assert np.isnan(np.append(subtract, x)).any()
        subtract, x = over(find_model(key), kind, [3], [2], SERIES | {name: values})
        assert np.isfinite(np.append(subtract, x)).all()


@pytest.mark.parametrize("key", ["capm", "fama_french_3", "carhart"])
def test_a_risk_free_rate_that_is_not_there_is_no_zero(key):
    series = {name: values for name, values in SERIES.items() if name != "rf"}
    with pytest.raises(KeyError, match="rf"):
        over(find_model(key), "simple", [2], [1], series)


def test_a_risk_free_rate_that_is_not_needed_is_not_read():
    series = {"market": SERIES["market"], "rf": np.full(4, np.nan)}
    subtract, x = over(find_model("market_model"), "simple", [2], [3], series)
    assert np.isfinite(np.append(subtract, x)).all()


def test_days_of_different_spans_at_once():
    _, x = over(find_model("market_model"), "simple", [0, 1, 3, 3], [1, 2, 4, 1])
    expected = [0.01, 1.01 * 0.98 - 1, 1.01 * 0.98 * 1.03 * 1.005 - 1, 0.005]
    np.testing.assert_allclose(x[:, 0], expected, rtol=0, atol=5e-16)
