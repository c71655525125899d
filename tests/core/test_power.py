"""Power and the minimum detectable effect against scipy's noncentral t."""

import numpy as np
import pytest
from scipy import stats

from eventstudy.core.power import minimum_detectable_effect, power
from tests import oracles

DF = [3, 10, 98, 248, 1000]
LEVELS = [0.1, 0.05, 0.01]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("df", DF)
def test_power(df, level):
    delta = np.array([0.0, 0.001, 0.01, -0.03, 0.05, 0.2])
    expected = [oracles.power(each, 0.02, df, level) for each in delta]
    np.testing.assert_allclose(power(delta, 0.02, df, level), expected, rtol=1e-10)


@pytest.mark.parametrize("df", [10, 98, 248])
@pytest.mark.parametrize("shift", [0.0, 0.5, 2.5, 5.0])
def test_power_from_its_definition(df, shift):
    expected = oracles.power_by_integral(shift, df, 0.05)
    np.testing.assert_allclose(power(shift, 1.0, df), expected, rtol=1e-9)


@pytest.mark.parametrize("target", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("df", DF)
def test_minimum_detectable_effect(df, level, target):
    expected = oracles.detectable(0.02, df, level, target)
    found = minimum_detectable_effect(0.02, df, level, target)
    np.testing.assert_allclose(found, expected, rtol=1e-10)


def test_no_effect_is_found_at_the_level():
    np.testing.assert_allclose(power(0.0, 1.0, DF), 0.05, rtol=1e-12)


def test_infinite_df_is_normal():
    z = stats.norm.ppf(0.975)
    expected = stats.norm.sf(z - 2.5) + stats.norm.cdf(-z - 2.5)
    np.testing.assert_allclose(power(2.5, 1.0, np.inf), expected, rtol=1e-12)
    np.testing.assert_allclose(
        minimum_detectable_effect(1.0, np.inf),
        minimum_detectable_effect(1.0, 1e7),
        rtol=1e-6,
    )


def test_far_tail_is_certain():
    # Here the noncentral distribution underflows: 37 gives NaN, 1e6 gives 0.
    np.testing.assert_array_equal(power([20, 37, 38, 1e3, 1e6], 1.0, 248), 1.0)


def test_missing_is_missing():
    error, df = np.array([1.0, np.nan, 1.0]), np.array([10.0, 10.0, np.nan])
    for found in (power(1.0, error, df), minimum_detectable_effect(error, df)):
        assert list(np.isnan(found)) == [False, True, True]


def test_shapes():
    assert minimum_detectable_effect(1.0, 10.0).shape == ()
    error = np.array([[1.0, 2.0], [3.0, 4.0]])
    df = np.array([[10.0, 20.0], [10.0, 5.0]])
    found = minimum_detectable_effect(error, df)
    each = [
        [float(minimum_detectable_effect(e, d)) for e, d in zip(*pair, strict=True)]
        for pair in zip(error, df, strict=True)
    ]
    np.testing.assert_array_equal(found, each)


def test_bracket_grows_for_few_degrees_of_freedom():
    found = minimum_detectable_effect(1.0, 3.0, level=1e-4)
    assert found > 10
    np.testing.assert_allclose(oracles.power(found, 1.0, 3.0, 1e-4), 0.8, rtol=1e-9)


# methods.md 3.7: constant mean and market close to it, M = 250, sigma 2 %.
@pytest.mark.parametrize(
    ("days", "error", "smallest"),
    [
        (1, 0.020, 0.056),
        (3, 0.035, 0.098),
        (5, 0.045, 0.127),
        (11, 0.068, 0.191),
        (21, 0.095, 0.268),
    ],
)
def test_published_table(days, error, smallest):
    std_error = 0.02 * np.sqrt(days + days**2 / 250)
    assert abs(std_error - error) < 0.0006
    assert abs(minimum_detectable_effect(std_error, 248) - smallest) < 0.0006
