"""Placebo studies: what is drawn, what is counted, and what is said."""

import numpy as np
import pandas as pd
import pytest

import eventstudy as es

DAYS = pd.bdate_range("2012-01-02", periods=900, unit="ns")
FIRMS = [f"F{i}" for i in range(20)]


def returns_of(seed=5):
    rng = np.random.default_rng(seed)
    market = rng.normal(0, 0.01, DAYS.size)
    noise = rng.normal(0, 0.02, (DAYS.size, len(FIRMS)))
    return pd.DataFrame(noise + market[:, None], DAYS, FIRMS).assign(M=market)


RETURNS = returns_of()
TESTS = ["bmp_adjusted", "patell", "cross_sectional_t", "corrado", "placebo_in_time"]


def run(**given):
    settings = {
        "returns": RETURNS, "market": "M", "tests": TESTS, "replications": 40,
        "n_events": 15, "windows": [(0, 0)],
    }  # fmt: skip
    return es.size_and_power(FIRMS, **{**settings, **given})


@pytest.fixture(scope="module")
def rates():
    return run()


def test_counts_are_counts(rates):
    table = rates.table
    assert len(table) == len(TESTS) * 2
    assert (table["rate"] == table["rejections"] / 40).all()
    expected = np.sqrt(table["rate"] * (1 - table["rate"]) / 40)
    np.testing.assert_allclose(table["std_error"], expected)


def test_a_large_shock_is_always_found():
    table = run(effects=(0.0, 0.2)).table.set_index(["test", "effect"])["rate"]
    for test in TESTS:
        assert table[test, 0.2] == 1.0
        assert table[test, 0.0] < 0.35


def test_the_same_seed_draws_the_same_and_another_does_not(rates):
    pd.testing.assert_frame_equal(run().table, rates.table)
    assert not run(seed=1).table["rejections"].equals(rates.table["rejections"])


def test_a_shock_shifts_the_car_and_nothing_else():
    """With sd(CAR) known from the data, a shift of 1000 sd gives a t above 100."""
    table = run(effects=(5.0,), replications=3).table
    assert (table["rate"] == 1.0).all()


def test_common_dates_need_tests_that_allow_for_them():
    rng = np.random.default_rng(8)
    shared = rng.normal(0, 0.02, DAYS.size)
    returns = RETURNS.copy()
    returns[FIRMS] += shared[:, None]
    rates = run(returns=returns, dates="common", effects=(0.0,), replications=60)
    table = rates.table.set_index("test")
    assert table.loc["cross_sectional_t", "rate"] > 0.3
    assert table.loc["cross_sectional_t", "valid"] == 0.0
    assert table.loc["bmp_adjusted", "rate"] < 0.2
    assert table.loc["bmp_adjusted", "valid"] == 1.0


def test_best_is_the_most_powerful_of_those_that_hold_their_level(rates):
    best = rates.best()
    table = rates.table
    size = table[table["effect"] == 0].set_index("test")["rate"]
    power = table[table["effect"] != 0].set_index("test")["rate"]
    bound = 0.05 + 2 * np.sqrt(0.05 * 0.95 / 40)
    assert size[best] <= bound
    assert power[best] == power[size[size <= bound].index].max()
    assert f"Use this one: {best}" in repr(rates)
    assert run(effects=(0.0,)).best() == ""


def test_the_figure_names_every_test(rates):
    figure = rates.plot()
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert sorted(names) == sorted(TESTS)


@pytest.mark.parametrize(
    ("given", "error", "parameter"),
    [
        ({"n_events": 1}, es.ArgumentError, "n_events"),
        ({"replications": 0}, es.ArgumentError, "replications"),
        ({"dates": "mondays"}, es.ArgumentError, "dates"),
        ({"estimation_window": 5000}, es.InsufficientDataError, "firms"),
    ],
)
def test_bad_settings(given, error, parameter):
    with pytest.raises(error) as caught:
        run(**given)
    assert caught.value.parameter == parameter


def test_an_unknown_firm_is_named():
    with pytest.raises(es.ArgumentError, match="NOPE"):
        es.size_and_power(["F1", "NOPE"], returns=RETURNS, market="M")


@pytest.mark.slow
def test_sizes_on_independent_normal_returns():
    rates = run(
        replications=1500, n_events=30, effects=(0.0,), windows=[(0, 0), (-1, 1)]
    )
    error = np.sqrt(0.05 * 0.95 / 1500)
    assert (abs(rates.table["rate"] - 0.05) < 4 * error).all()
