"""The scalar tests of many events against scipy, statsmodels and plain loops."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventstudy.errors import ArgumentError
from eventstudy.inference._base import find_test
from eventstudy.inference._left_out import cut_means
from tests import many
from tests import oracles_sample as oracle

CLOSE = {"rtol": 1e-9, "atol": 1e-12}
JACKKNIVES = ["precision", "trimmed", "winsorised", "mean"]


def result(key, sample):
    found = find_test(key)(sample)
    return float(found.statistic.value), float(found.p_value)


@st.composite
def effects(draw, smallest=3, clusters=False):
    """CARs, variances and dates of a random study."""
    n = draw(st.integers(smallest, 60))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = draw(st.sampled_from(["normal", "skewed", "heavy", "far off"]))
    car = {
        "normal": rng.normal(0.01, 0.03, n),
        "skewed": rng.exponential(0.02, n) - 0.02,
        "heavy": 0.02 * rng.standard_t(2, n),
        "far off": rng.normal(5.0, 0.01, n),
    }[shape]
    variance = rng.uniform(1e-4, 1e-2, n)
    days = draw(st.sampled_from([1, 3, 11]))
    window = (-(days // 2), days // 2)
    day0 = rng.integers(0, draw(st.sampled_from([n, 10 * n, 300 * n])), n)
    if clusters:
        day0 = 100 * rng.integers(0, max(2, n // 3), n) + rng.integers(0, 2, n)
        day0[:2] = 0, 100
    return many.cross_section(car, variance, window=window, day0=day0, min_clusters=2)


@given(effects())
def test_t_tests_of_a_mean(sample):
    expected = oracle.t_of_mean(sample.car)
    np.testing.assert_allclose(result("cross_sectional_t", sample), expected, **CLOSE)
    expected = oracle.t_of_mean(sample.car / np.sqrt(sample.variance))
    np.testing.assert_allclose(result("bmp", sample), expected, **CLOSE)


@given(effects(smallest=4), st.booleans())
def test_skewness_adjusted(sample, unbiased):
    words = "|unbiased" if unbiased else ""
    for key, theirs in (("johnson", oracle.johnson), ("hall", oracle.hall)):
        expected = theirs(sample.car, unbiased)
        found = result(key + words, sample)
        np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-12)


@given(effects(), st.integers(0, 5))
def test_sign_and_ranks(sample, zeros):
    sample.car[:zeros] = 0.0
    if not sample.car.any():
        return
    found = result("sign", sample)
    np.testing.assert_allclose(found, oracle.sign(sample.car), **CLOSE)
    found = result("wilcoxon", sample)
    np.testing.assert_allclose(found, oracle.wilcoxon(sample.car), **CLOSE)
    found = result("wilcoxon|on=scar", sample)
    np.testing.assert_allclose(found, oracle.wilcoxon(sample.scar), **CLOSE)


@given(effects())
def test_tied_ranks(sample):
    sample.car[:] = np.sign(sample.car) * np.ceil(np.abs(sample.car) * 50)
    found = result("wilcoxon", sample)
    np.testing.assert_allclose(found, oracle.wilcoxon(sample.car), **CLOSE)


@given(effects(clusters=True), st.sampled_from(["car", "scar"]))
def test_clusters(sample, on):
    x = getattr(sample, on)
    cluster = oracle.components(sample.day0, sample.days)
    found = find_test(f"cluster_by_date|on={on}")(sample)
    if str(found.statistic.reason):
        size = np.bincount(cluster)
        assert size.max() > 2 * size.mean()
        assert str(found.statistic.reason) == "unbalanced_clusters"
    else:
        expected = oracle.cluster_by_date(x, cluster)
        np.testing.assert_allclose(
            (found.statistic.value, found.p_value), expected, **CLOSE
        )
    expected = oracle.date_means(x, cluster)
    np.testing.assert_allclose(result(f"date_means|on={on}", sample), expected, **CLOSE)


@pytest.mark.parametrize("kind", JACKKNIVES)
@pytest.mark.parametrize("by_date", [False, True])
@given(effects(clusters=True))
def test_jackknife(kind, by_date, sample):
    alone = np.arange(sample.n_events)
    cluster = oracle.components(sample.day0, sample.days) if by_date else alone
    expected = oracle.jackknife(sample.car, sample.variance, cluster, kind)
    key = f"jackknife|kind={kind}" + ("|by_date" if by_date else "")
    # Leaving out moves a mean far from 0 in its last digits only: those of the loop.
    rtol = 1e-7 if abs(sample.car.mean()) > 1 else 1e-9
    np.testing.assert_allclose(result(key, sample), expected, rtol=rtol, atol=1e-12)


@given(effects())
def test_jackknife_of_the_mean_is_the_cross_sectional_t(sample):
    np.testing.assert_allclose(
        result("jackknife|kind=mean", sample), result("cross_sectional_t", sample),
        rtol=1e-9,
    )  # fmt: skip
    np.testing.assert_allclose(
        result("jackknife|on=scar", sample), result("bmp", sample), rtol=1e-9
    )


@pytest.mark.parametrize("missing", [0.0, 0.15])
@pytest.mark.parametrize("window", [(0, 0), (-1, 1), (-5, 5)])
def test_from_returns(window, missing):
    rng = np.random.default_rng(int(100 * missing) + window[1])
    x = rng.normal(0.0004, 0.01, (14, 81))
    y = 0.001 + x + rng.uniform(0.01, 0.03, (14, 1)) * rng.standard_normal((14, 81))
    y[rng.random(y.shape) < missing] = np.nan
    y[:, 75] = 0.02 * rng.standard_normal(14)
    sample = many.run(y, x, windows=[window])[0]
    each = oracle.each_event(y, x, 11, (window[0] + 5, window[1] + 6))
    np.testing.assert_allclose(sample.car, each.car, rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(sample.variance, each.variance, rtol=1e-9)
    scar = each.car / np.sqrt(each.variance)
    expected = {
        "bw_independence": oracle.z_of_sum(each.car, each.days * each.sigma**2),
        "independence_exact": oracle.z_of_sum(each.car, each.variance),
        "patell": oracle.patell(scar, each.df),
        "patell_sum_of_sar": oracle.patell(each.sar_sum / np.sqrt(each.days), each.df),
        "bmp": oracle.t_of_mean(scar),
        "cross_sectional_t": oracle.t_of_mean(each.car),
    }
    for key, values in expected.items():
        np.testing.assert_allclose(result(key, sample), values, rtol=1e-9, err_msg=key)


def test_the_two_forms_of_patell_agree_on_one_day():
    rng = np.random.default_rng(5)
    y, x = rng.normal(0, 0.02, (2, 9, 71))
    day, window = many.run(y, x, windows=[(0, 0), (-1, 1)])
    both = [result(key, day) for key in ("patell", "patell_sum_of_sar")]
    np.testing.assert_allclose(*both, rtol=1e-12)
    both = [result(key, window)[0] for key in ("patell", "patell_sum_of_sar")]
    assert abs(both[0] - both[1]) > 1e-3


def test_a_known_variance_needs_no_student_factor():
    sample = many.cross_section([1.0, 2.0, 3.0], df=np.inf)
    assert result("patell", sample)[0] == pytest.approx(6 / np.sqrt(3))


def test_patell_needs_three_degrees_of_freedom():
    found = find_test("patell")(many.cross_section([1.0, 2.0], df=[2.0, 50.0]))
    assert np.isnan(found.p_value)
    assert found.reason == "too_few_days"


def test_several_day_returns_count_as_one_score_each():
    # Two scores of 1, one of them over two days: their sum has variance 2, not 3.
    sample = many.cross_section(
        [3.0] * 5, window=(0, 2), sar_sum=2.0, n_rows=2, length=3.0, df=np.inf
    )
    expected = 5 * np.sqrt(2.0) / np.sqrt(5)
    assert result("patell_sum_of_sar", sample)[0] == pytest.approx(expected)


SPREAD = [
    "cross_sectional_t", "bmp", "johnson", "hall", "jackknife", "cluster_by_date",
    "date_means",
]  # fmt: skip


@pytest.mark.parametrize("key", SPREAD)
def test_equal_effects_have_no_spread(key):
    found = find_test(key)(many.cross_section([0.1] * 12, 0.01))
    assert np.isnan(found.p_value)
    assert found.reason == "negative_variance"


def test_few_and_unbalanced_clusters():
    dates = np.repeat(np.arange(6), [1, 1, 1, 1, 1, 7]) * 100
    car = np.linspace(-1, 2, 12)
    sample = many.cross_section(car, day0=dates)
    assert find_test("cluster_by_date")(sample).reason == "unbalanced_clusters"
    assert find_test("date_means")(sample).valid
    assert find_test("jackknife|by_date")(sample).reason == "unbalanced_clusters"
    few = many.cross_section(car, day0=np.repeat(np.arange(5), [3, 3, 2, 2, 2]) * 100)
    for key in ("cluster_by_date", "date_means"):
        found = find_test(key)(few)
        assert np.isnan(found.p_value)
        assert found.reason == "few_clusters"
    found = find_test("jackknife|by_date")(few)
    assert found.p_value > 0
    assert found.reason == "few_clusters"
    # Twelve events on six dates, at most 2 * 12 / 6 = 4 on one of them.
    just = many.cross_section(
        car, day0=np.repeat(np.arange(6), [4, 1, 1, 2, 2, 2]) * 99
    )
    assert find_test("cluster_by_date")(just).valid


def test_one_cluster_leaves_nothing_to_compare():
    sample = many.cross_section([1.0, 2.0, 3.0], day0=7, min_clusters=1)
    for key in ("cluster_by_date", "date_means", "jackknife|by_date"):
        assert find_test(key)(sample).reason == "few_clusters"


def test_options_are_checked():
    for key in ("jackknife|kind=median", "wilcoxon|on=bhar", "bmp|on=car"):
        with pytest.raises(ArgumentError):
            find_test(key)


@pytest.mark.parametrize("pull_in", [False, True], ids=["trimmed", "winsorised"])
def test_cut_means_of_very_many_events(pull_in):
    # Sorting anew for each event would take hours.
    n = 300_000
    rng = np.random.default_rng(1)
    x, group = rng.standard_normal(n), rng.permutation(np.arange(n) * 2 // 3)
    mean, left_out = cut_means(x, group, 0.1, pull_in=pull_in)
    kind = "winsorised" if pull_in else "trimmed"
    assert mean == pytest.approx(oracle.one_mean(x, None, kind), rel=1e-9)
    for name in (0, 1, 7, 100_001, group.max()):
        expected = oracle.one_mean(x[group != name], None, kind)
        assert left_out[name] == pytest.approx(expected, rel=1e-9)
